"""The two threads besides the window's: "work" for the database, "sync" for the centre."""

import itertools
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot
from shiboken6 import isValid

from kopdesk.domain.errors import KopdeskError

Result = TypeVar("Result")


def _ignore(result: object) -> None:
    """Nobody waits for it."""


class Background(QObject):
    """Does one task after another in a thread of its own, and hands each result over in the window's thread.

    What a task raises goes to `failed`; what nobody expects goes to the program's hook for bugs as well. An
    answer whose `owner` is gone by then is dropped.
    """

    _asked = Signal(int, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.do)
        self._worker.answered.connect(self._on_answered)  # emitted in the other thread: queued for this one
        self._tickets = itertools.count()
        self._waiting: dict[int, tuple[Callable[[Any], None], Callable[[Exception], None] | None, Any]] = {}
        self._thread.start()

    def run(
        self,
        task: Callable[[], Result],
        done: Callable[[Result], None] = _ignore,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Queue a task. It must touch no widget; `done` and `failed` may."""
        ticket = next(self._tickets)
        self._waiting[ticket] = (done, failed, owner)
        self._asked.emit(ticket, task)

    @property
    def is_idle(self) -> bool:
        """Whether every task that was asked for has been answered."""
        return not self._waiting

    def stop(self) -> None:
        """Let what was asked for be done, then end. Answers are not delivered any more."""
        self._waiting.clear()
        self._asked.emit(-1, self._thread.quit)
        self._thread.wait()

    @Slot(int, object, object)
    def _on_answered(self, ticket: int, result: object, error: Exception | None) -> None:
        done, failed, owner = self._waiting.pop(ticket, (None, None, None))
        if done is None or (owner is not None and not is_there(owner)):
            return
        if error is None:
            done(result)
            return
        if not isinstance(error, KopdeskError) or failed is None:  # a bug: it has to be written down
            sys.excepthook(type(error), error, error.__traceback__)
        if failed is not None:
            failed(error)


def is_there(owner: QObject) -> bool:
    """Whether Qt has not thrown it away yet."""
    return bool(isValid(owner))


class _Worker(QObject):
    answered = Signal(int, object, object)

    @Slot(int, object)
    def do(self, ticket: int, task: Callable[[], object]) -> None:
        try:
            result, error = task(), None
        except Exception as raised:  # noqa: BLE001 - handed over, not swallowed
            result, error = None, raised
        self.answered.emit(ticket, result, error)
