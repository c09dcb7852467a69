import os
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.layers import EMPTY, LeafLayers, type_over
from kopdesk.domain.marks import NOTHING_SHOWN
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.storage import shown
from kopdesk.storage.database import DATABASE_FILE, Database, UnitOfWork, refuse_unsafe_sqlite
from kopdesk.storage.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNewer,
    ProfileExists,
    UnsafeSqlite,
    WrongKey,
)
from kopdesk.storage.migrations import STEPS
from kopdesk.storage.tables import metadata
from tests.support.schemas import N_MINUS_1, N_MINUS_2, N_PLUS_1, N, as_of, show_anew

KEY = bytes(range(32))
CHANNEL = coop_channel(UUID(int=5))
VISIT = RecordKey("visit", UUID(int=7))


class PowerCutError(Exception):
    """Stands for the end of the process."""


def keep(work: UnitOfWork, key: RecordKey, leaves: dict[str, Value]) -> None:
    after: dict[str, LeafLayers] = {}
    for number, (path, value) in zip(work.outbox.number_edits(len(leaves)), leaves.items(), strict=True):
        layers = type_over(EMPTY, value, NOTHING_SHOWN, number)
        assert isinstance(layers, LeafLayers)
        after[path] = layers
    work.records.keep(CHANNEL, key, {}, after)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database.create(tmp_path, KEY)
    with database.writing() as work:
        work.outbox.start_replica(UUID(int=1), 0)
    return database


def test_no_word_of_a_record_stands_in_the_files_in_clear(database: Database, tmp_path: Path) -> None:
    with database.writing() as work:
        keep(work, VISIT, {"notes": "Brankas dibuka bersama bendahara"})
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Brankas" not in content
    assert b"central_leaf" not in content
    assert b"SQLite format" not in content


def test_values_keep_their_kind(database: Database) -> None:
    values: dict[str, Value] = {
        "a": True, "b": 1, "c": "1", "d": "", "e": False, "f": 0, "g": -(2**63), "h": 2**63 - 1, "i": "é\n\"",
    }  # fmt: skip
    with database.writing() as work:
        keep(work, VISIT, values)
    with database.reading() as work:
        stored = work.records.find(VISIT)
    assert stored is not None
    assert {path: (type(value), value) for path, value in stored.shown.items()} == {
        path: (type(value), value) for path, value in values.items()
    }


def test_an_edit_is_stored_with_its_record_or_not_at_all(database: Database) -> None:
    def save_and_die() -> None:
        with database.writing() as work:
            keep(work, VISIT, {"notes": "x"})
            raise PowerCutError

    with pytest.raises(PowerCutError):
        save_and_die()
    with database.reading() as work:
        assert work.records.find(VISIT) is None
        assert work.records.unsent_count() == 0
        assert work.outbox.replica().last_edit == 0


def test_every_commit_is_synced_and_no_save_checkpoints(database: Database) -> None:
    with database.reading() as work:
        pragmas = {
            name: work.connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "wal_autocheckpoint",
                "foreign_keys",
                "trusted_schema",
            )
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "wal_autocheckpoint": 0,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.reading() as before:
        assert before.records.unsent_count() == 0
        with database.writing() as work:
            keep(work, VISIT, {"notes": "x"})
        assert before.records.unsent_count() == 0
    with database.reading() as after:
        assert after.records.unsent_count() == 1


def test_the_tables_of_the_domain_show_the_topmost_layer(database: Database) -> None:
    with database.writing() as work:
        keep(work, VISIT, {"notes": "x", "visited_on": "2026-11-20", "findings/a/text": "y"})
    with database.reading() as work:
        table = shown.table_of("visit")
        row = work.connection.execute(table.select()).one()
    assert (row.id, row.cooperative_id) == (VISIT.id.bytes, UUID(int=5).bytes)
    assert (row.notes, row.visited_on, row.deleted) == ("x", "2026-11-20", False)


def test_the_tables_of_the_domain_are_built_anew_for_other_declarations(
    database: Database, tmp_path: Path
) -> None:
    with database.writing() as work:
        keep(work, VISIT, {"notes": "x"})
        work.profile.save_value("shown_declarations", "of an older program")
        work.connection.execute(text("DROP TABLE shown_visit"))
    database.close()
    again = Database.open(tmp_path, KEY)
    with again.reading() as work:
        assert work.connection.execute(shown.table_of("visit").select()).one().notes == "x"
    again.close()


def test_a_type_of_a_newer_schema_is_kept_without_a_table(database: Database) -> None:
    key = RecordKey("from_the_future", UUID(int=3))
    with database.writing() as work:
        keep(work, key, {"x": 1})
    with database.reading() as work:
        stored = work.records.find(key)
    assert stored is not None
    assert stored.shown == {"x": 1}


