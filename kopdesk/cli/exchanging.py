"""sync, status: what goes out, what came in, what waits."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kopdesk.app import App
from kopdesk.cli.records import opened, shown_zone
from kopdesk.cli.terminal import Terminal
from kopdesk.domain.records import written
from kopdesk.storage.profile import Owner
from kopdesk.usecases.contact import DEVICE_REVOKED, LOG_IN_AGAIN
from kopdesk.usecases.errors import DeviceKeyMissing
from kopdesk.usecases.status import status
from kopdesk.wording.dates import instant_text
from kopdesk.wording.figures import bytes_text, number
from kopdesk.wording.notices import noticed_sentence, withdrawn_sentence
from kopdesk.wording.sentences import sentence_for, warning_sentence

if TYPE_CHECKING:
    from kopdesk.sync.run import SyncSummary


def sync(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Exit 1 if it did not come to its end; what was sent before that is sent, and counted."""
    progress = _Progress(terminal)
    with opened(app, arguments, terminal) as profile:
        try:
            summary = app.sync(profile, on_progress=progress.show, patience=arguments.patience)
        finally:
            progress.clear()
    sentence = sentence_for(summary.error) if summary.error else None
    word = _word(summary)
    if arguments.json:
        words = {"error": word, "sentence": sentence}
        mended = [{"word": one.word, "given_back": one.given_back} for one in summary.noticed]
        terminal.print_json(_counts(summary) | words | {"noticed": mended})
    else:
        terminal.print_line(_told(summary))
        for line in (*noticed_lines(summary), *_where_to_look(summary)):
            terminal.print_line(line)
    if sentence:
        how = _how_to_log_in(profile.desk.owner) if word in _LOG_IN_WORDS else ""
        terminal.say(sentence + how)
    return 1 if summary.error else 0


def show_status(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Without any network."""
    with opened(app, arguments, terminal) as profile:
        found = status(profile.desk)
    if arguments.json:
        terminal.print_json(_as_row(dataclasses.asdict(found)))
        return 0
    waiting = f"Perlu keputusan: {number(found.conflicts)}. Perlu diperbaiki: {number(found.to_mend)}."
    terminal.print_line(f"Belum terkirim: {number(found.unsent)}. {waiting}")
    if found.to_mend:
        terminal.print_line(_TO_MEND)
    for copy in found.withdrawn:
        told = withdrawn_sentence(copy.name, copy.unsent, copy.may_go_on)
        terminal.print_line(f"{told} Perintahnya: kopdesk forget {copy.cooperative_id}")
    for mended in found.noticed:
        asked = found.conflicts + found.to_mend
        told = noticed_sentence(mended.word, given_back=mended.given_back, owed=found.owed, asked=asked)
        terminal.print_line(f"{instant_text(mended.at, shown_zone(app))}: {told}")
    for warning in found.warnings:
        how = _how_to_log_in(profile.desk.owner) if warning in _LOG_IN_WARNINGS else ""
        terminal.print_line(warning_sentence(warning) + how)
    return 0


_TO_MEND = "Isian yang ditolak atau dititipkan, dan sebabnya: kopdesk mend"


def _where_to_look(summary: SyncSummary) -> Iterator[str]:
    if summary.conflicts:
        yield "Perbedaan yang perlu diputuskan: kopdesk conflicts"
    if summary.rejected or summary.quarantined:
        yield _TO_MEND


def noticed_lines(summary: SyncSummary) -> list[str]:
    """Which broken histories this sync has mended, a sentence each."""
    asked = summary.conflicts + summary.rejected + summary.quarantined
    return [
        noticed_sentence(one.word, given_back=one.given_back, owed=summary.owed, asked=asked)
        for one in summary.noticed
    ]


def _as_row(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _as_row(held) for name, held in value.items()}
    return [_as_row(held) for held in value] if isinstance(value, tuple | list) else written(value)


_LOG_IN_WORDS = (*LOG_IN_AGAIN, DEVICE_REVOKED, DeviceKeyMissing.__name__)
_LOG_IN_WARNINGS = ("log_in_again", "device_revoked")


def _how_to_log_in(owner: Owner) -> str:
    return f" Di baris perintah: kopdesk enrol --server {owner.server_url} --user {owner.login}"


def _counts(summary: SyncSummary) -> dict[str, Any]:
    names = ("sent", "received", "conflicts", "rejected", "quarantined", "merged")
    return {name: getattr(summary, name) for name in (*names, "bytes_up", "bytes_down", "round_trips")}


def _word(summary: SyncSummary) -> str | None:
    """The failure in one word for programs: its reason where it has one, else its kind."""
    if summary.error is None:
        return None
    word = getattr(summary.error, "reason", None) or getattr(summary.error, "verdict", None)
    return str(word or type(summary.error).__name__)


def _told(summary: SyncSummary) -> str:
    what = _exchanged(summary)
    waiting = {"conflicts": "perlu keputusan", "rejected": "ditolak", "quarantined": "dititipkan"}
    for name, word in waiting.items():
        if count := getattr(summary, name):
            what += f", {word} {number(count)}"
    traffic = bytes_text(summary.bytes_up + summary.bytes_down)
    return f"{what}; {traffic} dalam {number(summary.round_trips)} kali kirim-terima."


def _exchanged(summary: SyncSummary) -> str:
    return f"Terkirim {number(summary.sent)}, diterima {number(summary.received)}"


class _Progress:
    """One line on stderr that is written over, only where somebody watches."""

    def __init__(self, terminal: Terminal) -> None:
        self._stream = terminal.stderr if terminal.stderr.isatty() else None
        self._width = 0

    def show(self, summary: SyncSummary) -> None:
        rest = f", sisa kira-kira {number(summary.remaining)}" if summary.remaining else ""
        self._write(f"{_exchanged(summary)}{rest} …")

    def clear(self) -> None:
        self._write("")

    def _write(self, line: str) -> None:
        if self._stream is not None:
            self._stream.write(f"\r{line:{self._width}}" + ("" if line else "\r"))
            self._stream.flush()
            self._width = len(line)
