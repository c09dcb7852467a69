"""A server's backup, its database and signing key in one file: made while it serves, put back whole."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO
from uuid import UUID

from sqlcipher3 import dbapi2

from kopdesk.domain.errors import KopdeskError
from kopdesk.server.engine import sqlite_engine
from kopdesk.server.errors import (
    BackupUnusable,
    NoServer,
    RestoreUnfinished,
    SigningKeyMissing,
    SigningKeyWrong,
    StoreFailed,
)
from kopdesk.server.lock import FolderLock, alone_in
from kopdesk.server.opening import (
    DATABASE,
    KEY_FILE,
    RESTORING,
    check_wal,
    make_folder,
    now_ms,
    read_key,
    sync_folder,
)
from kopdesk.server.ports import StoredIdentity
from kopdesk.server.store import SqlStore

ABOUT = "backup.json"
_KIND, _VERSION = "kopdesk-server-backup", 1
_CHUNK = 1024 * 1024
_LARGEST_TEXT = 64 * 1024
_SIDE_FILES = ("-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup file says of itself. `made_at`: Unix milliseconds; `sha256` is the database's."""

    server_id: UUID
    name: str
    made_at: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the folder in which lies what was there before, if anything was."""

    backup: Backup
    aside: Path | None


def back_up(folder: Path, file: Path, *, now: Callable[[], int] = now_ms) -> Backup:
    """Write one file from which the server can be restored; it may go on serving meanwhile.

    The file is complete and was verified when it appears under its name, and nothing is ever overwritten.
    It holds the signing key: whoever has it can speak as this server.
    Raises NoServer, BackupUnusable, StoreFailed, SigningKeyMissing, SigningKeyWrong, RestoreUnfinished,
    ForeignWal.
    """
    if (folder / RESTORING).exists():
        raise RestoreUnfinished(folder)
    if not (folder / DATABASE).exists():
        raise NoServer(folder)
    if file.exists():
        raise BackupUnusable(file, "exists")
    with contextlib.closing(FolderLock(folder)), _of_file(file), _workshop(file.parent, file.name) as work:
        made_at = now()
        check_wal(folder)
        key = read_key(folder / KEY_FILE, None)
        _copy_database(folder / DATABASE, work / DATABASE)
        shutil.copyfile(folder / KEY_FILE, work / KEY_FILE)
        identity = _checked(work)
        if identity.public_key != key.public_key:
            raise SigningKeyWrong(folder / KEY_FILE)
        backup = Backup(
            server_id=identity.server_id,
            name=identity.name,
            made_at=made_at,
            size=(work / DATABASE).stat().st_size,
            sha256=_sha256(work / DATABASE),
        )
        whole = work / "whole"
        _write_whole(whole, work, backup)
        _read(whole, _fresh(work / "again"), file)  # what was written can be read
        _appear(whole, file)
    return backup


def restore(folder: Path, file: Path, *, now: Callable[[], int] = now_ms) -> Restored:
    """Put a backup in the place of what is in the folder; that is set aside, never deleted.

    The folder may be new. Nothing in it is touched before the backup was unpacked beside it and verified.
    Interrupted in the middle, the folder does not open until this was repeated.
    Raises ServerRunning, BackupUnusable, StoreFailed, and what opening the backup's database raises.
    """
    if not file.exists():
        raise BackupUnusable(file, "missing")
    make_folder(folder)
    with alone_in(folder), _of_folder():
        for left in folder.glob(f".{RESTORING}-*"):  # by one that was interrupted
            shutil.rmtree(left, ignore_errors=True)
        with _workshop(folder, RESTORING) as work:
            backup = _read(file, work, file)
            _check_same_server(folder, work, file)
            try:
                read_key(work / KEY_FILE, _checked(work))
            except (StoreFailed, SigningKeyMissing, SigningKeyWrong) as error:
                raise BackupUnusable(file, "damaged") from error
            aside = _set_aside(folder, now())
            for name in (DATABASE, KEY_FILE):
                (work / name).replace(folder / name)
            sync_folder(folder)
            (folder / RESTORING).unlink()
            sync_folder(folder)
    return Restored(backup, aside)


# Making one.


def _copy_database(source: Path, target: Path) -> None:
    """As one reader sees it at one moment; writers do not wait."""
    try:
        with (
            contextlib.closing(dbapi2.connect(str(source), timeout=10)) as from_file,
            contextlib.closing(dbapi2.connect(str(target))) as to_file,
        ):
            from_file.backup(to_file)
    except dbapi2.Error as error:
        full = "full" in str(error).lower()
        raise StoreFailed("full" if full else "damaged") from error


def _checked(folder: Path) -> StoredIdentity:
    """Read all of a database that nobody else has open, and bring it into its present form; whose it is."""
    try:
        with contextlib.closing(dbapi2.connect(str(folder / DATABASE))) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
    except dbapi2.Error as error:
        raise StoreFailed("damaged") from error
    if found != [("ok",)]:
        raise StoreFailed("damaged")
    with contextlib.closing(SqlStore(sqlite_engine(folder / DATABASE))) as store, store.reading() as tx:
        identity = tx.identity()
    if identity is None:
        raise StoreFailed("damaged")
    return identity


def _write_whole(path: Path, parts: Path, backup: Backup) -> None:
    about = {
        "kind": _KIND,
        "version": _VERSION,
        "server_id": str(backup.server_id),
        "name": backup.name,
        "made_at": backup.made_at,
        "size": backup.size,
        "sha256": backup.sha256,
    }
    with _new_private(path) as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
            packed.writestr(ABOUT, json.dumps(about))
            packed.write(parts / KEY_FILE, KEY_FILE)
            packed.write(parts / DATABASE, DATABASE)
        raw.flush()
        os.fsync(raw.fileno())


def _appear(whole: Path, file: Path) -> None:
    """Under its name in one step, and never in the place of another file."""
    try:
        try:
            os.link(whole, file)
        except FileExistsError:
            raise
        except OSError:  # a stick whose file system knows no links
            if file.exists():
                raise FileExistsError(errno.EEXIST, "exists") from None
            whole.rename(file)
    except FileExistsError as error:
        raise BackupUnusable(file, "exists") from error
    sync_folder(file.parent)


# Reading one.


def _read(packed_file: Path, into: Path, file: Path) -> Backup:
    """Unpack database and key and compare them with what the file (as people call it) says of itself."""
    try:
        with zipfile.ZipFile(packed_file) as packed:
            about = json.loads(_text(packed, ABOUT))
            backup = _told(about)
            with _new_private(into / KEY_FILE) as target:
                target.write(_text(packed, KEY_FILE))
                target.flush()
                os.fsync(target.fileno())
            with packed.open(DATABASE) as source, _new_private(into / DATABASE) as target:
                digest = _copied(source, target, backup.size)
    except FileNotFoundError:
        raise BackupUnusable(file, "missing") from None
    except zipfile.BadZipFile as error:
        whole = zipfile.is_zipfile(packed_file)
        raise BackupUnusable(file, "damaged" if whole else "not_a_backup") from error
    except (KeyError, ValueError, TypeError, RuntimeError, NotImplementedError) as error:
        raise BackupUnusable(file, "not_a_backup") from error
    except (EOFError, zlib.error) as error:
        raise BackupUnusable(file, "damaged") from error
    except OSError as error:
        # A place in the archive that cannot be is an invalid argument to the system, no fault of the disk.
        reason = "damaged" if error.errno == errno.EINVAL else _disk_reason(error, "cannot_be_read")
        raise BackupUnusable(file, reason) from error
    if digest != backup.sha256:
        raise BackupUnusable(file, "damaged")
    return backup


def _told(about: Any) -> Backup:
    if about["kind"] != _KIND or about["version"] != _VERSION:
        raise ValueError("another kind of file, or made by a newer program")
    return Backup(
        server_id=UUID(about["server_id"]),
        name=str(about["name"]),
        made_at=int(about["made_at"]),
        size=int(about["size"]),
        sha256=str(about["sha256"]),
    )


def _text(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(_LARGEST_TEXT)


def _copied(source: IO[bytes], target: IO[bytes], most: int) -> str:
    digest, left = hashlib.sha256(), most
    while chunk := source.read(min(_CHUNK, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise ValueError("larger than it says")
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _check_same_server(folder: Path, work: Path, file: Path) -> None:
    """Another server's key in this one's place would be refused by every laptop."""
    aside_name, _ = _begun(folder) or ("", [])
    aside = folder / aside_name / KEY_FILE  # an interrupted restore may have moved this one's key already
    try:
        present = read_key(aside if aside.exists() else folder / KEY_FILE, None)
    except KopdeskError:
        return  # there is none, or it cannot be read: perhaps why somebody restores
    if read_key(work / KEY_FILE, None).public_key != present.public_key:
        raise BackupUnusable(file, "other_server")


def _set_aside(folder: Path, now: int) -> Path | None:
    """Move what is there into a folder that could itself be served. From here on, a restore has begun.

    What goes where is written down before anything moves, so that a restore which was interrupted is ended
    in the same folder: a database without its WAL would not be what was there.
    """
    aside_name, names = _begun(folder) or _begin(folder, now)
    if not names:
        return None
    aside = folder / aside_name
    aside.mkdir(mode=0o700, exist_ok=True)  # somebody may have taken it away meanwhile
    for name in names:
        if (folder / name).exists() and not (aside / name).exists():
            (folder / name).replace(aside / name)
    sync_folder(aside)
    return aside


def _begun(folder: Path) -> tuple[str, list[str]] | None:
    """Where an interrupted restore was moving what; None if there was none, or it had not moved anything."""
    try:
        told = json.loads((folder / RESTORING).read_bytes())
        return str(told["aside"]), list(told["names"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _begin(folder: Path, now: int) -> tuple[str, list[str]]:
    every = (DATABASE, *(DATABASE + ending for ending in _SIDE_FILES), KEY_FILE)
    names = [name for name in every if (folder / name).exists()]
    stamp = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    aside_name = _fresh(folder / f"before-restore-{stamp}").name if names else ""
    with (folder / RESTORING).open("wb") as begun:
        begun.write(json.dumps({"aside": aside_name, "names": names}).encode())
        begun.flush()
        os.fsync(begun.fileno())
    sync_folder(folder)
    return aside_name, names


# Files.


@contextlib.contextmanager
def _workshop(folder: Path, name: str) -> Iterator[Path]:
    """A private folder on the same disk, gone at the end."""
    work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _fresh(path: Path) -> Path:
    """A new folder of that name, or of the next one that is free."""
    for number in range(1, 1000):
        numbered = path if number == 1 else path.with_name(f"{path.name}-{number}")
        with contextlib.suppress(FileExistsError):
            numbered.mkdir(mode=0o700)
            return numbered
    raise StoreFailed("broken")


@contextlib.contextmanager
def _of_file(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupUnusable(file, _disk_reason(error, "cannot_be_written")) from error


@contextlib.contextmanager
def _of_folder() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreFailed(_disk_reason(error, "read_only")) from error


def _disk_reason(error: OSError, other: str) -> str:
    return "full" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else other


def _new_private(path: Path) -> BinaryIO:
    """A new file, readable by nobody else from its first byte on."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