def test_nothing_is_created_over_a_file_that_exists(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ProfileExists):
        Database.create(tmp_path, KEY)


@pytest.mark.parametrize("size", [None, 0])
def test_a_missing_or_emptied_file_is_never_replaced(tmp_path: Path, size: int | None) -> None:
    path = tmp_path / DATABASE_FILE
    if size is not None:
        path.write_bytes(bytes(size))
    with pytest.raises(DatabaseMissing):
        Database.open(tmp_path, KEY)
    assert not path.exists() or path.stat().st_size == 0


def test_a_damaged_file_is_said_to_be_damaged_and_left_as_it_is(database: Database, tmp_path: Path) -> None:
    database.close()
    path = tmp_path / DATABASE_FILE
    good = path.read_bytes()
    content = good[:16] + os.urandom(4080) + good[4096:]  # the first 16 bytes salt the key
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        Database.open(tmp_path, KEY)
    assert path.read_bytes() == content


def test_a_file_of_which_no_page_fits_the_key_is_somebody_elses(database: Database, tmp_path: Path) -> None:
    database.close()
    before = (tmp_path / DATABASE_FILE).read_bytes()
    with pytest.raises(WrongKey):
        Database.open(tmp_path, bytes(32))
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


def test_one_flipped_byte_in_any_page_is_noticed(database: Database, tmp_path: Path) -> None:
    with database.writing() as work:
        for number in range(40):
            keep(work, RecordKey("visit", UUID(int=number)), {"notes": "kas " * 200})
    database.close()
    path = tmp_path / DATABASE_FILE
    good = path.read_bytes()
    for page in range(0, len(good) // 4096, 7):
        bad = bytearray(good)
        bad[page * 4096 + 2000] ^= 1
        path.write_bytes(bad)
        with pytest.raises(DatabaseDamaged):
            read_everything(tmp_path)
    path.write_bytes(good)


def read_everything(folder: Path) -> None:
    database = Database.open(folder, KEY)
    try:
        with database.reading() as work:
            if work.connection.execute(text("PRAGMA cipher_integrity_check")).first() is not None:
                raise DatabaseDamaged(folder)
    finally:
        database.close()


def test_a_newer_file_is_not_touched(database: Database, tmp_path: Path) -> None:
    with database.writing() as work:
        work.connection.execute(text("PRAGMA user_version = 999"))
    database.close()
    before = (tmp_path / DATABASE_FILE).read_bytes()
    with pytest.raises(DatabaseNewer):
        Database.open(tmp_path, KEY)
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


def test_a_file_that_a_newer_schema_has_worked_with_is_not_touched(
    database: Database, tmp_path: Path
) -> None:
    database.close()
    with as_of(N):
        Database.open(tmp_path, KEY).close()
    before = (tmp_path / DATABASE_FILE).read_bytes()
    for schema in (N_MINUS_2, N_MINUS_1):
        with as_of(schema), pytest.raises(DatabaseNewer):
            Database.open(tmp_path, KEY)
    assert (tmp_path / DATABASE_FILE).read_bytes() == before
    with as_of(N_PLUS_1):
        Database.open(tmp_path, KEY).close()
    with as_of(N), pytest.raises(DatabaseNewer):
        Database.open(tmp_path, KEY)


def test_a_file_that_stays_open_can_be_shown_anew_for_another_schema(database: Database) -> None:
    with as_of(N_PLUS_1):
        show_anew(database)
        with database.writing() as work:
            keep(work, VISIT, {"notes": "x", "audit_note": "y"})
            row = work.connection.execute(shown.table_of("visit").select()).one()
    assert (row.notes, row.audit_note) == ("x", "y")


def test_the_numbered_steps_lead_to_the_tables_of_today(database: Database) -> None:
    with database.reading() as work:
        rows = work.connection.execute(
            text("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'shown_%'")
        )
        assert {row.name for row in rows} == set(metadata.tables)
        for table in metadata.tables.values():
            columns = work.connection.execute(text(f"PRAGMA table_info({table.name})"))
            assert {row.name for row in columns} == set(table.columns.keys())
        assert work.connection.execute(text("PRAGMA user_version")).scalar() == len(STEPS)


def test_an_sqlite_that_can_lose_commits_is_refused() -> None:
    for version in ((3, 51, 2), (3, 40, 1), (3, 44, 6)):
        with pytest.raises(UnsafeSqlite):
            refuse_unsafe_sqlite(version)
    refuse_unsafe_sqlite((3, 51, 3))
    refuse_unsafe_sqlite((3, 53, 4))
