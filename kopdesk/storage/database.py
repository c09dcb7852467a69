"""Opens the encrypted file and hands out units of work: `reading` and `writing`."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, create_engine, event, exc
from sqlalchemy.pool import QueuePool

from kopdesk.domain.schema import schema
from kopdesk.storage.channels import ChannelStore
from kopdesk.storage.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNewer,
    DiskError,
    DiskFull,
    ProfileError,
    ProfileExists,
    ReadOnlyFolder,
    UnsafeSqlite,
    WrongKey,
)
from kopdesk.storage.lists import ListStore
from kopdesk.storage.migrations import migrate
from kopdesk.storage.outbox import Outbox
from kopdesk.storage.pages import is_sealed_by
from kopdesk.storage.profile import ProfileStore
from kopdesk.storage.records import RecordStore

DATABASE_FILE = "kopdesk.db"

OLDEST_SAFE_SQLITE = (3, 51, 3)
"""Older ones can drop commits when two connections use one WAL file (the WAL-reset bug)."""

_LEAST_FREE_BYTES = 64 * 1024
"""The index of a WAL alone takes half of it."""

_CHECKPOINT_BYTES = 4 * 1024 * 1024

_PRAGMAS = (
    "cipher_log_level = NONE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "cache_size = -16000",
    "mmap_size = 0",
    "cell_size_check = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "wal_autocheckpoint = 0",  # a save costs one sync; checkpoints run apart
)


class UnitOfWork:
    """One transaction. Lives inside one `with`; nothing of it may be kept."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.channels = ChannelStore(connection)
        self.records = RecordStore(connection, self.channels)
        self.lists = ListStore(connection)
        self.outbox = Outbox(connection)
        self.profile = ProfileStore(connection)


class Database:
    """The one place that opens a profile's file."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._path = folder / DATABASE_FILE
        self._key = key
        self._write_lock = threading.Lock()
        self._engine = create_engine(
            f"sqlite:///{self._path}",
            module=sqlcipher,
            poolclass=QueuePool,
            pool_size=4,
            hide_parameters=True,
        )
        event.listen(self._engine, "connect", lambda connection, _: _prepare(connection, key))

    @classmethod
    def create(cls, folder: Path, key: bytes) -> "Database":
        """Make a new file with today's schema. Never over one that exists."""
        refuse_unsafe_sqlite(sqlcipher.sqlite_version_info)
        if has_database(folder):
            raise ProfileExists(folder)
        return cls._migrated(folder, key)

    @classmethod
    def open(cls, folder: Path, key: bytes) -> "Database":
        """Open a file that exists and bring it to today's schema. `key` must have been checked."""
        refuse_unsafe_sqlite(sqlcipher.sqlite_version_info)
        if not has_database(folder):
            raise DatabaseMissing(folder)
        return cls._migrated(folder, key)

    @classmethod
    def _migrated(cls, folder: Path, key: bytes) -> "Database":
        database = cls(folder, key)
        try:
            with database._guarded(), database._engine.connect() as connection:
                migrate(connection, folder)
            with database.reading() as work:
                newest = work.profile.newest_schema()
                stale = newest < schema() or not work.profile.shows_today()
            if newest > schema():  # its unsent leaves would be sent as those of a program that knows no such
                raise DatabaseNewer(folder, str(newest))
            if stale:
                with database.writing() as work:
                    work.records.show_all()
                    work.profile.note_shown()
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A consistent view. Never waits for a writer."""
        with self._guarded(), self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN")  # the driver begins nothing by itself
            yield UnitOfWork(connection)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Begin as the only writer; commit when the block ends, roll back if it raises."""
        with self._write_lock, self._guarded(), self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield UnitOfWork(connection)

    def checkpoint(self) -> None:
        """Move the WAL into the database when it has grown. Call it apart from saving."""
        wal = self._path.with_name(DATABASE_FILE + "-wal")
        if wal.exists() and wal.stat().st_size > _CHECKPOINT_BYTES:
            with self._write_lock, self._guarded():
                raw = self._engine.raw_connection()
                try:
                    raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
                finally:
                    raw.close()

    def close(self) -> None:
        """Close all connections; the last one checkpoints."""
        self._engine.dispose()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Tell the world's failures from bugs."""
        try:
            yield
        except exc.DBAPIError as error:
            self._raise_expected(str(error.orig), error)
            raise
        except sqlcipher.Error as error:
            self._raise_expected(str(error), error)
            raise

    def _raise_expected(self, message: str, cause: Exception) -> None:
        for words, kind in _EXPECTED:
            if words in message:
                raise self._nearer(kind)(self._folder, message) from cause

    def _nearer(self, kind: type[ProfileError]) -> type[ProfileError]:
        """SQLite has one word for several failures; the disk itself says which."""
        if kind is DiskError and shutil.disk_usage(self._folder).free < _LEAST_FREE_BYTES:
            return DiskFull
        if kind is DatabaseDamaged and not is_sealed_by(self._path, self._key):
            return WrongKey
        return kind


_EXPECTED = (
    ("database or disk is full", DiskFull),
    ("readonly database", ReadOnlyFolder),
    ("unable to open database file", ReadOnlyFolder),
    ("disk I/O error", DiskError),
    ("file is not a database", DatabaseDamaged),
    ("malformed", DatabaseDamaged),
)


def has_database(folder: Path) -> bool:
    """Whether there is a database: a file of no bytes is all that a power cut leaves of one being made."""
    path = folder / DATABASE_FILE
    return path.exists() and path.stat().st_size > 0


def refuse_unsafe_sqlite(version: tuple[int, ...]) -> None:
    """Raise UnsafeSqlite below the first version without known loss of commits."""
    if version < OLDEST_SAFE_SQLITE:
        raise UnsafeSqlite(".".join(map(str, version)))


def _prepare(connection: Any, key: bytes) -> None:
    """Key first, before anything reads the file; then the settings that make a commit durable."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
