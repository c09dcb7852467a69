from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.text_merge import merge_text

BASE = "Kas dihitung bersama bendahara. Buku kas belum ditutup."

words = st.lists(
    st.sampled_from(["kas", "buku", "kurang", "lebih", "dicatat", "bendahara", "ketua", "belum"]), max_size=12
)
texts = words.map(" ".join)


def test_changes_in_two_places_are_both_kept() -> None:
    mine = "Kas dihitung bersama ketua. Buku kas belum ditutup."
    theirs = "Kas dihitung bersama bendahara. Buku kas sudah ditutup."
    merged = merge_text(BASE, mine, theirs)
    assert merged == "Kas dihitung bersama ketua. Buku kas sudah ditutup."


def test_the_same_change_is_taken_once() -> None:
    both = BASE + " Stok gula habis."
    assert merge_text(BASE, both, both) == both


def test_two_changes_of_one_word_are_left_to_people() -> None:
    assert (
        merge_text(BASE, BASE.replace("bendahara", "ketua"), BASE.replace("bendahara", "sekretaris")) is None
    )


def test_two_sentences_added_at_the_same_place_are_left_to_people() -> None:
    assert merge_text(BASE, BASE + " Stok gula habis.", BASE + " LPG penuh.") is None


def test_changes_that_touch_are_left_to_people() -> None:
    assert merge_text("satu dua tiga", "SATU dua tiga", "satu DUA tiga") is None


def test_a_huge_text_is_left_to_people_instead_of_holding_up_the_server() -> None:
    base = " ".join(f"kata{n}" for n in range(4000))
    assert merge_text(base, base[::-1], base.upper()) is None


@given(texts, texts)
def test_one_sided_changes_win_whole(base: str, changed: str) -> None:
    assert merge_text(base, changed, base) == changed
    assert merge_text(base, base, changed) == changed


@given(texts, texts, texts)
def test_merging_does_not_depend_on_who_comes_first(base: str, mine: str, theirs: str) -> None:
    assert merge_text(base, mine, theirs) == merge_text(base, theirs, mine)


@given(texts, texts, texts)
def test_a_merge_invents_no_word_and_keeps_every_added_one(base: str, mine: str, theirs: str) -> None:
    merged = merge_text(base, mine, theirs)
    if merged is None:
        return
    known = set(base.split()) | set(mine.split()) | set(theirs.split())
    assert set(merged.split()) <= known
    added = (set(mine.split()) | set(theirs.split())) - set(base.split())
    assert added <= set(merged.split())
