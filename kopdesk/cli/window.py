"""`kopdesk` without a command: the window, once there is one."""

from argparse import Namespace

from kopdesk.app import App
from kopdesk.cli.arguments import command_names, parser
from kopdesk.cli.terminal import Terminal


def open_window(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Say what there is instead."""
    commands = ", ".join(command_names(parser(app.settings)))
    terminal.say(f"Jendela Kopdesk datang di versi berikutnya; sekarang tersedia perintah: {commands}.")
    return 1
