"""Conflicts: what two people wrote, and the decision between them."""

from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.conflict import Choice, Conflict
from kopdesk.domain.errors import InvalidField, RecordNotFound
from kopdesk.domain.field_checks import check_leaf, normalised
from kopdesk.domain.fields import DELETED
from kopdesk.domain.ids import short_key
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import RecordKey, written
from kopdesk.domain.values import Value, checked, same
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.editing import save_leaves
from kopdesk.usecases.errors import ConflictDecided
from kopdesk.usecases.granted import writable_channel


@dataclass(frozen=True, slots=True)
class ConflictCase:
    """A conflict with what it is about. `current` is what the leaf shows now."""

    conflict: Conflict
    about: RecordKey
    current: Value


def list_conflicts(desk: Desk, *, open_only: bool = True) -> list[ConflictCase]:
    """Oldest first."""
    with desk.database.reading() as work:
        stored = work.records.list_all("conflict")
        conflicts = [_conflict(one) for one in stored if one.layers]
        cases = [_case(c) for c in conflicts if not c.deleted and (c.open or not open_only)]
        abouts = {one.key: one for one in work.records.find_many({about for _, about in cases})}
    return [ConflictCase(c, about, _current(c, abouts.get(about))) for c, about in cases]


def resolve_conflict(
    desk: Desk, conflict_id: UUID, choice: Choice, value: Value = None, reason: str | None = None
) -> None:
    """Decide: an ordinary edit of the leaf, and a decision row beside it.

    Raises ConflictDecided, or InvalidField for a value that does not fit or that only a newer program knows.
    """
    key = RecordKey("conflict", conflict_id)
    with desk.database.writing() as work:
        stored = work.records.find(key)
        if stored is None or not stored.layers:
            raise RecordNotFound(key.type, key.id)
        conflict = _conflict(stored)
        if not conflict.open:
            raise ConflictDecided(conflict_id)
        _, about = _case(conflict)
        chosen = _chosen(conflict, about, choice, value)
        target = work.records.find(about)
        if stored.cooperative_id is not None:
            writable_channel(work, stored.cooperative_id)
        if target is not None and conflict.about_path is not None:
            _refuse_newer(target, conflict.about_path, chosen)
            save_leaves(desk, work, target.channel, about, {conflict.about_path: chosen})
        row = f"decisions/{short_key(desk.random_bytes(8))}"
        decision: dict[str, Value] = {
            f"{row}/choice": choice.value,
            f"{row}/value": chosen,
            f"{row}/by": desk.owner.name,
            f"{row}/at": written(desk.now()),
            f"{row}/reason": reason,
        }
        save_leaves(desk, work, stored.channel, key, {p: v for p, v in decision.items() if v is not None})


def _chosen(conflict: Conflict, about: RecordKey, choice: Choice, value: Value) -> Value:
    if choice is Choice.KEPT:
        return conflict.kept_value
    if choice is Choice.OFFERED:
        return conflict.offered_value
    path = conflict.about_path or ""
    spec = leaf_at(about.type, path)
    chosen = checked(path, value)
    if spec is None or chosen is None:
        return chosen
    chosen = normalised(spec, chosen)
    check_leaf(path, spec, chosen)
    return chosen


def _refuse_newer(target: StoredRecord, path: str, chosen: Value) -> None:
    """The centre would refuse the edit, and the conflict would count as decided."""
    if path in target.shown and same(target.shown[path], chosen):
        return
    spec = leaf_at(target.key.type, path)
    if spec is None:
        raise InvalidField(path, "newer_field")
    if chosen is not None:
        try:
            check_leaf(path, spec, chosen)
        except InvalidField:
            raise InvalidField(path, "newer_field") from None


def _conflict(stored: StoredRecord) -> Conflict:
    return Conflict.from_leaves(stored.key.id, stored.cooperative_id, stored.shown)


def _case(conflict: Conflict) -> tuple[Conflict, RecordKey]:
    return conflict, RecordKey(conflict.about_type or "", conflict.about_id or UUID(int=0))


def _current(conflict: Conflict, about: StoredRecord | None) -> Value:
    leaf = about.layers.get(conflict.about_path or DELETED) if about else None
    return leaf.shown if leaf else None
