"""Garbage is collected where Qt wants it."""

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kopdesk.ui.background import Background
from kopdesk.ui.collecting import Collector


class Cycle:
    """Says in which thread it went."""

    def __init__(self, gone_in: list[int]) -> None:
        self.me = self
        self.gone_in = gone_in

    def __del__(self) -> None:
        self.gone_in.append(threading.get_ident())


def test_a_cycle_goes_in_the_windows_thread_however_busy_the_others_are(qtbot: QtBot) -> None:
    gone_in: list[int] = []
    owner = QObject()
    collector, background = Collector(owner), Background("work", owner)
    Cycle(gone_in)
    done: list[object] = []
    background.run(lambda: [[] for _ in range(200_000)], done.append)  # enough to make Python collect
    qtbot.waitUntil(lambda: bool(done))
    assert gone_in == []
    qtbot.waitUntil(lambda: bool(gone_in), timeout=5000)
    assert gone_in == [threading.get_ident()]
    background.stop()
    collector.stop()
    assert gc.isenabled()
