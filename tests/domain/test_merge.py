from collections.abc import Mapping
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.fields import MergeClass
from kopdesk.domain.merge import (
    Applied,
    Central,
    Change,
    Conflicting,
    Equal,
    Merged,
    RecordMerge,
    conflict_id,
    merge_record,
)
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value

KEY = RecordKey("visit", UUID(int=7))
CHANNEL = "coop/00000000-0000-0000-0000-000000000001"
REPLICA = UUID(int=9)


def merged(
    leaves: Mapping[str, Central],
    *changes: Change,
    text: bool = False,
    past: Mapping[tuple[str, int], Value] | None = None,
) -> RecordMerge:
    return merge_record(
        KEY,
        leaves,
        changes,
        merge_class=lambda path: MergeClass.TEXT if text else MergeClass.DECIDE,
        value_at=lambda path, rev: (past or {}).get((path, rev)),
        conflict_id=lambda conflict: conflict_id(CHANNEL, KEY, bytes(32), conflict),
    )


def test_a_new_leaf_is_applied() -> None:
    merge = merged({}, Change("notes", "Kas cocok.", 0, 0))
    assert merge.leaves == {"notes": "Kas cocok."}
    assert merge.outcomes == {0: Applied()}


def test_an_edit_of_what_its_editor_saw_is_applied() -> None:
    merge = merged({"amount": Central(1000, 4)}, Change("amount", 2000, 4, 0))
    assert merge.leaves == {"amount": 2000}


def test_the_same_value_needs_nothing_and_names_the_rev_it_has() -> None:
    merge = merged({"amount": Central(2000, 6)}, Change("amount", 2000, 4, 0))
    assert merge.leaves == {}
    assert merge.outcomes == {0: Equal(6)}


def test_true_is_not_the_number_one() -> None:
    merge = merged({"flag": Central(1, 6)}, Change("flag", True, 4, 0))
    assert isinstance(merge.outcomes[0], Conflicting)


def test_two_amounts_wait_for_a_person_and_the_centre_keeps_its_own() -> None:
    merge = merged(
        {"amount": Central(2_530_000, 6)}, Change("amount", 2_350_000, 4, 0), past={("amount", 4): 2_000_000}
    )
    assert merge.leaves == {}
    (conflict,) = merge.conflicts
    assert (conflict.kept.value, conflict.offered, conflict.base_value) == (2_530_000, 2_350_000, 2_000_000)
    assert isinstance(merge.outcomes[0], Conflicting)


def test_texts_without_overlap_become_one() -> None:
    base = "Kas cocok. Buku lengkap. Stok kurang."
    merge = merged(
        {"notes": Central("Kas cocok. Buku lengkap. Stok cukup.", 6)},
        Change("notes", "Kas lebih. Buku lengkap. Stok kurang.", 4, 0),
        text=True,
        past={("notes", 4): base},
    )
    assert merge.outcomes == {0: Merged("Kas lebih. Buku lengkap. Stok cukup.")}
    assert merge.leaves == {"notes": "Kas lebih. Buku lengkap. Stok cukup."}


def test_a_deletion_of_what_was_seen_is_applied() -> None:
    leaves = {"notes": Central("x", 3), "amount": Central(5, 4)}
    merge = merged(leaves, Change("~deleted", True, 0, 0, shown={"notes": 3, "amount": 4}))
    assert merge.leaves == {"~deleted": True}


def test_a_deletion_hides_no_leaf_that_changed_since() -> None:
    leaves = {"notes": Central("x", 3), "amount": Central(5, 8)}
    merge = merged(leaves, Change("~deleted", True, 0, 0, shown={"notes": 3, "amount": 4}))
    assert merge.leaves == {}
    assert isinstance(merge.outcomes[0], Conflicting)


def test_a_deletion_hides_no_leaf_its_author_did_not_have() -> None:
    leaves = {"notes": Central("x", 3), "amount": Central(5, 1)}
    merge = merged(leaves, Change("~deleted", True, 0, 0, shown={"notes": 3}))
    assert merge.leaves == {}


def test_what_the_deleter_changed_in_the_same_batch_he_has_seen() -> None:
    leaves = {"notes": Central("x", 3)}
    edit, deletion = Change("notes", "y", 3, 0), Change("~deleted", True, 0, 1, shown={"notes": 3})
    merge = merged(leaves, deletion, edit)
    assert merge.leaves == {"notes": "y", "~deleted": True}
    assert not merge.conflicts


def test_what_another_window_changed_in_the_same_batch_the_deleter_has_not_seen() -> None:
    leaves = {"notes": Central("x", 3)}
    edit, deletion = Change("notes", "y", 3, 0), Change("~deleted", True, 0, 1, shown={})
    merge = merged(leaves, deletion, edit)
    assert merge.leaves == {"notes": "y"}
    assert isinstance(merge.outcomes[1], Conflicting)


