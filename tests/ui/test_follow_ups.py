"""Tindak Lanjut: promises kept and dropped."""

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kopdesk.ui.follow_ups.page import FollowUpsPage
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.frames import SidePanel
from kopdesk.wording.shortening import short_name
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


def click_row(page: FollowUpsPage, text: str) -> None:
    model = page.table.model()
    row = next(at for at in range(model.rowCount()) if model.index(at, 1).data() == text)
    place = page.table.visualRect(model.index(row, 1)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def panel(page: FollowUpsPage) -> SidePanel:
    found = page.findChild(SidePanel)
    assert isinstance(found, SidePanel)
    return found


def test_a_promise_is_kept_with_its_result_and_stays_in_sight(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, promise: UUID
) -> None:
    ani.put("follow_up", cooperative_id=str(coop), promise="Nota dicari", due_on="2026-11-25")
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
    assert page.table.current.id == promise
    assert panel(page).isVisible()


def test_a_click_opens_the_promise_that_was_clicked_and_ends_no_other(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, promise: UUID
) -> None:
    other = ani.put("follow_up", cooperative_id=str(coop), promise="Nota dicari", due_on="2026-11-25")
    window = open_desk()
    page = opened(qtbot, window, promise, coop)
    click_row(page, "Nota dicari")
    settle(qtbot, window)
    assert page.form.fields["promise"].control.toPlainText() == "Nota dicari"  # type: ignore[attr-defined]
    page.form.finish()
    settle(qtbot, window)
    assert ani.get("follow_up", other)["state"] == "done"
    assert ani.get("follow_up", promise).get("state") in (None, "open")


def test_the_panel_follows_the_arrows_and_says_whose_promise_it_is(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, promise: UUID
) -> None:
    other = ani.put("follow_up", cooperative_id=str(coop), promise="Nota dicari", due_on="2026-11-25")
    window = open_desk()
    page = opened(qtbot, window, promise, coop)
    assert page.table.current is not None
    assert page.table.current.id == promise
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert page.open_record() == ("follow_up", other, coop)
    assert QApplication.focusWidget() is page.table
    assert panel(page).title.text() == short_name(page.table.current.cooperative_name)


def test_what_ended_by_mistake_is_opened_again(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, promise: UUID
) -> None:
    window = open_desk()
    page = opened(qtbot, window, promise, coop)
    page.form.finish()
    settle(qtbot, window)
    window.press("undo")
    settle(qtbot, window)
    assert ani.get("follow_up", promise).get("state") in (None, "open")
    page.form.finish()
    settle(qtbot, window)
    page.form.reopen()
    settle(qtbot, window)
    again = ani.get("follow_up", promise)
    assert again["state"] == "open"
    assert again.get("closed_on") is None


def test_the_panel_goes_with_its_promise_when_another_list_is_asked_for(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, promise: UUID
) -> None:
    ani.put("follow_up", cooperative_id=str(coop), promise="Nota dicari", due_on="2026-12-25")
    window = open_desk()
    page = opened(qtbot, window, promise, coop)
    assert panel(page).isVisible()
    chips = page.findChild(Chips)
    assert isinstance(chips, Chips)
    closed = next(button for button in chips.findChildren(QPushButton) if button.text() == "Selesai")
    closed.click()
    settle(qtbot, window)
    assert not panel(page).isVisible()


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
