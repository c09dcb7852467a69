"""Broken histories that were mended: remembered with the mending, so that a person can be told afterwards."""

import json
from typing import NamedTuple, Protocol

_NOTICED = "noticed"


class Noticed(NamedTuple):
    """What was noticed last of its kind, and when by the laptop's clock, in Unix milliseconds.

    `word`: "forked", this file is a copy or an old one; "rewound", the centre has lost a part of its past.
    `given_back`: leaves that are here, that the centre has perhaps lost, and that it gets again.
    """

    word: str
    at: int
    given_back: int


class _Profile(Protocol):
    def value(self, name: str) -> str | None: ...
    def save_value(self, name: str, value: str) -> None: ...


class ProfileWork(Protocol):
    """The part of a unit of work that is needed."""

    @property
    def profile(self) -> _Profile: ...


def noticed(work: ProfileWork) -> list[Noticed]:
    """The last of each kind, in the order of their words."""
    return [Noticed(*told) for told in json.loads(work.profile.value(_NOTICED) or "[]")]


def note_noticed(work: ProfileWork, new: Noticed) -> None:
    """Call in the unit of work that mends."""
    kept = {one.word: one for one in noticed(work)} | {new.word: new}
    work.profile.save_value(_NOTICED, json.dumps([kept[word] for word in sorted(kept)]))
