"""mend: what the centre did not take, with the value, the reason and what to do."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from kopdesk.app import App
from kopdesk.cli.records import opened, shown_zone
from kopdesk.cli.terminal import Terminal
from kopdesk.domain.records import written
from kopdesk.usecases.mending import TakenOff, Waiting, take_off, taken_off, waiting_to_be_mended
from kopdesk.wording.dates import instant_text
from kopdesk.wording.labels import path_label
from kopdesk.wording.sentences import reason_sentence
from kopdesk.wording.shortening import shortened
from kopdesk.wording.titles import record_heading
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
    zone = shown_zone(app)
    if arguments.json:
        terminal.print_rows(_row(one, zone) for one in waiting)
        return 0
    for _key, of_record in groupby(waiting, key=lambda one: one.key):
        for line in _lines(list(of_record), zone):
            terminal.print_line(line)
    if waiting:
        terminal.print_line(
            "Ubah isiannya bila masih boleh, atau turunkan dari daftar: kopdesk mend --done NOMOR"
        )
    else:
        terminal.print_line("Tidak ada isian yang perlu diperbaiki.")
    return 0


def _lines(of_record: Sequence[Waiting], zone: str) -> Iterator[str]:
    """What a record is called, then each leaf with its value, the reason, and the names it has."""
    yield _heading(of_record[0], zone)
    for one in of_record:
        aside = f" (nomor titipan di pusat: {one.aside})" if one.aside else ""
        yield f"  {one.entry}  {_told(one, zone)} {reason_sentence(one.reason, one.words)}{aside}"


def _take_off(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """All that were named, or none."""
    with opened(app, arguments, terminal) as profile:
        done = take_off(profile.desk, arguments.done)
    zone = shown_zone(app)
    if arguments.json:
        terminal.print_rows(_row(one, zone) for one in done)
        return 0
    for one in done:
        terminal.print_line(f"Diturunkan dari daftar: {_heading(one, zone)}, {_told(one, zone)}")
    return 0


def _list_taken_off(app: App, arguments: Namespace, terminal: Terminal) -> int:
    with opened(app, arguments, terminal) as profile:
        found = taken_off(profile.desk)
    zone = shown_zone(app)
    if arguments.json:
        terminal.print_rows(_row_taken_off(one, zone) for one in found)
        return 0
    for one in found:
        when = f"{instant_text(one.taken_off_at, zone)}, oleh {one.taken_off_by}"
        told = f"{_heading(one, zone)}, {_told(one, zone)}"
        terminal.print_line(f"{when}: {told} {reason_sentence(one.reason, one.words)}")
    if not found:
        terminal.print_line("Belum ada isian yang diturunkan dari daftar.")
    return 0


def _heading(one: Waiting | TakenOff, zone: str) -> str:
    return record_heading(one.key.type, one.named.cooperative_name, one.named.leaves, zone)


def _told(one: Waiting | TakenOff, zone: str) -> str:
    value = shortened(field_text(one.key.type, one.path, one.value, zone), _LONGEST_VALUE)
    return f"{path_label(one.key.type, one.path)}: “{value}”."


def _row(one: Waiting, zone: str) -> dict[str, Any]:
    return {
        "entry": one.entry,
        "aside": one.aside,
        "type": one.key.type,
        "id": str(one.key.id),
        "heading": _heading(one, zone),
        "path": one.path,
        "value": one.value,
        "held_at_centre": one.held_at_centre,
        "reason": one.reason,
        "sentence": reason_sentence(one.reason, one.words),
        "words": one.words,
        "decided_at": written(one.decided_at),
        "since": written(one.since),
    }


def _row_taken_off(one: TakenOff, zone: str) -> dict[str, Any]:
    return {
        "type": one.key.type,
        "id": str(one.key.id),
        "heading": _heading(one, zone),
        "path": one.path,
        "value": one.value,
        "reason": one.reason,
        "words": one.words,
        "since": written(one.since),
        "taken_off_at": written(one.taken_off_at),
        "taken_off_by": one.taken_off_by,
    }
