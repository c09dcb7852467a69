"""How a record type declares its leaves: kind, merge class, known values.

A record type is a frozen dataclass whose attributes are made with `leaf`, `values` or `rows`:

    visited_on: date | None = leaf(Kind.DATE)                  -> path "visited_on"
    findings: Mapping[str, Finding] = rows(Finding)            -> paths "findings/<key>/…"
    position: Mapping[str, int] = values(Kind.MONEY)           -> paths "position/<key>"
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Kind(StrEnum):
    """What a leaf means; decides its check, its Python type and its merge class unless said otherwise."""

    TEXT = "text"  # free text of several lines
    LINE = "line"  # one line
    CODE = "code"  # one of some known words; unknown ones from newer schemas are kept
    DIGITS = "digits"  # an official number: digits kept as text, leading zeros and all
    MONEY = "money"  # whole rupiah
    COUNT = "count"  # whole number, not negative
    BASIS_POINTS = "basis_points"  # 1 % is 100
    COORDINATE = "coordinate"  # 10⁻⁶ degrees
    FLAG = "flag"
    DATE = "date"  # local business date, YYYY-MM-DD
    MONTH = "month"  # YYYY-MM
    TIME = "time"  # local, HH:MM
    INSTANT = "instant"  # UTC, YYYY-MM-DDTHH:MM:SSZ
    REFERENCE = "reference"  # UUID of another record
    VALUE = "value"  # a copy of any other leaf (in conflict records)


class MergeClass(StrEnum):
    """What happens when two people changed one leaf: merged as text, decided by a person, or only listed."""

    TEXT = "text"
    DECIDE = "decide"
    INFORM = "inform"


_MERGE_OF_KIND = {Kind.TEXT: MergeClass.TEXT, Kind.LINE: MergeClass.INFORM}

DELETED = "~deleted"
"""The leaf that marks a record, or with a row's path before it a row, as deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One declared leaf. `choices` are the words known today; `lengths` the digits allowed."""

    kind: Kind
    merge: MergeClass
    choices: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    personal: bool = False
    format: str = ""  # a name in `field_checks.FORMATS`, for text that must look like something
    least: int | None = None  # the smallest amount that makes sense


def leaf(
    kind: Kind,
    *,
    merge: MergeClass | None = None,
    choices: type[StrEnum] | None = None,
    lengths: tuple[int, ...] = (),
    personal: bool = False,
    format: str = "",
    least: int | None = None,
) -> Any:
    """Declare an attribute held in one leaf. `personal` text never reaches logs, and exports mask it."""
    spec = dataclasses.replace(_leaf(kind, merge, choices, lengths, personal, format), least=least)
    return dataclasses.field(default=None, metadata={"leaf": spec})


def values(kind: Kind, *, merge: MergeClass | None = None, choices: type[StrEnum] | None = None) -> Any:
    """Declare a mapping from natural key to one leaf."""
    spec = _leaf(kind, merge, choices, (), False)
    return dataclasses.field(default_factory=_empty, metadata={"values": spec})


def rows(row: type) -> Any:
    """Declare a mapping from natural or random key to rows, each a dataclass made with these functions."""
    return dataclasses.field(default_factory=_empty, metadata={"rows": row})


def _leaf(
    kind: Kind,
    merge: MergeClass | None,
    choices: type[StrEnum] | None,
    lengths: tuple[int, ...],
    personal: bool,
    format: str = "",
) -> Leaf:
    known = tuple(choice.value for choice in choices) if choices else ()
    merge = merge or _MERGE_OF_KIND.get(kind, MergeClass.DECIDE)
    return Leaf(kind=kind, merge=merge, choices=known, lengths=lengths, personal=personal, format=format)


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Group:
    """What a form declares: its leaves, its keyed leaves and its rows, by attribute name."""

    leaves: Mapping[str, Leaf]
    values: Mapping[str, Leaf]
    rows: Mapping[str, type]


_groups: dict[type, Group] = {}
_patterns_of: dict[type, Mapping[str, Leaf]] = {}


def group_of(form: type) -> Group:
    """The declarations of a record type or row."""
    if form not in _groups:
        _groups[form] = _declared(form)
    return _groups[form]


def _declared(form: type) -> Group:
    fields = dataclasses.fields(form)
    return Group(
        {f.name: f.metadata["leaf"] for f in fields if "leaf" in f.metadata},
        {f.name: f.metadata["values"] for f in fields if "values" in f.metadata},
        {f.name: f.metadata["rows"] for f in fields if "rows" in f.metadata},
    )


def patterns(form: type) -> Mapping[str, Leaf]:
    """Every path a form can have, with * for keys: "findings/*/weight". Deletion marks included."""
    if form not in _patterns_of:
        deleted = Leaf(kind=Kind.FLAG, merge=MergeClass.DECIDE)
        found = {DELETED: deleted, **dict(_patterns(form, "", deleted))}
        _patterns_of[form] = MappingProxyType(found)
    return _patterns_of[form]


def _patterns(form: type, prefix: str, deleted: Leaf) -> Iterator[tuple[str, Leaf]]:
    group = group_of(form)
    for name, spec in group.leaves.items():
        yield prefix + name, spec
    for name, spec in group.values.items():
        yield f"{prefix}{name}/*", spec
    for name, row in group.rows.items():
        row_prefix = f"{prefix}{name}/*/"
        yield row_prefix + DELETED, deleted
        yield from _patterns(row, row_prefix, deleted)


def pattern_of(path: str) -> str:
    """The path with its keys replaced by *: names and keys alternate, so every second part is a key."""
    if "/" not in path:
        return path
    return "/".join("*" if index % 2 else part for index, part in enumerate(path.split("/")))


def keys_of(path: str) -> tuple[str, ...]:
    """The keys in a path: "cash/main/note/1000" has ("main", "1000")."""
    return tuple(path.split("/")[1::2])


def path_of(pattern: str, keys: tuple[str, ...]) -> str:
    """The path of a pattern with its keys put in: the reverse of `pattern_of` and `keys_of`."""
    if not keys:
        return pattern
    remaining = iter(keys)
    return "/".join(next(remaining) if part == "*" else part for part in pattern.split("/"))
