"""`kopdesk` without a command: the window."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal


def open_window(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Until it is closed. What nobody expected is written into the log of the data folder."""
    if not has_screen(os.environ, sys.platform):
        terminal.say(
            "Tidak ada layar di sini. Buka Kopdesk dari desktop, atau pakai perintah: kopdesk --help."
        )
        return 1
    from kopdesk.cli.failures import log_bug
    from kopdesk.ui.start import run_window

    folder = app.settings.data
    return run_window(app, app.settings.profile, folder, on_bug=lambda error: log_bug(error, (folder,)))


def has_screen(environ: Mapping[str, str], system: str) -> bool:
    """Qt ends the process where it finds none; this asks before."""
    if system in ("win32", "darwin") or environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
