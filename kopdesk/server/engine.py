"""Opens the centre's SQLite: the same patched one as the laptop's, never the system's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlcipher3 import dbapi2

from kopdesk.server.errors import ServerSqliteTooOld
from kopdesk.server.wal import changes, name_transaction

OLDEST_SQLITE = (3, 51, 3)
"""Before it, a checkpoint that met a writer could lose commits of the WAL."""

_BUSY_TIMEOUT_MS = 10_000
_PRAGMAS = (
    f"busy_timeout={_BUSY_TIMEOUT_MS}",  # first: the next one may have to wait
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-32000",
)


def sqlite_engine(path: Path, *, version: tuple[int, ...] = dbapi2.sqlite_version_info) -> Engine:
    """An engine on this file. Raises ServerSqliteTooOld rather than risk anybody's work."""
    if version < OLDEST_SQLITE:
        raise ServerSqliteTooOld(_dotted(version), _dotted(OLDEST_SQLITE))
    # Parameters would show in errors and so in logs, with people's data in them.
    engine = create_engine(
        URL.create("sqlite", database=str(path)), module=dbapi2, hide_parameters=True, max_overflow=40
    )
    event.listen(engine, "connect", _prepare)
    return engine


def begin(connection: Connection, *, writes: bool) -> None:
    """The first thing in a transaction: SQLite has to be told, other databases begin by themselves."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Commit when the block ends, roll back if it raises. One writer at a time."""
    with engine.begin() as connection:
        begin(connection, writes=True)
        if connection.dialect.name != "sqlite":
            yield connection
            return
        before = changes(connection)
        yield connection
        if changes(connection) != before:  # what changes nothing must not cost an fsync
            name_transaction(connection)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
