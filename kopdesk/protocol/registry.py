"""Numbers for record types and path patterns on the wire, from the append-only table `registry.tsv`.

A line: type number, type, path number, pattern, schema that brought it. Lines are only ever added.
What has no number, or a newer one than the reader is sure to know, travels as a string.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kopdesk.domain.schema import Declared


@dataclass(frozen=True, slots=True)
class Registry:
    """Both directions of the table."""

    types: Mapping[str, int]
    type_names: Mapping[int, str]
    paths: Mapping[tuple[str, str], int]
    patterns: Mapping[tuple[str, int], str]
    since: Mapping[tuple[str, str], int]
    type_since: Mapping[str, int]

    def type_on_wire(self, record_type: str, reader_schema: int) -> int | str:
        """The number of a type if the reader's schema has it, its name otherwise."""
        number = self.types.get(record_type)
        if number is None or self.type_since[record_type] > reader_schema:
            return record_type
        return number

    def type_from_wire(self, sent: int | str) -> str | None:
        """The reverse; None for a number this program does not know."""
        return sent if isinstance(sent, str) else self.type_names.get(sent)

    def path_on_wire(self, record_type: str, pattern: str, reader_schema: int) -> int | str:
        """The number of a pattern if the reader's schema has it, the pattern itself otherwise."""
        number = self.paths.get((record_type, pattern))
        if number is None or self.since[record_type, pattern] > reader_schema:
            return pattern
        return number

    def path_from_wire(self, record_type: str, sent: int | str) -> str | None:
        """The reverse; None for a number this program does not know."""
        return sent if isinstance(sent, str) else self.patterns.get((record_type, sent))


later_lines = Declared("")
"""Lines that schemas after this program's have added: another schema only ever has more."""


def registry() -> Registry:
    """The table of the program at work, read once."""
    return _read(later_lines())


@cache
def _read(more: str) -> Registry:
    return parse(files("kopdesk.protocol").joinpath("registry.tsv").read_text(encoding="utf-8") + more)


def parse(table: str) -> Registry:
    """Read a table; raises ValueError if a number or a pattern stands in it twice."""
    types: dict[str, int] = {}
    paths: dict[tuple[str, str], int] = {}
    patterns: dict[tuple[str, int], str] = {}
    since: dict[tuple[str, str], int] = {}
    type_since: dict[str, int] = {}
    for line in table.splitlines():
        if not line or line.startswith("#"):
            continue
        type_number, name, number, pattern, schema = line.split("\t")
        if types.setdefault(name, int(type_number)) != int(type_number):
            raise ValueError(f"{name} has two numbers")
        if (name, pattern) in paths or (name, int(number)) in patterns:
            raise ValueError(f"{name} {pattern} or {number} is there twice")
        paths[name, pattern] = int(number)
        patterns[name, int(number)] = pattern
        since[name, pattern] = int(schema)
        type_since[name] = min(int(schema), type_since.get(name, int(schema)))
    type_names = {number: name for name, number in types.items()}
    if len(type_names) != len(types):
        raise ValueError("two types share a number")
    return Registry(types, type_names, paths, patterns, since, type_since)
