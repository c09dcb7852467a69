"""Copies of cooperatives that were withdrawn: only to be read, and gone only when nothing is lost by it.

That is: everything of them has a receipt, thirty days have passed since the withdrawal came, and the person
says so. The days are counted by the centre's clock alone, as its last believed answer told it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from kopdesk.domain.channels import coop_channel, cooperative_of
from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.records import RecordKey
from kopdesk.domain.zones import Zone, business_date
from kopdesk.storage.channels import GrantRow
from kopdesk.storage.database import UnitOfWork
from kopdesk.usecases.contact import last_contact
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.errors import CopyKept, NotWithdrawn, StillUnsent
from kopdesk.usecases.granted import came_at, withdrawn
from kopdesk.usecases.naming import remember_name

DAYS_KEPT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnCopy:
    """A cooperative that is the owner's no more. `unsent` counts leaves, `records` by type what would go.

    `may_go_on`: the first day on which the copy may leave; None as long as no contact was noted since.
    """

    cooperative_id: UUID
    name: str
    records: Mapping[str, int]
    unsent: int
    may_go_on: date | None


def withdrawn_copies(work: UnitOfWork) -> list[WithdrawnCopy]:
    """Of everything withdrawn what is still on this laptop, by name."""
    copies = [_copy(work, word) for word in withdrawn(work).values()]
    return sorted((one for one in copies if one.records), key=lambda one: (one.name, one.cooperative_id))


def copy_to_forget(desk: Desk, cooperative_id: UUID) -> WithdrawnCopy:
    """What would go. Raises RecordNotFound, NotWithdrawn, StillUnsent or CopyKept where it may not (yet)."""
    with desk.database.reading() as work:
        return _checked(work, cooperative_id)


def forget_cooperative(desk: Desk, cooperative_id: UUID) -> WithdrawnCopy:
    """Take the copy of a withdrawn cooperative off this laptop; raises like `copy_to_forget`.

    Receipts and what has to be mended stay. Given again, the cooperative comes whole from the centre.
    """
    with desk.database.writing() as work:
        copy = _checked(work, cooperative_id)
        remember_name(work, cooperative_id, copy.name)
        work.records.forget(coop_channel(cooperative_id))
        work.channels.forget(coop_channel(cooperative_id))
    return copy


def _checked(work: UnitOfWork, cooperative_id: UUID) -> WithdrawnCopy:
    channel = coop_channel(cooperative_id)
    if not work.records.held_in(channel):
        raise RecordNotFound("cooperative", cooperative_id)
    word = withdrawn(work).get(channel)
    if word is None:
        raise NotWithdrawn(cooperative_id)
    copy = _copy(work, word)
    if copy.unsent:
        raise StillUnsent(cooperative_id, copy.unsent)
    today = last_contact(work).server_at
    if copy.may_go_on is None or today is None or _day(today) < copy.may_go_on:
        raise CopyKept(cooperative_id, copy.may_go_on)
    return copy


def _copy(work: UnitOfWork, word: GrantRow) -> WithdrawnCopy:
    cooperative_id = cooperative_of(word.channel)
    assert cooperative_id is not None
    profile = work.records.find(RecordKey("cooperative", cooperative_id))
    came = came_at(work, word)
    return WithdrawnCopy(
        cooperative_id=cooperative_id,
        name=str(profile.shown.get("name") or "") if profile else "",
        records=work.records.held_in(word.channel),
        unsent=work.records.unsent_in(word.channel),
        # The day on which it came does not count: so it is never less than thirty times a day and a night.
        may_go_on=None if came is None else _day(came) + timedelta(days=DAYS_KEPT + 1),
    )


def _day(server_ms: int) -> date:
    return business_date(datetime.fromtimestamp(server_ms / 1000, UTC), Zone.WIB)
