"""Plays scenarios by the hundred: a process that has imported everything forks one for each.

Starting Python and the product anew takes a second, forking takes some milliseconds. Orders come as lines
of JSON on standard input, one answer goes out for each. The child waits until strace holds it, so that
neither the record nor the count of its calls has anything else in it.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.crashes.history import Fact
from tests.crashes.stage import say_on
from tests.crashes.worker import play, prepare

ROOT = Path(__file__).parents[2]
_PR_SET_PTRACER, _ANYBODY = 0x59616D61, ctypes.c_ulong(-1)


@dataclass(frozen=True, slots=True)
class Order:
    """`work`: "prepare" or "play"; `strace`: its arguments, none for a process nobody watches.

    `seconds`: so long after it has said `facts` things the child is killed, wherever it is. Counted in
    things said, because a busy machine takes its time.
    """

    work: str
    scenario: str
    root: str
    strace: tuple[str, ...] = ()
    synchronous: str = ""
    seed: int = 2
    facts: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What a child said, and how it ended: an exit code, or a signal as a negative number."""

    said: list[Fact]
    ended: int


class Nursery:
    """The other end: used by whoever wants scenarios played."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crashes.nursery"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def life(self, order: Order) -> Life:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return Life(**json.loads(self._process.stdout.readline()))

    def whole_life(self, order: Order) -> Life:
        """For what must come to its end."""
        life = self.life(order)
        assert life.ended == 0, f"{order.scenario}: {life.ended}"
        return life


def main() -> None:
    for line in sys.stdin:
        life = _child(Order(**json.loads(line)))
        sys.stdout.write(json.dumps(asdict(life)) + "\n")
        sys.stdout.flush()


def _child(order: Order) -> Life:
    listening, saying = os.pipe()
    waiting, starting = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listening)
        _live(order, saying, waiting)
    os.close(saying)
    os.close(waiting)
    tracer = _attached(child, order.strace) if order.strace else None
    os.write(starting, b"!")
    os.close(starting)
    with os.fdopen(listening, encoding="utf-8") as pipe:
        said = [json.loads(line) for line in islice(pipe, order.facts)]
        if order.seconds is not None:
            time.sleep(order.seconds)
            os.kill(child, signal.SIGKILL)
        said += [json.loads(line) for line in pipe]
    _, status = os.waitpid(child, 0)
    if tracer is not None:
        tracer.communicate()
    return Life(said, os.waitstatus_to_exitcode(status))


def _live(order: Order, saying: int, waiting: int) -> None:
    """The child: never returns."""
    code = 1
    try:
        with suppress(AttributeError, OSError):  # distributions that let only parents trace ask for this word
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
        os.read(waiting, 1)
        root = Path(order.root)
        if order.work == "prepare":
            prepare(order.scenario, root)
        else:
            say = say_on(saying)
            play(order.scenario, root, say, synchronous=order.synchronous, seed=order.seed)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was, this process must not go on as the nursery
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _attached(child: int, arguments: tuple[str, ...]) -> subprocess.Popen[str]:
    """strace on a process that waits; returns when it holds it."""
    command = ["strace", "-p", str(child), *arguments]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert tracer.stderr
    first = tracer.stderr.readline()
    assert "attached" in first, first
    return tracer


if __name__ == "__main__":
    main()
