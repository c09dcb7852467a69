"""Find anything by a few letters: cooperatives, people, visits, promises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.lists import ListRow
from kopdesk.usecases.desk import Desk

Kind: TypeAlias = Literal["cooperative", "officer", "visit", "follow_up"]
MOST = 40

_LOOKED_AT: dict[Kind, tuple[str, ...]] = {
    "cooperative": ("name", "village_name", "subdistrict_name", "nik", "village_code"),
    "officer": ("name", "position", "phone"),
    "visit": ("visited_on", "place", "topics"),
    "follow_up": ("promise", "responsible", "due_on"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record whose words begin with what was typed. `leaves`: what tells it from others."""

    kind: Kind
    id: UUID
    cooperative_id: UUID | None
    cooperative_name: str
    leaves: tuple[str, ...]


def _as_it_is(kind: Kind, leaf: str) -> str:
    return leaf


def find_anything(
    desk: Desk,
    text: str,
    kinds: tuple[Kind, ...] = tuple(_LOOKED_AT),
    said: Callable[[Kind, str], str] = _as_it_is,
) -> list[Found]:
    """Every word typed must begin a word of the record or of its cooperative's name. At most `MOST`.

    `said`: a leaf as people say it, which is looked at beside what is kept of it. Without any text all
    cooperatives, by name.
    """
    words = text.casefold().split()
    with desk.database.reading() as work:
        names = {row.id: str(row.leaves["name"] or "") for row in work.lists.rows("cooperative", "name")}
        found: list[Found] = []
        for kind in kinds if words else ("cooperative",):
            found += sorted(_of_kind(work, kind, words, names, said), key=lambda one: (one.leaves, one.id))
    return found[:MOST]


def _of_kind(
    work: UnitOfWork,
    kind: Kind,
    words: list[str],
    names: dict[UUID, str],
    said: Callable[[Kind, str], str],
) -> Iterator[Found]:
    for row in work.lists.rows(kind, *_LOOKED_AT[kind]):
        cooperative = names.get(row.cooperative_id, "") if row.cooperative_id else ""
        leaves = _filled(row)
        spoken = (said(kind, leaf) for leaf in leaves)
        if leaves and _has_all(words, " ".join((*leaves, *spoken, cooperative))):
            yield Found(
                kind=kind,
                id=row.id,
                cooperative_id=row.cooperative_id,
                cooperative_name=cooperative,
                leaves=leaves,
            )


def _filled(row: ListRow) -> tuple[str, ...]:
    return tuple(str(value) for value in row.leaves.values() if value not in (None, ""))


def _has_all(words: list[str], text: str) -> bool:
    begins = text.casefold().replace("-", " ").replace(".", " ").split() + text.casefold().split()
    return all(any(one.startswith(word) for one in begins) for word in words)
