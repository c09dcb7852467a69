"""Disks that are full or cannot be written, for root and for everybody else."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if os.name != "nt":
    import resource

FILLER = "filler"


def can_mount(folder: Path) -> bool:
    """Whether this process may mount file systems: root usually, but not in every container."""
    probe = folder / "mount-probe"
    probe.mkdir()
    try:
        with _mounted(probe, "tmpfs", "tmpfs", "size=64k"):
            return True
    except subprocess.CalledProcessError:
        return False
    finally:
        probe.rmdir()


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of that size."""
    folder.mkdir()
    with _mounted(folder, "tmpfs", "tmpfs", f"size={kilobytes}k"):
        yield folder


def fill(folder: Path) -> None:
    """Leave not a byte."""
    with (folder / FILLER).open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """For those who may not mount: what would grow a file further fails, in this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """By its mode bits, which do not bind root: see `BOUND_BY_MODES`."""
    paths = [folder, *folder.iterdir()]
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0o500)
    try:
        yield
    finally:
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


BOUND_BY_MODES = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    if os.name != "nt" and os.geteuid() == 0
    else []
)
"""Before a command: it runs as the same user, but mode bits hold for it even if that is root."""


@contextmanager
def _mounted(folder: Path, kind: str, source: str, options: str) -> Iterator[None]:
    assert shutil.which("mount")
    words = ["mount", "-t", kind, "-o", options, source, str(folder)]
    subprocess.run(words, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True, capture_output=True)
