"""What a laptop remembers of its last contact: when it was by both clocks, and whether it was refused."""

from typing import NamedTuple

from kopdesk.storage.database import UnitOfWork
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.granted import note_withdrawals

NO_DEVICE_KEY = "no_device_key"
"""Noted like a refusal: without its key the laptop cannot even ask."""

LOG_IN_AGAIN = frozenset(
    {NO_DEVICE_KEY, "unknown_device", "foreign_device", "foreign_token", "no_token", "bad_signature"}
)
"""The centre does not know this laptop (any more): its person logs in again, and nothing is lost."""

DEVICE_REVOKED, ACCOUNT_CLOSED = "device_revoked", "account_disabled"

_HOUR_MS, _DAY_MS = 3_600_000, 86_400_000

_LAST_CONTACT, _SERVER_TIME, _REFUSED = "last_contact_at", "server_at", "refused"


class Contact(NamedTuple):
    """Unix milliseconds: of the last verified answer, by the laptop's clock and by the centre's.

    `refused`: why the centre serves this laptop no more, empty as long as it does.
    """

    at: int | None
    server_at: int | None
    refused: str


def last_contact(work: UnitOfWork) -> Contact:
    """As it was noted."""
    at, server_at = work.profile.value(_LAST_CONTACT), work.profile.value(_SERVER_TIME)
    refused = work.profile.value(_REFUSED) or ""
    return Contact(int(at) if at else None, int(server_at) if server_at else None, refused)


def note_contact(desk: Desk, *, server_at: int | None, refused: str = "") -> None:
    """A sync has ended. `server_at` is the centre's time in the last answer that was believed, if one came.

    A refusal is remembered until an answer comes without one; no network changes nothing.
    """
    ends_session = refused in LOG_IN_AGAIN or refused in (DEVICE_REVOKED, ACCOUNT_CLOSED)
    with desk.database.writing() as work:
        if server_at is not None:
            work.profile.save_value(_LAST_CONTACT, str(desk.now_ms))
            work.profile.save_value(_SERVER_TIME, str(server_at))
            note_withdrawals(work, server_at)
        if ends_session or server_at is not None:
            work.profile.save_value(_REFUSED, refused if ends_session else "")


def clock_fault(contact: Contact, now_ms: int) -> str:
    """In what the laptop's clock is wrong: "behind", "ahead", or nothing as far as can be known.

    It stands before the centre's time at the last contact (by more than an hour: a few minutes' difference
    is any two clocks'), or was more than a day off then. One that was ahead and has been set back is not.
    """
    if contact.at is None or contact.server_at is None:
        return ""
    if now_ms < contact.server_at - _HOUR_MS or contact.at < contact.server_at - _DAY_MS:
        return "behind"
    was_ahead = contact.at > contact.server_at + _DAY_MS
    return "ahead" if was_ahead and now_ms >= contact.at else ""


def doubts_clock(desk: Desk) -> bool:
    """Whether the laptop has reason not to believe its own clock."""
    with desk.database.reading() as work:
        return bool(clock_fault(last_contact(work), desk.now_ms))


def forget_refusal(work: UnitOfWork) -> None:
    """The person has logged in again."""
    work.profile.save_value(_REFUSED, "")
