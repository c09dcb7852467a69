"""Small files that must be whole or not there."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kopdesk.storage.errors import DiskError, DiskFull, ProfileError, ReadOnlyFolder

_ERRORS: Mapping[int | None, type[ProfileError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EROFS: ReadOnlyFolder,
    errno.EACCES: ReadOnlyFolder,
    errno.EPERM: ReadOnlyFolder,
    errno.ENOTDIR: ReadOnlyFolder,
    errno.EEXIST: ReadOnlyFolder,  # a file where the folder was to be
    errno.EIO: DiskError,
}


def disk_error(error: OSError, folder: Path) -> ProfileError | None:
    """What a failure of the operating system means for a folder; None if it is not the disk's doing."""
    kind = _ERRORS.get(error.errno)
    return kind(folder, error.strerror or "") if kind else None


def free_disk_mb(folder: Path) -> int | None:
    """How much room the folder's disk has left; None where it does not say."""
    try:
        return shutil.disk_usage(folder).free // 2**20
    except OSError:
        return None


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """What the operating system refuses inside is an error of this folder."""
    try:
        yield
    except OSError as error:
        raise disk_error(error, folder) or DiskError(folder, error.strerror or "") from error


def make_folder(folder: Path) -> None:
    """Make a profile's folder for good, readable by its owner only, unless it is there."""
    with disk_errors(folder):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in missing:
            sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file so that a power cut leaves the old or the new one, readable by its owner only."""
    temporary = path.with_name(path.name + ".new")
    with disk_errors(path.parent):
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and new files in a folder durable. Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
