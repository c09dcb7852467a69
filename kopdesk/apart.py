"""Work in a process of its own: what it takes in memory is given back, and what never ends can be ended."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

Words = ParamSpec("Words")
Result = TypeVar("Result")


class NotEnded(Exception):
    """The work was ended from outside: after `seconds`, or by whatever took its process away."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def apart(seconds: float, work: Callable[Words, Result], *words: Words.args, **named: Words.kwargs) -> Result:
    """What `work`, a function of a module, returns or raises; both have to be picklable. Raises NotEnded."""
    context = get_context("spawn")  # a fork would take the window's threads and its open profile along
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, work, words, named), daemon=True)
    process.start()
    theirs.close()
    try:
        if not mine.poll(seconds):
            raise NotEnded(seconds)
        result, error = mine.recv()
    except EOFError as gone:
        raise NotEnded(seconds) from gone
    finally:
        process.kill()
        process.join()
        mine.close()
    if error is not None:
        raise error
    answer: Result = result
    return answer


def _answer(
    theirs: Connection, work: Callable[..., object], words: tuple[object, ...], named: dict[str, object]
) -> None:
    try:
        answer: tuple[object, Exception | None] = work(*words, **named), None
    except Exception as error:  # noqa: BLE001 - handed over, not swallowed
        answer = None, error
    theirs.send(answer)
