"""What the centre rejected or put aside: nothing of it is lost, and its author can see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType

from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.aside import aside_name
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.outbox import MendRow
from kopdesk.usecases.contact import ACCOUNT_CLOSED, last_contact
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.errors import NotToMend, StillAtCentre
from kopdesk.usecases.granted import readable
from kopdesk.usecases.naming import Named, named

_IN_QUESTION, _PUT_ASIDE = 3, 5  # OutcomeKind on the wire
_ENTRY_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A leaf that is not at the centre as it was typed. `held_at_centre`: a supervisor has it.

    `entry`: its short name as long as nothing about it changes; `aside`: the name by which the supervisor
    knows it, or nothing. `words` and `decided_at`: what a supervisor said who decided that it is not to
    count, and when. `named`: what its record is called by.
    """

    entry: str
    aside: str
    key: RecordKey
    named: Named
    path: str
    value: Value
    reason: str
    held_at_centre: bool
    since: datetime
    words: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """A leaf that its person took off the list: kept for ever, with when and by whom."""

    key: RecordKey
    named: Named
    path: str
    value: Value
    reason: str
    words: str
    since: datetime
    taken_off_at: datetime
    taken_off_by: str


def waiting_to_be_mended(desk: Desk) -> list[Waiting]:
    """Oldest first."""
    with desk.database.reading() as work:
        return _waiting(work, work.outbox.to_mend())


def take_off(desk: Desk, entries: Iterable[str]) -> list[Waiting]:
    """The person needs these no more on the list; that he said so is kept, and with it what they were.

    Raises NotToMend for a name that is not (or no longer) on the list, StillAtCentre for what a supervisor
    has; then nothing was done.
    """
    wanted = dict.fromkeys(entry.strip().lower() for entry in entries)
    with desk.database.writing() as work:
        rows = work.outbox.to_mend()
        found = {one.entry: (row, one) for row, one in zip(rows, _waiting(work, rows), strict=True)}
        for entry in wanted:
            if entry not in found:
                raise NotToMend(entry)
            row, one = found[entry]
            if one.held_at_centre or row.lost or row.seq:
                raise StillAtCentre(one.key, one.path)
        work.outbox.take_off([found[entry][0] for entry in wanted], desk.now_ms, desk.owner.login)
    return [found[entry][1] for entry in wanted]


def taken_off(desk: Desk) -> list[TakenOff]:
    """Everything that was, in that order."""
    with desk.database.reading() as work:
        rows = work.outbox.taken_off()
        names = named(work, {row.key for row in rows})
        return [
            TakenOff(
                key=row.key,
                named=names[row.key],
                path=row.path,
                value=row.value,
                reason=row.reason,
                words=row.words,
                since=_time(row.since),
                taken_off_at=_time(row.at),
                taken_off_by=row.by,
            )
            for row in rows
        ]


def _waiting(work: UnitOfWork, rows: Iterable[MendRow]) -> list[Waiting]:
    rows = list(rows)
    keys = {row.key for row in rows}
    channels = {found.key: found.channel for found in work.records.find_many(keys)}
    names = named(work, keys)
    open_channels = readable(work)
    is_open = last_contact(work).refused != ACCOUNT_CLOSED
    return [
        Waiting(
            entry=_entry(row),
            aside=_aside(row, channels[row.key]),
            key=row.key,
            named=names[row.key],
            path=row.path,
            value=row.value,
            reason=_reason(row, is_open=is_open, is_readable=channels[row.key] in open_channels),
            held_at_centre=row.is_at_centre,
            since=_time(row.since),
            words=row.words,
            decided_at=_time(row.decided_at) if row.decided_at else None,
        )
        for row in rows
    ]


_ONCE: Mapping[str, str] = MappingProxyType(
    {"withdrawn_channel": "was_withdrawn", "lost_grant": "grant_was_lost"}
)
"""Why something was put aside, and what is said of it once the cooperative can be read again."""


def _reason(row: MendRow, *, is_open: bool, is_readable: bool) -> str:
    """What was so when the centre put it aside need not be so any more."""
    if row.kind == _IN_QUESTION:
        return "in_question"
    if row.kind == _PUT_ASIDE and row.reason == "disabled_account" and is_open:
        return "was_disabled"
    return _ONCE.get(row.reason, row.reason) if row.kind == _PUT_ASIDE and is_readable else row.reason


def _aside(row: MendRow, channel: str) -> str:
    """Not while it is on its way there again: then it will have another."""
    if row.kind != _PUT_ASIDE or row.origin is None or row.lost or row.seq:
        return ""
    return aside_name(channel, *row.origin)


def _entry(row: MendRow) -> str:
    """Of everything that is shown: whoever names it has seen it as it is."""
    shown = (row.key.type, row.key.id.hex, row.path, row.value, row.kind, row.reason, row.words, row.since)
    return sha256(repr(shown).encode()).hexdigest()[:_ENTRY_DIGITS]


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
