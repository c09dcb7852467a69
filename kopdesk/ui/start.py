"""Opens the window: the frame is painted first, everything heavy is imported after it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.frame.single_instance import only_window
from kopdesk.ui.preferences import keep_preferences, read_preferences
from kopdesk.ui.session import Program, Session
from kopdesk.ui.theme.theme import make_application, use_scheme
from kopdesk.wording.catalogue import use_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def run_window(
    program: Program,
    profile: Path,
    data: Path,
    *,
    on_bug: Callable[[BaseException], object],
    passphrase: str | None = None,
) -> int:
    """Until the window is closed; returns the exit code. A second start raises the window of the first.

    `on_bug` writes down what nobody expected; the window goes on. Raises OSError if `data` is not writable.
    """
    application = make_application()
    only = only_window(data)
    if only is None:
        return 0
    with closing(only):
        window = open_window(application, program, profile, data)
        only.raised.connect(window.raise_up)
        sys.excepthook = _hook(on_bug, window)
        signal.signal(signal.SIGTERM, lambda *_: window.close())  # the end of a desktop's session
        window.painted.connect(only.listen)
        window.painted.connect(lambda: window.open_profile(passphrase))
        window.show_in_place()
        return application.exec()


def open_window(application: QApplication, program: Program, profile: Path, data: Path) -> MainWindow:
    """The window, ready to be shown; nothing of the profile is open yet."""
    preferences = read_preferences(data)
    application.setApplicationName("Kopdesk")
    application.setDesktopFileName("kopdesk")
    use_language(preferences.language)
    use_scheme(application, preferences.scheme)
    keep_preferences(data, replace(preferences, is_open=True))
    window = MainWindow(Session(program, profile), preferences)
    window.painted.connect(lambda: _speak_for_qt(application))
    window.closing.connect(lambda kept: keep_preferences(data, kept))
    return window


def _speak_for_qt(application: QApplication) -> None:
    from kopdesk.ui.theme.qt_words import speak_for_qt

    speak_for_qt(application)


def _hook(
    on_bug: Callable[[BaseException], object], window: MainWindow
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """A bug becomes an entry in the log and a sentence, never a window that is gone."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        on_bug(error)
        if isinstance(error, Exception):
            window.tell_failure(error)

    return hook
