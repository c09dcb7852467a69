"""The window as a person uses it: keys and mouse, real widgets on a real profile."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kopdesk.storage.errors import ProfileInUse
from kopdesk.ui.frame.key_list import KeyList
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.frame.pages import EVERY_PAGE
from kopdesk.ui.preferences import Preferences, read_preferences
from kopdesk.ui.session import Session
from kopdesk.ui.visits.page import VisitsPage
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.usecases.records import list_records
from tests.support.window import TestProgram
from tests.support.world import TestLaptop, World
from tests.ui.conftest import settle

OpenDesk = Callable[[], MainWindow]


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *, ctrl: bool = True) -> None:
    control = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window, key, control)
    settle(qtbot, window)


def fail(error: Exception) -> None:
    raise error


def type_into(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def tab() -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Tab)


def test_every_page_is_reached_by_its_number(qtbot: QtBot, open_desk: OpenDesk) -> None:
    window = open_desk()
    for number, entry in enumerate(EVERY_PAGE, 1):
        press(qtbot, window, Qt.Key(Qt.Key.Key_0 + number))
        assert type(window.page).__name__ == entry.place.partition(":")[2]


class Windows(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_no_other_window_flashes_up_while_pages_are_built(
    qtbot: QtBot, qapp: QApplication, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", place="Balai desa")
    windows = Windows()
    qapp.installEventFilter(windows)
    window = open_desk()
    for entry in EVERY_PAGE:
        window.show_page(entry.word)
        settle(qtbot, window)
    window.show_record("cooperative", coop, coop)
    settle(qtbot, window)
    qapp.removeEventFilter(windows)
    assert windows.shown == [window]


def test_a_visit_is_recorded_with_the_keyboard_alone_and_is_unsent_until_it_is_synchronised(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop
) -> None:
    window = open_desk()
    press(qtbot, window, Qt.Key.Key_N)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    line = popup.findChild(QLineEdit)
    assert line is not None
    settle(qtbot, window)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, VisitsPage)
    qtbot.waitUntil(lambda: page.form.form is not None)
    agreement = page.form.fields["agreement"].control
    agreement.setFocus()
    type_into("Buku kas diisi setiap hari.")
    tab()
    settle(qtbot, window)
    (visit,) = list_records(ani.desk, "visit")
    assert visit["agreement"] == "Buku kas diisi setiap hari."
    assert visit["visited_on"] == "2026-11-22"
    assert "belum terkirim" in window.top_bar.pill.text()
    press(qtbot, window, Qt.Key.Key_S)
    assert ani.unsent() == 0
    assert "Semua terkirim" in window.top_bar.pill.text()


def test_what_is_being_typed_when_the_window_is_closed_is_saved(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20")
    window = open_desk()
    window.show_record("visit", visit, coop)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, VisitsPage)
    page.form.fields["agreement"].control.setFocus()
    type_into("Belum selesai diketik")
    page.form.presenter.save({"place": "Balai desa"})  # and before its answer comes
    window.close()
    assert ani.get("visit", visit)["agreement"] == "Belum selesai diketik"
    assert ani.get("visit", visit)["place"] == "Balai desa"


def test_what_cannot_be_read_stays_as_it_was_typed_with_its_reason(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20")
    window = open_desk()
    window.show_record("visit", visit, coop)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, VisitsPage)
    line = page.form.fields["visited_on"].control.focusProxy()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    type_into("31/4")
    page.form.fields["agreement"].control.setFocus()
    window.session.records_changed.emit()
    settle(qtbot, window)
    assert line.text() == "31/4"
    assert "Tanggal ini tidak terbaca" in page.form.fields["visited_on"].message.text()
    assert ani.get("visit", visit)["visited_on"] == "2026-11-20"


def test_what_comes_by_sync_appears_without_disturbing_who_types(
    qtbot: QtBot, open_desk: OpenDesk, world: World, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20")
    ani.sync()
    budi = world.laptop("budi")
    assert budi.sync().error is None
    budi.put("visit", id=str(visit), place="Balai desa", agreement="Dari Budi.")
    budi.sync()
    window = open_desk()
    window.show_record("visit", visit, coop)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, VisitsPage)
    typed = page.form.fields["agreement"].control
    typed.setFocus()
    type_into("Dari Ani")
    window.session.synchronise(lambda summary: None, lambda summary: None, fail)
    settle(qtbot, window)
    assert page.form.fields["place"].control.value == "Balai desa"  # type: ignore[attr-defined]
    assert typed.toPlainText() == "Dari Ani"  # type: ignore[attr-defined]
    assert QApplication.focusWidget() is typed


def test_the_minutes_of_a_visit_are_shown_saved_and_copied(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", place="Balai desa")
    window = open_desk()
    window.show_record("visit", visit, coop)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, VisitsPage)
    agreement = page.form.fields["agreement"].control
    agreement.setFocus()
    type_into("Buku kas diisi.")
    press(qtbot, window, Qt.Key.Key_P)
    settle(qtbot, window)
    page.minutes.copy_message()
    assert "Disepakati: Buku kas diisi." in QApplication.clipboard().text()
    page.minutes.save_pdf(tmp_path / "berita-acara.pdf")
    settle(qtbot, window)
    assert (tmp_path / "berita-acara.pdf").read_bytes().startswith(b"%PDF")
    page.minutes.save_pdf(tmp_path / "no such folder" / "x.pdf")
    settle(qtbot, window)
    assert not list(tmp_path.glob("**/*.new"))
    window.press("back")
    assert QApplication.focusWidget() is not None


def test_language_and_colours_change_at_once_and_are_kept(
    qtbot: QtBot, open_desk: OpenDesk, tmp_path: Path
) -> None:
    window = open_desk()
    try:
        window.use_language("en")
        settle(qtbot, window)
        assert "Record a visit" in texts(window)
        assert "Catat kunjungan" not in texts(window)
        window.use_scheme("dark")
        settle(qtbot, window)
        window.close()
        kept = read_preferences(tmp_path / "data")
        assert (kept.language, kept.scheme) == ("en", "dark")
    finally:
        window.use_language("id")
        window.use_scheme("light")


def test_a_profile_that_cannot_be_opened_is_told_in_the_window(
    qtbot: QtBot, qapp: QApplication, program: TestProgram, tmp_path: Path
) -> None:
    from kopdesk.ui.start import open_window

    program.locked = ProfileInUse(program.laptop.folder)
    window = open_window(qapp, program, program.laptop.folder, tmp_path / "data")
    qtbot.addWidget(window, before_close_func=lambda closing: closing.close())
    window.show()
    window.open_profile(None)
    settle(qtbot, window)
    assert any("sedang dibuka" in text for text in texts(window))


def texts(window: MainWindow) -> list[str]:
    """Everything that can be read in the window now."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window) and hasattr(widget, "text"):
            found.append(widget.text().replace("&", ""))
    return found


