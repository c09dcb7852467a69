from time import monotonic

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


def test_words_that_come_again_and_again_do_not_hold_up_the_server() -> None:
    """A table pasted as text: every second word is the line between two columns."""
    base, mine = (" ".join("|" if n % 2 else f"{name}{n}" for n in range(1990)) for name in ("a", "b"))
    started = monotonic()
    assert merge_text(base, mine, mine + " |") is None
    assert monotonic() - started < 5


def test_two_small_changes_in_a_long_table_are_both_kept() -> None:
    words = ["|" if n % 2 else f"baris{n}" for n in range(1800)]
    mine, theirs = [*words[:100], "lebih", *words[100:]], [*words[:1700], *words[1702:]]
    both = [*words[:100], "lebih", *words[100:1700], *words[1702:]]
    assert merge_text(" ".join(words), " ".join(mine), " ".join(theirs)) == " ".join(both)


def test_a_repeated_word_that_could_be_put_in_twice_is_left_to_people() -> None:
    assert merge_text("buku kas", "kas buku kas", "buku kas kas") is None


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
