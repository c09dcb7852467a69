"""mend: what the centre did not take, with the value, the reason and what to do."""

from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.records import opened
from kopdesk.cli.terminal import Terminal
from kopdesk.domain.records import written
from kopdesk.usecases.mending import Waiting, waiting_to_be_mended
from kopdesk.wording.labels import path_label, type_label
from kopdesk.wording.sentences import reason_sentence
from kopdesk.wording.values import field_text


def list_waiting(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Oldest first. A new edit of the leaf, where it is allowed, takes it off the list."""
    with opened(app, arguments, terminal) as profile:
        waiting = waiting_to_be_mended(profile.desk)
    if arguments.json:
        terminal.print_rows(
            {
                "type": one.key.type,
                "id": str(one.key.id),
                "path": one.path,
                "value": one.value,
                "held_at_centre": one.held_at_centre,
                "reason": one.reason,
                "sentence": reason_sentence(one.reason),
                "since": written(one.since),
            }
            for one in waiting
        )
        return 0
    for one in waiting:
        terminal.print_line(_line(one))
    if not waiting:
        terminal.print_line("Tidak ada isian yang perlu diperbaiki.")
    return 0


def _line(one: Waiting) -> str:
    where = f"{type_label(one.key.type)} {one.key.id}, {path_label(one.key.type, one.path)}"
    value = field_text(one.key.type, one.path, one.value)
    return f"{where}: “{value}”. {reason_sentence(one.reason)}"
