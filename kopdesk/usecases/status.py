"""Where the data is: the three numbers of the status line, and what deserves a warning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.noticed import noticed
from kopdesk.usecases.conflicts import list_conflicts
from kopdesk.usecases.contact import (
    ACCOUNT_CLOSED,
    DEVICE_REVOKED,
    LOG_IN_AGAIN,
    Contact,
    clock_fault,
    last_contact,
)
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.withdrawn import WithdrawnCopy, withdrawn_copies

_DAY_MS = 86_400_000
_TOLD_MS = 7 * _DAY_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedHistory:
    """A broken history that a sync has mended: "forked" or "rewound", and how many leaves were given back."""

    word: str
    at: datetime
    given_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts are leaves. Warnings are words that `wording` knows.

    `unsent`: what no receipt covers yet; `owed`: those of them that the centre had, and has perhaps lost.
    """

    login: str
    server_url: str
    replica_id: UUID
    unsent: int
    owed: int
    oldest_unsent_at: datetime | None
    conflicts: int
    to_mend: int
    blobs_waiting: int
    last_contact_at: datetime | None
    cooperatives: int
    withdrawn: tuple[WithdrawnCopy, ...]
    """Copies of cooperatives that are others' now: only to be read."""
    noticed: tuple[MendedHistory, ...]
    """Of the last seven days, by the laptop's clock."""
    warnings: tuple[str, ...]


def status(desk: Desk) -> Status:
    """How things stand, without any network."""
    conflicts = len(list_conflicts(desk))
    with desk.database.reading() as work:
        oldest = work.records.oldest_unsent_at()
        contact = last_contact(work)
        return Status(
            login=desk.owner.login,
            server_url=desk.owner.server_url,
            replica_id=work.outbox.replica().id,
            unsent=work.records.unsent_count(),
            owed=work.records.owed_count(),
            oldest_unsent_at=_time(oldest),
            conflicts=conflicts,
            to_mend=len(work.outbox.to_mend()),
            blobs_waiting=0,
            last_contact_at=_time(contact.at),
            cooperatives=sum(1 for stored in work.records.list_all("cooperative") if stored.layers),
            withdrawn=tuple(withdrawn_copies(work)),
            noticed=tuple(_mended(work, desk.now_ms)),
            warnings=_warnings(desk.now_ms, oldest, contact),
        )


def _mended(work: UnitOfWork, now_ms: int) -> Iterator[MendedHistory]:
    for one in noticed(work):
        if abs(now_ms - one.at) <= _TOLD_MS:
            at = datetime.fromtimestamp(one.at / 1000, UTC)
            yield MendedHistory(word=one.word, at=at, given_back=one.given_back)


def _warnings(now_ms: int, oldest: int | None, contact: Contact) -> tuple[str, ...]:
    warnings = []
    if contact.refused in LOG_IN_AGAIN:
        warnings.append("log_in_again")
    elif contact.refused == DEVICE_REVOKED:
        warnings.append("device_revoked")
    elif contact.refused == ACCOUNT_CLOSED:
        warnings.append("account_closed")
    if contact.at is None:
        warnings.append("never_synced")
    if fault := clock_fault(contact, now_ms):
        warnings.append(f"clock_{fault}")
    if oldest is not None and now_ms - oldest > 3 * _DAY_MS:
        warnings.append("unsent_for_days")
    return tuple(warnings)


def _time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
