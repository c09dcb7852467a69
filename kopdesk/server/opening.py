"""Opens a server's folder: its database, its identity, its signing key. Makes them the first time."""

import errno
import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kopdesk.domain.ids import uuid7
from kopdesk.domain.states import Role
from kopdesk.protocol.messages import ServerKey
from kopdesk.protocol.signing import SigningKey, key_id_of
from kopdesk.server.accounts import Accounts, Identity
from kopdesk.server.engine import sqlite_engine
from kopdesk.server.errors import (
    ForeignWal,
    RestoreUnfinished,
    ServerDataMissing,
    SigningKeyMissing,
    SigningKeyWrong,
    StoreFailed,
)
from kopdesk.server.lock import FolderLock
from kopdesk.server.office import Office
from kopdesk.server.passwords import NO_PASSWORD
from kopdesk.server.ports import ServerStore, StoredIdentity, User
from kopdesk.server.service import Centre
from kopdesk.server.store import SqlStore
from kopdesk.server.unchecked import judge_unchecked
from kopdesk.server.wal import wal_fits

DATABASE, KEY_FILE = "server.db", "server-key.json"
RESTORING = "restore-unfinished"
"""A file that is there while a restore replaces the others."""
OPERATOR_LOGIN = "operator"
"""The account of whoever runs the server: author of imports. Nobody can log in with it."""


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server's folder, open."""

    store: SqlStore
    identity: Identity
    operator: User
    centre: Centre
    now: Callable[[], int]
    random_bytes: Callable[[int], bytes]
    lock: FolderLock

    def office(self, user: User | None = None) -> Office:
        """The centre as this person writes in it; without one, as the operator does."""
        return Office(
            user=user or self.operator,
            server_id=self.identity.server_id,
            now=self.now,
            random_bytes=self.random_bytes,
        )

    def close(self) -> None:
        """Give the files back."""
        self.store.close()
        self.lock.close()


def open_server(
    folder: Path,
    *,
    name: str = "Kopdesk",
    now: Callable[[], int] = now_ms,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> Server:
    """Open a folder, or make it a new server's (called `name`) if it has no database yet.

    Any number may have it open, in any number of processes, but not while a restore replaces it. What newer
    programs wrote is judged first, where this one's schema knows it by now.
    """
    make_folder(folder)
    with ExitStack() as opened:
        lock = opened.enter_context(closing(FolderLock(folder)))
        if (folder / RESTORING).exists():
            raise RestoreUnfinished(folder)
        if (folder / KEY_FILE).exists() and not (folder / DATABASE).exists():
            raise ServerDataMissing(folder)
        check_wal(folder)
        store = opened.enter_context(closing(SqlStore(sqlite_engine(folder / DATABASE))))
        with store.reading() as tx:
            known = tx.identity()
        if known is not None:
            key = read_key(folder / KEY_FILE, known)
        else:
            ids = (uuid7(now(), random_bytes(10)), uuid7(now(), random_bytes(10)))
            key = _found(store, folder / KEY_FILE, name, *ids)
        with store.reading() as tx:
            stored, operator = tx.identity(), tx.user_named(OPERATOR_LOGIN)
        assert stored is not None
        assert operator is not None
        identity = Identity(stored.server_id, stored.name, (ServerKey(key.key_id, key.public_key),))
        accounts = Accounts(store, identity, now=now, random_bytes=random_bytes)
        server = Server(
            store=store,
            identity=identity,
            operator=operator,
            centre=Centre(store, accounts, key, now=now, random_bytes=random_bytes),
            now=now,
            random_bytes=random_bytes,
            lock=lock,
        )
        judge_unchecked(store, server.office())
        opened.pop_all()  # it stays open
    return server


def check_wal(folder: Path) -> None:
    """Before a database is opened: its WAL must be its own. Raises ForeignWal, and has changed nothing."""
    try:
        fits = wal_fits(folder / DATABASE)
    except OSError as error:
        raise StoreFailed("read_only") from error
    if not fits:
        raise ForeignWal(folder)


def make_folder(folder: Path) -> None:
    """What is in it is people's data and passwords: nobody else on this machine looks into it."""
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in missing:
            sync_folder(path.parent)
    except OSError as error:
        raise StoreFailed("read_only") from error


def sync_folder(folder: Path) -> None:
    """Make new and renamed files durable. Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_centre(folder: Path) -> Centre:
    """The service of a folder, for those who need nothing else of it."""
    return open_server(folder).centre


def _found(store: ServerStore, key_file: Path, name: str, server_id: UUID, operator_id: UUID) -> SigningKey:
    """Make a new server. The key is on disk before anything names it, and nobody else makes another."""
    with store.writing() as tx:
        known = tx.identity()
        # Another start may have been faster, or one may have been interrupted after writing the key.
        has_key = known is not None or key_file.exists()
        key = read_key(key_file, known) if has_key else _new_key(key_file)
        if known is None:
            tx.save_identity(StoredIdentity(server_id, name, key.public_key))
            tx.save_user(_operator(operator_id, name))
    return key


def _operator(user_id: UUID, name: str) -> User:
    return User(
        id=user_id,
        login=OPERATOR_LOGIN,
        name=name,
        role=Role.OPERATOR,
        password=NO_PASSWORD,
        disabled=True,
    )


def _signing_key(seed: bytes) -> SigningKey:
    unnamed = SigningKey(seed, b"")
    return SigningKey(seed, key_id_of(unnamed.public_key))


def _new_key(path: Path) -> SigningKey:
    """Readable by nobody else from the first byte on; whole or not there at all."""
    seed = secrets.token_bytes(32)
    text = json.dumps({"kind": "ed25519", "seed": seed.hex()}) + "\n"
    part = path.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise StoreFailed("full" if error.errno == errno.ENOSPC else "read_only") from error
    return _signing_key(seed)


def read_key(path: Path, known: StoredIdentity | None) -> SigningKey:
    """The signing key in a file; raises SigningKeyMissing, or SigningKeyWrong if it is not `known`'s."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        key = _signing_key(bytes.fromhex(stored["seed"]))
    except FileNotFoundError:
        raise SigningKeyMissing(path) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SigningKeyWrong(path) from error
    if known is not None and key.public_key != known.public_key:
        raise SigningKeyWrong(path)
    return key
