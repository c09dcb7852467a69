"""The first start, the PIN, the first download: what a person sees and types before the desk is open."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kopdesk.storage.errors import NoProfile, PassphraseNeeded, WrongPassphrase
from kopdesk.sync.errors import ServerRefused
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.start import open_window
from tests.support.window import TestProgram
from tests.support.world import TestLaptop, World
from tests.ui.conftest import settle


@dataclass
class Start:
    """A program that has just been started."""

    qtbot: QtBot
    window: MainWindow
    program: TestProgram

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    def texts(self) -> str:
        shown = [w for w in self.window.findChildren(QWidget) if w.isVisibleTo(self.window)]
        return "\n".join(widget.text() for widget in shown if hasattr(widget, "text"))


@pytest.fixture
def fresh(world: World, coop: UUID) -> TestLaptop:
    """Enrolled by somebody else's hand, and never synchronised."""
    return world.laptop("budi")


@pytest.fixture
def start(
    qtbot: QtBot, qapp: QApplication, fresh: TestLaptop, tmp_path: Path
) -> Callable[[Exception | None], Start]:
    def begin(locked: Exception | None) -> Start:
        program = TestProgram(fresh, locked)
        window = open_window(qapp, program, fresh.folder, tmp_path / "data")
        qtbot.addWidget(window, before_close_func=lambda closing: closing.close())
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.open_profile(None)
        begun = Start(qtbot, window, program)
        begun.settle()
        return begun

    return begin


def test_a_new_laptop_is_enrolled_with_the_keyboard_and_fetches_its_copies(
    start: Callable[[Exception | None], Start], fresh: TestLaptop
) -> None:
    begun = start(NoProfile(fresh.folder))
    for text in ("https://pusat.example", "budi"):
        begun.type(text)
        begun.press(Qt.Key.Key_Tab)
    begun.type("rahasia-sekali")
    begun.press(Qt.Key.Key_Return)
    begun.qtbot.waitUntil(lambda: begun.window.page is not None)
    begun.settle()
    assert begun.program.enrolled == ("https://pusat.example", "budi", "rahasia-sekali", None)
    assert begun.window.entrance.enrol.password.text() == ""
    assert "Koperasi Desa Merah Putih Peridan" in begun.texts()


def test_a_wrong_password_is_told_and_nothing_that_was_typed_is_lost(
    start: Callable[[Exception | None], Start], fresh: TestLaptop
) -> None:
    begun = start(NoProfile(fresh.folder))
    begun.program.refused = ServerRefused(401, "wrong_password", None)
    form = begun.window.entrance.enrol
    form.server.setText("https://pusat.example")
    form.login.setText("budi")
    form.password.setText("keliru")
    form.password.setFocus()
    begun.press(Qt.Key.Key_Return)
    begun.settle()
    assert "kata sandi keliru" in begun.texts()
    assert (form.login.text(), form.password.text()) == ("budi", "keliru")
    assert begun.window.page is None


def test_a_laptop_without_a_place_for_keys_asks_for_a_pin(
    start: Callable[[Exception | None], Start], fresh: TestLaptop
) -> None:
    begun = start(NoProfile(fresh.folder))
    begun.program.refused = PassphraseNeeded(fresh.folder)
    form = begun.window.entrance.enrol
    for line, text in (
        (form.server, "https://pusat.example"),
        (form.login, "budi"),
        (form.password, "sandi"),
    ):
        line.setText(text)
    form.password.setFocus()
    begun.press(Qt.Key.Key_Return)
    begun.settle()
    begun.program.refused = None
    begun.press(Qt.Key.Key_Return)  # without one, the field says what it wants
    assert "Ketik PIN dulu." in begun.texts()
    begun.type("lapangan-26")
    form.pin_again.setFocus()
    begun.type("lapangan-62")
    begun.press(Qt.Key.Key_Return)
    begun.settle()
    assert "Kedua PIN belum sama. Ketik sekali lagi." in begun.texts()
    assert begun.program.enrolled is None
    begun.type("lapangan-26")  # over the wrong one, which is chosen
    begun.press(Qt.Key.Key_Return)
    begun.qtbot.waitUntil(lambda: begun.window.page is not None)
    assert begun.program.enrolled == ("https://pusat.example", "budi", "sandi", "lapangan-26")


def test_the_pin_is_asked_for_until_it_fits(
    start: Callable[[Exception | None], Start], fresh: TestLaptop
) -> None:
    begun = start(PassphraseNeeded(fresh.folder))
    begun.program.locked = WrongPassphrase(fresh.folder)
    begun.press(Qt.Key.Key_Return)
    assert "Ketik PIN dulu." in begun.texts()
    begun.type("salah")
    begun.press(Qt.Key.Key_Return)
    begun.settle()
    assert "PIN itu tidak cocok" in begun.texts()
    begun.program.locked = None
    begun.type("benar")
    begun.press(Qt.Key.Key_Return)
    begun.qtbot.waitUntil(lambda: begun.window.page is not None)


def test_a_first_download_that_is_cut_goes_on_where_it_was(
    start: Callable[[Exception | None], Start], fresh: TestLaptop
) -> None:
    fresh.link.offline = True
    begun = start(None)
    begun.settle()
    assert "Tidak ada jaringan internet" in begun.texts()
    assert begun.window.page is None
    fresh.link.offline = False
    begun.press(Qt.Key.Key_Space)
    begun.qtbot.waitUntil(lambda: begun.window.page is not None)
    begun.settle()
    assert "Koperasi Desa Merah Putih Peridan" in begun.texts()
