"""Where a simulated life keeps things: in dictionaries, or in real SQLite files."""

import shutil
import tempfile
from pathlib import Path
from typing import Any, Protocol

from kopdesk.server.engine import sqlite_engine
from kopdesk.server.store import SqlStore
from kopdesk.storage.database import Database
from tests.support.model_laptop_store import ModelLaptopStore
from tests.support.model_server_store import ModelServerStore

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

    def close(self) -> None:
        """Nothing to give back."""


class SqliteStores:
    """Encrypted files as in the product, below a folder of their own (in memory where the system has one)."""

    def __init__(self) -> None:
        shared = Path("/dev/shm")  # noqa: S108
        self._folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
        self._folders = 0
        self._folder_of: dict[SqlStore | Database, Path] = {}

    def centre(self) -> SqlStore:
        folder = self._new_folder()
        folder.mkdir()
        centre = SqlStore(sqlite_engine(folder / "server.db"))
        self._folder_of[centre] = folder
        return centre

    def laptop(self) -> Database:
        folder = self._new_folder()
        folder.mkdir()
        laptop = Database.create(folder, _KEY)
        self._folder_of[laptop] = folder
        return laptop

    def copied(self, laptop: Database) -> Database:
        folder = self._new_folder()
        _copy_files(self._folder_of[laptop], folder)
        copy = Database.open(folder, _KEY)
        self._folder_of[copy] = folder
        return copy

    def copied_centre(self, centre: SqlStore) -> Path:
        folder = self._new_folder()
        _copy_files(self._folder_of[centre], folder)
        return folder

    def put_back(self, centre: SqlStore, copy: Path) -> None:
        folder = self._folder_of[centre]
        centre.close()  # its next transaction connects anew
        shutil.rmtree(folder)
        _copy_files(copy, folder)

    def _new_folder(self) -> Path:
        self._folders += 1
        return Path(self._folder.name) / str(self._folders)

    def close(self) -> None:
        for store in self._folder_of:
            store.close()
        self._folder.cleanup()


def _copy_files(source: Path, target: Path) -> None:
    """The database and its WAL, while no transaction is open; the WAL's index is made anew."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*-shm"))
