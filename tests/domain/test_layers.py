from dataclasses import replace
from typing import cast

from kopdesk.domain.layers import (
    EMPTY,
    PUT_ASIDE,
    UNKNOWN,
    CentralLeaf,
    EditedLeaf,
    LeafLayers,
    LocalConflict,
    OfferedLeaf,
    Settled,
    adopt,
    dissolve,
    freeze,
    let_go,
    put_aside,
    rewind,
    settle,
    settle_offer,
    shown_revs,
    type_over,
    withdrawn,
)
from kopdesk.domain.marks import Layer, Mark
from kopdesk.domain.values import Value

HELD = LeafLayers(central=CentralLeaf("Ani", 4))


def typed(leaf: LeafLayers, value: Value, seen: Mark | None = None, number: int = 1) -> LeafLayers:
    result = type_over(leaf, value, leaf.mark if seen is None else seen, number)
    assert isinstance(result, LeafLayers)
    return result


def edit_of(leaf: LeafLayers) -> EditedLeaf:
    assert leaf.edited is not None
    return leaf.edited


def test_an_edit_names_the_rev_its_editor_saw() -> None:
    edit = edit_of(typed(HELD, "Budi"))
    assert (edit.base, edit.base_value) == (4, "Ani")


def test_a_leaf_that_was_not_there_has_base_zero() -> None:
    assert edit_of(typed(EMPTY, "Budi")).base == 0


def test_typing_what_is_there_is_no_change() -> None:
    assert typed(HELD, "Ani") == HELD


def test_typing_back_what_was_there_takes_the_edit_away() -> None:
    assert typed(typed(HELD, "Budi"), "Ani", number=2) == HELD


def test_a_page_that_arrives_while_typing_does_not_change_the_base() -> None:
    moved = adopt(HELD, "Citra", 6)
    edit = edit_of(typed(moved, "Budi", seen=HELD.mark))
    assert (edit.base, edit.base_value) == (4, UNKNOWN)


def test_a_page_never_rewrites_an_edit() -> None:
    leaf = adopt(typed(HELD, "Budi"), "Citra", 6)
    assert leaf.shown == "Budi"
    assert edit_of(leaf).base == 4
    assert leaf.central == CentralLeaf("Citra", 6)


def test_no_page_lowers_a_rev() -> None:
    assert adopt(HELD, "Alt", 3) == HELD


def test_saving_over_an_edit_the_editor_did_not_see_makes_a_local_conflict() -> None:
    first = typed(HELD, "Budi")
    result = type_over(first, "Citra", HELD.mark, 2)
    assert isinstance(result, LocalConflict)
    assert (result.kept.value, result.offered) == ("Budi", "Citra")


def test_two_windows_that_typed_the_same_agree() -> None:
    first = typed(HELD, "Budi")
    assert type_over(first, "Budi", HELD.mark, 2) == first


def test_two_windows_that_changed_different_words_of_a_text_agree() -> None:
    held = LeafLayers(central=CentralLeaf("Kas cocok. Buku ada. Stok kurang.", 4))
    first = typed(held, "Kas lebih. Buku ada. Stok kurang.")
    second = type_over(first, "Kas cocok. Buku ada. Stok cukup.", held.mark, 2, is_text=True)
    assert isinstance(second, LeafLayers)
    assert second.shown == "Kas lebih. Buku ada. Stok cukup."


def in_flight() -> LeafLayers:
    return freeze(typed(HELD, "Budi"), seq=3, place=0, shown=None)


def test_a_receipt_makes_the_frozen_leaf_central() -> None:
    leaf = settle(in_flight(), Settled("Budi", 9))
    assert leaf == LeafLayers(central=CentralLeaf("Budi", 9, own_edit=1))


def test_an_edit_typed_over_the_frozen_leaf_rises_with_its_receipt() -> None:
    leaf = settle(typed(in_flight(), "Citra", number=2), Settled("Budi", 9))
    assert (edit_of(leaf).base, edit_of(leaf).over) == (9, 0)


def test_an_edit_that_was_not_typed_over_the_frozen_leaf_keeps_its_base() -> None:
    """The second editor was opened before the first one's text was frozen."""
    leaf = settle(typed(in_flight(), "Citra", seen=HELD.mark, number=2), Settled("Budi", 9))
    assert edit_of(leaf).base == 4


def test_an_editor_that_showed_the_edit_before_it_was_frozen_typed_over_the_frozen_leaf() -> None:
    edited = typed(HELD, "Budi")
    leaf = typed(freeze(edited, 3, 0, None), "Citra", seen=edited.mark, number=2)
    assert edit_of(leaf).over == 1


def test_an_editor_that_showed_what_was_settled_meanwhile_typed_over_the_new_rev() -> None:
    flight = in_flight()
    landed = settle(flight, Settled("Budi", 9))
    assert edit_of(typed(landed, "Citra", seen=flight.mark, number=2)).base == 9


def test_who_typed_over_a_text_that_became_another_one_is_asked() -> None:
    flight = in_flight()
    landed = settle(flight, Settled("Budi Ani", 9))
    assert edit_of(typed(landed, "Citra", seen=flight.mark, number=2)).base == 0


def test_an_edit_over_a_merged_text_takes_in_the_other_persons_words() -> None:
    held = LeafLayers(central=CentralLeaf("Kas cocok. Buku ada. Stok kurang.", 4))
    flight = freeze(typed(held, "Kas lebih. Buku ada. Stok kurang."), 3, 0, None)
    edited = typed(flight, "Kas lebih banyak. Buku ada. Stok kurang.", number=2)
    leaf = settle(edited, Settled("Kas lebih. Buku ada. Stok cukup.", 9))
    assert leaf.shown == "Kas lebih banyak. Buku ada. Stok cukup."
    assert edit_of(leaf).base == 9


