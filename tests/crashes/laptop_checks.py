"""What must be so on a laptop after an accident: opened as the program opens it, looked at leaf by leaf."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.codec import decode
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.digest import MODULUS, central_share
from kopdesk.protocol.messages import Batch, Cursor, Receipt, Signed
from kopdesk.protocol.signing import message_hash
from kopdesk.storage.database import Database, UnitOfWork
from kopdesk.storage.errors import NoProfile
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.enrolment import open_desk
from tests.crashes.history import Fact
from tests.crashes.laptop_scenarios import KEPT_KEY, steps_to_come
from tests.crashes.stage import LAPTOP, PASSPHRASE
from tests.support.world import START

WHOLE = {"visit": {"visited_on", "notes"}, "problem": {"text", "noticed_on"}, "cooperative": {"name"}}
"""The leaves that the scenarios give every record of a type: with fewer, a unit of work was halved."""

Leaves = Mapping[str, Value]


def check_laptop(root: Path, facts: Sequence[Fact]) -> None:
    """It opens, all of it is whole, and every fact holds."""
    desk, _ = open_desk(
        root / LAPTOP, key_store=None, passphrase=PASSPHRASE, now=lambda: START, random_bytes=bytes
    )
    with closing(desk.database), desk.database.reading() as work:
        check_whole(work)
        check_facts(work, facts)


def check_new_laptop(root: Path, facts: Sequence[Fact]) -> None:
    """Before its enrolment was said to be done there may be no profile; then the program says just that."""
    try:
        check_laptop(root, facts)
    except NoProfile:
        assert not any(fact["what"] == "enrolled" for fact in facts), "the enrolment is lost"


def check_migrated(root: Path, facts: Sequence[Fact]) -> None:
    """The old file opens with everything that was in it, all steps taken or none of them half."""
    with steps_to_come(), closing(Database.open(root / LAPTOP, KEPT_KEY)) as database:
        with database.reading() as work:
            _check_pages(work)
            assert work.records.unsent_count() == 3
            assert work.outbox.in_flight() is not None
            words = work.connection.execute(text("SELECT word FROM to_come ORDER BY num")).scalars().all()
            types = work.connection.execute(text("SELECT type FROM record ORDER BY num")).scalars().all()
            assert words == [name.upper() for name in types]
            written = work.profile.value("after") is not None
        assert written or not any(fact["what"] == "written" for fact in facts)


def check_whole(work: UnitOfWork) -> None:
    """What was changed in one unit of work is changed in all its places or in none."""
    _check_pages(work)
    records = work.records.list_all()
    for stored in records:
        _check_record(stored)
    _check_digests(work, records)
    _check_flight(work, records)
    _check_shown(work, records)
    replica = work.outbox.replica()
    received = {receipt.seq for receipt in work.outbox.receipts() if receipt.replica_id == replica.id}
    assert received == set(range(1, replica.receipt_seq + 1)), "a receipt is missing"


def _check_pages(work: UnitOfWork) -> None:
    assert work.connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def _check_record(stored: StoredRecord) -> None:
    shown = {path for path, value in stored.shown.items() if value is not None}
    needed = WHOLE.get(stored.key.type, set())
    assert not shown or DELETED in shown or needed <= shown, f"half of {stored.key}: {shown}"


def _check_digests(work: UnitOfWork, records: Sequence[StoredRecord]) -> None:
    cursors = {name: decode(Cursor, cursor) for name, cursor in work.channels.cursors().items()}
    for name in work.channels.names():
        here = [stored for stored in records if stored.channel == name]
        recomputed = sum(central_share(stored.key, stored.layers) for stored in here) % MODULUS
        assert work.channels.digest(name) == recomputed, f"digest of {name}"
        revs = [leaf.central.rev for s in here for leaf in s.layers.values() if leaf.central]
        cursor = cursors.get(name)
        newest = max(cursor.rev, cursor.newest_rev) if cursor else 0
        assert max(revs, default=0) <= newest, f"a page of {name} without its cursor"
        assert cursor is None or cursor.digest in (None, recomputed), f"a cursor of {name} without its page"


def _check_flight(work: UnitOfWork, records: Sequence[StoredRecord]) -> None:
    flight = work.outbox.in_flight()
    frozen = {
        (stored.key, path, leaf.frozen.value)
        for stored in records
        for path, leaf in stored.layers.items()
        if leaf.frozen
    }
    sent = set(_leaves_of(flight.signed)) if flight else set()
    assert frozen == sent, "the batch in flight and the frozen leaves differ"
    replica = work.outbox.replica()
    assert replica.last_seq == (flight.seq if flight else replica.receipt_seq)


def _leaves_of(signed: bytes) -> Iterable[tuple[RecordKey, str, Value]]:
    for changes in decode(Batch, decode(Signed, signed).body).channels:
        for row in rows_of(changes.blocks):
            yield row.key, row.path, row.value


def _check_shown(work: UnitOfWork, records: Sequence[StoredRecord]) -> None:
    for name, paths in WHOLE.items():
        columns = ", ".join(sorted(paths))
        rows = work.connection.exec_driver_sql(f"SELECT id, {columns} FROM shown_{name}").all()  # noqa: S608
        here = {(s.key.id.bytes, *_at(s, sorted(paths))) for s in records if s.key.type == name and s.shown}
        assert {tuple(row) for row in rows} == here, f"{name}: what is shown is not what is stored"


def _at(stored: StoredRecord, paths: Sequence[str]) -> list[Value]:
    return [stored.shown.get(path) for path in paths]


# Facts.


@dataclass
class Expected:
    """What the person at the keyboard knows. `in_progress`: what nobody has confirmed yet."""

    records: dict[RecordKey, Leaves | None] = field(default_factory=dict)
    in_progress: Fact | None = None
    batches: set[str] = field(default_factory=set)
    receipt: int = 0
    cursors: dict[str, str] = field(default_factory=dict)


def expected_after(facts: Sequence[Fact]) -> Expected:
    known = Expected()
    for fact in facts:
        match fact["what"]:
            case "saving" | "deleting":
                known.in_progress = fact
            case "saved":
                key = _key(fact)
                known.records[key] = {**(known.records.get(key) or {}), **_fields(fact)}
                known.in_progress = None
            case "deleted":
                known.records[_key(fact)] = None
                known.in_progress = None
            case "sending":
                known.batches.add(fact["batch"])
            case "taken in":
                known.receipt, known.cursors = fact["receipt"], fact["cursors"]
    return known


def check_facts(work: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Nothing that was said is lost, and what was in progress happened as a whole or not at all."""
    known = expected_after(facts)
    for key, leaves in known.records.items():
        stored = work.records.find(key)
        allowed = [leaves, *_after_progress(known, key, leaves)]
        assert any(_says(stored, some) for some in allowed), f"{key}: {stored and stored.shown} not {allowed}"
    receipts = [decode(Receipt, decode(Signed, row.signed).body) for row in work.outbox.receipts()]
    flight = work.outbox.in_flight()
    held = {receipt.batch_hash.hex() for receipt in receipts}
    held |= {message_hash(decode(Signed, flight.signed).body).hex()} if flight else set()
    assert known.batches <= held, "a batch that was sent is neither in flight nor answered"
    assert known.receipt <= work.outbox.replica().receipt_seq, "a receipt is lost"
    for name, cursor in known.cursors.items():
        _check_cursor(name, bytes.fromhex(cursor), work.channels.cursors().get(name))


def _after_progress(known: Expected, key: RecordKey, leaves: Leaves | None) -> list[Leaves | None]:
    fact = known.in_progress
    if fact is None or "id" not in fact or _key(fact) != key:
        return []
    return [None if fact["what"] == "deleting" else {**(leaves or {}), **_fields(fact)}]


def _says(stored: StoredRecord | None, leaves: Leaves | None) -> bool:
    shown: dict[str, Any] = stored.shown if stored else {}
    if leaves is None:
        return shown.get(DELETED) is True or all(value is None for value in shown.values())
    return shown.get(DELETED) is not True and all(shown.get(p) == v for p, v in leaves.items())


def _check_cursor(name: str, said: bytes, held: bytes | None) -> None:
    assert held is not None, f"the cursor of {name} is lost"
    before, now = decode(Cursor, said), decode(Cursor, held)
    assert now.rev >= before.rev, name
    assert max(now.rev, now.newest_rev) >= max(before.rev, before.newest_rev), name


def _key(fact: Fact) -> RecordKey:
    return RecordKey(fact["type"], UUID(fact["id"]))


def _fields(fact: Fact) -> Leaves:
    return {name: value for name, value in fact.items() if name not in ("what", "type", "id")}
