"""Three-way merge of texts, word by word. No result rather than a doubtful one."""

import itertools
import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\s*\S+|\s+$")

MAX_COMPARISONS = 4_000_000
"""Above this many word pairs a merge could hold up a server for seconds; people decide then."""


class _Edit(NamedTuple):
    """Words start…end of the base were replaced by these."""

    start: int
    end: int
    words: tuple[str, ...]


def merge_text(base: str, mine: str, theirs: str) -> str | None:
    """Both changes to `base` in one text, or None where they overlap or touch."""
    if mine == theirs:
        return mine
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
    matcher = SequenceMatcher(None, base_part, changed_part, autojunk=False)
    return [
        _Edit(head + start, head + end, tuple(changed_part[new_start:new_end]))
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _common_head(left: list[str], right: list[str]) -> int:
    for index, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return index
    return min(len(left), len(right))


def _replayed(base: list[str], edits: list[_Edit]) -> str:
    words: list[str] = []
    position = 0
    for edit in edits:
        words += base[position : edit.start]
        words += edit.words
        position = edit.end
    return "".join(words + base[position:])
