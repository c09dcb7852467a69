"""Create, edit, show, list and delete records of any type."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.duplicates import OfficerSummary, like_officers
from kopdesk.domain.errors import InvalidField, RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.ids import derived_id, short_key, uuid7
from kopdesk.domain.record_types import RecordType, type_named
from kopdesk.domain.records import RecordKey, document_of, leaves_from_document
from kopdesk.domain.values import Value
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.editing import save_leaves
from kopdesk.usecases.errors import MadeByCentre, RecordExists
from kopdesk.usecases.granted import withdrawn, writable_channel
from kopdesk.usecases.seen import parse_seen, seen_now, seen_text

_MADE_BY_CENTRE = {"cooperative", "conflict", "remark"}


@dataclass(frozen=True, slots=True)
class Saved:
    """A record that is committed. `like`: records that may be the same thing entered twice."""

    key: RecordKey
    like: tuple[tuple[UUID, tuple[str, ...]], ...] = ()


def put_record(desk: Desk, type_name: str, document: Mapping[str, Any]) -> Saved:
    """Create a record (no "id") or edit one (only the given fields change), and commit.

    "rev" is what `get` printed: what the editor saw. Raises InvalidField, ForbiddenChange,
    NotYourCooperative, MadeByCentre or RecordNotFound; then nothing is saved.
    """
    record_type = type_named(type_name)
    if type_name == "conflict" or (type_name in _MADE_BY_CENTRE and "id" not in document):
        raise MadeByCentre(type_name)
    fields = dict(document)
    record_id = _uuid("id", fields.pop("id", None))
    cooperative_id = _uuid("cooperative_id", fields.pop("cooperative_id", None))
    rev = fields.pop("rev", None)
    if rev is not None and not isinstance(rev, str):
        raise InvalidField("rev", "wrong_kind")
    read = partial(
        leaves_from_document, record_type.form, fields, new_key=lambda: short_key(desk.random_bytes(8))
    )
    if record_id is None:
        values = read()
        with desk.database.writing() as work:
            return _create(desk, work, record_type, cooperative_id, values)
    with desk.database.writing() as work:
        stored = work.records.find(RecordKey(record_type.name, record_id))
        values = read(held=stored.shown if stored else {})
        return _edit(desk, work, record_type, record_id, cooperative_id, values, rev)


def _create(
    desk: Desk,
    work: UnitOfWork,
    record_type: RecordType,
    cooperative_id: UUID | None,
    values: dict[str, Value],
) -> Saved:
    if cooperative_id is None:
        raise InvalidField("cooperative_id", "missing")
    channel = writable_channel(work, cooperative_id)
    if not values:
        raise InvalidField("", "empty_record")
    key = RecordKey(record_type.name, new_id(desk, record_type, cooperative_id, values))
    like = _like(work, record_type, channel, key, values)
    known = work.records.find(key)
    if known is not None and any(leaf.shown is not None for leaf in known.layers.values()):
        if known.shown.get(DELETED) is not True:
            raise RecordExists(key.type, key.id)
        values = {DELETED: None, **values}  # creating again what exists once by nature brings it back
    save_leaves(desk, work, channel, key, values)
    return Saved(key, like)


def _edit(
    desk: Desk,
    work: UnitOfWork,
    record_type: RecordType,
    record_id: UUID,
    cooperative_id: UUID | None,
    values: Mapping[str, Value],
    rev: str | None,
) -> Saved:
    stored = _stored(work, RecordKey(record_type.name, record_id))
    if stored.shown.get(DELETED) is True:
        raise RecordNotFound(record_type.name, record_id)
    if stored.cooperative_id is not None:
        writable_channel(work, stored.cooperative_id)
    if cooperative_id not in (None, stored.cooperative_id):
        raise InvalidField("cooperative_id", "key_leaf")
    for path in record_type.key:
        if path in values and values[path] != stored.shown.get(path):
            raise InvalidField(path, "key_leaf")
    save_leaves(desk, work, stored.channel, stored.key, values, None if rev is None else parse_seen(rev))
    return Saved(stored.key)


def get_record(desk: Desk, type_name: str, record_id: UUID) -> dict[str, Any]:
    """A record as `put` takes it, with the "rev" that names what was seen; raises RecordNotFound."""
    with desk.database.reading() as work:
        stored = _stored(work, RecordKey(type_named(type_name).name, record_id))
    return _document(stored) | {"rev": seen_text(seen_now(stored.layers))}


def list_records(desk: Desk, type_name: str, cooperative_id: UUID | None = None) -> list[dict[str, Any]]:
    """Records of a type that are not deleted, in the order of their ids; read-only ones are marked so."""
    channel = coop_channel(cooperative_id) if cooperative_id else None
    with desk.database.reading() as work:
        found = work.records.list_all(type_named(type_name).name, channel)
        gone = withdrawn(work)
    return [
        _document(stored) | ({"withdrawn": True} if stored.channel in gone else {})
        for stored in found
        if _is_there(stored)
    ]


def delete_record(desk: Desk, type_name: str, record_id: UUID, rev: str | None = None) -> None:
    """Mark a record as deleted. One that nobody else ever saw vanishes."""
    with desk.database.writing() as work:
        stored = _stored(work, RecordKey(type_named(type_name).name, record_id))
        if stored.key.type in _MADE_BY_CENTRE:
            raise MadeByCentre(stored.key.type)
        if stored.cooperative_id is not None:
            writable_channel(work, stored.cooperative_id)
        seen = None if rev is None else parse_seen(rev)
        save_leaves(desk, work, stored.channel, stored.key, {DELETED: True}, seen)


def dump(desk: Desk) -> list[dict[str, Any]]:
    """Everything the assistant can see, sorted: the same on every laptop that has the same."""
    with desk.database.reading() as work:
        found = work.records.list_all()
    lines = [
        {
            "channel": stored.channel,
            "type": stored.key.type,
            "id": str(stored.key.id),
            "deleted": stored.shown.get(DELETED) is True,
            "leaves": {
                path: value
                for path, value in sorted(stored.shown.items())
                if value is not None and path != DELETED
            },
        }
        for stored in found
        if any(value is not None for value in stored.shown.values())
    ]
    return sorted(lines, key=lambda line: (line["channel"], line["type"], line["id"]))


def _stored(work: UnitOfWork, key: RecordKey) -> StoredRecord:
    stored = work.records.find(key)
    if stored is None or all(value is None for value in stored.shown.values()):
        raise RecordNotFound(key.type, key.id)
    return stored


def _is_there(stored: StoredRecord) -> bool:
    """Neither deleted nor vanished: of a record made and deleted before it was sent only the id is left."""
    shown = stored.shown
    return shown.get(DELETED) is not True and any(value is not None for value in shown.values())


def _document(stored: StoredRecord) -> dict[str, Any]:
    document: dict[str, Any] = {"id": str(stored.key.id)}
    if stored.cooperative_id is not None:
        document["cooperative_id"] = str(stored.cooperative_id)
    if stored.shown.get(DELETED) is True:
        document["deleted"] = True
    return document | document_of(stored.shown)


def new_id(desk: Desk, record_type: RecordType, cooperative_id: UUID, values: Mapping[str, Value]) -> UUID:
    """Of a record that is about to be made; from its natural key where it has one. Raises InvalidField."""
    if not record_type.key:
        return uuid7(desk.now_ms, desk.random_bytes(10))
    for path in record_type.key:
        if values.get(path) is None:
            raise InvalidField(path, "missing")
    return derived_id(record_type.name, cooperative_id, *(str(values[path]) for path in record_type.key))


def _like(
    work: UnitOfWork, record_type: RecordType, channel: str, key: RecordKey, values: Mapping[str, Value]
) -> tuple[tuple[UUID, tuple[str, ...]], ...]:
    if record_type.name != "officer":
        return ()
    known = [_officer(s.key.id, s.shown) for s in work.records.list_all("officer", channel)]
    found = like_officers(_officer(key.id, values), known)
    return tuple((likeness.id, likeness.reasons) for likeness in found)


def _officer(record_id: UUID, leaves: Mapping[str, Value]) -> OfficerSummary:
    texts = {n: v for n in ("name", "nik", "phone", "position") if isinstance(v := leaves.get(n), str)}
    return OfficerSummary(id=record_id, **texts)


def _uuid(path: str, given: object) -> UUID | None:
    if given is None:
        return None
    try:
        return UUID(str(given))
    except ValueError:
        raise InvalidField(path, "not_a_reference") from None
