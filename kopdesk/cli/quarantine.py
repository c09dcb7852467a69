"""server quarantine: what was put aside at the centre, and what a supervisor makes of it."""

from argparse import Namespace
from datetime import datetime
from typing import Any

from kopdesk.app import App
from kopdesk.cli.records import shown_zone
from kopdesk.cli.terminal import Terminal
from kopdesk.server import listing_quarantine, releasing
from kopdesk.server.releasing import Handled
from kopdesk.wording.dates import short_instant
from kopdesk.wording.labels import path_label
from kopdesk.wording.reasons import reason_sentence
from kopdesk.wording.sentences_server import aside_sentence, outcome_sentence
from kopdesk.wording.shortening import shortened
from kopdesk.wording.values import field_text

_LONGEST_VALUE = 80


def list_waiting(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """What waits, or what was decided; a line each for people."""
    listed = listing_quarantine.list_decided if arguments.decided else listing_quarantine.list_quarantine
    with app.server(arguments.data) as server:
        rows = listed(server, author=arguments.user, cooperative=arguments.cooperative)
    if arguments.json:
        terminal.print_rows(rows)
        return 0
    zone = shown_zone(app)
    for row in rows:
        terminal.print_line(_line(row, zone))
    if not rows:
        terminal.print_line("Tidak ada titipan.")
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


def _line(row: dict[str, Any], zone: str) -> str:
    value = shortened(field_text(row["type"], row["path"], row["value"], zone), _LONGEST_VALUE)
    told = f"{row['entry']}  {row['heading']}, {path_label(row['type'], row['path'])}: “{value}”. "
    told += f"{row['author_name']} ({row['author']}), {_when(row['at'], zone)}. "
    if "decided_by" in row:
        detail = _detail(row["outcome"], row["detail"])
        outcome = outcome_sentence(row["outcome"])
        return f"{told}{row['decided_by']}, {_when(row['decided_at'], zone)}: {outcome}{detail}"
    return told + aside_sentence(row["reason"])


def _detail(outcome: str, detail: str) -> str:
    return f" “{shortened(detail, _LONGEST_VALUE)}”" if outcome == "dropped" and detail else ""


def _when(instant: str | None, zone: str) -> str:
    return short_instant(datetime.fromisoformat(instant), zone) if instant else "–"
