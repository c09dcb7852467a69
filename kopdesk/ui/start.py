"""Opens the window: the frame is painted first, everything heavy is imported after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.preferences import keep_preferences, read_preferences
from kopdesk.ui.session import Program, Session
from kopdesk.ui.theme.theme import use_scheme
from kopdesk.wording.catalogue import use_language


def run_window(
    program: Program,
    profile: Path,
    data: Path,
    *,
    is_training: bool = False,
    words: Sequence[str] = ("kopdesk",),
) -> int:
    """Until the window is closed; returns the exit code."""
    application = QApplication(list(words))
    window = open_window(application, program, profile, data, is_training=is_training)
    window.show()
    QTimer.singleShot(0, lambda: window.open_profile(None))
    return application.exec()


def open_window(
    application: QApplication, program: Program, profile: Path, data: Path, *, is_training: bool = False
) -> MainWindow:
    """The window, ready to be shown; nothing of the profile is open yet."""
    preferences = read_preferences(data)
    application.setApplicationName("Kopdesk")
    application.setDesktopFileName("kopdesk")
    use_language(preferences.language)
    use_scheme(application, preferences.scheme)
    window = MainWindow(Session(program, profile), preferences, is_training=is_training)
    window.closing.connect(lambda kept: keep_preferences(data, kept))
    return window
