"""The centre's store in SQL: `ports.ServerStore` on SQLite, and on PostgreSQL the same statements."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from kopdesk.server.engine import begin, writing
from kopdesk.server.errors import StoreFailed
from kopdesk.server.migrations import migrate
from kopdesk.server.store_accounts import AccountRows
from kopdesk.server.store_batches import BatchRows
from kopdesk.server.store_history import HistoryRows
from kopdesk.server.store_records import RecordRows
from kopdesk.server.store_unchecked import UncheckedRows


class SqlTransaction(AccountRows, RecordRows, HistoryRows, BatchRows, UncheckedRows):
    """One unit of work on one connection: `ports.Transaction`."""


class SqlStore:
    """Brings the database into its present form when made."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Writers that wait here take turns; in SQLite's busy_timeout they would poll for a second.
        self._lock = threading.Lock()
        try:
            with self._lock, _failures():
                migrate(engine)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[SqlTransaction]:
        """Commit when the block ends, roll back if it raises. One writer at a time."""
        with self._lock, _failures(), writing(self._engine) as connection:
            yield SqlTransaction(connection, writes=True)

    @contextmanager
    def reading(self) -> Iterator[SqlTransaction]:
        """A consistent view; what is written in it by mistake is rolled back."""
        with _failures(), self._engine.connect() as connection:
            begin(connection, writes=False)
            yield SqlTransaction(connection, writes=False)

    def close(self) -> None:
        """Give the files back."""
        self._engine.dispose()


_REASONS = (
    ("full", "full"),
    ("readonly", "read_only"),
    ("locked", "busy"),
    ("malformed", "damaged"),
    ("not a database", "damaged"),
    ("unable to open", "read_only"),
    ("disk i/o", "broken"),
)


@contextmanager
def _failures() -> Iterator[None]:
    """Tell what the disk did from what is a bug: only the first is expected."""
    try:
        yield
    except DBAPIError as error:
        message = str(error.orig).lower()
        for words, reason in _REASONS:
            if words in message:
                raise StoreFailed(reason) from error
        raise
