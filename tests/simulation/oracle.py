"""What was saved and what was accepted, remembered outside the product, and whether anything was lost.

Values are compared as `repr`, so that True is not 1. Nothing here asks the product what somebody had seen:
every editor's content was noted when it was opened.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from uuid import UUID

from kopdesk.domain.fields import DELETED, MergeClass
from kopdesk.domain.record_types import leaf_at, type_named
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from tests.simulation.texts import has_a_word_twice, tokens

NONE = repr(None)


class Broken(AssertionError):
    """A rule of the protocol does not hold."""


class Place(NamedTuple):
    """One leaf of one record."""

    key: RecordKey
    path: str

    @property
    def is_text(self) -> bool:
        spec = leaf_at(self.key.type, self.path)
        return spec is not None and spec.merge is MergeClass.TEXT

    @property
    def is_mark(self) -> bool:
        return self.path.endswith(DELETED)

    def __str__(self) -> str:
        return f"{self.key.type} {str(self.key.id)[-6:]} {self.path}"


@dataclass(frozen=True, slots=True)
class Saved:
    """A leaf that a person was told is saved. `seen`: the values he had before his eyes."""

    laptop: int
    family: int
    number: int
    value: Value
    seen: frozenset[str]
    removed: frozenset[str] = frozenset()
    """Words of the text he saw that he took out."""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For deletions: what was seen of every leaf of what is deleted."""


class EditorLike(Protocol):
    """What was open when somebody typed."""

    @property
    def key(self) -> RecordKey: ...
    @property
    def shown(self) -> Mapping[str, Value]: ...
    @property
    def seen(self) -> Mapping[str, frozenset[str]]: ...


@dataclass(frozen=True, slots=True)
class Cause:
    """Who changed the centre: a laptop with the leaves of its batch, or (None) the office."""

    family: int | None
    user_id: UUID | None = None
    leaves: Mapping[Place, Value] = field(default_factory=dict)


@dataclass
class Contested:
    """What conflict records say of one leaf."""

    values: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


