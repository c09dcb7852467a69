"""What lies with the supervisors, and what they decided, as plain rows: with names that people know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kopdesk.domain.channels import coop_channel, cooperative_of
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.domain.values import Value
from kopdesk.server.cooperatives import cooperative_named, known_cooperatives
from kopdesk.server.listing import Row, instant
from kopdesk.server.opening import Server
from kopdesk.server.operations import user_named
from kopdesk.server.ports import Quarantined, Transaction, User
from kopdesk.server.releasing import entry_of
from kopdesk.wording.titles import record_heading


def list_quarantine(
    server: Server, *, author: str | None = None, cooperative: str | None = None
) -> list[Row]:
    """What waits, oldest first; of one author (a login), of one cooperative (id, NIK, village code or name).

    Raises UserNotFound, CooperativeUnclear.
    """
    with server.store.reading() as tx:
        wanted = _wanted(tx, author, cooperative)
        found = [(leaf, at) for leaf, at in tx.quarantined() if wanted(leaf)]
        names = _names(tx, [leaf for leaf, _at in found])
        return [_row(leaf, at, names) for leaf, at in found]


def list_decided(server: Server, *, author: str | None = None, cooperative: str | None = None) -> list[Row]:
    """What waited once: who decided it, when, and what came of it."""
    with server.store.reading() as tx:
        wanted = _wanted(tx, author, cooperative)
        found = [one for one in tx.decided_quarantined() if wanted(one.leaf)]
        names = _names(tx, [one.leaf for one in found])
        return [
            {
                **_row(leaf, at, names),
                "decided_by": names.login(decision.decided_by),
                "decided_at": instant(decision.decided_at),
                "outcome": decision.outcome.value,
                "detail": decision.detail,
                "rev": decision.rev,
            }
            for leaf, at, decision in found
        ]


@dataclass(frozen=True, slots=True)
class _Names:
    users: Mapping[UUID, User]
    cooperatives: Mapping[str, str]
    """By channel."""
    records: Mapping[tuple[str, RecordKey], Leaves]

    def login(self, user_id: UUID) -> str | None:
        return self.users[user_id].login if user_id in self.users else None


def _names(tx: Transaction, leaves: Iterable[Quarantined]) -> _Names:
    """Each record is read once, however much of it waits; what is not here yet is named by what waits."""
    records: dict[tuple[str, RecordKey], dict[str, Value]] = {}
    for leaf in leaves:
        records.setdefault((leaf.channel, leaf.row.key), {})[leaf.row.path] = leaf.row.value
    for (channel, key), told in records.items():
        told |= {path: one.value for path, one in tx.leaves(channel, key).items() if one.value is not None}
    cooperatives = {channel: _cooperative_name(tx, channel) for channel, _key in records}
    return _Names({user.id: user for user in tx.users()}, cooperatives, records)


def _cooperative_name(tx: Transaction, channel: str) -> str:
    cooperative_id = cooperative_of(channel)
    if cooperative_id is None:
        return ""
    name = tx.leaves(channel, RecordKey("cooperative", cooperative_id)).get("name")
    return str(name.value or "") if name is not None else ""


def _wanted(tx: Transaction, author: str | None, cooperative: str | None) -> Callable[[Quarantined], bool]:
    author_id = user_named(tx, author).id if author is not None else None
    channel = None
    if cooperative is not None:
        channel = coop_channel(cooperative_named(known_cooperatives(tx), cooperative).id)
    return lambda leaf: author_id in (None, leaf.author_id) and channel in (None, leaf.channel)


def _row(leaf: Quarantined, at: int, names: _Names) -> dict[str, Any]:
    key, cooperative = leaf.row.key, names.cooperatives[leaf.channel]
    author = names.users.get(leaf.author_id)
    return {
        "entry": entry_of(leaf),
        "batch": leaf.batch_hash.hex(),
        "place": leaf.place,
        "channel": leaf.channel,
        "cooperative": cooperative,
        "heading": record_heading(key.type, cooperative, names.records[leaf.channel, key]),
        "type": key.type,
        "id": str(key.id),
        "path": leaf.row.path,
        "value": leaf.row.value,
        "base": leaf.row.rev,
        "author": author.login if author else None,
        "author_name": author.name if author else None,
        "reason": leaf.reason,
        "at": instant(at),
    }
