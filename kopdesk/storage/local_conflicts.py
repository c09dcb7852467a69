"""Conflicts that arise on the laptop itself: two edits of one leaf, neither made in sight of the other."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from kopdesk.domain.fields import MergeClass
from kopdesk.domain.layers import EMPTY, LeafLayers, LocalConflict, Unknown, type_over
from kopdesk.domain.marks import NOTHING_SHOWN
from kopdesk.domain.merge import Central, Conflict, Signature, conflict_id, conflict_leaves
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.storage.outbox import ReplicaRow


class _Records(Protocol):
    def keep(
        self, channel: str, key: RecordKey, before: Mapping[str, LeafLayers], after: Mapping[str, LeafLayers]
    ) -> None: ...


class _Outbox(Protocol):
    def replica(self) -> ReplicaRow: ...
    def number_edits(self, count: int) -> range: ...


class EditingWork(Protocol):
    """The part of a unit of work that is needed."""

    @property
    def records(self) -> _Records: ...
    @property
    def outbox(self) -> _Outbox: ...


def keep_local_conflict(
    work: EditingWork,
    channel: str,
    about: RecordKey,
    path: str,
    found: LocalConflict,
    *,
    author: str,
    now_ms: int,
) -> None:
    """Put both values into a conflict record, in the unit of work that keeps the first one in its leaf."""
    spec = leaf_at(about.type, path)
    replica = work.outbox.replica()
    conflict = Conflict(
        path=path,
        place=found.kept.number,
        kept=Central(found.kept.value, found.kept.base),
        offered=found.offered,
        base=found.base,
        base_value=None if isinstance(found.base_value, Unknown) else found.base_value,
        merge_class=spec.merge if spec else MergeClass.DECIDE,
    )
    kept = Signature(author=author, replica_id=replica.id, at=_instant(found.kept.made_at))
    offered = Signature(author=author, replica_id=replica.id, at=_instant(now_ms))
    leaves = conflict_leaves(about, conflict, kept, offered)
    key = RecordKey("conflict", conflict_id(channel, about, _name(leaves), conflict))
    after: dict[str, LeafLayers] = {}
    for edit, (leaf_path, value) in zip(work.outbox.number_edits(len(leaves)), leaves.items(), strict=True):
        layers = type_over(EMPTY, value, NOTHING_SHOWN, edit, made_at=now_ms)
        assert isinstance(layers, LeafLayers)
        after[leaf_path] = layers
    work.records.keep(channel, key, {}, after)


def _name(leaves: Mapping[str, Value]) -> bytes:
    """Of a conflict by all it says: a laptop that was put back to a backup gives its numbers twice."""
    return sha256(repr(sorted(leaves.items())).encode()).digest()


def _instant(milliseconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):  # a clock that is thousands of years off
        return datetime.fromtimestamp(0, UTC)
