"""What every record has in common: its identity, and the ways between leaves, dataclass and document.

Leaves are what is stored and sent (path → value). A dataclass is what the business works with.
A document is the nested JSON of commands: rows as objects under their keys, absent leaves left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TypeVar
from uuid import UUID

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.field_checks import check_leaf, has_type_of, normalised
from kopdesk.domain.fields import DELETED, Group, Kind, Leaf, group_of, keys_of, pattern_of, patterns
from kopdesk.domain.values import Value, checked

Leaves = Mapping[str, Value]
Part = TypeVar("Part")


class RecordKey(NamedTuple):
    """Names one record everywhere."""

    type: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Base of all record types. `cooperative_id` follows from the channel and is never a leaf."""

    id: UUID
    cooperative_id: UUID | None = None
    deleted: bool = False

    @classmethod
    def from_leaves(cls, record_id: UUID, cooperative_id: UUID | None, leaves: Leaves) -> Self:
        """Build from stored leaves. Leaves of a newer schema are not in it, but stay stored."""
        deleted = leaves.get(DELETED) is True
        known = {path: value for path, value in leaves.items() if pattern_of(path) in patterns(cls)}
        return cls(
            id=record_id, cooperative_id=cooperative_id, deleted=deleted, **_arguments(cls, nested(known))
        )

    def to_leaves(self) -> dict[str, Value]:
        """The declared leaves that are not empty."""
        leaves = dict(_leaves_of(self, ""))
        return leaves | {DELETED: True} if self.deleted else leaves


# Python's types for the kinds that have a better one than the stored value.
_READ: Mapping[Kind, Callable[[str], object]] = {
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: datetime.fromisoformat,
    Kind.REFERENCE: UUID,
}


def _read(spec: Leaf, value: Value) -> object:
    """The value as the business knows it; what a newer schema wrote differently is not shown."""
    if not has_type_of(spec, value):
        return None
    read = _READ.get(spec.kind)
    if read is None or not isinstance(value, str):
        return value
    try:
        return read(value)
    except ValueError:
        return None


def written(value: object) -> Value:
    """A Python value as its leaf holds it."""
    if isinstance(value, datetime):
        # Not strftime: it writes the year 999 of a clock that is far off with three digits.
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value if value is None or isinstance(value, bool | int) else str(value)


def part_from_leaves(form: type[Part], leaves: Leaves) -> Part:
    """A part of a record by itself, such as one cash count, from its own leaves."""
    return form(**_arguments(form, nested(leaves)))


def _arguments(form: type, document: Mapping[str, Any]) -> dict[str, Any]:
    group: Group = group_of(form)
    arguments: dict[str, Any] = {
        name: _read(spec, document[name]) for name, spec in group.leaves.items() if name in document
    }
    for name, spec in group.values.items():
        found = document.get(name, {})
        read = {key: _read(spec, value) for key, value in found.items()}
        arguments[name] = {key: value for key, value in read.items() if value is not None}
    for name, row in group.rows.items():
        found = document.get(name, {})
        arguments[name] = {
            key: row(**_arguments(row, inner))
            for key, inner in found.items()
            if inner.get(DELETED) is not True
        }
    return arguments


def _leaves_of(form: Any, prefix: str) -> Iterator[tuple[str, Value]]:
    group = group_of(form.__class__)
    for name in group.leaves:
        value = getattr(form, name)
        if value is not None:
            yield prefix + name, written(value)
    for name in group.values:
        for key, value in getattr(form, name).items():
            if value is not None:
                yield f"{prefix}{name}/{key}", written(value)
    for name in group.rows:
        for key, row in getattr(form, name).items():
            yield from _leaves_of(row, f"{prefix}{name}/{key}/")


def nested(leaves: Leaves) -> dict[str, Any]:
    """Leaves as a document, sorted, whatever schema they come from.

    Where two schemas disagree whether a name is a leaf or a group, the leaf stands under its whole path.
    """
    document: dict[str, Any] = {}
    for path in sorted(leaves):
        *groups, last = path.split("/")
        place = document
        for part in groups:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                document[path] = leaves[path]
                break
        else:
            place[last] = leaves[path]
    return document


def document_of(leaves: Leaves) -> dict[str, Any]:
    """What `get` and `dump` print of a record: without empty leaves and deleted rows."""
    gone = tuple(
        p.removesuffix(DELETED) for p, v in leaves.items() if p.endswith("/" + DELETED) and v is True
    )
    shown = {
        path: value
        for path, value in leaves.items()
        if value is not None and not path.endswith(DELETED) and not (gone and path.startswith(gone))
    }
    return nested(shown)


_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}")


def is_key(text: object) -> bool:
    """Whether this can be the key of a row: never anything that would look like a path or a mark."""
    return isinstance(text, str) and _KEY.fullmatch(text) is not None


_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