@dataclass
class Oracle:
    """`families`: a copied laptop is of the family of the one it was copied from."""

    families: list[int] = field(default_factory=list)
    _saved: dict[Place, list[Saved]] = field(default_factory=lambda: defaultdict(list))
    _accepted: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    _accepted_words: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    _current: dict[Place, Value] = field(default_factory=dict)
    _by_record: dict[RecordKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    _contested: dict[Place, Contested] = field(default_factory=lambda: defaultdict(Contested))
    _to_mend: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    _not_taken: dict[Place, Value] = field(default_factory=dict)
    _lost_with_a_disk: list[tuple[int, int, int]] = field(default_factory=list)
    saved_count: int = 0

    # People save.

    def seen(self, laptop: int, place: Place, value: Value) -> frozenset[str]:
        """What somebody has seen who sees `value` there now: this, and what he typed it over himself."""
        mine = self._latest(self.families[laptop], place, value)
        return frozenset({repr(value)}) | (mine.seen if mine else frozenset())

    def saved(
        self, laptop: int, editor: EditorLike, values: Mapping[str, Value], top: Mapping[str, Value]
    ) -> None:
        """A person was told that these values are saved. `top`: what the laptop showed just before."""
        for path, value in values.items():
            if repr(value) == repr(top.get(path)):
                continue
            self.saved_count += 1
            place = Place(editor.key, path)
            shown = editor.shown.get(path)
            within = editor.seen if place.is_mark and value is True else {}
            self._saved[place].append(
                Saved(
                    laptop=laptop,
                    family=self.families[laptop],
                    number=self.saved_count,
                    value=value,
                    seen=editor.seen.get(path, frozenset({NONE})),
                    removed=tokens(shown) - tokens(value),
                    within=within,
                )
            )

    def disk_lost(self, laptop: int, saved_count: int) -> None:
        """An old backup was put back: what this laptop saved since may be gone, if it was never sent."""
        self._lost_with_a_disk.append((laptop, saved_count, self.saved_count))

    def _latest(self, family: int, place: Place, value: Value) -> Saved | None:
        found = (
            saved
            for saved in reversed(self._saved.get(place, ()))
            if saved.family == family and repr(saved.value) == repr(value)
        )
        return next(found, None)

    def note_to_mend(self, place: Place, value: Value) -> None:
        """The laptop says that the centre did not take this."""
        self._to_mend[place].add(repr(value))
        self._not_taken[place] = value

    # The centre changes.

    def changed(self, cause: Cause, new: Mapping[Place, Value]) -> None:
        """Leaves of the centre have new values: nothing may be gone that nobody saw."""
        for place, value in new.items():
            if place.key.type == "conflict":
                self._check_conflict_leaf(place, value)
        for key in {place.key for place in new if place.key.type == "conflict"}:
            self._note_conflict(key, new)
        for place, value in new.items():
            if place.key.type != "conflict":
                self._check_superseded(cause, place, value, new)
        for place, value in new.items():
            self._current[place] = value
            self._by_record[place.key].add(place.path)
            self._accepted[place].add(repr(value))
            self._accepted_words[place] |= tokens(value)

    def _check_conflict_leaf(self, place: Place, value: Value) -> None:
        if place in self._current and not place.is_mark:
            raise Broken(f"a leaf of a conflict record changed: {place}")

    def _note_conflict(self, key: RecordKey, new: Mapping[Place, Value]) -> None:
        def leaf(path: str) -> Value:
            place = Place(key, path)
            return new.get(place, self._current.get(place))

        about = RecordKey(str(leaf("about_type")), UUID(str(leaf("about_id"))))
        contested = self._contested[Place(about, str(leaf("about_path")))]
        for path in ("kept_value", "offered_value"):
            contested.values.add(repr(leaf(path)))
            contested.words |= tokens(leaf(path))

    def _check_superseded(self, cause: Cause, place: Place, value: Value, new: Mapping[Place, Value]) -> None:
        if place.is_text and has_a_word_twice(value):
            raise Broken(f"typed once, there twice: {place} {value!r}")
        if cause.family is None:
            return
        if place.is_mark and value is True:
            self._check_deletion(cause, place, new)
        old = self._current.get(place)
        if place not in self._current or repr(old) == repr(value):
            return
        if place.is_mark:
            if old is True and place not in cause.leaves and repr(True) not in self._contested[place].values:
                raise Broken(f"a deletion vanished without a word: {place}")
        elif place.is_text:
            self._check_text(cause, place, old, value)
        elif not self._was_seen(cause, place, old, value):
            raise Broken(f"nobody who saw it replaced {old!r} by {value!r}: {place}")

    def _check_text(self, cause: Cause, place: Place, old: Value, value: Value) -> None:
        removed = {
            word for saved in self._saved[place] if saved.family == cause.family for word in saved.removed
        }
        lost = tokens(old) - tokens(value) - removed - self._contested[place].words
        if lost:
            raise Broken(f"words nobody took out are gone: {place} {sorted(lost)} {old!r} -> {value!r}")

    def _was_seen(self, cause: Cause, place: Place, old: Value, value: Value) -> bool:
        return repr(old) in self._contested[place].values or any(
            repr(old) in saved.seen
            for saved in self._saved[place]
            if saved.family == cause.family and repr(saved.value) == repr(value)
        )

    def _check_deletion(self, cause: Cause, mark: Place, new: Mapping[Place, Value]) -> None:
        prefix = mark.path.removesuffix(DELETED)
        there = {
            path: self._current[Place(mark.key, path)]
            for path in sorted(self._by_record[mark.key])
            if path.startswith(prefix) and not path.endswith(DELETED) and Place(mark.key, path) not in new
        }
        deletions = [s for s in self._saved[mark] if s.family == cause.family and s.value is True]
        for path, value in there.items():
            was_seen = any(repr(value) in deletion.within.get(path, ()) for deletion in deletions)
            if value is not None and not was_seen and Place(mark.key, path) not in cause.leaves:
                raise Broken(f"deleted unseen: {mark} with {path} = {value!r}")

    # At the end.

    def check_everything_arrived(self, quarantined: Iterable[tuple[Place, Value]]) -> None:
        """Every value that was ever saved is accounted for."""
        held = defaultdict(set)
        for place, value in quarantined:
            held[place].add(repr(value))
            self._not_taken[place] = value
        for key in {place.key for place in self._not_taken if place.key.type == "conflict"}:
            self._note_conflict(key, self._not_taken)
        for place, all_saved in self._saved.items():
            for at, saved in enumerate(all_saved):
                if not self._is_accounted(place, saved, all_saved[at + 1 :], held[place]):
                    raise Broken(f"saved and lost: {place} = {saved.value!r}")

    def _is_accounted(self, place: Place, saved: Saved, later: list[Saved], quarantined: set[str]) -> bool:
        value = repr(saved.value)
        if place.is_text and saved.value is not None:
            return self._text_is_accounted(place, saved, later, quarantined)
        return (
            self._went_with_a_disk(saved)
            or value == NONE
            or value in self._accepted[place]
            or value in self._contested[place].values
            or value in self._to_mend[place]
            or value in quarantined
            or any(value in s.seen for s in later if s.family == saved.family)
            or self._was_deleted_at_home(place, saved)
            or (place.is_mark and (self._is_copied(saved.family) or self._was_written_again(place, saved)))
            or (place.is_mark and not self._ever_reached_the_centre(place, saved))
        )

    def _text_is_accounted(
        self, place: Place, saved: Saved, later: list[Saved], quarantined: set[str]
    ) -> bool:
        waiting = {word for text in self._to_mend[place] | quarantined for word in tokens(text)}
        gone = {word for s in later if s.family == saved.family for word in s.removed}
        known = self._accepted_words[place] | self._contested[place].words | waiting | gone
        accounted = tokens(saved.value) <= known or self._went_with_a_disk(saved)
        return accounted or self._was_deleted_at_home(place, saved)

    def _was_written_again(self, mark: Place, deletion: Saved) -> bool:
        """The same person later wrote into what he had deleted: it is meant to be there."""
        prefix = mark.path.removesuffix(DELETED)
        return any(
            saved.number > deletion.number and saved.family == deletion.family and saved.value is not None
            for place, all_saved in self._saved.items()
            if place.key == mark.key and place.path.startswith(prefix) and place != mark
            for saved in all_saved
        )

    def _is_copied(self, family: int) -> bool:
        """A copy may send what was deleted here before it was sent: the work comes back, which is no loss."""
        return self.families.count(family) > 1

    def _went_with_a_disk(self, saved: Saved) -> bool:
        return any(
            saved.laptop == laptop and first < saved.number <= last
            for laptop, first, last in self._lost_with_a_disk
        )

    def _was_deleted_at_home(self, place: Place, saved: Saved) -> bool:
        """In a record or row that was deleted again before anything of it was sent."""
        parts = place.path.split("/")
        marks = ["/".join([*parts[:end], DELETED]) for end in range(0, len(parts), 2)]
        return any(
            deletion.family == saved.family and repr(saved.value) in deletion.within.get(place.path, ())
            for mark in marks
            for deletion in self._saved.get(Place(place.key, mark), ())
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
        there = [bool(values & self._accepted[Place(mark.key, path)]) for path, values in seen.items()]
        return bool(there) and all(there)
