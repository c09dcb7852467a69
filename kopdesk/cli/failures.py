"""Failures on the command line: what to type instead; and a bug in the log, without what a person typed."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

from kopdesk import __version__
from kopdesk.domain.errors import InvalidField, KopdeskError

LOG_FILE = "kopdesk.log"
_LOG_BYTES = 128 * 1024
_PACKAGE = Path(__file__).parents[2]


def log_bug(error: BaseException, folders: tuple[Path, ...]) -> Path | None:
    """Write down where the program failed, into the first folder that takes it. Never what it held."""
    from logging.handlers import RotatingFileHandler

    for folder in folders:
        try:
            path = folder / LOG_FILE
            log = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
        except OSError:
            continue
        log.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        text = f"Kopdesk {__version__}\n" + "\n".join(_told(error))
        log.handle(logging.LogRecord("kopdesk", logging.ERROR, __file__, 0, text, None, None))
        log.close()
        return path
    return None


def _told(error: BaseException) -> Iterator[str]:
    """Types, files and lines, innermost cause first. Messages are left out: they quote what was typed."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
        yield "which led to"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
    kind = type(error)
    number = f" (errno {error.errno})" if isinstance(error, OSError) else ""
    yield f"{kind.__module__}.{kind.__qualname__}{number}"


def _short(filename: str) -> str:
    """Without the part of the path that may be a person's name."""
    path = Path(filename)
    return str(path.relative_to(_PACKAGE)) if path.is_relative_to(_PACKAGE) else "/".join(path.parts[-2:])


def how(error: KopdeskError) -> str:
    """The words to type, where the remedy is an option of the command."""
    from kopdesk.server.errors import MayNotDecide, ReviewerUnclear
    from kopdesk.storage.errors import PassphraseNeeded
    from kopdesk.usecases.errors import NotShown

    if isinstance(error, PassphraseNeeded):
        return " Di baris perintah: --pin-stdin."
    if isinstance(error, (ReviewerUnclear, MayNotDecide)) and error.logins:
        return " Di baris perintah: --by AKUN."
    if isinstance(error, InvalidField) and error.reason == "unknown_choice" and error.detail:
        return f" Dalam JSON: {error.detail}."
    if isinstance(error, NotShown):
        return " Di baris perintah: kopdesk conflicts, lalu --rev seperti tertulis di sana."
    return ""
