"""What a process asked of the operating system, read from strace's record of it.

strace is told to write every string in full and in hexadecimal (`-xx -s`) and to add to every descriptor what
it stands for (`-y`), so that a line is taken apart without guessing:

    4711  pwrite64(7</x/kopdesk.db-wal>, "\\x37\\x7f…", 32, 0) = 32
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

CHANGING = (
    "openat", "creat", "write", "writev", "pwrite64", "pwritev", "ftruncate", "truncate", "fallocate",
    "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat",
    "mkdir", "mkdirat", "rmdir", "sendfile", "copy_file_range", "sendto", "recvfrom", "lseek",
)  # fmt: skip
"""Every call that changes a disk or talks to somebody, and those without which they are not understood."""

_LONGEST = 4 * 1024 * 1024
RECORDING = ("-f", "-y", "-xx", "-s", str(_LONGEST), "-e", "trace=" + ",".join(CHANGING))

_LINE = re.compile(
    r"(?P<thread>\d+) +(?P<name>\w+)\((?P<arguments>.*?)"
    r"(?: +<unfinished \.\.\.>|\) += +(?P<result>-?\d+|\?)(?:<(?P<stands_for>[^>]*)>)?.*)"
)
_DESCRIPTOR = re.compile(r"(?P<number>\d+|AT_FDCWD)<(?P<stands_for>[^>]*)>(\(deleted\))?")
_HEX = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class Descriptor:
    """An open file as an argument: its number (-1 for the working directory) and what it stands for."""

    number: int
    stands_for: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `ordinal`: the how-manieth of its name; `result` is None if the process died in it."""

    name: str
    ordinal: int
    arguments: tuple[str, ...]
    result: int | None
    stands_for: str = ""

    def descriptor(self, place: int) -> Descriptor:
        found = _DESCRIPTOR.fullmatch(self.arguments[place])
        assert found, self
        number = found["number"]
        return Descriptor(-1 if number == "AT_FDCWD" else int(number), _plain(found["stands_for"]))

    def text(self, place: int) -> str:
        return self.bytes(place).decode()

    def bytes(self, place: int) -> bytes:
        quoted = self.arguments[place]
        assert quoted.startswith('"'), self.name
        assert quoted.endswith('"'), f"{self.name}: cut after {len(quoted)} letters"
        return bytes.fromhex(quoted[1:-1].replace("\\x", ""))


def calls_in(lines: Iterable[str]) -> Iterator[Call]:
    """The calls of a process with one thread that changes anything, in order."""
    ordinals: Counter[str] = Counter()
    threads: set[str] = set()
    for line in lines:
        found = _LINE.fullmatch(line.rstrip("\n"))
        if found is None:
            assert "resumed>" not in line, "two threads at once: their order is not known"
            continue
        name, result = found["name"], found["result"]
        threads.add(found["thread"])
        assert len(threads) == 1, "ordinals are counted by thread"
        ordinals[name] += 1
        yield Call(
            name=name,
            ordinal=ordinals[name],
            arguments=tuple(found["arguments"].split(", ")),
            result=None if result in (None, "?") else int(result),
            stands_for=_plain(found["stands_for"] or ""),
        )


def last_call(lines: Sequence[str]) -> Call:
    """The call at whose beginning a process was killed; fails if it was not."""
    assert lines, "nothing was recorded"
    assert lines[-1].rstrip().endswith("+++ killed by SIGKILL +++"), lines[-1]
    *_, last = calls_in(lines)
    assert last.result is None, f"it lived beyond {last}"
    return last


def _plain(hexadecimal: str) -> str:
    return bytes.fromhex("".join(_HEX.findall(hexadecimal))).decode() if hexadecimal else ""
