"""The window: from its process's start to the first picture, how long it ever stands still, its memory."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

ROUNDS = 10

_BARE = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication([])

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))

window = Window()
window.resize(1366, 728)
window.show()
application.exec()
"""
_OURS = """
import os, sys
from pathlib import Path
from kopdesk.app import App
from kopdesk.cli.main import main
from kopdesk.settings import Settings

class UpToTheProfile(App):
    def profile(self, folder, passphrase):
        os._exit(0)

settings = Settings(app_version="0", data=Path(sys.argv[1]), device_name="x")
sys.exit(main([], app=UpToTheProfile(settings=settings)))
"""
"""The program as people start it, up to where it opens the profile: right after the first picture."""


def start() -> None:
    """Median of alternating runs, bytecode ready, over a bare QMainWindow."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "kopdesk"], check=True, env=_environment())
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as data:
        for _ in range(ROUNDS):
            bare.append(_run(_BARE, data))
            ours.append(_run(_OURS, data))
    one, other = statistics.median(bare), statistics.median(ours)
    print(f"window: first picture after {other:.0f} ms, a bare QMainWindow {one:.0f} ms: {other / one:.2f} x")


def standing_still() -> None:
    """The longest time in which the window's thread answered nothing, for what people do most; and memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kopdesk.app import App
    from kopdesk.cli.sample_world import LAPTOP
    from kopdesk.cli.tour import opened_window, sample_day
    from kopdesk.settings import Settings
    from kopdesk.ui.frame.pages import EVERY_PAGE
    from kopdesk.ui.theme.theme import make_application
    from kopdesk.ui.tour import settle

    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        app = App(settings=Settings(app_version="0", data=Path(folder), device_name="x"))
        with (
            sample_day(app, Path(folder) / "world") as world,
            opened_window(world, LAPTOP, application) as window,
        ):
            for again in ("first", "again"):
                for entry in EVERY_PAGE:
                    _tell(f"{entry.word} {again}", partial(window.show_page, entry.word), window)
            window.show_page("cooperatives")
            settle(window)
            page = window.page
            card = page.table.current  # type: ignore[union-attr]
            _tell("dossier", lambda: page.open_dossier(card.id, card.name), window)  # type: ignore[union-attr]
            tabs = page.dossier.tabs  # type: ignore[union-attr]
            for at in range(tabs.count()):
                _tell(f"tab {tabs.tabText(at)}", partial(tabs.setCurrentIndex, at), window)
            finder = window.open_finder()
            settle(window)
            _tell("search", lambda: finder.line.setText("a"), window)
            finder.close()
            window.show_page("visits")
            settle(window)
            visits = window.page.visits  # type: ignore[union-attr]
            for visit in visits[:3]:
                _tell("visit", partial(window.show_record, "visit", visit.id, None), window)


_WALK = """
import sys
from pathlib import Path
from kopdesk.app import App
from kopdesk.settings import Settings
from kopdesk.ui.start import open_window
from kopdesk.ui.theme.theme import make_application
from kopdesk.ui.tour import until, walk

application = make_application()
app = App(settings=Settings(app_version="0", data=Path(sys.argv[1]) / "data", device_name="x"))
window = open_window(application, app, Path(sys.argv[1]) / "laptop-1", app.settings.data)
window.show()
window.open_profile(sys.stdin.read())
until(lambda: window.page is not None)
for name, front in walk(window):
    if name in ("home", "visit-folds-open", "keys"):
        status = Path("/proc/self/status").read_text()
        lines = [line.split() for line in status.splitlines() if line.endswith("kB")]
        held = {line[0].rstrip(":"): int(line[1]) // 1024 for line in lines}
        print(f"{name} {held['VmRSS']} MB, {held['RssAnon']} of them its own", end="; ")
window.close()
"""


def memory() -> None:
    """After every page of a district was opened, minutes typeset included.

    Its own: without the pages of libraries, which the system shares and takes back as it likes.
    """
    from kopdesk.app import App
    from kopdesk.cli.sample_world import PASSWORD
    from kopdesk.cli.tour import sample_day
    from kopdesk.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = App(settings=Settings(app_version="0", data=Path(folder) / "data", device_name="x"))
        with sample_day(app, Path(folder) / "world"):
            pass
        command = [sys.executable, "-c", _WALK, str(Path(folder) / "world")]
        ended = subprocess.run(
            command, check=True, env=_environment(), capture_output=True, text=True, input=PASSWORD
        )
        print(f"  memory: {ended.stdout}")


def _tell(name: str, act: Callable[[], object], window: object) -> None:
    from PySide6.QtCore import QTimer

    from kopdesk.ui.tour import settle

    beats = [time.perf_counter()]
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(1)
    act()
    settle(window)  # type: ignore[arg-type]
    heart.stop()
    gaps = [(after - before) * 1000 for before, after in pairwise(beats)]
    print(f"  {name:28} stands still {max(gaps):5.0f} ms at most")


def _run(code: str, data: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, data], check=True, env=_environment(), capture_output=True)
    return (time.perf_counter() - begun) * 1000


def _environment() -> dict[str, str]:
    without = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**without, "QT_QPA_PLATFORM": "offscreen"}


if __name__ == "__main__":
    start()
    standing_still()
    memory()
