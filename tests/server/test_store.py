"""What is the SQL store's own: its SQLite, its form, its failures."""

import threading
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.exc import IntegrityError, OperationalError

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.server.engine import sqlite_engine
from kopdesk.server.errors import DatabaseNewer, ServerSqliteTooOld, StoreFailed
from kopdesk.server.migrations import STEPS, migrate
from kopdesk.server.ports import User
from kopdesk.server.store import SqlStore
from kopdesk.server.tables import metadata, quarantine, quarantine_decisions

CHANNEL = "coop/00000000-0000-7000-8000-0000000000aa"


def test_an_sqlite_that_loses_commits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerSqliteTooOld) as refused:
        sqlite_engine(tmp_path / "server.db", version=(3, 51, 2))
    assert (refused.value.found, refused.value.needed) == ("3.51.2", "3.51.3")
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_opened_safely(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "server.db")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
        }
    engine.dispose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }


def test_the_steps_lead_to_the_tables_as_they_are_written(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "server.db")
    migrate(engine)
    found = inspect(engine)
    assert set(found.get_table_names()) == {*metadata.tables, "schema_steps"}
    for name, table in metadata.tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        assert found.get_pk_constraint(name)["constrained_columns"] == [c.name for c in table.primary_key]
        indexes = {index["name"]: index["column_names"] for index in found.get_indexes(name)}
        assert set(indexes) == {index.name for index in table.indexes}
    engine.dispose()


def test_decisions_from_before_they_were_numbered_are_told_in_their_order(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "server.db")
    migrate(engine, STEPS[:4])
    with engine.begin() as connection:
        for place, author in enumerate((1, 2, 1, 1)):
            waiting = {"channel": CHANNEL, "batch_hash": b"h", "place": place, "author_id": UUID(int=author)}
            leaf = {"type": "visit", "id": UUID(int=9), "path": "notes", "value": "x", "base": 0}
            connection.execute(quarantine.insert(), {**waiting, **leaf, "reason": "y", "at": 1})
        for place, at in ((0, 50), (1, 40), (2, 30)):
            name = {"channel": CHANNEL, "batch_hash": b"h", "place": place}
            decision = {"decided_by": UUID(int=8), "decided_at": at, "outcome": "dropped", "detail": "z"}
            connection.execute(quarantine_decisions.insert(), {**name, **decision, "rev": 0})
    engine.dispose()
    store = SqlStore(sqlite_engine(tmp_path / "server.db"))
    with store.reading() as tx:
        told = [(number, d.place) for number, d in tx.decisions_about(UUID(int=1), 0, 9)]
        assert told == [(1, 2), (2, 0)]
        assert [d.place for _, d in tx.decisions_about(UUID(int=2), 0, 9)] == [1]
    store.close()


def test_a_step_is_taken_once_and_whole(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "server.db")
    good = SimpleNamespace(STATEMENTS=("CREATE TABLE extra (a TEXT)",))
    bad = SimpleNamespace(STATEMENTS=("CREATE TABLE more (a TEXT)", "CREATE NONSENSE"))
    migrate(engine, STEPS)
    with pytest.raises(OperationalError):
        migrate(engine, (*STEPS, good, bad))  # type: ignore[arg-type]
    assert "extra" in inspect(engine).get_table_names()
    assert "more" not in inspect(engine).get_table_names()
    migrate(engine, (*STEPS, good))  # type: ignore[arg-type]
    with pytest.raises(DatabaseNewer) as refused:
        migrate(engine, STEPS)
    assert (refused.value.found, refused.value.known) == (len(STEPS) + 1, len(STEPS))
    engine.dispose()


def test_logins_are_unique_in_the_database_too(sql_store: SqlStore) -> None:
    def user(number: int, login: str) -> User:
        return User(id=UUID(int=number), login=login, name="x", role=Role.PMO, password="")

    with sql_store.writing() as tx:
        tx.save_user(user(1, "siti"))
    with pytest.raises(IntegrityError), sql_store.writing() as tx:
        tx.save_user(user(2, "SITI"))


def test_writers_take_turns_and_readers_see_whole_transactions(sql_store: SqlStore) -> None:
    key = RecordKey("visit", UUID(int=1))

    def count_up() -> None:
        for _ in range(20):
            with sql_store.writing() as tx:
                number = tx.leaves(CHANNEL, key).get("a", Central(0, 0)).value
                assert isinstance(number, int)
                both = {"a": Central(number + 1, 1), "b": Central(number + 1, 1)}
                tx.save_leaves(CHANNEL, key, both, rank=0, record_hash=0)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        with sql_store.reading() as tx:
            first = tx.leaves(CHANNEL, key)
            assert tx.leaves(CHANNEL, key) == first
            assert first.get("a") == first.get("b")
    for thread in threads:
        thread.join()
    with sql_store.reading() as tx:
        assert tx.leaves(CHANNEL, key)["a"].value == 80


def test_a_full_disk_is_no_bug(sql_store: SqlStore) -> None:
    key = RecordKey("visit", UUID(int=1))
    with pytest.raises(StoreFailed) as failed, sql_store.writing() as tx:  # noqa: PT012 - the disk fills up
        connection = tx._connection
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        for rev in range(1, 200):
            changed = {"notes": Central("x" * 4000, rev)}
            tx.save_leaves(CHANNEL, key, changed, rank=0, record_hash=0)
    assert failed.value.reason == "full"
    with sql_store.reading() as tx:
        assert tx.leaves(CHANNEL, key) == {}


def test_errors_do_not_carry_what_people_wrote(sql_store: SqlStore) -> None:
    with pytest.raises(OperationalError) as failed, sql_store.reading() as tx:
        tx._connection.exec_driver_sql("SELECT nothing FROM nowhere WHERE a = ?", ("3201010101010001",))
    assert "3201010101010001" not in str(failed.value)


def test_a_large_channel_is_read_with_few_queries(sql_store: SqlStore) -> None:
    with sql_store.writing() as tx:
        for number in range(300):
            leaves = {f"p{path}": Central(path, number + 1) for path in range(20)}
            key = RecordKey("visit", UUID(int=number))
            tx.save_leaves(CHANNEL, key, leaves, rank=0, record_hash=0)
    with sql_store.reading() as tx:
        statements: list[str] = []
        event.listen(tx._connection, "before_execute", lambda *_: statements.append("one more"))
        assert sum(1 for _ in tx.leaves_after(CHANNEL, 0)) == 6000
        assert sum(len(leaves) for _, _, leaves in tx.records_after(CHANNEL, None)) == 6000
    assert len(statements) < 10
