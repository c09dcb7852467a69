"""Runs one command. Exit codes: 0 done, 1 an expected failure or a bug, 2 wrong usage, 130 interrupted."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, TextIO

from kopdesk.app import App
from kopdesk.cli.terminal import AnswerLost, Terminal, WrongUsage, own_terminal
from kopdesk.domain.errors import KopdeskError
from kopdesk.settings import read_settings

WINDOW = "window.open_window"
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What shells make of SIGINT and SIGPIPE."""


def main(
    argv: Sequence[str] | None = None,
    stdin: BinaryIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    *,
    app: App | None = None,
) -> int:
    """Run a command to its end and return its exit code; never raises what a person would have to read."""
    if stdin is None or stdout is None or stderr is None:
        own = own_terminal()
        stdin, stdout, stderr = stdin or own.stdin, stdout or own.stdout, stderr or own.stderr
    terminal = Terminal(stdin, stdout, stderr)
    app = app or App(settings=read_settings(os.environ, _home()))
    try:
        return _run(sys.argv[1:] if argv is None else argv, terminal, app)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget(stdout)
        return PIPE_CLOSED


def _understood(argv: Sequence[str], app: App) -> Namespace:
    """Without a word it is the window, which does not wait for the grammar of all commands."""
    if not argv:
        return Namespace(work=WINDOW)
    from kopdesk.cli.arguments import parser

    return parser(app.settings).parse_args(argv)


def _run(argv: Sequence[str], terminal: Terminal, app: App) -> int:
    try:
        with redirect_stdout(terminal.stdout), redirect_stderr(terminal.stderr):
            arguments = _understood(argv, app)
    except SystemExit as ended:  # argparse has said everything
        terminal.stdout.flush()
        return int(ended.code or 0)
    module, _, name = arguments.work.rpartition(".")
    try:
        code: int = getattr(import_module(f"kopdesk.cli.{module}"), name)(app, arguments, terminal)
        terminal.flush()
    except WrongUsage as error:
        terminal.say(str(error))
        return 2
    except AnswerLost as error:
        _forget(terminal.stdout)
        terminal.say(str(error))
        return 1
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - the last place where a bug can become a sentence
        return _failed(error, arguments, terminal, app)
    return code


def _failed(error: Exception, arguments: Namespace, terminal: Terminal, app: App) -> int:
    from kopdesk.cli.failures import how, log_bug
    from kopdesk.storage.files import disk_error
    from kopdesk.wording.sentences import sentence_for

    folder: Path = (
        getattr(arguments, "profile", None) or getattr(arguments, "data", None) or app.settings.data
    )
    known = error if isinstance(error, KopdeskError) else None
    if isinstance(error, OSError):
        known = disk_error(error, folder)
    if known is not None:
        terminal.say(sentence_for(known, getattr(arguments, "type", None)) + how(known))
        return 1
    log = log_bug(error, (folder, app.settings.data))
    where = f" Catatannya ada di {log}; kirimkan kepada bagian bantuan." if log else ""
    terminal.say(sentence_for(error) + where)
    return 1


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a service account without one
        return Path.cwd()


def _forget(stdout: TextIO) -> None:
    """Nobody reads any more: let what is still in the buffer go nowhere, also when Python ends."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stdout.fileno())
        os.close(descriptor)
    except (OSError, ValueError):
        return
