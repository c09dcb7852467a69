"""Changes that the office itself makes: an operator's import, a reviewer's decision. By the merge rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.merge import Change, Conflicting
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value, checked
from kopdesk.server.change_set import ChannelChange, Rejected, Source
from kopdesk.server.ports import Transaction, User

Edits = Mapping[RecordKey, Mapping[str, Value]]
"""New values by record and path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A person at the centre, who sees it as it is and may write in every channel what his role may."""

    user: User
    server_id: UUID
    now: Callable[[], int]
    random_bytes: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """What became of a change set: the channel's rev now, and the conflicts it met."""

    rev: int
    conflicts: tuple[UUID, ...]


def change(
    tx: Transaction,
    office: Office,
    channel: str,
    edits: Edits,
    *,
    bases: Mapping[tuple[RecordKey, str], int] | None = None,
) -> OfficeChange:
    """Make one change set. Raises ForbiddenChange, or InvalidField, at the first leaf that may not be.

    Leaves not in `bases` were seen as they are now: nothing can have come between.
    """
    state = tx.channel(channel)
    head = state.rev if state else 0
    now = office.now()
    # Nobody at the centre has a replica: its own id and the rev to come name the change set.
    source = Source(user=office.user, replica_id=office.server_id, made_at=now, accepted_at=now)
    change_set = ChannelChange(tx, channel, source, office.random_bytes)
    places = count()
    where: dict[int, tuple[RecordKey, str]] = {}
    for key, new in sorted(edits.items()):
        changes = []
        shown = {path: leaf.rev for path, leaf in tx.leaves(channel, key).items()}
        for path, value in sorted(new.items()):
            place = next(places)
            where[place] = key, path
            base = (bases or {}).get((key, path), head)
            changes.append(Change(path, checked(path, value), base, place, shown))
        change_set.apply_record(key, changes)
    for place, result in sorted(change_set.results.items()):
        if isinstance(result, Rejected):
            key, path = where[place]
            raise ForbiddenChange(key.type, path, result.reason)
    conflicts = [r.conflict_id for r in change_set.results.values() if isinstance(r, Conflicting)]
    return OfficeChange(change_set.finish(), tuple(conflicts))
