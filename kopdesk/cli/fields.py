"""fields: what a record of a type may hold, for those who write JSON by hand."""

from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal
from kopdesk.domain.chart import SAVING_ROLES
from kopdesk.domain.fields import DELETED, Leaf, patterns
from kopdesk.domain.record_types import TYPES, type_named
from kopdesk.rules.current import current_rules
from kopdesk.wording.labels import path_label, type_label


def show_fields(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Without a type: the types. With one: every field with its kind, its words and its label."""
    rows: list[dict[str, object]]
    if arguments.type is None:
        rows = [{"type": name, "label": type_label(name), "key": list(t.key)} for name, t in TYPES.items()]
    else:
        found = patterns(type_named(arguments.type).form)
        rows = [
            _row(arguments.type, path, leaf) for path, leaf in found.items() if not path.endswith(DELETED)
        ]
    terminal.print_rows(rows)
    return 0


def _row(record_type: str, path: str, leaf: Leaf) -> dict[str, object]:
    row: dict[str, object] = {
        "field": path,
        "label": path_label(record_type, path),
        "kind": leaf.kind.value,
        "when_two_differ": leaf.merge.value,
    }
    if leaf.choices:
        row["choices"] = list(leaf.choices)
    if leaf.lengths:
        row["digits"] = list(leaf.lengths)
    if keys := _known_keys(record_type, path):
        row["keys"] = keys
    return row


def _known_keys(record_type: str, path: str) -> list[str]:
    """What the last star of a path stands for, where the rule packs have a list of it."""
    if record_type != "book_check":
        return []
    rules = current_rules()
    money = rules.tender.denominations
    known = {
        "books/*/exists": [book.code for book in rules.books.books],
        "cash/*/note/*": sorted({str(one.amount) for one in money if one.kind == "note"}, key=int),
        "cash/*/coin/*": sorted({str(one.amount) for one in money if one.kind == "coin"}, key=int),
        "saving_totals/*": list(SAVING_ROLES),
        "savings/*/card/*": list(SAVING_ROLES),
        "savings/*/book/*": list(SAVING_ROLES),
        "lines/*/name": list(rules.chart.accounts),
    }
    return known.get(path, [])
