"""Who is at work in a server's folder: many at once, or one alone. The operating system's lock."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from kopdesk.server.errors import AlreadyServing, ServerRunning, StoreFailed

LOCK_FILE, SERVING_FILE = "server.lock", "serving.lock"


class FolderLock:
    """Held from the moment it is made until it is closed; a killed process leaves nothing behind.

    `alone` is for who replaces the files; all others (serve and every command) share. Raises ServerRunning
    where somebody else is at work, StoreFailed("busy") where somebody is alone.
    """

    def __init__(self, folder: Path, *, alone: bool = False, file: str = LOCK_FILE) -> None:
        try:
            descriptor = os.open(folder / file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreFailed("full" if error.errno == errno.ENOSPC else "read_only") from error
        try:
            _lock(descriptor, alone=alone)
        except OSError as error:
            os.close(descriptor)
            raise (ServerRunning(folder) if alone else StoreFailed("busy")) from error
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        """Let others in."""
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing releases the lock
            self._descriptor = None


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else works in the folder until the block ends; raises ServerRunning."""
    with contextlib.closing(FolderLock(folder, alone=True)):
        yield


@contextlib.contextmanager
def only_server_of(folder: Path) -> Iterator[None]:
    """No other process serves the folder until the block ends; raises AlreadyServing. Commands go on."""
    try:
        lock = FolderLock(folder, alone=True, file=SERVING_FILE)
    except ServerRunning as error:
        raise AlreadyServing(folder) from error
    with contextlib.closing(lock):
        yield


if sys.platform == "win32":
    import msvcrt

    _PLACES = 64

    def _lock(descriptor: int, *, alone: bool) -> None:
        """Windows locks bytes, each for one only: to share is to hold any of them, to be alone all."""
        if alone:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, _PLACES)
            return
        for place in range(_PLACES):
            os.lseek(descriptor, place, os.SEEK_SET)
            with contextlib.suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                return
        raise OSError(errno.EACCES, "no place is free")

else:
    import fcntl

    def _lock(descriptor: int, *, alone: bool) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
