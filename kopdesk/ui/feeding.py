"""Long content is built in small steps, so that the window answers in between."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from kopdesk.ui.background import is_there

_AT_ONCE_S = 0.008
"""Shorter than anybody notices, and than the longest time the window may stand still."""


class Feeder(QObject):
    """Runs generators a little at a time; each `yield` is a place to stop. What is gone is not built on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: list[tuple[QObject, Iterator[None]]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_idle(self) -> bool:
        """Whether everything is there."""
        return not self._work

    def feed(self, owner: QObject, steps: Iterator[None]) -> None:
        """Build these for `owner`, beginning at once; what was still to be built for it is dropped."""
        self._work = [(other, work) for other, work in self._work if other is not owner]
        self._work.append((owner, steps))
        self._go_on()

    def _go_on(self) -> None:
        end = time.monotonic() + _AT_ONCE_S
        while self._work and time.monotonic() < end:
            owner, steps = self._work[0]
            if not is_there(owner) or next(steps, self) is self:
                self._work.pop(0)
        if self._work:
            self._timer.start(0)
        else:
            self._timer.stop()
