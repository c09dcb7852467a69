"""How long the window stands still with 2,000 rows in a grid: python -m tests.benchmarks.grid."""

import os
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kopdesk.domain.fields import Kind
from kopdesk.domain.records import Leaves
from kopdesk.ui.theme.theme import dress, make_application, use_scheme
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn
from kopdesk.ui.widgets.grid_totals import with_totals

ROWS, TIMES = 2_000, 3
_SETTLED_MS = 400

_NEW = "\n".join(f"9.{n}\tAkun nomor {n}\t{n}.000\t{n}" for n in range(1, ROWS + 1))
_FIGURES = "\n".join(f"{n}\t{n}" for n in range(1, ROWS + 1))
_THERE: Leaves = {f"lines/9.{n}/{name}": 1 for n in range(1, ROWS + 1) for name in ("debit", "credit")}


def longest_stretch_ms() -> float:
    """While the rows are pasted as new ones."""
    return _stretch(_application(), {}, lambda grid: grid.paste(_NEW))[0]


def _application() -> QApplication:
    application = make_application()
    use_scheme(application, "light")
    return application


def _stretch(application: QApplication, there: Leaves, act: Callable[[Grid], None]) -> tuple[float, int]:
    """From one beat of a timer to the next, until it is shown again from the disk; and how many changes."""
    grid = _grid()
    window = with_totals(grid)
    dress(window)
    window.resize(900, 500)
    window.show()
    grid.show_leaves(there, is_other=True)
    beats: list[float] = []
    changes: list[Leaves] = []
    heart = QTimer(window)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))

    def begin() -> None:
        beats.append(time.perf_counter())
        heart.start(0)
        act(grid)

    def saved(leaves: Leaves) -> None:
        changes.append(leaves)
        now = {path: value for path, value in {**there, **leaves}.items() if value is not None}
        QTimer.singleShot(0, grid, lambda: grid.show_leaves(now, is_other=False))
        QTimer.singleShot(_SETTLED_MS, grid, application.quit)

    grid.changed.connect(saved)
    QTimer.singleShot(_SETTLED_MS, window, begin)
    application.exec()
    window.close()
    return max(after - before for before, after in pairwise(beats)) * 1000, len(changes)


def _grid() -> Grid:
    figures = [
        GridColumn(name=name, label=name, kind=Kind.MONEY, path=f"lines/{{key}}/{name}", is_summed=True)
        for name in ("debit", "credit")
    ]
    number = GridColumn(name="number", label="No. akun", is_key=True)
    name = GridColumn(name="name", label="Nama akun", path="lines/{key}/name", stretch=True)
    columns = (number, name, *figures)
    return Grid(columns, "Neraca saldo", today=lambda: date(2026, 11, 27), group="lines")


def _paste_over(grid: Grid) -> None:
    grid.setCurrentIndex(grid.grid.index(0, 2))
    grid.paste(_FIGURES)


def _empty(grid: Grid) -> None:
    grid.selectAll()
    grid.copy()
    grid.empty()


def main() -> None:
    """Each a few times: the longest of all."""
    application = _application()
    scenes: list[tuple[str, Leaves, Callable[[Grid], None]]] = [
        ("pasted as new ones", {}, lambda grid: grid.paste(_NEW)),
        ("pasted over", _THERE, _paste_over),
        ("copied and emptied", _THERE, _empty),
    ]
    for name, there, act in scenes:
        runs = [_stretch(application, there, act) for _ in range(TIMES)]
        stretch, changes = max(ms for ms, _count in runs), max(count for _ms, count in runs)
        print(f"{ROWS} rows {name}: longest stretch {stretch:.0f} ms, changes {changes}")


if __name__ == "__main__":
    main()
