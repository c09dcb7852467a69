"""The rig of both suites: plays a scenario once under strace, keeps what happened, lays images on a disk."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crashes.disk import Disk, Fate, Image
from tests.crashes.history import (
    FOLDER,
    IN_MEMORY,
    Event,
    History,
    Named,
    Renamed,
    Said,
    Synced,
    Talked,
    Truncated,
    Unnamed,
    Written,
    history_of,
)
from tests.crashes.nursery import Nursery, Order
from tests.crashes.scenarios import Scenario, scenario_named
from tests.crashes.tracing import RECORDING, calls_in
from tests.crashes.worker import quick_passphrases

_MEMORY = Path("/dev/shm")  # noqa: S108 - a disk without a disk: thousands of images are laid and removed


@dataclass(frozen=True, slots=True)
class Recording:
    """A scenario that was played once: where it began, where it played, and all that happened."""

    name: str
    before: Path
    root: Path
    history: History

    @property
    def scenario(self) -> Scenario:
        return scenario_named(self.name)

    def concerns(self, event: Event) -> bool:
        """Whether it happened to the disk in question, or to the world's knowledge."""
        if not event.path:
            return isinstance(event.change, Said | Synced)
        return event.path.split("/")[0] in self.scenario.place


@dataclass
class Rig:
    """One nursery and one folder for everything."""

    nursery: Nursery
    folder: Path
    _prepared: dict[str, Path] = field(default_factory=dict)
    _recordings: dict[tuple[str, str], Recording] = field(default_factory=dict)

    def recording(self, name: str, synchronous: str = "") -> Recording:
        if (name, synchronous) not in self._recordings:
            self._recordings[name, synchronous] = self._record(name, synchronous)
        return self._recordings[name, synchronous]

    def fresh(self, recording: Recording) -> Path:
        """The folder of a recording as it was before."""
        shutil.rmtree(recording.root, ignore_errors=True)
        shutil.copytree(recording.before, recording.root)
        return recording.root

    def _record(self, name: str, synchronous: str) -> Recording:
        root, log = self.folder / f"{name} {synchronous}".strip(), self.folder / "strace"
        before = self.before(name)
        shutil.copytree(before, root)
        strace = (*RECORDING, "-o", str(log))
        self.nursery.whole_life(Order("play", name, str(root), strace, synchronous))
        with log.open(encoding="ascii") as lines:
            history = history_of(before, root, calls_in(lines))
        recording = Recording(name, before, root, history)
        _check_complete(recording)
        return recording

    def before(self, name: str) -> Path:
        """What the scenario finds; made once for all that begin alike."""
        prepare = scenario_named(name).prepare.__name__
        if prepare not in self._prepared:
            folder = self.folder / prepare
            folder.mkdir()
            self.nursery.whole_life(Order("prepare", name, str(folder)))
            self._prepared[prepare] = folder
        return self._prepared[prepare]


@contextmanager
def rig() -> Iterator[Rig]:
    """A rig in memory where there is such a folder, else wherever temporary files are."""
    where = str(_MEMORY) if _MEMORY.is_dir() else None
    with (
        TemporaryDirectory(prefix="kopdesk-crashes-", dir=where) as folder,
        Nursery() as nursery,
        quick_passphrases(),
    ):
        yield Rig(nursery, Path(folder))


def _check_complete(recording: Recording) -> None:
    """Played back in full, the record gives the folder that is there: nothing was written unseen."""
    disk = Disk.before(recording.history)
    for event in recording.history.on_disk:
        disk.take(event.change, elsewhere=True)
    found = {
        path.relative_to(recording.root).as_posix(): FOLDER if path.is_dir() else path.read_bytes()
        for path in recording.root.rglob("*")
        if not path.name.endswith(IN_MEMORY)
    }
    assert disk.image(Fate.EVERYTHING).files == found, f"{recording.name}: something was not recorded"


def lay(image: Image, folder: Path, places: tuple[str, ...] | None = None) -> None:
    """Make a folder hold an image, or only what lies at some places of it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in sorted(image.files):
        if places is None or path.split("/")[0] in places:
            if image.files[path] == FOLDER:
                (folder / path).mkdir()
            else:
                (folder / path).write_bytes(image.files[path])


# Kinds of moments.

_WORDS = {
    Written: "write",
    Truncated: "truncate",
    Synced: "sync",
    Named: "create",
    Renamed: "rename",
    Unnamed: "unlink",
    Said: "say",
    Talked: "send",
}


def kind_of(event: Event) -> str:
    """What happened to what, for counting: "WAL write", "folder sync", "keys rename" …"""
    if isinstance(event.change, Said):
        return "say"
    if isinstance(event.change, Talked):
        return "send" if event.call.name.startswith("send") else "receive"
    return f"{_thing(event)} {_WORDS[type(event.change)]}"


def _thing(event: Event) -> str:
    name = event.path.rpartition("/")[2]
    if isinstance(event.change, Synced) and "." not in name.lstrip("."):
        return "folder"
    for ending, thing in (
        (".db", "database"),
        ("-wal", "WAL"),
        (IN_MEMORY, "index"),
        ("-journal", "journal"),
    ):
        if name.endswith(ending):
            return thing
    if name.startswith(("keys.json", "server-key")):
        return "keys"
    return "backup" if event.path.startswith("cadangan") else "other"


KINDS = (
    "database create", "database write", "database sync", "database truncate", "database unlink",
    "database rename",
    "journal create", "journal write", "journal sync", "journal unlink",
    "WAL create", "WAL write", "WAL sync", "WAL unlink", "WAL rename",
    "keys create", "keys write", "keys sync", "keys rename", "keys unlink",
    "backup create", "backup write", "backup sync", "backup unlink",
    "other create", "other write", "other unlink", "folder sync", "say",
)  # fmt: skip
"""Every kind of change that the scenarios together must have."""

BOUNDARIES = (*KINDS, "checkpoint write")
"""Every kind of moment at which the power must be cut."""


CALLS = (*KINDS, "index create", "index write", "index truncate", "index unlink", "send", "receive")
"""Every kind of call at which a process must be killed; whether a write is a checkpoint's, no call shows."""


def missing(found: Counter[str], wanted: Sequence[str]) -> list[str]:
    """The kinds that never came; said on the way out, as a suite without them proves less than it says."""
    unseen = [kind for kind in wanted if not found[kind]]
    if unseen:
        print("never came: " + ", ".join(unseen))
    return unseen
