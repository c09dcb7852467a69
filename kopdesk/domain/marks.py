"""Marks: what an editor showed of a leaf. `get` hands them out, `put` gives them back."""

import re
from enum import StrEnum
from typing import NamedTuple, Self

from kopdesk.domain.errors import InvalidField

_MARK = re.compile(r"([ce])(0|[1-9][0-9]{0,17})(?:\.([1-9][0-9]{0,8}))?")


class Layer(StrEnum):
    """What a mark names: a rev of the centre, or an edit of this laptop, waiting or in flight."""

    CENTRAL = "c"
    EDITED = "e"


class Mark(NamedTuple):
    """What an editor showed of a leaf: a rev of the centre, or the number of an edit of this laptop."""

    layer: Layer
    number: int
    past: int = 0
    """How often the channel had been rewound: the same rev names other things in two pasts."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The reverse of str(); raises InvalidField."""
        found = _MARK.fullmatch(text)
        if found is None:
            raise InvalidField("rev", "bad_mark", text[:40])
        return cls(Layer(found[1]), int(found[2]), int(found[3] or 0))

    def __str__(self) -> str:
        return f"{self.layer.value}{self.number}" + (f".{self.past}" if self.past else "")


NOTHING_SHOWN = Mark(Layer.CENTRAL, 0)
"""The mark of a leaf that was not there."""
