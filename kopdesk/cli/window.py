"""`kopdesk` without a command: the window."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal


def open_window(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Until it is closed. What nobody expected is written into the log of the data folder."""
    if not has_screen(os.environ, sys.platform):
        return no_screen(terminal)
    return run(app, app.settings.profile, app.settings.data)


def no_screen(terminal: Terminal) -> int:
    """Say so, and what can be done instead."""
    terminal.say("Tidak ada layar di sini. Buka Kopdesk dari desktop, atau pakai perintah: kopdesk --help.")
    return 1


def run(app: App, profile: Path, folder: Path) -> int:
    """The window of a profile; `folder` keeps its place, its log, and what tells a second start of it."""
    gc.disable()  # from here on the window collects, in its own thread
    from kopdesk.cli.failures import log_bug
    from kopdesk.ui.start import run_window

    return run_window(app, profile, folder, on_bug=lambda error: log_bug(error, (folder,)))


def paint_offscreen() -> None:
    """For pictures: the sizes are ours, not the screen's; and no word of what such windows cannot do."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):
            sys.stderr.write(f"{message}\n")

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(tell)


def has_screen(environ: Mapping[str, str], system: str) -> bool:
    """Qt ends the process where it finds none; this asks before."""
    if system in ("win32", "darwin") or environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
