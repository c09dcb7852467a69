"""At the end of a simulated life: every value that was ever saved is accounted for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kopdesk.domain.fields import DELETED
from kopdesk.domain.record_types import type_named
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from tests.simulation.facts import NONE, Broken, Contested, Place, Saved, Survivor
from tests.simulation.oracle import Oracle
from tests.simulation.texts import tokens


def check_everything_arrived(oracle: Oracle, quarantined: Iterable[tuple[Place, Value]]) -> None:
    """Raises Broken for a value that is neither current, nor superseded by who saw it, nor put somewhere."""
    accounts = _Accounts(oracle)
    for place, value in quarantined:
        accounts.quarantined[place].add(repr(value))
        oracle.not_taken[place] = value
    for key in {place.key for place in oracle.not_taken if place.key.type == "conflict"}:
        if _is_whole(oracle, key):
            oracle.note_conflict(key, oracle.not_taken, accounts.contested)
    for place, all_saved in oracle.all_saved.items():
        for at, saved in enumerate(all_saved):
            if not accounts.has(place, saved, all_saved[at + 1 :]):
                raise Broken(f"saved and lost: {place} = {saved.value!r}")
    for survivor in oracle.survivors:
        if not accounts.came_back(survivor):
            raise Broken(f"a laptop still had it, and it did not come back: {survivor}")


def _is_whole(oracle: Oracle, key: RecordKey) -> bool:
    """Whether it is known what a conflict is about: of one in quarantine perhaps only a decision came."""
    place = Place(key, "about_path")
    return place in oracle.not_taken or place in oracle.view.current


@dataclass
class _Accounts:
    oracle: Oracle
    contested: dict[Place, Contested] = field(init=False)
    quarantined: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.contested = self.oracle.view.copied().contested

    def has(self, place: Place, saved: Saved, later: list[Saved]) -> bool:
        """Whether it is known what became of a value that somebody saved."""
        if place.is_text and saved.value is not None:
            return self._has_text(place, saved, later)
        value = repr(saved.value)
        return (
            self._went_with_a_disk(saved)
            or self._was_forgotten(place, saved)
            or value == NONE
            or self._is_kept(place, value)
            or any(value in s.seen for s in later if s.family == saved.family)
            or self._was_deleted_at_home(place, saved)
            or (place.is_mark and (self._is_copied(saved) or self._was_written_again(place, saved)))
            or (place.is_mark and not self._ever_reached_the_centre(place, saved))
        )

    def came_back(self, survivor: Survivor) -> bool:
        """Whether a value of a lost past that a laptop still held is there again, or what took its place."""
        place, value = survivor.place, survivor.value
        if any(d.laptop == survivor.laptop and d.last >= survivor.at for d in self.oracle.disks):
            return True  # the laptop lost it too, afterwards
        if any(
            (f.laptop, f.channel) == (survivor.laptop, survivor.channel) and f.at >= survivor.at
            for f in self.oracle.forgotten
        ):
            return True
        if place.is_text:
            gone = {word for saved in self.oracle.all_saved[place] for word in saved.removed}
            return tokens(value) <= self._words(place) | gone
        return value is None or self._is_kept(place, repr(value))

    def _is_kept(self, place: Place, value: str) -> bool:
        kept = self.oracle.view.accepted[place] | self.contested[place].values
        kept |= self.oracle.to_mend[place] | self.quarantined[place]
        kept.add(NONE)  # who emptied it had seen it; that it is empty need not be kept
        if value in kept:
            return True
        # Of what the centre had and lost: what took its place there, by who had seen it, stands for it.
        return bool(self.oracle.pasts) and bool(self.oracle.leads_to(place, value) & kept)

    def _has_text(self, place: Place, saved: Saved, later: list[Saved]) -> bool:
        lost = self.oracle.lost[place]
        # After a loss there may be only what two people's words became together: then what the other
        # one took out may have been taken out before this was typed.
        removing = self.oracle.all_saved[place] if lost else [s for s in later if s.family == saved.family]
        gone = {word for s in removing for word in s.removed}
        words = self._words(place) | gone
        if self._copy_was_forgotten(saved):
            words |= {word for text in lost for word in tokens(text)}
        accounted = tokens(saved.value) <= words or self._went_with_a_disk(saved)
        return accounted or self._was_deleted_at_home(place, saved)

    def _words(self, place: Place) -> set[str]:
        waiting = {
            word for text in self.oracle.to_mend[place] | self.quarantined[place] for word in tokens(text)
        }
        return self.oracle.view.accepted_words[place] | self.contested[place].words | waiting

    def _was_written_again(self, mark: Place, deletion: Saved) -> bool:
        """The same person later wrote into what he had deleted: it is meant to be there."""
        prefix = mark.path.removesuffix(DELETED)
        return any(
            saved.number > deletion.number and saved.family == deletion.family and saved.value is not None
            for place, all_saved in self.oracle.all_saved.items()
            if place.key == mark.key and place.path.startswith(prefix) and place != mark
            for saved in all_saved
        )

    def _is_copied(self, saved: Saved) -> bool:
        """A copy may send what was deleted here before it was sent: the work comes back, which is no loss.

        So may the laptop itself, before an old backup is put back on it.
        """
        was_put_back = any(disk.laptop == saved.laptop for disk in self.oracle.disks)
        return was_put_back or self.oracle.families.count(saved.family) > 1

    def _was_forgotten(self, place: Place, saved: Saved) -> bool:
        """The centre had it, the laptop took its copy off, and then the centre lost it."""
        return self._copy_was_forgotten(saved) and repr(saved.value) in self.oracle.lost[place]

    def _copy_was_forgotten(self, saved: Saved) -> bool:
        return any(f.laptop == saved.laptop and f.at >= saved.number for f in self.oracle.forgotten)

    def _went_with_a_disk(self, saved: Saved) -> bool:
        return any(
            saved.laptop == disk.laptop and disk.first < saved.number <= disk.last
            for disk in self.oracle.disks
        )

    def _was_deleted_at_home(self, place: Place, saved: Saved) -> bool:
        """In a record or row that was deleted again before anything of it was sent."""
        parts = place.path.split("/")
        marks = ["/".join([*parts[:end], DELETED]) for end in range(0, len(parts), 2)]
        return any(
            deletion.family == saved.family and repr(saved.value) in deletion.within.get(place.path, ())
            for mark in marks
            for deletion in self.oracle.all_saved.get(Place(place.key, mark), ())
        )

    def _ever_reached_the_centre(self, mark: Place, deletion: Saved) -> bool:
        """Of what is deleted. The natural key says nothing: others make the same record themselves."""
        natural = type_named(mark.key.type).key
        prefix = mark.path.removesuffix(DELETED)
        seen = {
            path: values - {NONE}
            for path, values in deletion.within.items()
            if path.startswith(prefix) and path != mark.path and path not in natural
        }
        accepted = self.oracle.view.accepted
        there = [
            bool(values & accepted[place] - self._typed_here_and_elsewhere(place, deletion.family))
            for path, values in seen.items()
            for place in [Place(mark.key, path)]
        ]
        return bool(there) and all(there)

    def _typed_here_and_elsewhere(self, place: Place, family: int) -> set[str]:
        """What two people typed alike without knowing it: whose of them the centre has, nobody can say."""
        by_family: dict[bool, set[str]] = {True: set(), False: set()}
        for saved in self.oracle.all_saved.get(place, ()):
            by_family[saved.family == family].add(repr(saved.value))
        return by_family[True] & by_family[False]
