"""What has been typed before of a cooperative, offered while it is typed again."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from kopdesk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An officer; `position` is a word of `Position`."""

    id: UUID
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """People by position, places with the commonest first."""

    people: tuple[KnownPerson, ...] = ()
    places: tuple[str, ...] = ()


def suggestions(desk: Desk, cooperative_id: UUID) -> Suggestions:
    """Of one cooperative."""
    with desk.database.reading() as work:
        officers = work.lists.rows("officer", "name", "position", cooperative_id=cooperative_id)
        visits = work.lists.rows("visit", "place", cooperative_id=cooperative_id)
        outlets = work.lists.rows("outlet", "name", cooperative_id=cooperative_id)
    people = [
        KnownPerson(row.id, str(row.leaves["name"]), str(row.leaves["position"] or ""))
        for row in officers
        if row.leaves["name"]
    ]
    places = Counter(str(row.leaves["place"]) for row in visits if row.leaves["place"])
    places.update(str(row.leaves["name"]) for row in outlets if row.leaves["name"])
    return Suggestions(tuple(people), tuple(place for place, _count in places.most_common()))
