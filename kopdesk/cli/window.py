"""`kopdesk` without a command: the window."""

from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.failures import log_bug
from kopdesk.cli.terminal import Terminal


def open_window(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Until it is closed. What nobody expected is written into the log of the data folder."""
    from kopdesk.ui.start import run_window

    folder = app.settings.data
    return run_window(app, app.settings.profile, folder, on_bug=lambda error: log_bug(error, (folder,)))