def is_name(text: str) -> bool:
    """Whether any schema could call a type, a leaf or a group so."""
    return _NAME.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Whether any schema could have such a leaf: names and keys in turn, the last perhaps a deletion mark."""
    *within, last = text.split("/")
    names = within[::2] if last == DELETED and len(within) % 2 == 0 else [*within, last][::2]
    return all(map(is_name, names)) and all(map(is_key, keys_of(text)))


def leaves_from_document(
    form: type, document: Mapping[str, Any], new_key: Callable[[], str], held: Leaves = MappingProxyType({})
) -> dict[str, Value]:
    """Check what a person or another program gives for a record and return its leaves.

    A null empties a leaf; a row that is null is deleted; rows given as a list get keys from `new_key`, and
    are named by their place in it, from 1.
    What the record holds already is no change, even where only a newer schema knows it: `get` has shown it.
    Raises InvalidField naming the path of the first fault.
    """
    return dict(_Given(new_key, held).leaves(form, document, ""))


@dataclass(frozen=True, slots=True)
class _Given:
    """What is given for a record that holds `held`."""

    new_key: Callable[[], str]
    held: Leaves

    def leaves(self, form: type, document: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Value]]:
        group = group_of(form)
        for name, given in document.items():
            path = f"{prefix}{name}"
            if name in group.leaves:
                yield path, self._leaf(path, group.leaves[name], given)
            elif name in group.values and isinstance(given, Mapping):
                for key, value in _keyed(path, given).items():
                    yield f"{path}/{key}", self._leaf(f"{path}/{key}", group.values[name], value)
            elif name in group.rows and isinstance(given, Mapping | list):
                yield from self._rows(group.rows[name], path, given)
            elif not self._is_held(path, given):
                wanted = "values" if name in group.values else "rows" if name in group.rows else ""
                raise InvalidField(path, "wrong_kind" if wanted else "unknown_field", wanted)

    def _rows(
        self, row: type, path: str, given: Mapping[str, Any] | list[Any]
    ) -> Iterator[tuple[str, Value]]:
        if isinstance(given, list):
            for number, item in enumerate(given, start=1):
                try:
                    yield from self._rows(row, path, {(key := self.new_key()): item})
                except InvalidField as error:  # whoever gave a list knows places, not keys
                    told = error.path.replace(f"{path}/{key}", f"{path}/{number}", 1)
                    raise InvalidField(told, error.reason, error.detail) from error
            return
        for key, inner in _keyed(path, given).items():
            if inner is None:
                yield f"{path}/{key}/{DELETED}", True
            elif isinstance(inner, Mapping):
                yield from self.leaves(row, inner, f"{path}/{key}/")
            elif not self._is_held(f"{path}/{key}", inner):
                raise InvalidField(f"{path}/{key}", "wrong_kind", "row")

    def _leaf(self, path: str, spec: Leaf, given: object) -> Value:
        if self._is_held(path, given):
            return self.held[path]
        if isinstance(given, float | list | Mapping):
            raise InvalidField(path, "wrong_kind", spec.kind.value)
        value = normalised(spec, checked(path, given))
        if value is not None:
            check_leaf(path, spec, value)
        return value

    def _is_held(self, path: str, given: object) -> bool:
        """Whether the record holds just that."""
        if isinstance(given, Mapping):
            return bool(given) and all(
                self._is_held(f"{path}/{name}", inner) for name, inner in given.items()
            )
        return path in self.held and type(given) is type(self.held[path]) and given == self.held[path]


def _keyed(path: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in given:
        if not is_key(key):
            raise InvalidField(f"{path}/{key}", "bad_key")
    return given


def changed(before: Record, after: Record) -> dict[str, Value]:
    """The leaves in which `after` differs from `before`; a row that is gone becomes deleted."""
    old, new = before.to_leaves(), after.to_leaves()
    difference: dict[str, Value] = {p: v for p, v in new.items() if p not in old or old[p] != v}
    for path in old.keys() - new.keys():
        row = _gone_row(path, new)
        difference[f"{row}/{DELETED}" if row else path] = True if row else None
    return difference


def _gone_row(path: str, remaining: Leaves) -> str | None:
    """The outermost row on `path` of which nothing remains, if any."""
    parts = path.split("/")
    for end in range(2, len(parts), 2):
        row = "/".join(parts[:end])
        if not any(other.startswith(row + "/") for other in remaining):
            return row
    return None


def revived(before: Leaves, changes: Leaves) -> dict[str, Value]:
    """`changes`, and the deletion marks they must clear: what is written into a deleted row or record lives.

    A till or a book deleted and entered again has the same key; without this it would stay invisible.
    """
    marks = {mark for path, value in changes.items() if value is not None for mark in _marks_above(path)}
    return {**{mark: None for mark in marks - changes.keys() if before.get(mark) is True}, **changes}


def _marks_above(path: str) -> Iterator[str]:
    parts = path.split("/")
    if parts[-1] != DELETED:
        yield from ("/".join([*parts[:end], DELETED]) for end in range(0, len(parts), 2))