def test_a_text_that_was_merged_in_the_same_batch_was_not_seen() -> None:
    base = "Kas cocok. Buku lengkap. Stok kurang."
    leaves = {"notes": Central("Kas cocok. Buku lengkap. Stok cukup.", 6)}
    merge = merged(
        leaves,
        Change("notes", "Kas lebih. Buku lengkap. Stok kurang.", 4, 0),
        Change("~deleted", True, 0, 1, shown={"notes": 4}),
        text=True,
        past={("notes", 4): base},
    )
    assert "~deleted" not in merge.leaves
    assert isinstance(merge.outcomes[1], Conflicting)


def test_a_row_is_deleted_for_itself() -> None:
    leaves = {"findings/a/weight": Central("high", 3), "notes": Central("x", 9)}
    merge = merged(leaves, Change("findings/a/~deleted", True, 0, 0, shown={"findings/a/weight": 3}))
    assert merge.leaves == {"findings/a/~deleted": True}


def test_an_edit_that_had_not_seen_a_deletion_undoes_it_and_the_deletion_is_offered_again() -> None:
    leaves = {"notes": Central("x", 3), "~deleted": Central(True, 5)}
    merge = merged(leaves, Change("notes", "y", 3, 0))
    assert merge.leaves == {"notes": "y", "~deleted": None}
    assert merge.outcomes == {0: Applied()}
    (conflict,) = merge.conflicts
    assert conflict.path == "~deleted"
    assert conflict.offered is True


def test_editing_a_deleted_record_and_deleting_it_again_makes_no_conflict() -> None:
    leaves = {"notes": Central("x", 3), "~deleted": Central(True, 5)}
    merge = merged(leaves, Change("notes", "y", 3, 0), Change("~deleted", True, 0, 1, shown={"notes": 3}))
    assert merge.leaves == {"notes": "y"}
    assert not merge.conflicts


def test_conflicts_of_one_batch_have_different_ids() -> None:
    leaves = {"notes": Central("x", 9), "~deleted": Central(True, 5)}
    merge = merged(leaves, Change("notes", "y", 3, 0), Change("notes2", "z", 0, 1))
    ids = {conflict_id(CHANNEL, KEY, bytes(32), conflict) for conflict in merge.conflicts}
    assert len(ids) == len(merge.conflicts) == 2


values = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["a b c", "a x c", "a b y", "z"])
revs = st.integers(0, 5)
paths = st.sampled_from(["notes", "amount", "findings/a/weight", "findings/b/weight"])


@st.composite
def a_change(draw: st.DrawFn) -> Change:
    return Change(draw(paths), draw(values), draw(revs), draw(st.integers(0, 50)))


@given(
    st.dictionaries(paths, st.builds(Central, values, st.integers(1, 5))),
    st.lists(a_change(), max_size=4, unique_by=(lambda c: c.path, lambda c: c.place)),
    st.booleans(),
)
def test_no_value_is_ever_lost(leaves: dict[str, Central], changes: list[Change], text: bool) -> None:
    merge = merged(leaves, *changes, text=text)
    for change in changes:
        outcome = merge.outcomes[change.place]
        current = leaves.get(change.path, Central(None, 0))
        if isinstance(outcome, Applied):
            assert merge.leaves[change.path] == change.value
            assert current.rev <= change.base  # what it replaces had been seen
        elif isinstance(outcome, Equal):
            assert current.value == change.value
        elif isinstance(outcome, Conflicting):
            assert change.path not in merge.leaves
            assert any(c.path == change.path and c.offered == change.value for c in merge.conflicts)


@given(st.dictionaries(paths, st.builds(Central, values, st.integers(1, 5))), a_change(), st.booleans())
def test_merging_again_changes_nothing(leaves: dict[str, Central], change: Change, text: bool) -> None:
    first = merged(leaves, change, text=text)
    after = {**leaves, **{path: Central(value, 6) for path, value in first.leaves.items()}}
    if isinstance(first.outcomes[change.place], Applied):
        second = merged(after, change, text=text)
        assert isinstance(second.outcomes[change.place], Equal)
        assert not second.leaves


def test_who_takes_a_deletion_back_and_writes_again_is_not_asked_about_it() -> None:
    leaves = {"tills/main/holder": Central("Ani", 3), "tills/main/~deleted": Central(True, 5)}
    edit, revival = Change("tills/main/holder", "Budi", 3, 0), Change("tills/main/~deleted", None, 5, 1)
    merge = merged(leaves, edit, revival)
    assert merge.leaves == {"tills/main/holder": "Budi", "tills/main/~deleted": None}
    assert not merge.conflicts


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_a_row_that_another_window_deleted_was_not_seen_by_who_deletes_the_record(
    places: tuple[int, int],
) -> None:
    record, row = (
        Change(f"{within}~deleted", True, 0, place)
        for within, place in zip(("", "tills/a/"), places, strict=True)
    )
    merge = merged({}, record, row)
    assert merge.leaves == {"tills/a/~deleted": True}
    assert isinstance(merge.outcomes[record.place], Conflicting)
