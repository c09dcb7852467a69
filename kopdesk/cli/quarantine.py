"""server quarantine: what was put aside at the centre, and what a supervisor makes of it."""

from argparse import Namespace
from typing import Any

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal, as_json
from kopdesk.server import listing, releasing
from kopdesk.server.releasing import Handled
from kopdesk.wording.labels import path_label, type_label
from kopdesk.wording.reasons import reason_sentence
from kopdesk.wording.sentences_server import aside_sentence


def list_waiting(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """What waits, or what was decided; a line each for people."""
    with app.server(arguments.data) as server:
        rows = (listing.list_decided if arguments.decided else listing.list_quarantine)(server)
    if arguments.json:
        terminal.print_rows(rows)
        return 0
    for row in rows:
        terminal.print_line(_line(row))
    return 0


def release(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Fails if a leaf may not be written at all; the others are released, and it goes on waiting."""
    with app.server(arguments.data) as server:
        handled = releasing.release(server, arguments.entries, by=arguments.by)
    terminal.print_rows([_row(one) for one in handled])
    rejected = [one for one in handled if one.rejected]
    for one in rejected[:1]:
        told = reason_sentence(one.rejected)
        terminal.say(f"{len(rejected)} isian tidak bisa diteruskan dan tetap dititipkan. {told}")
    return 1 if rejected else 0


def drop(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """The leaves are kept with the reason."""
    with app.server(arguments.data) as server:
        handled = releasing.drop(server, arguments.entries, reason=arguments.reason, by=arguments.by)
    terminal.print_rows([_row(one) for one in handled])
    return 0


def _row(one: Handled) -> dict[str, Any]:
    key = one.leaf.row.key
    row = {"entry": one.entry, "type": key.type, "id": str(key.id), "path": one.leaf.row.path}
    if one.decision is None:
        return row | {"outcome": "rejected", "detail": one.rejected, "rev": 0, "already": False}
    decision = one.decision
    told = {"outcome": decision.outcome.value, "detail": decision.detail, "rev": decision.rev}
    return row | told | {"already": one.already}


def _line(row: dict[str, Any]) -> str:
    name = f"{type_label(row['type'])} {row['id']} › {path_label(row['type'], row['path'])}"
    told = f"{row['entry']}  {row['at']}  {row['author']}  {name}: {as_json(row['value'])}. "
    if "decided_by" in row:
        detail = f" ({row['detail']})" if row["detail"] else ""
        return told + f"{row['decided_at']} {row['decided_by']}: {row['outcome']}{detail}"
    return told + aside_sentence(row["reason"])
