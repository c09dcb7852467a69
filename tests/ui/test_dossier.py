"""The dossier: what is read, changed and added where it stands."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kopdesk.ui.cooperatives.dossier import DossierView
from kopdesk.ui.cooperatives.page import CooperativesPage
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.widgets.fields import LineField
from kopdesk.usecases.records import list_records
from tests.support.world import TestLaptop, World
from tests.ui.conftest import settle
from tests.ui.looking import texts

OpenDesk = Callable[[], MainWindow]


def opened(qtbot: QtBot, window: MainWindow, coop: UUID, kind: str = "legal_document") -> DossierView:
    window.show_record(kind, coop, coop)
    settle(qtbot, window)
    assert isinstance(window.page, CooperativesPage)
    return window.page.dossier


def test_a_row_of_a_group_is_read_on_one_line_with_its_source_once(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    account = {"k1": {"bank": "bri", "branch": "Unit Sangkulirang", "account_number": "4026"}}
    ani.put("cooperative", id=str(coop), bank_accounts=account, address="Jl. Poros 7")
    window = open_desk()
    dossier = opened(qtbot, window, coop)
    shown = [label.text() for label in dossier.findChildren(QLabel)]  # also what is scrolled away
    assert "BRI · Unit Sangkulirang · nomor rekening 4026" in shown
    assert "Jl. Poros 7" in shown
    assert len([text for text in shown if text.endswith("belum terkirim") and "ani" in text.lower()]) >= 1


def test_a_record_is_changed_in_the_place_of_its_card_and_the_change_can_be_undone(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("cooperative", id=str(coop), address="Jl. Lama 1")
    window = open_desk()
    dossier = opened(qtbot, window, coop)
    window.press("edit")
    settle(qtbot, window)
    assert dossier.editor is not None
    address = dossier.editor.fields["address"].control
    address.setFocus()
    QTest.keyClick(address, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(address, "Jl. Baru 2")
    QTest.keyClick(address, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert ani.get("cooperative", coop)["address"] == "Jl. Baru 2"
    window.press("undo")
    settle(qtbot, window)
    assert ani.get("cooperative", coop)["address"] == "Jl. Lama 1"
    dossier.editor.finish()
    qtbot.waitUntil(lambda: dossier.editor is None)
    qtbot.waitUntil(lambda: "Jl. Lama 1" in list(texts(window)))


def test_an_officer_is_added_and_what_was_typed_is_kept_when_another_page_is_opened(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    dossier = opened(qtbot, window, coop, "officer")
    dossier.add("officer")
    settle(qtbot, window)
    assert dossier.editor is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dossier.editor.first)  # type: ignore[union-attr]
    QTest.keyClicks(dossier.editor.first, "Jarkasi")
    window.show_page("home")
    settle(qtbot, window)
    assert [one["name"] for one in list_records(ani.desk, "officer")] == ["Jarkasi"]


def test_what_cannot_be_saved_stays_to_be_mended_while_other_fields_are_saved(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    officer = ani.put("officer", cooperative_id=str(coop), name="Hasnawati", phone="0813-0000-7320")
    window = open_desk()
    dossier = opened(qtbot, window, coop, "officer")
    dossier.act("edit")
    settle(qtbot, window)
    assert dossier.editor is not None
    email, phone = (dossier.editor.fields[name] for name in ("email", "phone"))
    email.control.setFocus()
    QTest.keyClicks(email.control, "bukan alamat")
    phone.control.setFocus()
    settle(qtbot, window)
    assert isinstance(email.control, LineField)
    assert email.message.text() == "Alamat email ini keliru. Isi alamat lengkap, misalnya nama@desa.id."
    QTest.keyClick(phone.control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(phone.control, "0812 3456 7890")
    dossier.editor.fields["name"].control.setFocus()
    settle(qtbot, window)
    assert ani.get("officer", officer)["phone"] == "+6281234567890"
    assert email.control.text() == "bukan alamat"
    assert email.message.text()
    name = dossier.editor.fields["name"].control
    QTest.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # nothing was typed in there
    settle(qtbot, window)
    assert ani.get("officer", officer)["phone"] == "+6281300007320"
    email.control.selectAll()
    QTest.keyClick(email.control, Qt.Key.Key_Delete)
    email.control.leave()
    assert not email.message.text()


def is_button(widget: QWidget | None, text: str) -> bool:
    return isinstance(widget, QPushButton) and widget.text() == text


def test_who_looks_for_an_officer_comes_to_the_officers(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    for number in range(9):
        ani.put("officer", cooperative_id=str(coop), name=f"Anggota {number}", position="chair", body="board")
    officer = ani.put("officer", cooperative_id=str(coop), name="Hasnawati", body="supervisors")
    window = open_desk()
    window.show_page("cooperatives")
    settle(qtbot, window)
    window.show_record("officer", officer, coop)
    settle(qtbot, window)
    assert isinstance(window.page, CooperativesPage)
    tabs = window.page.dossier.tabs
    assert tabs.tabText(tabs.currentIndex()) == "Pengurus"
    qtbot.waitUntil(lambda: "Pengurus: Hasnawati" in list(texts(window)))
    qtbot.waitUntil(lambda: is_button(QApplication.focusWidget(), "Ubah"))  # once its card is filled
    button = QApplication.focusWidget()
    assert button is not None
    QTest.keyClick(button, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.page.dossier.editor is not None
    assert window.page.dossier.editor.fields["name"].control.text() == "Hasnawati"  # type: ignore[attr-defined]
    window.page.dossier.editor.finish()
    settle(qtbot, window)
    chair = list_records(ani.desk, "officer")[0]
    window.show_record("officer", UUID(chair["id"]), coop)
    qtbot.waitUntil(lambda: f"Pengurus: {chair['name']}, Ketua" in list(texts(window)))


def test_other_colours_keep_the_dossier_at_its_part(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("officer", cooperative_id=str(coop), name="Hasnawati", position="treasurer")
    window = open_desk()
    for at, title in ((2, "Pengurus"), (0, "Ringkasan")):
        opened(qtbot, window, coop).tabs.setCurrentIndex(at)
        window.use_scheme("dark")
        settle(qtbot, window)
        assert isinstance(window.page, CooperativesPage)
        tabs = window.page.dossier.tabs
        assert tabs.isVisible()
        assert tabs.tabText(tabs.currentIndex()) == title
        window.use_scheme("light")
        settle(qtbot, window)
        assert isinstance(window.page, CooperativesPage)
        window.page.show_list()


def test_the_members_of_this_month_are_counted_once_also_after_they_were_deleted(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    dossier = opened(qtbot, window, coop)
    for typed, kept in (("120", [120]), ("", [120]), ("125", [125])):
        dossier.add("member_count")
        settle(qtbot, window)
        assert dossier.editor is not None
        if typed == "125":
            dossier.editor.delete()
            dossier.editor.finish()
            settle(qtbot, window)
            assert list_records(ani.desk, "member_count") == []
            dossier.add("member_count")
            settle(qtbot, window)
        members = dossier.editor.fields["members"].control
        if typed:
            QTest.keyClicks(members, typed)
        dossier.editor.finish()
        settle(qtbot, window)
        counts = list_records(ani.desk, "member_count")
        assert [(one["period"], one["members"]) for one in counts] == [
            (f"{window.session.today:%Y-%m}", number) for number in kept
        ]


def test_what_comes_by_sync_does_not_move_the_form_under_who_types(
    qtbot: QtBot, open_desk: OpenDesk, world: World, ani: TestLaptop, coop: UUID
) -> None:
    budi = world.laptop("budi")
    assert budi.sync().error is None
    window = open_desk()
    dossier = opened(qtbot, window, coop)
    window.press("edit")
    settle(qtbot, window)
    assert dossier.editor is not None
    editor, phone = dossier.editor, dossier.editor.fields["phone"].control
    phone.setFocus()
    QTest.keyClicks(phone, "0812")
    budi.put("cooperative", id=str(coop), address="Dari Budi")
    budi.put("officer", cooperative_id=str(coop), name="Orang baru")
    budi.sync()
    window.session.synchronise(lambda summary: None, lambda summary: None, lambda error: None)
    settle(qtbot, window)
    assert dossier.editor is editor
    assert QApplication.focusWidget() is phone
    assert editor.fields["address"].control.value == "Dari Budi"  # type: ignore[attr-defined]


def test_a_record_that_is_deleted_goes_and_comes_back_while_the_editor_is_open(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("officer", cooperative_id=str(coop), name="Jarkasi", position="chair")
    window = open_desk()
    opened(qtbot, window, coop, "officer")
    window.press("edit")
    settle(qtbot, window)
    window.press("delete")
    settle(qtbot, window)
    assert list_records(ani.desk, "officer") == []
    window.press("undo")
    settle(qtbot, window)
    assert [one["position"] for one in list_records(ani.desk, "officer")] == ["chair"]


def test_what_was_deleted_is_told_stays_in_the_history_and_comes_back_after_the_editor_is_gone(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("officer", cooperative_id=str(coop), name="Jarkasi", position="chair", body="board")
    ani.sync()
    window = open_desk()
    dossier = opened(qtbot, window, coop, "officer")
    window.press("edit")
    settle(qtbot, window)
    window.press("delete")
    settle(qtbot, window)
    assert "Dihapus. “Urungkan” atau Ctrl+Z mengembalikannya." in texts(window)
    dossier.tabs.setCurrentIndex(0)  # the editor goes with its part
    settle(qtbot, window)
    assert dossier.editor is None
    assert "Jarkasi, Ketua" not in texts(window)
    dossier.tabs.setCurrentIndex(dossier.tabs.count() - 1)
    settle(qtbot, window)
    assert any("Jarkasi" in text and text.endswith(": dihapus") for text in texts(window))
    window.press("undo")
    settle(qtbot, window)
    assert [one["name"] for one in list_records(ani.desk, "officer")] == ["Jarkasi"]


def test_a_dossier_opens_at_its_summary_and_back_leads_to_all_cooperatives(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    window.show_page("cooperatives")
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, CooperativesPage)
    place = page.table.visualRect(page.table.model().index(0, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, window)
    assert page.dossier.isVisible()
    assert page.dossier.tabs.currentIndex() == 0
    assert window.session.cooperative == coop
    window.use_language("en")
    settle(qtbot, window)
    assert "Peridan" in window.top_bar.findChildren(QPushButton)[0].text()
    window.use_language("id")
    settle(qtbot, window)
    window.press("back")
    now: UUID | None = window.session.cooperative
    assert now is None
    assert window.top_bar.findChildren(QPushButton)[0].text() == "Semua koperasi"


def test_the_summary_leads_to_the_promise(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("follow_up", cooperative_id=str(coop), promise="Buku diisi", due_on="2026-11-20")
    window = open_desk()
    dossier = opened(qtbot, window, coop)
    dossier.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: "lewat 2 hari" in list(texts(window)))
    assert any(text.startswith("Buku diisi") for text in texts(window))
