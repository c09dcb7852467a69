"""What happened to a folder, in order: files are followed by what they are, not by what they are called.

A file gets a number when it is first seen and keeps it through every rename; names are entries of folders
that point to such numbers, exactly as a file system has it. That is what makes "the file was synced, its
name was not" a thing that can be said.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from tests.crashes.tracing import Call

Fact = dict[str, Any]

FOLDER = b"a folder"
"""Stands for the content of a folder; no file of a scenario is just these bytes."""

IN_MEMORY = "-shm"
"""The index of a WAL lives in memory that processes share: after a power cut SQLite makes it anew."""


@dataclass(frozen=True, slots=True)
class Written:
    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file, or a folder: then what it is called inside."""

    file: int


@dataclass(frozen=True, slots=True)
class Named:
    """A new entry: of a new file or folder, or a second one of an old file."""

    path: str
    file: int
    is_new: bool
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Renamed:
    old: str
    new: str
    file: int


@dataclass(frozen=True, slots=True)
class Unnamed:
    path: str
    file: int


@dataclass(frozen=True, slots=True)
class Said:
    """The process told the world something, over a pipe."""

    fact: Fact = field(hash=False)


@dataclass(frozen=True, slots=True)
class Talked:
    """Something went over a socket."""


Change: TypeAlias = Written | Truncated | Synced | Named | Renamed | Unnamed | Said | Talked


@dataclass(frozen=True, slots=True)
class Event:
    """A change with the call that made it. `path` is relative to the folder; empty for what is no file."""

    change: Change
    call: Call
    path: str = ""

    @property
    def is_in_memory(self) -> bool:
        return self.path.endswith(IN_MEMORY)


@dataclass(frozen=True, slots=True)
class History:
    """A folder as it was, by path, and everything that happened to it since."""

    files: dict[str, int]
    contents: dict[int, bytes]
    events: tuple[Event, ...]

    @property
    def on_disk(self) -> tuple[Event, ...]:
        """Without what happened in memory only."""
        return tuple(event for event in self.events if not event.is_in_memory)


def history_of(before: Path, root: Path, calls: Iterable[Call]) -> History:
    """`before`: a copy of the folder from the moment before; `root`: how the calls name it."""
    files: dict[str, int] = {"": 0}
    contents: dict[int, bytes] = {0: FOLDER}
    for path in sorted(before.rglob("*")):
        name = path.relative_to(before).as_posix()
        files[name] = len(files)
        contents[files[name]] = FOLDER if path.is_dir() else path.read_bytes()
    on_disk = {name: file for name, file in files.items() if not name.endswith(IN_MEMORY)}
    return History(on_disk, dict(contents), tuple(_Reader(root, files, contents).events(calls)))


@dataclass
class _Open:
    file: int
    position: int = 0


