"""What a disk may hold after its power was cut: everything that was synced, and any part of the rest.

Content: a write or truncate is certain once its file was synced. Before that each may have happened or
not, whatever came before or after it, and of a write any of its sectors (512 bytes or 4 KiB) may be
missing.

Names: a new, renamed or removed entry is certain once its folder was synced (of a rename from one folder
to another: either). Before that it may have happened or not, whatever happened to the other entries. A
rename is never half done. Nothing can be in a folder that is not there: what was made in it is gone, what
was moved into it is where it was.

Files do not wait for one another: the WAL may be there and the database not, and the other way round.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath

from tests.crashes.history import (
    FOLDER,
    Change,
    History,
    Named,
    Renamed,
    Synced,
    Truncated,
    Unnamed,
    Written,
    overwrite,
    resize,
)

NameChange = Named | Renamed | Unnamed
Keep = Callable[[], bool]

SECTORS = (512, 4096)
_NO_CHANCE = random.Random(0)


class Fate(Enum):
    """What became of that which was not synced."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    ONLY_NAMES = "only names"
    ONLY_CONTENT = "only content"
    CHANCE = "chance"


@dataclass(frozen=True, slots=True)
class Image:
    """A folder as it may be found: content by path; FOLDER for folders."""

    files: Mapping[str, bytes]

    def __hash__(self) -> int:
        return hash(frozenset(self.files.items()))


@dataclass
class _PendingName:
    change: NameChange
    folders: frozenset[int]
    certain: bool = False


@dataclass
class Disk:
    """Takes in one change after another; gives any number of images between two of them."""

    names: dict[str, int]
    durable: dict[int, bytes]
    pending: dict[int, list[Written | Truncated]] = field(default_factory=dict)
    pending_names: list[_PendingName] = field(default_factory=list)
    _live: dict[str, int] = field(default_factory=dict)
    _live_content: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def before(cls, history: History) -> "Disk":
        """The disk at the beginning, when everything on it was certain."""
        return cls(dict(history.files), dict(history.contents), _live=dict(history.files))

    @property
    def live_names(self) -> Set[str]:
        """What every process sees."""
        return self._live.keys()

    @property
    def is_certain(self) -> bool:
        """Whether every fate leaves the same."""
        return not self.pending and not self.pending_names

    def take(self, change: Change, *, elsewhere: bool = False) -> None:
        """Let something happen. `elsewhere`: on another disk, whose power stays on."""
        match change:
            case Written(file) | Truncated(file):
                self.pending.setdefault(file, []).append(change)
                self._live_content.pop(file, None)
                if elsewhere:
                    self._sync(file)
            case Synced(file):
                self._sync(file)
            case Named() | Renamed() | Unnamed():
                self._take_name(change, elsewhere)
            case _:
                pass  # said or sent: no disk heard of it

    def image(self, fate: Fate, chance: random.Random = _NO_CHANCE) -> Image:
        """The disk after a power cut now; `chance` decides where the fate leaves it open."""
        names = self._names(_name_keeper(fate, chance, len(self.pending_names)))
        return Image({path: self._content(file, fate, chance) for path, file in names.items() if path})

    def _sync(self, file: int) -> None:
        if self.durable.get(file) == FOLDER:
            for pending in self.pending_names:
                pending.certain |= file in pending.folders
            self._settle_names()
        elif file in self.pending:
            self.durable[file] = self._whole(file)
            del self.pending[file]

    def _settle_names(self) -> None:
        while self.pending_names and self.pending_names[0].certain:
            _rename(self.names, self.pending_names.pop(0).change)

    def _take_name(self, change: NameChange, is_certain: bool) -> None:
        if isinstance(change, Named) and change.is_new:
            self.durable[change.file] = FOLDER if change.is_folder else b""
        paths = (change.old, change.new) if isinstance(change, Renamed) else (change.path,)
        folders = frozenset(self._live[_folder(path)] for path in paths)
        self.pending_names.append(_PendingName(change, folders, is_certain))
        self._settle_names()
        _rename(self._live, change)

    def _names(self, keep: Keep) -> dict[str, int]:
        names = dict(self.names)
        for pending in self.pending_names:
            kept = keep()
            if pending.certain or kept:
                _rename(names, pending.change)
        for path in sorted(names):  # a folder comes before what is in it
            if path and _folder(path) not in names:
                del names[path]
        return names

    def _content(self, file: int, fate: Fate, chance: random.Random) -> bytes:
        changes = self.pending.get(file)
        if not changes or fate in (Fate.NOTHING, Fate.ONLY_NAMES):
            return self.durable[file]
        if fate is not Fate.CHANCE:
            return self._whole(file)
        content = bytearray(self.durable[file])
        for part in _some(changes, chance):
            _change(content, part)
        return bytes(content)

    def _whole(self, file: int) -> bytes:
        if file not in self._live_content:
            content = bytearray(self.durable[file])
            for change in self.pending[file]:
                _change(content, change)
            self._live_content[file] = bytes(content)
        return self._live_content[file]


def _folder(path: str) -> str:
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else parent


def _rename(names: dict[str, int], change: NameChange) -> None:
    """Let an entry change, unless there is no folder for it."""
    match change:
        case Named(path, file):
            if _folder(path) in names:
                names[path] = file
        case Unnamed(path, file):
            if names.get(path) == file:
                del names[path]
        case Renamed(old, new, file):
            if _folder(new) in names:
                if names.get(old) == file:
                    del names[old]
                names[new] = file


def _change(content: bytearray, change: Written | Truncated) -> None:
    if isinstance(change, Written):
        overwrite(content, change.offset, change.data)
    else:
        resize(content, change.size)


def _name_keeper(fate: Fate, chance: random.Random, count: int) -> Keep:
    """Whether the next uncertain entry has happened. Many file systems keep their order, not all do."""
    if fate is not Fate.CHANCE:
        kept = fate in (Fate.EVERYTHING, Fate.ONLY_NAMES)
        return lambda: kept
    if chance.random() < 0.5:
        left = chance.randint(0, count)
        kept_in_order = iter([True] * left + [False] * (count - left))
        return lambda: next(kept_in_order)
    share = chance.random()
    return lambda: chance.random() < share


def _some(changes: list[Written | Truncated], chance: random.Random) -> Iterator[Written | Truncated]:
    """A part of a file's uncertain changes: none, all, the first ones, or any; whole or torn."""
    kind = chance.choice(("none", "all", "first", "any", "torn", "torn"))
    if kind == "none":
        return
    if kind in ("all", "first"):
        count = len(changes) if kind == "all" else chance.randint(0, len(changes))
        yield from changes[:count]
        if kind == "first" and count < len(changes):
            yield from _torn(changes[count], chance.choice(SECTORS), 0.5, chance)
        return
    share, sector = chance.choice((0.1, 0.5, 0.9)), chance.choice(SECTORS)
    for change in changes:
        if kind == "torn":
            yield from _torn(change, sector, share, chance)
        elif chance.random() < share:
            yield change


def _torn(
    change: Written | Truncated, sector: int, share: float, chance: random.Random
) -> Iterator[Written | Truncated]:
    """Those sectors of a write that reached the disk; a truncate cannot be torn."""
    if isinstance(change, Truncated):
        if chance.random() < share:
            yield change
        return
    end = change.offset + len(change.data)
    start = change.offset
    while start < end:
        border = min(end, (start // sector + 1) * sector)
        if chance.random() < share:
            yield Written(change.file, start, change.data[start - change.offset : border - change.offset])
        start = border