def test_a_window_larger_than_the_screen_fills_it_and_one_that_fits_stays_where_it_was(
    qtbot: QtBot, qapp: QApplication, program: TestProgram
) -> None:
    area = qapp.primaryScreen().availableGeometry()
    for size, fills in (
        ((area.width() + 300, area.height()), True),
        ((area.width() - 50, area.height() - 50), False),
    ):
        session = Session(program, program.laptop.folder)
        window = MainWindow(session, Preferences(geometry=(area.left() + 90, area.top() + 10, *size)))
        qtbot.addWidget(window)
        window.show_in_place()
        assert window.isMaximized() is fills
        assert fills or area.contains(window.geometry())
        window.close()
        session.close()


def test_the_list_of_keys_is_turned_with_the_arrows(qtbot: QtBot, qapp: QApplication) -> None:
    keys = KeyList(["Beranda"] * 8)
    qtbot.addWidget(keys)
    keys.resize(400, 300)
    with qtbot.waitActive(keys):
        keys.show()
        keys.activateWindow()
    (scroll,) = keys.findChildren(Scroll)
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    (close,) = keys.findChildren(QPushButton)
    qtbot.waitUntil(close.hasFocus)
    for there, back in ((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp), (Qt.Key.Key_Down, Qt.Key.Key_Up)):
        QTest.keyClick(close, there)
        assert bar.value() > 0
        QTest.keyClick(close, back)
        assert bar.value() == 0
    assert close.hasFocus()
