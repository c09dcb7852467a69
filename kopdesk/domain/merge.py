"""The merge rule of the synchronisation: the only place where a conflict is made. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeAlias
from uuid import UUID

from kopdesk.domain.fields import DELETED, MergeClass
from kopdesk.domain.ids import derived_id
from kopdesk.domain.records import RecordKey, written
from kopdesk.domain.text_merge import merge_text
from kopdesk.domain.values import Value, same


class Central(NamedTuple):
    """A leaf as the centre holds it: its value and the rev of its last change."""

    value: Value
    rev: int


ABSENT = Central(None, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A leaf somebody wants to change. `shown` (deletions only): the rev of every leaf the deleter saw."""

    path: str
    value: Value
    base: int
    place: int
    shown: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The value is the centre's now, at the change set's rev."""


@dataclass(frozen=True, slots=True)
class Equal:
    """The centre had this value already, since `rev`."""

    rev: int


@dataclass(frozen=True, slots=True)
class Merged:
    """Two texts became one, at the change set's rev."""

    value: str


@dataclass(frozen=True, slots=True)
class Conflicting:
    """Two people changed the leaf; the centre's value stays until somebody decides."""

    conflict_id: UUID


Outcome: TypeAlias = Applied | Equal | Merged | Conflicting
APPLIED = Applied()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values of one leaf: `kept` is shown until somebody decides."""

    path: str
    place: int
    kept: Central
    offered: Value
    base: int
    base_value: Value
    merge_class: MergeClass
    offered_is_central: bool = False
    """True when what is offered was the centre's (a deletion undone by an edit that had not seen it)."""


@dataclass(slots=True)
class RecordMerge:
    """What one change set does to one record."""

    leaves: dict[str, Value] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def merge_record(
    key: RecordKey,
    leaves: Mapping[str, Central],
    changes: Sequence[Change],
    *,
    merge_class: Callable[[str], MergeClass],
    value_at: Callable[[str, int], Value],
    conflict_id: Callable[[Conflict], UUID],
) -> RecordMerge:
    """Merge a change set into a record as the centre holds it.

    `value_at(path, rev)` is the leaf's value at an earlier rev, for texts and for what a conflict shows.
    What takes a deletion back is looked at first: the same hand knows of it. Deletions are looked at last, a
    row's before its record's: what the same hand changed it has seen. Places in the batch decide nothing.
    """
    merge = RecordMerge()
    agreed: set[str] = set()  # leaves that now are as their editor left them
    deleted_here = {change.path for change in changes if _deletes(change)}
    for change in sorted(changes, key=_turn):
        current = leaves.get(change.path, ABSENT)
        outcome = _merge_leaf(change, current, merge_class(change.path), value_at)
        if isinstance(outcome, Applied) and _deletes(change) and _hides_unseen(change, leaves, merge, agreed):
            outcome = None
        if outcome is None:
            conflict = _conflict(change, current, merge_class(change.path), value_at)
            merge.conflicts.append(conflict)
            merge.outcomes[change.place] = Conflicting(conflict_id(conflict))
            continue
        merge.outcomes[change.place] = outcome
        if not isinstance(outcome, Merged):
            agreed.add(change.path)
        if not isinstance(outcome, Equal):
            merge.leaves[change.path] = outcome.value if isinstance(outcome, Merged) else change.value
            _clear_deletions(change, leaves, merge, deleted_here)
    return merge


def _turn(change: Change) -> tuple[int, int, int]:
    is_mark = change.path.endswith(DELETED)
    turn = 1 if not is_mark else 2 if _deletes(change) else 0
    return turn, -change.path.count("/"), change.place


def _deletes(change: Change) -> bool:
    return change.value is True and change.path.endswith(DELETED)


