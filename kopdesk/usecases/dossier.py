"""Everything of one cooperative, with where each figure comes from and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.layers import LeafLayers
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.storage.channels import RevisionRow
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.granted import withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who wrote a leaf and when, by the writer's clock. `is_unsent`: here, and not at the centre yet."""

    author: str
    at: datetime | None
    is_unsent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecord:
    """A record with the source of each of its filled leaves."""

    key: RecordKey
    leaves: Leaves
    sources: Mapping[str, Source]

    @property
    def newest(self) -> Source | None:
        """Of what was written last."""
        dated = [source for source in self.sources.values() if source.at is not None]
        return max(dated, key=lambda source: source.at or datetime.min.replace(tzinfo=UTC), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """`records` by type, in the order in which they were made; `deleted` apart from them."""

    cooperative_id: UUID
    name: str
    records: Mapping[str, tuple[DossierRecord, ...]]
    is_withdrawn: bool
    deleted: tuple[DossierRecord, ...] = ()


def dossier(desk: Desk, cooperative_id: UUID) -> Dossier:
    """Raises RecordNotFound where nothing of the cooperative is here."""
    channel = coop_channel(cooperative_id)
    with desk.database.reading() as work:
        stored = work.records.list_all(channel=channel)
        if not stored:
            raise RecordNotFound("cooperative", cooperative_id)
        revisions = work.channels.revisions(channel)
        names = {**_author_names(work, revisions), desk.owner.user_id: desk.owner.name}
        records: dict[str, list[DossierRecord]] = {}
        deleted: list[DossierRecord] = []
        for one in stored:
            found = _record(one, revisions, names, desk.owner.name)
            if found is not None and found.leaves.get(DELETED) is True:
                deleted.append(found)
            elif found is not None:
                records.setdefault(one.key.type, []).append(found)
        is_withdrawn = channel in withdrawn(work)
    profile = records.get("cooperative", [])
    return Dossier(
        cooperative_id=cooperative_id,
        name=str(profile[0].leaves.get("name") or "") if profile else "",
        records={name: tuple(some) for name, some in records.items()},
        is_withdrawn=is_withdrawn,
        deleted=tuple(deleted),
    )


def _record(
    stored: StoredRecord, revisions: Mapping[int, RevisionRow], names: Mapping[UUID, str], own_name: str
) -> DossierRecord | None:
    shown = stored.shown
    leaves = {path: value for path, value in shown.items() if value is not None}
    if not leaves:
        return None
    sources = {path: _source(stored.layers[path], revisions, names, own_name) for path in leaves}
    return DossierRecord(key=stored.key, leaves=leaves, sources=sources)


def _source(
    leaf: LeafLayers, revisions: Mapping[int, RevisionRow], names: Mapping[UUID, str], own_name: str
) -> Source:
    unsent = leaf.edited or leaf.frozen
    if unsent is not None:
        return Source(author=own_name, at=_time(unsent.made_at), is_unsent=True)
    made = revisions.get(leaf.central.rev) if leaf.central else None
    if made is None:
        return Source(author="", at=None, is_unsent=leaf.central is None)
    return Source(author=names.get(made.author_id, ""), at=_time(made.made_at))


def _author_names(work: UnitOfWork, revisions: Mapping[int, RevisionRow]) -> dict[UUID, str]:
    people = {
        author: work.channels.person(author) for author in {row.author_id for row in revisions.values()}
    }
    return {author: person[0] for author, person in people.items() if person is not None}


def _time(milliseconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else None
    except (OverflowError, ValueError, OSError):  # a clock thousands of years off
        return None
