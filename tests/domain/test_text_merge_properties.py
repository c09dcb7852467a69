"""What holds of the merge of texts, whatever was typed between the words."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from kopdesk.domain.text_merge import merge_text

many = settings(max_examples=300)

gaps = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  ", "\t"])
words = st.sampled_from(["kas", "buku", "stok", "kurang", "lebih", "bendahara", "ketua", "belum", "é"])


def _typed(found: Sequence[str], between: Sequence[str], first: str, last: str) -> str:
    return first + "".join(word + gap for word, gap in zip(found, between, strict=False)) + last


def texts_of(found: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    edges = st.sampled_from(["", "", " ", "\n"])
    return st.builds(_typed, found, st.lists(gaps, min_size=10, max_size=10), edges, edges)


texts = texts_of(st.lists(words, max_size=10))
repetitive = st.lists(st.sampled_from(["kas", "kas", "buku"]), max_size=5)
plain = st.integers(0, 12).map(lambda count: [f"kata{number}" for number in range(count)])


new_words = st.integers(0, 4).flatmap(
    lambda count: st.lists(words | st.sampled_from("ABCDEF"), min_size=count, max_size=count)
)


@st.composite
def edited(draw: st.DrawFn, base: Sequence[str]) -> list[str]:
    """Some words of a text taken out, new ones put in: most edits of people are small."""
    found = list(base)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        at = draw(st.integers(0, len(found)))
        found[at : at + draw(st.integers(0, 2))] = draw(
            st.lists(words | st.sampled_from("ABCDEF"), max_size=2)
        )
    return found


@st.composite
def three_versions(
    draw: st.DrawFn, bases: st.SearchStrategy[list[str]]
) -> tuple[list[str], list[str], list[str]]:
    base = draw(bases)
    return base, draw(edited(base)), draw(edited(base))


@many
@given(texts, texts)
def test_what_only_one_side_changed_is_taken_to_the_letter(base: str, changed: str) -> None:
    assert merge_text(base, changed, base) == changed
    assert merge_text(base, base, changed) == changed
    assert merge_text(base, changed, changed) == changed


@many
@given(texts, texts, texts)
def test_it_does_not_matter_who_comes_first(base: str, mine: str, theirs: str) -> None:
    assert merge_text(base, mine, theirs) == merge_text(base, theirs, mine)


@many
@given(three_versions(plain))
def test_every_word_put_in_is_there_as_often_as_it_was_put_in(
    versions: tuple[list[str], list[str], list[str]],
) -> None:
    base, mine, theirs = versions
    merged = merge_text(*map(" ".join, versions))
    if merged is not None:
        found = Counter(merged.split())
        for side in (mine, theirs):
            for word, count in (Counter(side) - Counter(base)).items():
                assert found[word] >= count


@many
@given(three_versions(plain))
def test_what_nobody_took_out_stays_and_what_somebody_took_out_goes(
    versions: tuple[list[str], list[str], list[str]],
) -> None:
    base, mine, theirs = versions
    merged = merge_text(*map(" ".join, versions))
    if merged is not None:
        found = merged.split()
        assert set(found) <= {*base, *mine, *theirs}
        for word in base:
            if word in mine and word in theirs:
                assert word in found
            elif (
                Counter(mine)[word] + Counter(theirs)[word] == 1
            ):  # taken out by one, left alone by the other
                assert word not in found


@many
@given(three_versions(repetitive))
def test_a_text_that_is_merged_a_second_time_is_not_put_in_twice(
    versions: tuple[list[str], list[str], list[str]],
) -> None:
    base, mine, theirs = map(" ".join, versions)
    merged = merge_text(base, mine, theirs)
    if merged is not None:
        for side in (mine, theirs):
            assert merge_text(base, side, merged) in (merged, None)
            assert merge_text(side, side, merged) == merged
