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
    def close(self) -> None: ...


class ModelStores:
    """Dictionaries."""

    def centre(self) -> ModelServerStore:
        return ModelServerStore()

    def laptop(self) -> ModelLaptopStore:
        return ModelLaptopStore()

    def copied(self, laptop: ModelLaptopStore) -> ModelLaptopStore:
        return laptop.copied()

    def close(self) -> None:
        """Nothing to give back."""


class SqliteStores:
    """Encrypted files as in the product, below a folder of their own (in memory where the system has one)."""

    def __init__(self) -> None:
        shared = Path("/dev/shm")  # noqa: S108
        self._folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
        self._open: list[SqlStore | Database] = []
        self._folder_of: dict[Database, Path] = {}

    def centre(self) -> SqlStore:
        store = SqlStore(sqlite_engine(Path(self._folder.name) / "server.db"))
        self._open.append(store)
        return store

    def laptop(self) -> Database:
        folder = self._new_folder()
        folder.mkdir()
        return self._opened(folder, Database.create(folder, _KEY))

    def copied(self, laptop: Database) -> Database:
        folder = self._new_folder()
        shutil.copytree(self._folder_of[laptop], folder, ignore=shutil.ignore_patterns("*-shm"))
        return self._opened(folder, Database.open(folder, _KEY))

    def _new_folder(self) -> Path:
        return Path(self._folder.name) / str(len(self._open))

    def _opened(self, folder: Path, database: Database) -> Database:
        self._open.append(database)
        self._folder_of[database] = folder
        return database

    def close(self) -> None:
        for store in self._open:
            store.close()
        self._folder.cleanup()
