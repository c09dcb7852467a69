"""Typing and choosing without the mouse."""

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kopdesk.protocol.messages import GrantKind
from kopdesk.server.operations import assign
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.visits.page import VisitsPage
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.select import SelectBox
from tests.support.histories import synced
from tests.support.world import TestLaptop, World
from tests.ui.conftest import settle

OpenDesk = Callable[[], MainWindow]


@pytest.fixture
def mukti(world: World) -> UUID:
    return world.cooperative("Koperasi Desa Merah Putih Mukti Utama")


@pytest.fixture
def ani(world: World, coop: UUID, mukti: UUID) -> TestLaptop:
    assign(world.server, "ani", str(mukti), GrantKind.READ_WRITE)
    return synced(world, "ani", coop)


def test_enter_right_after_typing_chooses_what_was_typed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, mukti: UUID
) -> None:
    window = open_desk()
    window.press("new")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    line = popup.findChild(QLineEdit)
    assert line is not None
    settle(qtbot, window)  # the list of all cooperatives is there, Peridan among them
    QTest.keyClicks(line, "mukti")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, VisitsPage)
    qtbot.waitUntil(lambda: page.form.form is not None)
    assert page.form.form is not None
    assert page.form.form.cooperative_id == mukti


def test_arrows_go_from_chip_to_chip_and_tab_leaves_them(qtbot: QtBot) -> None:
    chips = Chips([("one", "Satu"), ("two", "Dua"), ("three", "Tiga")])
    qtbot.addWidget(chips)
    with qtbot.waitActive(chips):
        chips.show()
        chips.activateWindow()
    chips.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for step in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, step)
        now = QApplication.focusWidget()
        seen.append(now.text() if now is not None else "")  # type: ignore[attr-defined]
    assert seen == ["Dua", "Tiga", "Satu", "Tiga"]


def test_the_wheel_does_not_change_a_choice_and_a_long_one_ends_in_dots(qtbot: QtBot) -> None:
    box = SelectBox()
    qtbot.addWidget(box)
    long = "Pemeriksaan pembukuan bersama bendahara dan sekretaris koperasi"
    box.addItems(["Satu", long])
    box.resize(120, box.sizeHint().height())
    box.show()
    box.setCurrentIndex(1)
    assert box.toolTip() == long
    assert box.sizeHint().width() > box.fontMetrics().horizontalAdvance(long)
    assert box.minimumSizeHint().width() < box.sizeHint().width()