def _merge_leaf(
    change: Change, current: Central, merge_class: MergeClass, value_at: Callable[[str, int], Value]
) -> Applied | Equal | Merged | None:
    if same(change.value, current.value):
        return Equal(current.rev)
    if current.rev <= change.base:
        return APPLIED
    if merge_class is MergeClass.TEXT:
        base, mine, theirs = value_at(change.path, change.base), change.value, current.value
        texts = [text or "" for text in (base, mine, theirs) if text is None or isinstance(text, str)]
        merged = merge_text(*texts) if len(texts) == 3 else None
        if merged is not None:
            return Merged(merged)
    return None


def _conflict(
    change: Change, current: Central, merge_class: MergeClass, value_at: Callable[[str, int], Value]
) -> Conflict:
    base_value = value_at(change.path, change.base)
    return Conflict(change.path, change.place, current, change.value, change.base, base_value, merge_class)


def _hides_unseen(
    change: Change, leaves: Mapping[str, Central], merge: RecordMerge, agreed: set[str]
) -> bool:
    """Whether what is to be deleted has a leaf that the deleter did not see as it is."""
    within = change.path.removesuffix(DELETED)
    shown = change.shown or {}

    def is_seen(path: str) -> bool:
        if path not in shown:  # perhaps typed in another window of the same laptop
            return False
        return path in agreed or (path not in merge.leaves and shown[path] >= leaves[path].rev)

    touched = {path for path in (*leaves, *merge.leaves) if path.startswith(within) and path != change.path}
    return not all(map(is_seen, touched))


def _clear_deletions(
    change: Change, leaves: Mapping[str, Central], merge: RecordMerge, deleted_here: set[str]
) -> None:
    """An edit whose author had not seen a deletion above it undoes it; what was deleted is offered again."""
    for mark in _marks_above(change.path):
        deletion = leaves.get(mark, ABSENT)
        seen = deletion.value is not True or change.base >= deletion.rev
        if seen or mark in deleted_here or mark in merge.leaves:
            continue
        merge.leaves[mark] = None
        merge.conflicts.append(
            Conflict(
                path=mark,
                place=change.place,
                kept=ABSENT,
                offered=True,
                base=deletion.rev,
                base_value=None,
                merge_class=MergeClass.DECIDE,
                offered_is_central=True,
            )
        )


def _marks_above(path: str) -> list[str]:
    parts = path.split("/")
    marks = ["/".join([*parts[:end], DELETED]) for end in range(0, len(parts), 2)]
    return [mark for mark in marks if mark != path]


def conflict_id(channel: str, key: RecordKey, origin: bytes, conflict: Conflict) -> UUID:
    """The same conflict gets the same id on every server that meets it.

    `origin` names the change set by its content, as the hash of a batch does: numbers are given twice by a
    laptop that was put back to an old backup.
    """
    place = f"{origin.hex()}/{conflict.place}"
    return derived_id("conflict", channel, key.type, str(key.id), conflict.path, place)


def offered_conflict_id(channel: str, key: RecordKey, path: str, old_tip: bytes) -> UUID:
    """The id of the conflict about an offered leaf: the same, whichever laptop offers it."""
    return derived_id("conflict", channel, key.type, str(key.id), path, old_tip.hex())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who wrote a value, from which copy of the data, and when."""

    author: str
    replica_id: UUID | None
    at: datetime


def conflict_leaves(
    key: RecordKey, conflict: Conflict, kept: Signature, offered: Signature
) -> dict[str, Value]:
    """The leaves of the conflict record: both values, their authors and times, and what they grew from."""
    leaves: dict[str, Value] = {
        "about_type": key.type,
        "about_id": str(key.id),
        "about_path": conflict.path,
        "merge_class": conflict.merge_class.value,
        "kept_value": conflict.kept.value,
        "kept_rev": conflict.kept.rev,
        "kept_author": kept.author,
        "kept_at": written(kept.at),
        "offered_value": conflict.offered,
        "offered_base": conflict.base,
        "offered_author": offered.author,
        "offered_replica": str(offered.replica_id) if offered.replica_id else None,
        "offered_at": written(offered.at),
        "base_value": conflict.base_value,
    }
    return {path: value for path, value in leaves.items() if value is not None}