def test_an_edit_over_a_leaf_in_conflict_keeps_the_base_of_that_leaf() -> None:
    leaf = settle(typed(in_flight(), "Citra", number=2), None)
    assert (edit_of(leaf).base, edit_of(leaf).base_value) == (4, "Ani")
    assert leaf.central == HELD.central


def test_a_dissolved_leaf_is_an_edit_again_and_remembers_where_it_was() -> None:
    leaf = dissolve(in_flight(), b"hash")
    assert isinstance(leaf, LeafLayers)
    assert (edit_of(leaf).value, edit_of(leaf).base, edit_of(leaf).origin) == ("Budi", 4, (b"hash", 0))


def test_an_edit_typed_over_a_dissolved_leaf_takes_its_place() -> None:
    leaf = dissolve(typed(in_flight(), "Citra", number=2), b"hash")
    assert isinstance(leaf, LeafLayers)
    assert (edit_of(leaf).value, edit_of(leaf).base) == ("Citra", 4)


def test_an_edit_beside_a_dissolved_leaf_is_a_local_conflict() -> None:
    assert isinstance(dissolve(typed(in_flight(), "Citra", seen=HELD.mark, number=2), b"hash"), LocalConflict)


def test_a_deleter_saw_his_own_accepted_leaves_as_he_left_them() -> None:
    edited = typed(HELD, "Budi")
    shown = {"name": edited.mark, "phone": Mark(Layer.CENTRAL, 2), "gone": Mark(Layer.EDITED, 99)}
    landed = settle(freeze(edited, 3, 0, None), Settled("Budi", 9))
    layers = {"name": landed, "phone": LeafLayers(central=CentralLeaf("0812", 5))}
    assert shown_revs(shown, layers) == {"name": 9, "phone": 2}


def test_what_people_see_is_the_topmost_layer() -> None:
    shown = [HELD.shown, in_flight().shown, typed(in_flight(), "Citra", number=2).shown]
    assert cast("list[str]", shown) == ["Ani", "Budi", "Citra"]


def offered(common: int = 2) -> LeafLayers:
    return rewind(HELD, common, number=50)


def test_what_the_centre_lost_is_offered_and_still_shown() -> None:
    leaf = offered()
    assert leaf.central is None
    assert leaf.shown == "Ani"
    assert leaf.offered == OfferedLeaf("Ani", 4, 0, base=2, number=50)


def test_what_both_still_have_is_not_offered() -> None:
    assert rewind(HELD, 4, number=50) == HELD


def test_an_edit_over_a_leaf_that_became_an_offer_rises_with_the_answer() -> None:
    for leaf in (rewind(typed(HELD, "Budi"), 2, 50), typed(offered(), "Budi", seen=HELD.mark)):
        assert (edit_of(leaf).base, edit_of(leaf).over) == (2, 50)
        settled = settle_offer(leaf, Settled("Ani", 7, past=1))
        assert (edit_of(settled).base, edit_of(settled).over) == (7, 0)
        assert settled.shown == "Budi"


def test_an_edit_over_an_offer_that_met_another_value_waits_for_a_person() -> None:
    leaf = settle_offer(typed(offered(), "Budi"), Settled("Citra", 7, past=1))
    assert (edit_of(leaf).base, leaf.central) == (2, CentralLeaf("Citra", 7, past=1))


def test_an_offer_the_centre_does_not_take_leaves_nothing_in_central() -> None:
    assert settle_offer(offered(), Settled(None, 0, past=1)).central is None


def test_an_offer_that_lies_with_a_supervisor_has_its_answer_and_is_shown_on() -> None:
    sent = replace(offered(), offered=OfferedLeaf("Ani", 4, 0, base=2, number=50, seq=3, place=7))
    leaf = put_aside(sent)
    assert leaf.offered == OfferedLeaf("Ani", 4, 0, base=2, number=50, seq=PUT_ASIDE)
    assert (leaf.to_offer, leaf.central, leaf.shown) == (None, None, "Ani")
    assert put_aside(leaf) == withdrawn(leaf) == settle_offer(leaf, Settled("Citra", 7, past=1)) == leaf


def test_an_edit_over_an_offer_that_is_put_aside_waits_for_no_answer() -> None:
    leaf = put_aside(typed(offered(), "Budi"))
    assert (edit_of(leaf).base, edit_of(leaf).over, leaf.shown) == (2, 0, "Budi")


def test_what_was_put_aside_goes_when_the_centre_can_be_read_and_what_is_to_be_offered_stays() -> None:
    assert let_go(put_aside(offered())) == EMPTY
    assert adopt(put_aside(offered()), "Citra", 7, past=1).shown == "Citra"
    assert let_go(offered()) == offered()
    assert adopt(offered(), "Citra", 7, past=1).shown == "Ani"


def test_a_rev_of_a_lost_past_is_no_base_in_the_new_one() -> None:
    """History 7: the number is the same, what it names is not."""
    landed = LeafLayers(central=CentralLeaf("Citra", 4, past=1))
    assert edit_of(typed(landed, "Budi", seen=HELD.mark)).base == 0


def test_a_rev_that_both_pasts_share_is_still_a_base() -> None:
    assert edit_of(typed(rewind(HELD, 4, 50), "Budi", seen=HELD.mark)).base == 4
