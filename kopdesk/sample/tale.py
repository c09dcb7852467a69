"""What all parts of one cooperative's story share: its people, its voice, its visits and what was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID

from kopdesk.domain.records import Record, changed
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.domain.zones import business_date, instant_of
from kopdesk.sample.dice import Dice
from kopdesk.sample.people import Person
from kopdesk.sample.schedule import VisitDay
from kopdesk.sample.setting import Plot, Region, Village


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """One write: a whole new record, or the leaves by which a record written before was changed."""

    type: str
    id: UUID
    leaves: Mapping[str, Value]
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An account. One who is not active has left; the old records keep the name."""

    user_name: str
    full_name: str
    role: Role
    active: bool = True


@dataclass(frozen=True, slots=True)
class Witness:
    """Who wrote something down, and when."""

    author: str
    at: datetime


class Chronicle:
    """Collects the writes of one cooperative up to its last day, whatever order they are told in."""

    def __init__(self, zone: str, last: date) -> None:
        self._zone, self.last = zone, last
        self._latest: dict[UUID, Record] = {}
        self._writes: list[SampleRecord] = []

    def write(self, record_type: str, record: Record, author: str, at: datetime) -> None:
        """Write a record as it is at that moment. What lies after the last day has not happened."""
        if business_date(at, self._zone) > self.last:
            return
        before = self._latest.get(record.id)
        leaves = record.to_leaves() if before is None else changed(before, record)
        if leaves:
            frozen = MappingProxyType(leaves)
            self._writes.append(SampleRecord(record_type, record.id, frozen, author, at))
        self._latest[record.id] = record

    def history(self) -> tuple[SampleRecord, ...]:
        """In the order in which it was written; told order decides between equal moments."""
        return tuple(sorted(self._writes, key=lambda write: write.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """One cooperative with everything its story is made from."""

    id: UUID
    name: str
    region: Region
    village: Village
    plot: Plot
    founded: date
    cast: Mapping[str, Person]  # by slot: ketua, bendahara, …
    officer_ids: Mapping[str, UUID]
    members: Sequence[Person]
    visits: Sequence[VisitDay]
    office: Mapping[str, SamplePerson]  # by part: first, second, predecessor, pmo, dinas
    dice: Dice
    chronicle: Chronicle

    def dice_for(self, label: str) -> Dice:
        return self.dice.fork(label)

    def at(self, day: date, clock: time) -> datetime:
        return instant_of(day, clock, self.region.zone)

    def by_dinas(self, day: date, clock: time = time(10, 15)) -> Witness:
        """Written in the office, never on a Sunday."""
        day = day if day.weekday() != 6 else day + timedelta(days=1)
        return Witness(self.office["dinas"].user_name, self.at(day, clock))

    def witness(self, day: date, clock: time = time(19, 20)) -> Witness:
        """An assistant on the evening of the next visit if there is one soon, otherwise the Dinas."""
        for visit in self.visits:
            if day <= visit.on <= day + timedelta(days=45):
                return Witness(visit.author, self.at(visit.on, clock))
        return self.by_dinas(day + timedelta(days=2))

    def has_trait(self, trait: str, day: date) -> bool:
        return trait in self.traits_on(day)

    def traits_on(self, day: date) -> tuple[str, ...]:
        """What may be said of the cooperative on that day, the day of the week included."""
        of_the_day = ("jumat",) if day.weekday() == 4 else ()
        return (self.region.trait, *self.village.traits, *self.plot.traits_on(day), *of_the_day)
