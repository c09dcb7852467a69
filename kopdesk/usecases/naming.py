"""What records are called by, for lists in which they stand beside those of other cooperatives."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.domain.values import Value
from kopdesk.storage.database import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record's filled leaves, and its cooperative's name where that is (still) on this laptop."""

    cooperative_name: str
    leaves: Leaves


def named(work: UnitOfWork, keys: Collection[RecordKey]) -> dict[RecordKey, Named]:
    """What records are called by: by what is here of them, or was until the centre did not take it."""
    cooperatives = cooperative_names(work)
    found = {one.key: one for one in work.records.find_many(keys)}
    leaves: dict[RecordKey, dict[str, Value]] = {key: {} for key in keys}
    told = [(row.key, row.path, row.value) for row in work.outbox.taken_off()]
    told += [(row.key, row.path, row.value) for row in work.outbox.to_mend()]
    for key, path, value in told:
        if key in leaves:
            leaves[key][path] = value
    for key, stored in found.items():
        leaves[key] |= {path: value for path, value in stored.shown.items() if value is not None}
    return {
        key: Named(
            cooperative_name=_name(work, cooperatives, found[key].cooperative_id) if key in found else "",
            leaves=filled,
        )
        for key, filled in leaves.items()
    }


def remember_name(work: UnitOfWork, cooperative_id: UUID, name: str) -> None:
    """Of a cooperative whose copy leaves this laptop: what was not taken of it is still to be named."""
    work.profile.save_value(f"forgotten {cooperative_id}", name)


def _name(work: UnitOfWork, names: Mapping[UUID | None, str], cooperative_id: UUID | None) -> str:
    return names.get(cooperative_id) or work.profile.value(f"forgotten {cooperative_id}") or ""


def cooperative_names(work: UnitOfWork) -> dict[UUID | None, str]:
    """By id."""
    found = work.records.list_all("cooperative")
    return {one.cooperative_id: str(one.shown.get("name") or "") for one in found}
