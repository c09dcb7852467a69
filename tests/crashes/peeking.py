"""The cheapest honest look at a database after an accident: a bare connection with the key.

A peek recovers the WAL as SQLite does for everybody, moves it into the file, lets both SQLite and the cipher
check every page, and then hashes every row of every table: two databases with one hash say the same.
"""

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from kopdesk.server.wal import wal_fits
from kopdesk.storage.database import DATABASE_FILE
from kopdesk.storage.errors import ProfileError
from kopdesk.storage.keychain import DATABASE_KEY, KEY_FILE, open_keychain
from tests.crashes.laptop_scenarios import KEPT_KEY
from tests.crashes.stage import LAPTOP, PASSPHRASE, SERVER


@dataclass(frozen=True, slots=True)
class Peek:
    """`content` names what the database says; empty if it cannot be read, and then `wrong` says why."""

    content: str = ""
    wrong: str = ""


Peeking = Callable[[Path], Peek]


def peek_at_laptop(root: Path) -> Peek:
    """The database of the profile, with the key that its key file gives."""
    folder = root / LAPTOP
    try:
        key = _key_of(folder)
    except ProfileError as error:
        return Peek(wrong=f"keys: {type(error).__name__}")
    return _peek(folder / DATABASE_FILE, key)


def peek_at_kept_file(root: Path) -> Peek:
    """A file of an old schema, whose key everybody knows."""
    return _peek(root / LAPTOP / DATABASE_FILE, KEPT_KEY)


def peek_at_server(root: Path) -> Peek:
    """The centre's database, which has no key. What an accident leaves is of one moment, and known to be."""
    database = root / SERVER / "server.db"
    return _peek(database, None) if wal_fits(database) else Peek(wrong="its WAL is taken for a foreign one")


_known_keys: dict[bytes, bytes] = {}


def _key_of(folder: Path) -> bytes:
    """Opening a key file costs more than opening the database, and few of them differ."""
    path = folder / KEY_FILE
    content = path.read_bytes() if path.exists() else b""
    if content not in _known_keys:
        key = open_keychain(folder, None, PASSPHRASE).get(DATABASE_KEY)
        assert key is not None
        _known_keys[content] = key
    return _known_keys[content]


def _peek(path: Path, key: bytes | None) -> Peek:
    if not path.exists():
        return Peek(wrong="no database")
    try:
        with closing(dbapi2.connect(str(path))) as connection:
            return _look(connection, key)
    except dbapi2.Error as error:
        return Peek(wrong=str(error))


def _look(connection: Any, key: bytes | None) -> Peek:
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    tables = [name for (name,) in connection.execute(_TABLES)]
    if not tables:
        return Peek(wrong="empty")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    checks = ["integrity_check"] if key is None else ["integrity_check", "cipher_integrity_check"]
    for check in checks:
        found = connection.execute(f"PRAGMA {check}").fetchall()
        if found not in ([], [("ok",)]):
            return Peek(wrong=f"{check}: {found[:3]}")
    content = hashlib.blake2b(digest_size=12)
    for table in tables:
        content.update(repr((table, connection.execute(f'SELECT * FROM "{table}"').fetchall())).encode())  # noqa: S608
    return Peek(content.hexdigest())


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
