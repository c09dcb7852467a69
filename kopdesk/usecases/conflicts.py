"""Conflicts: what two people wrote, and the decision between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.conflict import Choice, Conflict
from kopdesk.domain.errors import InvalidField, RecordNotFound
from kopdesk.domain.field_checks import check_leaf, normalised
from kopdesk.domain.fields import DELETED
from kopdesk.domain.ids import short_key
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import Leaves, RecordKey, written
from kopdesk.domain.values import Value, checked, same
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.editing import check_seen, save_leaves
from kopdesk.usecases.errors import ConflictDecided, NotShown
from kopdesk.usecases.granted import withdrawn, writable_channel
from kopdesk.usecases.naming import cooperative_names
from kopdesk.usecases.seen import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictCase:
    """A conflict with what whoever decides has to see. `current` is what the leaf shows now.

    `record`: the filled leaves of what it is about, now; a deletion takes those below `deletes` with it.
    `seen` marks what is shown here. Given back with the decision, it keeps what came later from being
    overwritten by somebody who never saw it.
    """

    conflict: Conflict
    about: RecordKey
    cooperative_name: str
    current: Value
    record: Leaves
    seen: Seen

    @property
    def deletes(self) -> Leaves:
        """What would go, if this is about a deletion and it were decided for; not rows in it that are gone.

        What lies in a record that is deleted as well is told: that deletion may yet be taken back.
        """
        path = self.conflict.about_path or ""
        if not path.endswith(DELETED):
            return {}
        within = path.removesuffix(DELETED)
        gone = {mark for mark in self.record if mark.endswith(DELETED) and mark.startswith(within)} - {path}
        return {
            p: v
            for p, v in self.record.items()
            if p.startswith(within) and not p.endswith(DELETED) and gone.isdisjoint(_marks_above(p))
        }


def list_conflicts(desk: Desk, *, open_only: bool = True) -> list[ConflictCase]:
    """Oldest first, by when the later of the two values was written.

    Those in a cooperative that was withdrawn are not open here: others decide them now.
    """
    with desk.database.reading() as work:
        gone = withdrawn(work) if open_only else {}
        stored = work.records.list_all("conflict")
        conflicts = [_conflict(one) for one in stored if one.layers and one.channel not in gone]
        conflicts = [c for c in conflicts if not c.deleted and (c.open or not open_only)]
        abouts = {one.key: one for one in work.records.find_many({_about(c) for c in conflicts})}
        names = cooperative_names(work)
    conflicts.sort(key=_since)
    return [_case(c, abouts.get(_about(c)), names) for c in conflicts]


def resolve_conflict(
    desk: Desk,
    conflict_id: UUID,
    choice: Choice,
    value: Value = None,
    reason: str | None = None,
    *,
    seen: Seen | None = None,
) -> None:
    """Decide: an ordinary edit of the leaf, and a decision row beside it.

    `seen` is the case's. Without it the decider is taken to have seen the two values of the conflict alone.
    Raises ConflictDecided, NotYourCooperative, NotShown where that is not enough to decide by, InvalidField
    for a value that does not fit or that only a newer program knows, and for marks this laptop never showed.
    """
    key = RecordKey("conflict", conflict_id)
    with desk.database.writing() as work:
        stored = work.records.find(key)
        if stored is None or not stored.layers:
            raise RecordNotFound(key.type, key.id)
        conflict = _conflict(stored)
        if not conflict.open:
            raise ConflictDecided(conflict_id)
        about = _about(conflict)
        chosen = _chosen(conflict, about, choice, value)
        target = work.records.find(about)
        if stored.cooperative_id is not None:
            writable_channel(work, stored.cooperative_id)
        path = conflict.about_path
        if target is not None and seen is not None:
            check_seen(work, target.channel, target.layers, seen)
        if target is not None and path is not None and not same(target.shown.get(path), chosen):
            _refuse_newer(target, path, chosen)
            if seen is None:
                _refuse_unseen(conflict, target.shown.get(path), chosen)
                seen = _marks(target, path)
            elif _deletes(path, chosen) and seen != _marks(target, path):
                raise NotShown(conflict.id, deletes=True)
            save_leaves(desk, work, target.channel, about, {path: chosen}, seen)
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
    if choice is not Choice.VALUE:
        return conflict.decided_value(choice)
    path = conflict.about_path or ""
    spec = leaf_at(about.type, path)
    chosen = checked(path, value)
    if spec is None or chosen is None:
        return chosen
    chosen = normalised(spec, chosen)
    check_leaf(path, spec, chosen)
    return chosen


def _refuse_unseen(conflict: Conflict, current: Value, chosen: Value) -> None:
    """Nobody replaces a third value, or deletes, by what the two values of a conflict tell him."""
    deletes = _deletes(conflict.about_path or "", chosen)
    is_told = same(current, conflict.kept_value) or same(current, conflict.offered_value)
    if deletes or not is_told:
        raise NotShown(conflict.id, deletes=deletes)


def _deletes(path: str, chosen: Value) -> bool:
    return chosen is True and path.endswith(DELETED)


def _refuse_newer(target: StoredRecord, path: str, chosen: Value) -> None:
    """The centre would refuse the edit, and the conflict would count as decided."""
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


def _since(conflict: Conflict) -> tuple[str, UUID]:
    """When the later of its two values was written, as text that sorts."""
    return max(str(written(at) or "") for at in (conflict.kept_at, conflict.offered_at)), conflict.id


def _about(conflict: Conflict) -> RecordKey:
    return RecordKey(conflict.about_type or "", conflict.about_id or UUID(int=0))


def _case(conflict: Conflict, about: StoredRecord | None, names: Mapping[UUID | None, str]) -> ConflictCase:
    path = conflict.about_path or DELETED
    shown = about.shown if about else {}
    return ConflictCase(
        conflict=conflict,
        about=_about(conflict),
        cooperative_name=names.get(conflict.cooperative_id, ""),
        current=shown.get(path),
        record={p: v for p, v in shown.items() if v is not None},
        seen=_marks(about, path) if about else {},
    )


def _marks(about: StoredRecord, path: str) -> Seen:
    """Of the leaf and of the deletion marks above it; for a deletion, of all that it would take."""
    shown = {path, *_marks_above(path)}
    if path.endswith(DELETED):
        shown |= {other for other in about.layers if other.startswith(path.removesuffix(DELETED))}
    return {other: leaf.mark for other, leaf in about.layers.items() if other in shown}


def _marks_above(path: str) -> set[str]:
    parts = path.split("/")
    return {"/".join([*parts[:end], DELETED]) for end in range(0, len(parts), 2)}
