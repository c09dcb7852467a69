"""Tindak Lanjut: promises kept and dropped."""

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kopdesk.ui.follow_ups.page import FollowUpsPage
from kopdesk.ui.frame.main_window import MainWindow
from tests.support.world import TestLaptop
from tests.ui.conftest import settle

OpenDesk = Callable[[], MainWindow]


@pytest.fixture
def promise(ani: TestLaptop, coop: UUID) -> UUID:
    return ani.put("follow_up", cooperative_id=str(coop), promise="Kas dihitung", due_on="2026-11-20")


def opened(qtbot: QtBot, window: MainWindow, promise: UUID, coop: UUID) -> FollowUpsPage:
    window.show_page("follow_ups")
    settle(qtbot, window)
    window.show_record("follow_up", promise, coop)
    settle(qtbot, window)
    assert isinstance(window.page, FollowUpsPage)
    return window.page


def test_a_promise_is_kept_with_its_result_and_the_keyboard_is_at_the_next(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, promise: UUID
) -> None:
    other = ani.put("follow_up", cooperative_id=str(coop), promise="Nota dicari", due_on="2026-11-25")
    window = open_desk()
    page = opened(qtbot, window, promise, coop)
    result = page.form.fields["result"].control
    result.setFocus()
    QTest.keyClicks(result, "Cocok dengan buku.")
    page.form.finish()
    settle(qtbot, window)
    kept = ani.get("follow_up", promise)
    assert (kept["state"], kept["result"]) == ("done", "Cocok dengan buku.")
    assert kept["closed_on"] == window.session.today.isoformat()
    assert QApplication.focusWidget() is page.table
    assert page.table.current is not None
    assert page.table.current.id == other


def test_a_promise_is_dropped_only_with_a_reason(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, promise: UUID
) -> None:
    window = open_desk()
    page = opened(qtbot, window, promise, coop)
    page.form.drop()
    settle(qtbot, window)
    reason = page.form.fields["drop_reason"]
    assert reason.message.text() == "Alasannya belum ada. Tulis alasan dulu."
    assert ani.get("follow_up", promise).get("state") in (None, "open")
    QTest.keyClicks(reason.control, "Pengurus diganti.")
    page.form.drop()
    settle(qtbot, window)
    dropped = ani.get("follow_up", promise)
    assert (dropped["state"], dropped["drop_reason"]) == ("dropped", "Pengurus diganti.")
