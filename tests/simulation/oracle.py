"""What was saved and what was accepted, remembered outside the product, and whether anything was lost.

Nothing here asks the product what somebody had seen: every editor's content was noted when it was opened.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from tests.simulation.facts import (
    NONE,
    Broken,
    Cause,
    CentreView,
    Contested,
    Disk,
    EditorLike,
    Forgotten,
    Place,
    Saved,
    Survivor,
)
from tests.simulation.texts import has_a_word_twice, tokens


@dataclass
class Oracle:
    """`families`: a copied laptop is of the family of the one it was copied from."""

    families: list[int] = field(default_factory=list)
    view: CentreView = field(default_factory=CentreView)
    all_saved: dict[Place, list[Saved]] = field(default_factory=lambda: defaultdict(list))
    to_mend: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    not_taken: dict[Place, Value] = field(default_factory=dict)
    disks: list[Disk] = field(default_factory=list)
    forgotten: list[Forgotten] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)
    lost: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What the centre had accepted and lost with a past."""
    pasts: int = 0
    saved_count: int = 0
    _led_to: dict[Place, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    """Which value took the place of which at the centre, in whatever past; every step was looked at."""

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
            self.all_saved[place].append(
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
        self.disks.append(Disk(laptop, saved_count, self.saved_count))

    def copy_forgotten(self, laptop: int, channel: str) -> None:
        """A withdrawn copy was taken off a laptop: what the centre loses later is not there any more."""
        self.forgotten.append(Forgotten(laptop, channel, self.saved_count))

    def _latest(self, family: int, place: Place, value: Value) -> Saved | None:
        found = (
            saved
            for saved in reversed(self.all_saved.get(place, ()))
            if saved.family == family and repr(saved.value) == repr(value)
        )
        return next(found, None)

    def note_to_mend(self, place: Place, value: Value) -> None:
        """The laptop says that the centre did not take this."""
        self.to_mend[place].add(repr(value))
        self.not_taken[place] = value

    # The centre changes.

    def changed(self, cause: Cause, new: Mapping[Place, Value]) -> None:
        """Leaves of the centre have new values: nothing may be gone that nobody saw."""
        view = self.view
        for place, value in new.items():
            if place.key.type == "conflict":
                self._check_conflict_leaf(place, value)
        for key in {place.key for place in new if place.key.type == "conflict"}:
            self.note_conflict(key, new, view.contested)
        for place, value in new.items():
            if place.key.type != "conflict":
                self._check_superseded(cause, place, value, new)
        for place, value in new.items():
            if place in view.current and repr(view.current[place]) != repr(value):
                self._led_to[place].setdefault(repr(view.current[place]), set()).add(repr(value))
            view.current[place] = value
            view.by_record[place.key].add(place.path)
            view.accepted[place].add(repr(value))
            view.accepted_words[place] |= tokens(value)

    def past_lost(self, view: CentreView, survivors: Iterable[Survivor]) -> None:
        """The centre is put back to what it was: what it accepted since is gone there, not everywhere."""
        self.pasts += 1
        for place, values in self.view.accepted.items():
            self.lost[place] |= values - view.accepted.get(place, set())
        for place, contested in self.view.contested.items():
            self.lost[place] |= contested.values - view.contested.get(place, Contested()).values
        self.survivors += survivors
        self.view = view.copied()

    def leads_to(self, place: Place, value: str) -> set[str]:
        """The value itself and everything that took its place, step by step, in whatever past."""
        steps, found, new = self._led_to.get(place, {}), {value}, [value]
        while new:
            for later in steps.get(new.pop(), ()):
                if later not in found:
                    found.add(later)
                    new.append(later)
        return found

    def _check_conflict_leaf(self, place: Place, value: Value) -> None:
        if place in self.view.current and not place.is_mark:
            raise Broken(f"a leaf of a conflict record changed: {place}")

    def note_conflict(
        self, key: RecordKey, new: Mapping[Place, Value], contested: dict[Place, Contested]
    ) -> None:
        def leaf(path: str) -> Value:
            place = Place(key, path)
            return new.get(place, self.view.current.get(place))

        about = RecordKey(str(leaf("about_type")), UUID(str(leaf("about_id"))))
        if about.type == "conflict":
            raise Broken(f"a question about a question: {key}")
        both = contested[Place(about, str(leaf("about_path")))]
        for path in ("kept_value", "offered_value"):
            both.values.add(repr(leaf(path)))
            both.words |= tokens(leaf(path))

    def _check_superseded(self, cause: Cause, place: Place, value: Value, new: Mapping[Place, Value]) -> None:
        if place.is_text and has_a_word_twice(value):
            raise Broken(f"typed once, there twice: {place} {value!r}")
        if cause.families is None:
            return
        if place.is_mark and value is True:
            self._check_deletion(cause, place, new)
        old = self.view.current.get(place)
        if place not in self.view.current or repr(old) == repr(value):
            return
        if place.is_mark:
            contested = repr(True) in self.view.contested[place].values
            if old is True and place not in cause.leaves and not contested:
                raise Broken(f"a deletion vanished without a word: {place}")
        elif place.is_text:
            self._check_text(cause, place, old, value)
        elif not self._was_seen(cause, place, old, value):
            raise Broken(f"nobody who saw it replaced {old!r} by {value!r}: {place}")

    def _authors(self, cause: Cause, place: Place) -> list[Saved]:
        """What those saved who may be behind a change. Of what a past that was lost had done: everybody."""
        families = cause.families or frozenset()
        return [s for s in self.all_saved[place] if s.family in families or self.pasts]

    def _check_text(self, cause: Cause, place: Place, old: Value, value: Value) -> None:
        removed = {word for saved in self._authors(cause, place) for word in saved.removed}
        lost = tokens(old) - tokens(value) - removed - self.view.contested[place].words
        if lost:
            raise Broken(f"words nobody took out are gone: {place} {sorted(lost)} {old!r} -> {value!r}")

    def _was_seen(self, cause: Cause, place: Place, old: Value, value: Value) -> bool:
        if repr(old) in self.view.contested[place].values:
            return True
        after = self.leads_to(place, repr(old)) if self.pasts else {repr(old)}
        if place in cause.offers and repr(value) in after:
            return True
        families = cause.families or frozenset()
        return any(
            saved.seen & after
            for saved in self.all_saved[place]
            if saved.family in families and repr(saved.value) == repr(value)
        )

    def _check_deletion(self, cause: Cause, mark: Place, new: Mapping[Place, Value]) -> None:
        prefix = mark.path.removesuffix(DELETED)
        view = self.view
        there = {
            path: view.current[Place(mark.key, path)]
            for path in sorted(view.by_record[mark.key])
            if path.startswith(prefix) and not path.endswith(DELETED) and Place(mark.key, path) not in new
        }
        families = cause.families or frozenset()
        deletions = [
            saved
            for saved in self.all_saved[mark]
            if saved.value is True and (saved.family in families or mark in cause.offers)
        ]
        for path, value in there.items():
            place = Place(mark.key, path)
            after = self.leads_to(place, repr(value)) if self.pasts else {repr(value)}
            was_seen = any(after & deletion.within.get(path, frozenset()) for deletion in deletions)
            if value is not None and not was_seen and place not in cause.leaves:
                raise Broken(f"deleted unseen: {mark} with {path} = {value!r}")
