"""Where a simulated life keeps things: in dictionaries, or in real SQLite files."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from kopdesk.server.engine import sqlite_engine
from kopdesk.server.store import SqlStore
from kopdesk.storage.database import Database
from tests.support.model_laptop_store import ModelLaptopStore
from tests.support.model_server_store import ModelServerStore
from tests.support.schemas import show_anew

_KEY = bytes(32)


class Stores(Protocol):
    """Makes new, empty stores."""

    def centre(self) -> Any: ...
    def laptop(self) -> Any: ...
    def copied(self, laptop: Any) -> Any: ...
    def copied_centre(self, centre: Any) -> Any:
        """A backup of a centre's store as it is now, for `put_back` only."""
        ...

    def put_back(self, centre: Any, copy: Any) -> None:
        """Let the centre's store hold what it held then: its server was stopped meanwhile and never told.

        The store stays the same object. A copy can be put back more than once.
        """
        ...

    def updated(self, laptop: Any) -> None:
        """What opening a laptop's file with another program does."""
        ...

    def close(self) -> None: ...


class ModelStores:
    """Dictionaries."""

    def centre(self) -> ModelServerStore:
        return ModelServerStore()

    def laptop(self) -> ModelLaptopStore:
        return ModelLaptopStore()

    def copied(self, laptop: ModelLaptopStore) -> ModelLaptopStore:
        return laptop.copied()

    def copied_centre(self, centre: ModelServerStore) -> ModelServerStore:
        return centre.copied()

    def put_back(self, centre: ModelServerStore, copy: ModelServerStore) -> None:
        centre.put_back(copy)

    def updated(self, laptop: ModelLaptopStore) -> None:
        """It has no tables that show."""

    def close(self) -> None:
        """Nothing to give back."""


class SqliteStores:
    """Encrypted files as in the product, in memory where the system has a folder there."""

    def __init__(self) -> None:
        self._centres, self._laptops = _shelves()
        self._open = ExitStack()
        self._copies = Path(self._open.enter_context(tempfile.TemporaryDirectory(dir=_fast_folder())))

    def centre(self) -> SqlStore:
        return self._open.enter_context(self._centres.store())

    def laptop(self) -> Database:
        return self._open.enter_context(self._laptops.store())

    def copied(self, laptop: Database) -> Database:
        return self._open.enter_context(self._laptops.store(self._laptops.folder_of[laptop]))

    def copied_centre(self, centre: SqlStore) -> Path:
        folder = Path(tempfile.mkdtemp(dir=self._copies))
        _put_files(self._centres.folder_of[centre], folder)
        return folder

    def put_back(self, centre: SqlStore, copy: Path) -> None:
        centre.close()  # its next transaction connects anew
        _put_files(copy, self._centres.folder_of[centre])

    def updated(self, laptop: Database) -> None:
        with laptop.reading() as work:
            is_shown = work.profile.shows_today()
        if not is_shown:
            show_anew(laptop)

    def close(self) -> None:
        self._open.close()


_Store = TypeVar("_Store", bound=SqlStore | Database)


class _Shelf(Generic[_Store]):
    """Stores that were made once and serve one life after the other, each time on other files.

    Migrating new files and compiling every statement anew would cost more than the life itself.
    """

    def __init__(self, folder: Path, new: Callable[[Path], _Store]) -> None:
        self._folder = folder
        self._new = new
        self._free: list[_Store] = []
        self.folder_of: dict[_Store, Path] = {}
        self._empty = self.folder_of[self._made()]

    @contextmanager
    def store(self, files: Path | None = None) -> Iterator[_Store]:
        """A store that holds what these files hold; without them, an empty one."""
        store = self._free.pop() if self._free else self._made()
        _put_files(files or self._empty, self.folder_of[store])
        try:
            yield store
        finally:
            store.close()
            self._free.append(store)

    def _made(self) -> _Store:
        folder = self._folder / str(len(self.folder_of))
        folder.mkdir(parents=True)
        store = self._new(folder)
        store.close()
        self.folder_of[store] = folder
        return store


@cache
def _shelves() -> tuple[_Shelf[SqlStore], _Shelf[Database]]:
    folder = tempfile.TemporaryDirectory(dir=_fast_folder())
    atexit.register(folder.cleanup)
    return (
        _Shelf(Path(folder.name) / "centres", lambda path: SqlStore(sqlite_engine(path / "server.db"))),
        _Shelf(Path(folder.name) / "laptops", lambda path: Database.create(path, _KEY)),
    )


def _fast_folder() -> Path | None:
    shared = Path("/dev/shm")  # noqa: S108
    return shared if shared.is_dir() else None


def _put_files(source: Path, target: Path) -> None:
    """A database and its WAL, between two transactions, in the place of one that is closed.

    The WAL's index is no part of it: it is made anew.
    """
    for old in target.iterdir():
        old.unlink()
    for file in source.iterdir():
        if not file.name.endswith("-shm"):
            shutil.copyfile(file, target / file.name)
