"""Whether a database and the WAL beside it belong together: SQLite asks nobody before it mixes them.

Each transaction gives itself a name by chance, and says after which one it came, both on the file's first
page. So the first page in the file says how far it has come, and those in the WAL what they follow.
"""

import secrets
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sqlalchemy import Connection

WAL = "-wal"
_NAME_AT, _BEFORE_AT = 60, 68
"""Where SQLite keeps user_version and application_id on the first page. It uses neither itself."""
_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MAGIC, _BIG_ENDIAN = 0x377F0682, 1


class _Header(NamedTuple):
    """How a WAL begins. Its salts are others each time it is begun anew."""

    magic: int
    version: int
    page_size: int
    checkpoint: int
    salt_1: int
    salt_2: int
    sum_1: int
    sum_2: int


class _Frame(NamedTuple):
    """What is written before each page in a WAL. `commits`: it is the last one of its transaction."""

    page: int
    commits: int
    salt_1: int
    salt_2: int
    sum_1: int
    sum_2: int


def changes(connection: Connection) -> int:
    """How many rows this connection has changed so far."""
    count: int = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    return count


def name_transaction(connection: Connection) -> None:
    """Say which transaction this is and which one was before. Costs a page in the WAL, and no fsync."""
    before = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.exec_driver_sql(f"PRAGMA application_id = {before:d}")
    connection.exec_driver_sql(f"PRAGMA user_version = {secrets.randbelow(2**31 - 1) + 1:d}")


def wal_fits(database: Path) -> bool:
    """Whether what is in the WAL continues what is in the file; both are only read. True if it is empty.

    The file has to be where the WAL began, or where it was at one of its transactions: checkpoints move it
    on. Others may be at work meanwhile. What older programs wrote has no names, and is believed.
    """
    with suppress(FileNotFoundError), Path(f"{database}{WAL}").open("rb", buffering=0) as wal:
        while (header := _header(wal)) is not None:
            fits = _follows(wal, header, _name_of_file(database))
            if _header(wal) == header:  # else it was begun anew while we looked
                return fits
    return True


def _follows(wal: BinaryIO, header: _Header, name: int | None) -> bool:
    first = None
    for at, frame in _frames(wal, header):
        if frame.page == 1:
            page = _read(wal, at, 100)
            if first is None:
                first = _number(page, _BEFORE_AT)
            if name in (first, _number(page, _NAME_AT)):
                return True
    return first is None or not _has_commit(wal, header)


def _has_commit(wal: BinaryIO, header: _Header) -> bool:
    """Whether anything would be taken from this WAL: a power cut may have torn its very beginning."""
    words = struct.Struct(f"{'>' if header.magic & _BIG_ENDIAN else '<'}2I")
    sums = _checksum(words, _HEADER.pack(*header)[:24], (0, 0))
    if sums != (header.sum_1, header.sum_2):
        return False
    for at, frame in _frames(wal, header):
        sums = _checksum(words, _FRAME.pack(*frame)[:8] + _read(wal, at, header.page_size), sums)
        if sums != (frame.sum_1, frame.sum_2):
            return False
        if frame.commits:
            return True
    return False


def _header(wal: BinaryIO) -> _Header | None:
    read = _read(wal, 0, _HEADER.size)
    if len(read) < _HEADER.size:
        return None
    header = _Header(*_HEADER.unpack(read))
    return header if header.magic & ~_BIG_ENDIAN == _MAGIC else None


def _frames(wal: BinaryIO, header: _Header) -> Iterator[tuple[int, _Frame]]:
    """The frames of the present WAL and where their pages are; after them may lie some of earlier ones."""
    at = _HEADER.size
    while len(read := _read(wal, at, _FRAME.size)) == _FRAME.size:
        frame = _Frame(*_FRAME.unpack(read))
        if (frame.salt_1, frame.salt_2) != (header.salt_1, header.salt_2):
            return
        yield at + _FRAME.size, frame
        at += _FRAME.size + header.page_size


def _name_of_file(database: Path) -> int | None:
    """None if it is empty or not there: SQLite would throw the WAL away."""
    try:
        with database.open("rb", buffering=0) as file:
            page = file.read(100)
    except FileNotFoundError:
        return None
    return _number(page, _NAME_AT) if len(page) == 100 else None


def _number(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 4])


def _read(wal: BinaryIO, at: int, size: int) -> bytes:
    wal.seek(at)
    return wal.read(size)


def _checksum(words: struct.Struct, content: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    """SQLite's own, continued over the whole WAL."""
    one, two = sums
    for first, second in words.iter_unpack(content[: len(content) // 8 * 8]):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
