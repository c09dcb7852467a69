"""What holds of the merge rule for every record and every change set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kopdesk.domain.fields import DELETED, MergeClass
from kopdesk.domain.merge import (
    ABSENT,
    Applied,
    Central,
    Change,
    Conflict,
    Conflicting,
    Equal,
    Merged,
    RecordMerge,
    conflict_id,
    merge_record,
    offered_conflict_id,
)
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value, same

many = settings(max_examples=200)

KEY = RecordKey("visit", UUID(int=7))
CHANNEL = "coop/00000000-0000-0000-0000-000000000001"
HEAD = 6
TEXTS = ("notes", "findings/a/text")
OTHERS = ("amount", "findings/a/weight", "findings/b/weight")
MARKS = (DELETED, f"findings/a/{DELETED}")
PATHS = (*TEXTS, *OTHERS, *MARKS)

words = st.lists(st.sampled_from(["kas", "buku", "stok", "lebih", "kurang"]), max_size=5).map(" ".join)


def values_of(path: str) -> st.SearchStrategy[Value]:
    if path in MARKS:
        return st.sampled_from([True, None])
    return st.none() | words if path in TEXTS else st.none() | st.booleans() | st.integers(-2, 2) | words


@dataclass(frozen=True)
class Past:
    """A record's leaves with everything they ever were: revs rise, the last is the centre's."""

    words: Mapping[str, Mapping[int, Value]]

    @property
    def leaves(self) -> dict[str, Central]:
        return {path: Central(said[max(said)], max(said)) for path, said in self.words.items()}

    def value_at(self, path: str, rev: int) -> Value:
        said = self.words.get(path, {})
        known = [at for at in said if at <= rev]
        return said[max(known)] if known else None

    def after(self, merge: RecordMerge) -> "Past":
        new = {path: {**self.words.get(path, {}), HEAD + 1: value} for path, value in merge.leaves.items()}
        return Past({**self.words, **new})


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    paths = draw(st.sets(st.sampled_from(PATHS)))
    revs = st.sets(st.integers(1, HEAD), min_size=1, max_size=3)
    return Past({path: {rev: draw(values_of(path)) for rev in draw(revs)} for path in sorted(paths)})


@st.composite
def change_sets(draw: st.DrawFn) -> list[Change]:
    paths = draw(st.lists(st.sampled_from(PATHS), unique=True, max_size=5))
    places = draw(st.permutations(range(len(paths))))
    shown = st.none() | st.dictionaries(st.sampled_from(PATHS), st.integers(0, HEAD))
    bases = st.integers(0, HEAD)
    return [
        Change(path, draw(values_of(path)), draw(bases), place, draw(shown) if path in MARKS else None)
        for path, place in zip(paths, places, strict=True)
    ]


def name_of(conflict: Conflict) -> UUID:
    return conflict_id(CHANNEL, KEY, bytes(32), conflict)


def merged(past: Past, changes: Sequence[Change]) -> RecordMerge:
    return merge_record(
        KEY,
        past.leaves,
        changes,
        merge_class=lambda path: MergeClass.TEXT if path in TEXTS else MergeClass.DECIDE,
        value_at=past.value_at,
        conflict_id=name_of,
    )


@many
@given(pasts(), change_sets(), st.randoms())
def test_the_same_changes_make_the_same_merge_in_whatever_order_they_are_given(
    past: Past, changes: list[Change], random: st.DataObject
) -> None:
    first = merged(past, changes)
    random.shuffle(changes)  # type: ignore[attr-defined]
    assert merged(past, changes) == first


@many
@given(pasts(), change_sets(), st.data())
def test_what_becomes_of_a_leaf_does_not_depend_on_its_place_in_the_batch(
    past: Past, changes: list[Change], data: st.DataObject
) -> None:
    places = data.draw(st.permutations(range(len(changes))))
    moved = [replace(change, place=place) for change, place in zip(changes, places, strict=True)]
    first, second = merged(past, changes), merged(past, moved)
    assert second.leaves == first.leaves
    assert _kinds(second, moved) == _kinds(first, changes)
    assert _contested(second) == _contested(first)


def _kinds(merge: RecordMerge, changes: Sequence[Change]) -> dict[str, type]:
    return {change.path: type(merge.outcomes[change.place]) for change in changes}


def _contested(merge: RecordMerge) -> set[str]:
    return {repr((c.path, c.kept, c.offered, c.offered_is_central)) for c in merge.conflicts}


@many
@given(pasts(), change_sets())
def test_a_change_set_merged_again_changes_nothing_and_asks_nobody_anew(
    past: Past, changes: list[Change]
) -> None:
    first = merged(past, changes)
    after = past.after(first)
    second = merged(after, changes)
    for path, value in second.leaves.items():
        assert same(value, after.leaves[path].value)
    assert set(map(name_of, second.conflicts)) <= set(map(name_of, first.conflicts))


@many
@given(pasts(), change_sets())
def test_every_value_offered_is_current_or_in_a_conflict(past: Past, changes: list[Change]) -> None:
    merge = merged(past, changes)
    assert merge.outcomes.keys() == {change.place for change in changes}
    now = past.after(merge).leaves
    for change in changes:
        held = now.get(change.path, ABSENT).value
        match merge.outcomes[change.place]:
            case Applied() | Equal():
                # A deletion may be undone by an edit in the same set only if that edit had not seen it.
                assert same(held, change.value)
            case Merged(text):
                assert held == text
                assert _added(past, change, change.value) <= set(text.split())
            case Conflicting(conflict):
                found = [c for c in merge.conflicts if name_of(c) == conflict]
                assert [(c.path, c.place) for c in found] == [(change.path, change.place)]
                assert same(found[0].offered, change.value)
                assert found[0].kept == past.leaves.get(change.path, ABSENT)
                assert same(found[0].base_value, past.value_at(change.path, change.base))


def _added(past: Past, change: Change, text: Value) -> set[str]:
    """The words that a text has and what the editor saw had not."""
    return set(str(text or "").split()) - set(str(past.value_at(change.path, change.base) or "").split())


@many
@given(pasts(), change_sets())
def test_a_value_goes_only_where_it_was_seen_or_is_in_a_conflict(past: Past, changes: list[Change]) -> None:
    merge = merged(past, changes)
    by_path = {change.path: change for change in changes}
    for path, value in merge.leaves.items():
        current = past.leaves.get(path, ABSENT)
        if same(value, current.value):
            continue
        change = by_path.get(path)
        outcome = merge.outcomes[change.place] if change else None
        if change is not None and isinstance(outcome, Applied):
            assert change.base >= current.rev
        elif change is not None and isinstance(outcome, Merged):
            assert _added(past, change, current.value) <= set(str(value).split())
        else:
            undone = [c for c in merge.conflicts if c.path == path and c.offered_is_central]
            assert (path in MARKS, value, [c.offered for c in undone]) == (True, None, [True])


@many
@given(pasts(), change_sets())
def test_a_deletion_hides_nothing_its_author_was_not_shown(past: Past, changes: list[Change]) -> None:
    merge = merged(past, changes)
    here = {c.path: merge.outcomes[c.place] for c in changes}
    for change in changes:
        if change.value is not True or not isinstance(merge.outcomes[change.place], Applied):
            continue
        for path in _within(change.path, {**past.leaves, **merge.leaves}):
            assert path in (change.shown or {})
            seen_as_it_is = (change.shown or {})[path] >= past.leaves.get(path, ABSENT).rev
            assert isinstance(here.get(path), Applied | Equal) or seen_as_it_is
            assert not isinstance(here.get(path), Merged)


def _within(mark: str, paths: Mapping[str, object]) -> Iterator[str]:
    prefix = mark.removesuffix(DELETED)
    return (path for path in paths if path.startswith(prefix) and path != mark)


@many
@given(pasts(), change_sets())
def test_an_edit_is_never_hidden_by_a_deletion_its_author_had_not_seen(
    past: Past, changes: list[Change]
) -> None:
    merge = merged(past, changes)
    now = past.after(merge).leaves
    deleted_here = {change.path for change in changes if change.path in MARKS and change.value is True}
    for change in changes:
        if not isinstance(merge.outcomes[change.place], Applied | Merged):
            continue
        for mark in MARKS:
            if change.path in _within(mark, now) and mark not in deleted_here:
                was_seen = change.base >= past.leaves.get(mark, ABSENT).rev
                assert was_seen or now.get(mark, ABSENT).value is not True


@given(pasts(), change_sets())
def test_every_conflict_has_a_name_of_its_own(past: Past, changes: list[Change]) -> None:
    merge = merged(past, changes)
    assert len(set(map(name_of, merge.conflicts))) == len(merge.conflicts)


@given(st.binary(min_size=16, max_size=16), st.sampled_from(PATHS), st.integers(0, HEAD))
def test_an_offer_of_one_leaf_is_one_conflict_whoever_offers_it(tip: bytes, path: str, base: int) -> None:
    name = offered_conflict_id(CHANNEL, KEY, path, tip)
    assert name == offered_conflict_id(CHANNEL, KEY, path, tip)
    for other in ((CHANNEL, KEY, path, bytes(17)), (CHANNEL, RecordKey("visit", UUID(int=8)), path, tip)):
        assert offered_conflict_id(*other) != name
