"""The one way in which a local edit is saved: record and edit in one commit, base as the editor saw it."""

from collections.abc import Mapping

from kopdesk.domain.errors import ForbiddenChange, InvalidField
from kopdesk.domain.fields import DELETED, MergeClass
from kopdesk.domain.layers import EMPTY, LeafLayers, LocalConflict, type_over
from kopdesk.domain.marks import NOTHING_SHOWN, Layer, Mark
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import RecordKey, revived
from kopdesk.domain.states import check_change
from kopdesk.domain.values import Value, same
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.local_conflicts import keep_local_conflict
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.seen import Seen, seen_now


def save_leaves(
    desk: Desk,
    work: UnitOfWork,
    channel: str,
    key: RecordKey,
    values: Mapping[str, Value],
    seen: Seen | None = None,
) -> bool:
    """Save what was typed. `seen` is what the editor showed when typing began, by default what is there now.

    A row that was deleted and is written again is there again; a deleted record stays so.
    Returns whether anything changed. Raises ForbiddenChange naming the first leaf the state table forbids.
    """
    stored = work.records.find(key)
    before = stored.layers if stored else {}
    seen = seen_now(before) if seen is None else seen
    rows = {path: leaf.shown for path, leaf in before.items() if path != DELETED}
    values = revived(rows, values)
    changes = {p: v for p, v in values.items() if p not in before or not same(before[p].shown, v)}
    changes = {p: v for p, v in changes.items() if p in before or v is not None}
    _refuse_forbidden(desk, key, before, changes)
    check_seen(work, channel, before, seen)
    if not changes:
        return False
    after = dict(before)
    conflicts: list[tuple[str, LocalConflict]] = []
    for number, (path, value) in zip(work.outbox.number_edits(len(changes)), changes.items(), strict=True):
        result = type_over(
            before.get(path, EMPTY),
            value,
            seen.get(path, NOTHING_SHOWN),
            number,
            made_at=desk.now_ms,
            is_text=_is_text(key, path),
            shown=_shown_for_deletion(path, value, before, seen),
        )
        if isinstance(result, LocalConflict):
            conflicts.append((path, result))
        else:
            after[path] = result
    _let_vanish(work, key, after)
    work.records.keep(channel, key, before, after)
    work.outbox.mended(key, changes)
    for path, conflict in conflicts:
        keep_local_conflict(work, channel, key, path, conflict, author=desk.owner.name, now_ms=desk.now_ms)
    return True


def _refuse_forbidden(
    desk: Desk, key: RecordKey, before: Mapping[str, LeafLayers], changes: Mapping[str, Value]
) -> None:
    shown = {path: leaf.shown for path, leaf in before.items()}
    for path, reason in check_change(key.type, shown, changes, desk.role).items():
        raise ForbiddenChange(key.type, path, reason)


def check_seen(work: UnitOfWork, channel: str, before: Mapping[str, LeafLayers], seen: Seen) -> None:
    """Nobody can have seen what this laptop never held: such a base would stop the whole synchronisation.

    Raises InvalidField.
    """
    past, last_edit = work.channels.past(channel), work.outbox.replica().last_edit
    for path, mark in seen.items():
        central = before.get(path, EMPTY).central
        held = central.rev if central is not None and central.past == mark.past else 0
        if mark.layer is Layer.EDITED:
            known = mark.number <= last_edit
        else:
            known = mark.number <= held if mark.past == past else mark.past < past
        if not known:
            raise InvalidField("rev", "bad_mark", f"{mark}:{path}")


def _is_text(key: RecordKey, path: str) -> bool:
    spec = leaf_at(key.type, path)
    return spec is not None and spec.merge is MergeClass.TEXT


def _shown_for_deletion(
    path: str, value: Value, before: Mapping[str, LeafLayers], seen: Seen
) -> dict[str, Mark] | None:
    if not (path.endswith(DELETED) and value is True):
        return None
    within = path.removesuffix(DELETED)
    return {other: seen[other] for other in before if other.startswith(within) and other in seen}


def _let_vanish(work: UnitOfWork, key: RecordKey, after: dict[str, LeafLayers]) -> None:
    """What was made and deleted before anything of it was sent leaves no trace, if its deleter saw all of it.

    What another window has typed meanwhile goes to the centre with the deletion, and is kept there.
    """
    for mark in [path for path, leaf in after.items() if path.endswith(DELETED) and leaf.shown is True]:
        within = mark.removesuffix(DELETED)
        inside = [path for path in after if path.startswith(within)]
        never_sent = not any(_may_lie_elsewhere(after[path]) for path in inside)
        if never_sent and _was_all_shown(mark, inside, after) and not _lies_at_centre(work, key, within):
            for path in inside:
                del after[path]


def _may_lie_elsewhere(leaf: LeafLayers) -> bool:
    """What is offered was the centre's once; what was in a batch whose answer never came may have been, too:
    other laptops may have it, and offer it after a loss.
    """
    was_sent = leaf.edited is not None and leaf.edited.origin is not None
    return bool(leaf.central or leaf.frozen or leaf.offered or was_sent)


def _lies_at_centre(work: UnitOfWork, key: RecordKey, within: str) -> bool:
    """Whether a supervisor has something of it, which may yet be released."""
    rows = (*work.outbox.to_mend(), *work.outbox.released())
    return any(row.key == key and row.path.startswith(within) and row.is_at_centre for row in rows)


def _was_all_shown(mark: str, inside: list[str], after: Mapping[str, LeafLayers]) -> bool:
    deletion = after[mark].edited if mark in after else None
    shown = deletion.shown or {} if deletion else {}
    others = [path for path in inside if path != mark and not after[path].is_empty]
    return all(shown.get(path) == after[path].mark for path in others)
