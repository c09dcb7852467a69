"""How long the window stands still while 2,000 rows are pasted: python -m tests.benchmarks.grid."""

import os
import time
from datetime import date
from itertools import pairwise

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer

from kopdesk.domain.fields import Kind
from kopdesk.domain.records import Leaves
from kopdesk.ui.theme.theme import dress, make_application, use_scheme
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn

ROWS = 2_000


def longest_stretch_ms() -> float:
    """From one beat of a timer to the next, while the rows are read, shown, and shown again from the disk."""
    application = make_application()
    use_scheme(application, "light")
    columns = (
        GridColumn(name="number", label="No. akun", is_key=True),
        GridColumn(name="name", label="Nama akun", path="lines/{key}/name", stretch=True),
        GridColumn(name="debit", label="Debit", kind=Kind.MONEY, path="lines/{key}/debit"),
        GridColumn(name="credit", label="Kredit", kind=Kind.MONEY, path="lines/{key}/credit"),
    )
    grid = Grid(columns, "Neraca saldo", today=lambda: date(2026, 11, 27), group="lines")
    dress(grid)
    grid.resize(900, 500)
    grid.show()
    application.processEvents()
    beats: list[float] = []
    heart = QTimer(grid)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(0)

    def saved(leaves: Leaves) -> None:
        QTimer.singleShot(0, grid, lambda: grid.show_leaves(leaves, is_other=False))
        QTimer.singleShot(200, grid, application.quit)

    grid.changed.connect(saved)
    text = "\n".join(f"9.{n}\tAkun nomor {n}\t{n * 1000:,}\t".replace(",", ".") for n in range(1, ROWS + 1))
    QTimer.singleShot(50, grid, lambda: grid.paste(text))
    application.exec()
    return max(b - a for a, b in pairwise(beats)) * 1000


if __name__ == "__main__":
    print(f"{ROWS} rows pasted: longest stretch {longest_stretch_ms():.0f} ms")