class _Reader:
    """Turns calls into changes; keeps the names as every process sees them, and who has which file open."""

    def __init__(self, root: Path, files: dict[str, int], contents: dict[int, bytes]) -> None:
        self._root = f"{root}/"
        self._names = dict(files)
        self._next = len(contents)
        self._open: dict[int, _Open] = {}
        self._copies = {file: bytearray(content) for file, content in contents.items()}

    def events(self, calls: Iterable[Call]) -> Iterator[Event]:
        for call in calls:
            if call.result is not None and call.result < 0:
                continue
            for path, change in self._changes(call):
                yield Event(change, call, path)

    def _changes(self, call: Call) -> Iterator[tuple[str, Change]]:
        match call.name:
            case "openat":
                yield from self._opened(call)
            case "write" | "pwrite64":
                yield from self._written(call)
            case "sendfile":
                yield from self._copied(call)
            case "lseek":
                self._moved(call)
            case "ftruncate":
                for path, file in self._file(call):
                    resize(self._copies[file], int(call.arguments[1]))
                    yield path, Truncated(file, int(call.arguments[1]))
            case "fsync" | "fdatasync":
                for path, file in self._file(call):
                    yield path, Synced(file)
            case "sendto" | "recvfrom":
                yield "", Talked()
            case "rename" | "link" | "unlink" | "unlinkat" | "mkdir" | "rmdir":
                yield from self._named(call)
            case other:
                assert not any(self._root in str(argument) for argument in call.arguments), other

    def _opened(self, call: Call) -> Iterator[tuple[str, Change]]:
        path, flags = self._path(call.stands_for), call.arguments[2].split("|")
        if path is None:
            self._open.pop(call.result or 0, None)
            return
        if path not in self._names:
            assert "O_CREAT" in flags, f"{path} came from nowhere"
            yield path, self._new(path, b"")
        file = self._names[path]
        self._open[call.result or 0] = _Open(file, len(self._copies[file]) if "O_APPEND" in flags else 0)
        if "O_TRUNC" in flags and self._copies[file]:
            self._copies[file].clear()
            yield path, Truncated(file, 0)

    def _new(self, path: str, content: bytes) -> Named:
        file, self._next = self._next, self._next + 1
        self._names[path] = file
        self._copies[file] = bytearray(content)
        return Named(path, file, is_new=True, is_folder=content == FOLDER)

    def _written(self, call: Call) -> Iterator[tuple[str, Change]]:
        if call.descriptor(0).stands_for.startswith("pipe:"):
            for line in call.text(1).splitlines():
                yield "", Said(json.loads(line))
            return
        for path, file in self._file(call):
            data = call.bytes(1)[: call.result]
            if call.name == "pwrite64":
                yield path, self._at(file, int(call.arguments[3]), data)
            else:
                opened = self._open[call.descriptor(0).number]
                yield path, self._at(file, opened.position, data)
                opened.position += len(data)

    def _copied(self, call: Call) -> Iterator[tuple[str, Change]]:
        """sendfile(to, from, [offset] => [offset after], most): the data is what the other file holds."""
        for path, file in self._file(call):
            source = self._open[call.descriptor(1).number].file
            start = int(call.arguments[2].strip("[]").split("]")[0])
            data = bytes(self._copies[source][start : start + (call.result or 0)])
            opened = self._open[call.descriptor(0).number]
            if data:
                yield path, self._at(file, opened.position, data)
            opened.position += len(data)

    def _at(self, file: int, offset: int, data: bytes) -> Written:
        overwrite(self._copies[file], offset, data)
        return Written(file, offset, data)

    def _moved(self, call: Call) -> None:
        opened = self._open.get(call.descriptor(0).number)
        if opened is not None and self._path(call.descriptor(0).stands_for) is not None:
            opened.position = call.result or 0

    def _named(self, call: Call) -> Iterator[tuple[str, Change]]:
        if call.name == "unlinkat":
            path = self._path(f"{call.descriptor(0).stands_for}/{call.text(1)}")
        else:
            path = self._path(call.text(0))
        if path is None:
            return
        if call.name == "mkdir":
            yield path, self._new(path, FOLDER)
            return
        file = self._names[path] if call.name == "link" else self._names.pop(path)
        if call.name not in ("rename", "link"):
            yield path, Unnamed(path, file)
            return
        new = self._path(call.text(1))
        assert new is not None, f"{path} left the folder"
        assert self._copies[file] != FOLDER, "renamed folders are not followed"
        self._names[new] = file
        yield new, Renamed(path, new, file) if call.name == "rename" else Named(new, file, is_new=False)

    def _file(self, call: Call) -> Iterator[tuple[str, int]]:
        """The file of a descriptor that is the first argument; none if it lies outside the folder."""
        descriptor = call.descriptor(0)
        path = self._path(descriptor.stands_for)
        if path is not None:
            yield path, self._open[descriptor.number].file

    def _path(self, absolute: str) -> str | None:
        if absolute + "/" == self._root:
            return ""
        inside = absolute.startswith(self._root)
        return absolute.removeprefix(self._root) if inside else None


def overwrite(content: bytearray, offset: int, data: bytes) -> None:
    """Write into a file's content; a gap behind its end is zeros."""
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def resize(content: bytearray, size: int) -> None:
    """Cut a file's content, or lengthen it by zeros."""
    del content[size:]
    content.extend(bytes(size - len(content)))
