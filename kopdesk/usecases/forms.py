"""A record on a form: what it showed of each leaf is remembered, and named when that leaf is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.field_checks import check_leaf, normalised
from kopdesk.domain.fields import DELETED, Leaf, group_of
from kopdesk.domain.record_types import TYPES, leaf_at
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.domain.states import STATES, WRITERS, Role
from kopdesk.domain.values import Value, checked
from kopdesk.domain.zones import zone_of
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.editing import save_leaves
from kopdesk.usecases.granted import withdrawn, writable_channel
from kopdesk.usecases.records import new_id
from kopdesk.usecases.seen import Seen, seen_now


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """A record as a form shows it. `leaves`: the filled ones; `seen`: the mark of every leaf there was.

    `cooperative_name`: empty where its profile is not here.
    """

    key: RecordKey
    cooperative_id: UUID
    leaves: Leaves
    seen: Seen
    cooperative_name: str = ""
    is_new: bool = False
    is_deleted: bool = False
    is_read_only: bool = False

    def shows(self, other: "OpenForm", path: str) -> "OpenForm":
        """The same, but with what `other` knows of one leaf: its editor has taken it over."""
        leaves = {p: v for p, v in self.leaves.items() if p != path}
        seen = {p: m for p, m in self.seen.items() if p != path}
        if path in other.leaves:
            leaves[path] = other.leaves[path]
        if path in other.seen:
            seen[path] = other.seen[path]
        return replace(self, leaves=leaves, seen=seen)


def new_form(desk: Desk, record_type: str, cooperative_id: UUID, leaves: Leaves) -> OpenForm:
    """Of a record with these leaves that is not there until something is saved. Raises NotYourCooperative.

    What exists once by nature, such as the members of a month, is opened as it is if it is there already.
    A zone among the leaves gives way to that of the cooperative's village: the clock on its wall is meant.
    """
    key = RecordKey(record_type, new_id(desk, TYPES[record_type], cooperative_id, leaves))
    with desk.database.reading() as work:
        writable_channel(work, cooperative_id)
        stored = work.records.find(key)
        if stored is None or not stored.layers:
            profile = _profile(work, cooperative_id)
            if "zone" in leaves and (zone := zone_of(str(profile.get("village_code") or ""))):
                leaves = {**leaves, "zone": zone}
            return OpenForm(
                key=key,
                cooperative_id=cooperative_id,
                leaves=leaves,
                seen={},
                cooperative_name=str(profile.get("name") or ""),
                is_new=True,
            )
        there = _form(work, stored)
    if not there.is_deleted:
        return there
    return replace(there, leaves={**leaves, DELETED: None}, is_new=True, is_deleted=False)


def open_form(desk: Desk, key: RecordKey) -> OpenForm:
    """Of a record that is there, or was deleted. Raises RecordNotFound."""
    with desk.database.reading() as work:
        return _form(work, _stored(work, key))


def save_form(desk: Desk, form: OpenForm, values: Leaves) -> OpenForm:
    """Save these leaves as they were typed over what the form showed, in one commit; None empties a leaf.

    Returns the form as it is now. Raises InvalidField or ForbiddenChange naming the leaf, NotYourCooperative
    or RecordNotFound; then nothing is saved.
    """
    return save_forms(desk, [(form, values)])[0]


def save_forms(desk: Desk, changes: Sequence[tuple[OpenForm, Leaves]]) -> list[OpenForm]:
    """Several records in one commit, each as in `save_form`: all of them or none."""
    fits = [
        (form, {path: _fit(form.key.type, path, value) for path, value in values.items()})
        for form, values in changes
    ]
    with desk.database.writing() as work:
        return [_saved(desk, work, form, fit) for form, fit in fits]


def typed_leaves(record_type: str, role: Role) -> dict[str, Leaf]:
    """The plain leaves that a form of this role may offer, in their order: no state, no natural key."""
    known = TYPES[record_type]
    writers, table = WRITERS.get(record_type, {}), STATES.get(record_type)
    state = table.leaf if table is not None else ""
    return {
        name: spec
        for name, spec in group_of(known.form).leaves.items()
        if name != state and name not in known.key and role in writers.get(name, {role})
    }


def delete_form(desk: Desk, form: OpenForm) -> OpenForm:
    """Mark the record as deleted, as it was seen."""
    return save_form(desk, form, {DELETED: True})


def restore_form(desk: Desk, form: OpenForm) -> OpenForm:
    """Bring back a record that was deleted, as `form` showed it before; also one that has left no trace."""
    with desk.database.reading() as work:
        stored = work.records.find(form.key)
        now = _form(work, stored) if stored and stored.layers else replace(form, seen={}, is_new=True)
    return save_form(desk, now, {**form.leaves, DELETED: None})


def _form(work: UnitOfWork, stored: StoredRecord) -> OpenForm:
    cooperative_id = stored.cooperative_id
    if cooperative_id is None:
        raise RecordNotFound(stored.key.type, stored.key.id)
    shown = stored.shown
    return OpenForm(
        key=stored.key,
        cooperative_id=cooperative_id,
        leaves={path: value for path, value in shown.items() if value is not None},
        seen=seen_now(stored.layers),
        cooperative_name=str(_profile(work, cooperative_id).get("name") or ""),
        is_deleted=shown.get(DELETED) is True,
        is_read_only=coop_channel(cooperative_id) in withdrawn(work),
    )


def _saved(desk: Desk, work: UnitOfWork, form: OpenForm, fit: Leaves) -> OpenForm:
    channel = writable_channel(work, form.cooperative_id)
    if not form.is_new:
        _stored(work, form.key)
    save_leaves(desk, work, channel, form.key, fit, form.seen)
    stored = work.records.find(form.key)
    if stored is None or not stored.layers:  # deleted or emptied before anything of it was sent
        return _vanished(form, fit)
    return _form(work, stored)


def _profile(work: UnitOfWork, cooperative_id: UUID) -> Leaves:
    stored = work.records.find(RecordKey("cooperative", cooperative_id))
    return stored.shown if stored is not None else {}


def _vanished(form: OpenForm, values: Leaves) -> OpenForm:
    """What was deleted can be brought back as it was shown; what was emptied is a new one again."""
    if values.get(DELETED) is True:
        return replace(form, seen={}, is_new=True, is_deleted=True)
    kept = {path: value for path, value in form.leaves.items() if path not in values}
    return replace(form, leaves=kept, seen={}, is_new=True)


def _stored(work: UnitOfWork, key: RecordKey) -> StoredRecord:
    stored = work.records.find(key)
    if stored is None or not stored.layers:
        raise RecordNotFound(key.type, key.id)
    return stored


def _fit(record_type: str, path: str, value: Value) -> Value:
    """As it is stored; raises InvalidField for what does not fit."""
    spec = leaf_at(record_type, path)
    found = checked(path, value)
    if spec is None or found is None:
        return found
    found = normalised(spec, found)
    check_leaf(path, spec, found)
    return found
