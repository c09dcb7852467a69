"""The program as a process: what it imports before its window is painted, and a second start of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

HEAVY = (
    *(
        "sqlalchemy",
        "sqlcipher3",
        "requests",
        "urllib3",
        "keyring",
        "cryptography",
        "msgspec",
        "typst",
        "PIL",
    ),
    *("openpyxl", "python_calamine", "starlette", "uvicorn", "PySide6.QtNetwork", "PySide6.QtPrintSupport"),
    *("socket", "uuid"),
)
SLOW = (("PySide6.QtCore", "Qt"), ("PySide6.QtWidgets", "QStyle"))
"""Made by Qt's bindings when first asked for, with hundreds of words each."""

PAINTED = f"""
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from kopdesk.ui import start
from kopdesk.ui.frame.main_window import MainWindow

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow):
            heavy = [name for name in {HEAVY!r} if name in sys.modules]
            heavy += [name for module, name in {SLOW!r} if name in vars(sys.modules[module])]
            print(json.dumps(heavy), flush=True)
            watched.removeEventFilter(self)
            watched.close()
        return False

first_paint = FirstPaint()
opened = start.open_window

def watched(*words, **more):
    window = opened(*words, **more)
    window.installEventFilter(first_paint)
    return window

start.open_window = watched
from kopdesk.__main__ import main
sys.exit(main([]))
"""


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}


def test_nothing_heavy_is_imported_before_the_window_is_painted(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PAINTED],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == []


def test_a_second_start_of_the_program_ends_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kopdesk"]
    with subprocess.Popen(command, env=environment(tmp_path), stderr=subprocess.DEVNULL) as first:
        try:
            while not (tmp_path / "kopdesk" / "window.address").exists():
                assert first.poll() is None
            second = subprocess.run(command, env=environment(tmp_path), timeout=60, check=False)
            assert second.returncode == 0
            assert first.poll() is None
        finally:
            first.kill()
