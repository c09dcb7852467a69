"""What the oracle remembers: what people saved, what the centre accepted, who may have changed it.

Values are compared as `repr`, so that True is not 1.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kopdesk.domain.fields import DELETED, MergeClass
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value

NONE = repr(None)


class Broken(AssertionError):
    """A rule of the protocol does not hold."""


class Place(NamedTuple):
    """One leaf of one record."""

    key: RecordKey
    path: str

    @property
    def is_text(self) -> bool:
        spec = leaf_at(self.key.type, self.path)
        return spec is not None and spec.merge is MergeClass.TEXT

    @property
    def is_mark(self) -> bool:
        return self.path.endswith(DELETED)

    def __str__(self) -> str:
        return f"{self.key.type} {str(self.key.id)[-6:]} {self.path}"


@dataclass(frozen=True, slots=True)
class Saved:
    """A leaf that a person was told is saved. `seen`: the values he had before his eyes."""

    laptop: int
    family: int
    number: int
    value: Value
    seen: frozenset[str]
    removed: frozenset[str] = frozenset()
    """Words of the text he saw that he took out."""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For deletions: what was seen of every leaf of what is deleted."""


class EditorLike(Protocol):
    """What was open when somebody typed."""

    @property
    def key(self) -> RecordKey: ...
    @property
    def shown(self) -> Mapping[str, Value]: ...
    @property
    def seen(self) -> Mapping[str, frozenset[str]]: ...


@dataclass(frozen=True, slots=True)
class Cause:
    """Who changed the centre: laptops of these families with the leaves of a batch, or (None) the office.

    `offers`: leaves of a lost past. `released`: put aside once, and vouched for by a supervisor now.
    """

    families: frozenset[int] | None
    leaves: Mapping[Place, Value] = field(default_factory=dict)
    offers: frozenset[Place] = frozenset()
    released: bool = False


BY_OFFICE = Cause(None)


@dataclass
class Contested:
    """What conflict records say of one leaf."""

    values: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


@dataclass
class CentreView:
    """What the centre holds now, and everything it has accepted in its present past."""

    current: dict[Place, Value] = field(default_factory=dict)
    by_record: dict[RecordKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    accepted: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    accepted_words: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    contested: dict[Place, Contested] = field(default_factory=lambda: defaultdict(Contested))

    def copied(self) -> "CentreView":
        copy = CentreView(current=dict(self.current))
        copy.by_record.update({key: set(paths) for key, paths in self.by_record.items()})
        copy.accepted.update({place: set(values) for place, values in self.accepted.items()})
        copy.accepted_words.update({place: set(words) for place, words in self.accepted_words.items()})
        copy.contested.update({p: Contested(set(c.values), set(c.words)) for p, c in self.contested.items()})
        return copy


@dataclass(frozen=True, slots=True)
class Disk:
    """An old backup was put back on a laptop: what it saved from `first` to `last` may be gone."""

    laptop: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A laptop's copy of a withdrawn channel was taken off it; `at`: how much had been saved."""

    laptop: int
    channel: str
    at: int


@dataclass(frozen=True, slots=True)
class Survivor:
    """A value the centre had accepted and lost, and a laptop still held; `at`: how much had been saved."""

    laptop: int
    channel: str
    place: Place
    value: Value
    at: int
