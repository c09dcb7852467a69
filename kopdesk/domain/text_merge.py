"""Three-way merge of texts, word by word. No result rather than a doubtful one."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

_WORD = re.compile(r"\s*\S+|\s+$")

MAX_DIFFERENCES = 200
"""Words that one person took out or put in. Finding more could hold up a server; people decide then."""
MAX_COMPARISONS = 4_000_000
"""Pairs of words from the first difference to the last, for the same reason."""


class _Edit(NamedTuple):
    """Words start…end of the base were replaced by these."""

    start: int
    end: int
    words: tuple[str, ...]


def merge_text(base: str, mine: str, theirs: str) -> str | None:
    """Both changes to `base` in one text, or None where they overlap or touch, or nobody can tell."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    merged = _merged(base, mine, theirs)
    if merged is None:
        return None
    # Among repeated words it can be open which of them was put in. What is sent again must not come twice.
    again = {_merged(base, side, merged) for side in (mine, theirs)}
    return merged if again <= {merged, None} else None


def _merged(base: str, mine: str, theirs: str) -> str | None:
    base_words = _WORD.findall(base)
    own, other = _edits(base_words, _WORD.findall(mine)), _edits(base_words, _WORD.findall(theirs))
    if own is None or other is None:
        return None
    edits = sorted({*own, *other})
    if any(later.start <= earlier.end for earlier, later in itertools.pairwise(edits)):
        return None
    return _replayed(base_words, edits)


def _edits(base: list[str], changed: list[str]) -> list[_Edit] | None:
    head = _common_head(base, changed)
    tail = _common_head(base[head:][::-1], changed[head:][::-1])
    base_part, changed_part = base[head : len(base) - tail], changed[head : len(changed) - tail]
    if len(base_part) * len(changed_part) > MAX_COMPARISONS:
        return None
    kept = _kept(base_part, changed_part)
    if kept is None:
        return None
    edits: list[_Edit] = []
    start, new_start = 0, 0
    for end, new_end in [*kept, (len(base_part), len(changed_part))]:
        if (start, new_start) != (end, new_end):
            edits.append(_Edit(head + start, head + end, tuple(changed_part[new_start:new_end])))
        start, new_start = end + 1, new_end + 1
    return edits


def _common_head(left: list[str], right: list[str]) -> int:
    for index, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return index
    return min(len(left), len(right))


_Reached: TypeAlias = dict[int, int]
"""How far one has come in the base, by how many words fewer one has come in the changed text."""


def _kept(base: Sequence[str], changed: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the words stand that both texts share when as few as possible differ (Myers 1986)."""
    reached: _Reached = {1: 0}
    steps: list[_Reached] = []
    for differences in range(MAX_DIFFERENCES + 1):
        steps.append(dict(reached))
        for lead in range(-differences, differences + 1, 2):
            at = _begun(reached, lead)
            while at < len(base) and at - lead < len(changed) and base[at] == changed[at - lead]:
                at += 1
            reached[lead] = at
            if at >= len(base) and at - lead >= len(changed):
                return _walked_back(steps, len(base), len(changed))
    return None


def _begun(reached: _Reached, lead: int) -> int:
    """Where a lead is come to: by one more word put in, or one more taken out, whichever is farther."""
    return max(reached.get(lead + 1, -1), reached.get(lead - 1, -2) + 1)


def _walked_back(steps: list[_Reached], at: int, new_at: int) -> list[tuple[int, int]]:
    kept = []
    for reached in reversed(steps):
        lead = at - new_at
        begun = _begun(reached, lead)
        while at > begun:
            at, new_at = at - 1, new_at - 1
            kept.append((at, new_at))
        was_put_in = reached.get(lead + 1, -1) == begun
        at, new_at = (at, new_at - 1) if was_put_in else (at - 1, new_at)
    return kept[::-1]


def _replayed(base: list[str], edits: list[_Edit]) -> str:
    words: list[str] = []
    position = 0
    for edit in edits:
        words += base[position : edit.start]
        words += edit.words
        position = edit.end
    return "".join(words + base[position:])
