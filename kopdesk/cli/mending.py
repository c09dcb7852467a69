"""mend: what the centre did not take, with the value, the reason and what to do."""

from argparse import Namespace
from typing import Any

from kopdesk.app import App
from kopdesk.cli.records import opened, shown_zone
from kopdesk.cli.terminal import Terminal
from kopdesk.domain.records import RecordKey, written
from kopdesk.domain.values import Value
from kopdesk.usecases.mending import TakenOff, Waiting, take_off, taken_off, waiting_to_be_mended
from kopdesk.wording.dates import instant_text
from kopdesk.wording.labels import path_label, type_label
from kopdesk.wording.sentences import reason_sentence
from kopdesk.wording.shortening import shortened
from kopdesk.wording.values import field_text

_LONGEST_VALUE = 200


def mend(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """The list, what is taken off it, or what was."""
    if arguments.done:
        return _take_off(app, arguments, terminal)
    return (
        _list_taken_off(app, arguments, terminal) if arguments.taken_off else _list(app, arguments, terminal)
    )


def _list(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Oldest first. A new edit of the leaf, where it is allowed, takes it off the list."""
    with opened(app, arguments, terminal) as profile:
        waiting = waiting_to_be_mended(profile.desk)
    if arguments.json:
        terminal.print_rows(map(_row, waiting))
        return 0
    zone = shown_zone(app)
    for one in waiting:
        told = _told(one.key, one.path, one.value, zone)
        terminal.print_line(f"{one.entry} {told} {reason_sentence(one.reason, one.words)}")
    if not waiting:
        terminal.print_line("Tidak ada isian yang perlu diperbaiki.")
    return 0


def _take_off(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """All that were named, or none."""
    with opened(app, arguments, terminal) as profile:
        done = take_off(profile.desk, arguments.done)
    if arguments.json:
        terminal.print_rows(map(_row, done))
        return 0
    zone = shown_zone(app)
    for one in done:
        terminal.print_line(f"Diturunkan dari daftar: {_told(one.key, one.path, one.value, zone)}")
    return 0


def _list_taken_off(app: App, arguments: Namespace, terminal: Terminal) -> int:
    with opened(app, arguments, terminal) as profile:
        found = taken_off(profile.desk)
    if arguments.json:
        terminal.print_rows(map(_row_taken_off, found))
        return 0
    zone = shown_zone(app)
    for one in found:
        when = f"{instant_text(one.taken_off_at, zone)}, oleh {one.taken_off_by}"
        told = _told(one.key, one.path, one.value, zone)
        terminal.print_line(f"{when}: {told} {reason_sentence(one.reason, one.words)}")
    if not found:
        terminal.print_line("Belum ada isian yang diturunkan dari daftar.")
    return 0


def _told(key: RecordKey, path: str, value: Value, zone: str) -> str:
    where = f"{type_label(key.type)} {key.id}, {path_label(key.type, path)}"
    return f"{where}: “{shortened(field_text(key.type, path, value, zone), _LONGEST_VALUE)}”."


def _row(one: Waiting) -> dict[str, Any]:
    return {
        "entry": one.entry,
        "type": one.key.type,
        "id": str(one.key.id),
        "path": one.path,
        "value": one.value,
        "held_at_centre": one.held_at_centre,
        "reason": one.reason,
        "sentence": reason_sentence(one.reason, one.words),
        "words": one.words,
        "decided_at": written(one.decided_at),
        "since": written(one.since),
    }


def _row_taken_off(one: TakenOff) -> dict[str, Any]:
    return {
        "type": one.key.type,
        "id": str(one.key.id),
        "path": one.path,
        "value": one.value,
        "reason": one.reason,
        "words": one.words,
        "since": written(one.since),
        "taken_off_at": written(one.taken_off_at),
        "taken_off_by": one.taken_off_by,
    }
