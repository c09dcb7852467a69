"""Many cells taken over in steps: the window answers in between, and all of it is one change."""

from collections.abc import Callable, Generator, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from kopdesk.ui.feeding import Feeder
from kopdesk.ui.widgets.grid_cells import GridRow
from kopdesk.ui.widgets.grid_model import GridModel
from kopdesk.ui.widgets.grid_typing import Entered

_WITHOUT_STEPS = 200
"""So many rows are taken over at once."""
_TOLD_EVERY = 50


class Entering(QObject):
    """Reads row by row and changes nothing before the last is read. `progressed`: rows read, of how many."""

    busy_changed = Signal(bool)
    progressed = Signal(int, int)

    def __init__(self, model: GridModel, feeder: Feeder, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._feeder = model, feeder
        self._work: Generator[None, None, None] | None = None
        self.held: frozenset[str] = frozenset()
        """Keys of the rows that are being read: they stay, whatever comes from elsewhere."""

    @property
    def is_busy(self) -> bool:
        """Whether something is still being read."""
        return self._work is not None

    def enter(
        self,
        rows: Sequence[int],
        texts: Callable[[int], Mapping[int, str]],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        """Put texts by column into these rows, after what is still being read. `texts`: of the first, the
        second … of them; `done` when they are shown.
        """
        self.finish()
        places = self._model.rows_at(rows)
        if not places:
            return
        self.held = frozenset(row.key for row in places if row.key)
        self._work = self._steps(places, texts, done)
        if len(places) <= _WITHOUT_STEPS:
            self.finish()
        else:
            self.busy_changed.emit(True)
            self._feeder.feed(self, self._work)

    def finish(self) -> None:
        """The rest of it at once: somebody goes on, or goes away."""
        for _step in self._work or ():
            pass

    def drop(self) -> None:
        """Another record is shown: what was meant for the one before must not come into it."""
        if self._work is not None:
            self._work.close()
            self._work = None
            self._end()

    def _steps(
        self, places: list[GridRow], texts: Callable[[int], Mapping[int, str]], done: Callable[[], None]
    ) -> Generator[None, None, None]:
        entered: list[Entered] = []
        taken = self._model.keys
        for at, row in enumerate(places):
            entered.append(self._model.read(row, texts(at), taken))
            if at % _TOLD_EVERY == 0:
                self.progressed.emit(at, len(places))
            yield
        self._work = None
        self._model.take(entered)
        self._end()
        done()

    def _end(self) -> None:
        self.held = frozenset()
        self.progressed.emit(0, 0)
        self.busy_changed.emit(False)
