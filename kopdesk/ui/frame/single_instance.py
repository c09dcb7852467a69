"""One window for each data folder: a second start raises the first one. Standard library only.

The first holds a lock on a file and, once it is painted, listens on the loopback; beside the lock stands the
port, with a word that a caller must know. QtNetwork would do the same, and cost half the start.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

if TYPE_CHECKING:
    import socket

LOCK_FILE, ADDRESS_FILE = "window.lock", "window.address"
_PATIENCE_S = 2.0


class OnlyWindow(QObject):
    """Held until it is closed or the process ends. `raised`: somebody has started the program again."""

    raised = Signal()

    def __init__(self, folder: Path, descriptor: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._descriptor = folder, descriptor
        self._listener: socket.socket | None = None
        self._word = os.urandom(16).hex()

    def listen(self) -> None:
        """From now on a second start is heard."""
        import socket  # slow to import, and nothing before the first picture needs it

        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._notifier = QSocketNotifier(self._listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_called)
        address = {"port": self._listener.getsockname()[1], "word": self._word}
        part = self._folder / f"{ADDRESS_FILE}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(address, file)
        part.replace(self._folder / ADDRESS_FILE)

    def close(self) -> None:
        """Let another be the first. The address stays: without the lock it means nothing."""
        if self._listener is not None:
            self._notifier.setEnabled(False)
            self._listener.close()
        os.close(self._descriptor)

    def _on_called(self) -> None:
        assert self._listener is not None
        with contextlib.suppress(OSError):
            caller, _address = self._listener.accept()
            with caller:
                caller.settimeout(_PATIENCE_S / 10)
                said = caller.recv(64).decode("ascii", "replace")
            if said == self._word:
                self.raised.emit()


def only_window(folder: Path) -> OnlyWindow | None:
    """Become the window of this folder; None if there is one already, which has been asked to come forward.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    if _lock(descriptor):
        return OnlyWindow(folder, descriptor)
    os.close(descriptor)
    _call(folder)
    return None


def _call(folder: Path) -> None:
    """Best effort: the other may be about to end, or not be painted yet."""
    import socket

    try:
        address = json.loads((folder / ADDRESS_FILE).read_text(encoding="utf-8"))
        with socket.create_connection(("127.0.0.1", int(address["port"])), timeout=_PATIENCE_S) as line:
            line.sendall(str(address["word"]).encode("ascii"))
    except (OSError, ValueError, KeyError, TypeError):
        return


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
