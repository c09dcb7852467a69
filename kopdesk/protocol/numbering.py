"""Gives newly declared leaves their numbers: `python -m kopdesk.protocol.numbering` only adds lines."""

from pathlib import Path

from kopdesk.domain.fields import patterns
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.schema import schema
from kopdesk.protocol.registry import parse

TABLE = Path(__file__).with_name("registry.tsv")
_HEADING = "# type\tname\tpath\tpattern\tschema\n"


def missing_lines(table: str) -> list[str]:
    """The lines for declared leaves that have no number yet."""
    known = parse(table)
    types = dict(known.types)
    last = {name: max((n for t, n in known.patterns if t == name), default=0) for name in TYPES}
    lines = []
    for name, declared in TYPES.items():
        number = types.setdefault(name, max(types.values(), default=0) + 1)
        for pattern in patterns(declared.form):
            if (name, pattern) not in known.paths:
                last[name] += 1
                lines.append(f"{number}\t{name}\t{last[name]}\t{pattern}\t{schema()}\n")
    return lines


def main() -> None:
    """Add what is missing to the table."""
    table = TABLE.read_text(encoding="utf-8") if TABLE.exists() else _HEADING
    TABLE.write_text(table + "".join(missing_lines(table)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
