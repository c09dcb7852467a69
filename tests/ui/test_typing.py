"""Typing: what a field does with what it holds, and with what it cannot take."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kopdesk.ui.cooperatives.page import CooperativesPage
from kopdesk.ui.follow_ups.page import FollowUpsPage
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.visits.page import VisitsPage
from kopdesk.ui.widgets.fields import typed_line
from kopdesk.ui.widgets.frames import SidePanel
from kopdesk.usecases.records import list_records
from tests.support.world import TestLaptop
from tests.ui.conftest import settle
from tests.ui.test_history import a_visit, opened, pressed
from tests.ui.test_window import tab, type_into

OpenDesk = Callable[[], MainWindow]


def test_a_field_reached_by_tab_is_replaced_by_typing_also_when_the_one_before_is_being_saved(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    people = {"k1": {"name": "Budi", "position": "Ketua"}}
    visit = a_visit(ani, coop, "2026-11-20", attendees=people)
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    name = form._people._rows["k1"]["name"]
    name.setFocus(Qt.FocusReason.TabFocusReason)
    type_into("Pak Jarkasi")
    tab()
    settle(qtbot, window)  # saved, and shown again under the hands
    type_into("Bendahara")
    tab()
    settle(qtbot, window)
    assert ani.get("visit", visit)["attendees"] == {"k1": {"name": "Pak Jarkasi", "position": "Bendahara"}}


def test_a_date_that_could_not_be_read_does_not_stay_in_another_visit_and_is_told(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    first, second = a_visit(ani, coop, "2026-11-20"), a_visit(ani, coop, "2026-11-20")
    window = open_desk()
    form = opened(qtbot, window, first, coop)
    line = typed_line(form.fields["visited_on"].control)
    assert line is not None
    line.setFocus(Qt.FocusReason.TabFocusReason)
    type_into("salah")
    tab()
    settle(qtbot, window)
    assert (line.text(), form.fields["visited_on"].control_is_refused) == ("salah", True)
    opened(qtbot, window, second, coop)
    assert line.text() == "20 November 2026"
    shown = [label.text() for label in window.findChildren(QLabel)]
    assert "Tidak tersimpan: “salah” di Tanggal kunjungan." in shown


def test_an_editor_does_not_close_over_what_could_not_be_saved(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("officer", cooperative_id=str(coop), name="Jarkasi", position="chair", body="board")
    window = open_desk()
    window.show_record("officer", coop, coop)
    settle(qtbot, window)
    assert isinstance(window.page, CooperativesPage)
    dossier = window.page.dossier
    pressed(qtbot, window, "edit")
    editor = dossier.editor
    assert editor is not None
    nik = editor.fields["nik"].control
    nik.setFocus()
    type_into("12")
    editor.finish()
    settle(qtbot, window)
    assert dossier.editor is editor
    assert QApplication.focusWidget() is nik
    QTest.keyClick(nik, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(nik, Qt.Key.Key_Delete)
    editor.finish()
    settle(qtbot, window)
    assert dossier.editor is None


def test_a_dossier_shows_what_was_changed_on_another_page(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    window.show_record("visit", a_visit(ani, coop, "2026-11-20"), coop)
    settle(qtbot, window)
    window.show_record("cooperative", coop, coop)
    settle(qtbot, window)
    window.show_page("home")
    ani.put("officer", cooperative_id=str(coop), name="Wagimin", position="secretary", body="board")
    window.session.records_changed.emit()
    settle(qtbot, window)
    window.show_page("cooperatives")
    settle(qtbot, window)
    assert isinstance(window.page, CooperativesPage)
    shown = window.page.dossier._shown
    assert shown is not None
    assert [one.leaves["name"] for one in shown.dossier.records["officer"]] == ["Wagimin"]


def test_a_promise_begins_with_the_finding_that_has_just_been_typed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = a_visit(ani, coop, "2026-11-20", findings={"k1": {"text": "Kas"}})
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    text = form._findings._rows["k1"]["text"]
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_End)
    type_into(" kurang Rp50.000")
    window.press("promise")
    settle(qtbot, window)
    (line,) = form.promises._fresh
    assert line.presenter.typed["promise"] == "Kas kurang Rp50.000"


def test_a_new_visit_has_the_keyboard_also_when_a_locked_one_was_open(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    sealed = a_visit(
        ani, coop, "2026-11-20", state="sealed", attendees={"k1": {"name": "Usman"}}, purposes={"plans": True}
    )
    window = open_desk()
    window.session.focus_cooperative(coop, "Peridan")
    form = opened(qtbot, window, sealed, coop)
    assert isinstance(window.page, VisitsPage)
    window.page._list.setFocus()
    pressed(qtbot, window, "new")
    assert QApplication.focusWidget() is typed_line(form.first)


def test_esc_in_a_field_closes_the_panel_of_a_promise(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    promise = ani.put("follow_up", cooperative_id=str(coop), promise="Nota dicari")
    window = open_desk()
    window.show_record("follow_up", promise, coop)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, FollowUpsPage)
    (panel,) = page.findChildren(SidePanel)
    for path in ("promise", "responsible"):
        panel.show()
        control = page.form.fields[path].control
        control.setFocus()
        QTest.keyClick(control, Qt.Key.Key_Escape)
        assert panel.isHidden()
    assert len(list_records(ani.desk, "follow_up")) == 1


def test_leaving_a_part_of_the_dossier_tells_what_could_not_be_read(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("officer", cooperative_id=str(coop), name="Jarkasi", position="chair", body="board")
    window = open_desk()
    window.show_record("officer", coop, coop)
    settle(qtbot, window)
    assert isinstance(window.page, CooperativesPage)
    dossier = window.page.dossier
    pressed(qtbot, window, "edit")
    assert dossier.editor is not None
    line = typed_line(dossier.editor.fields["starts_on"].control)
    assert line is not None
    line.setFocus()
    type_into("salah")
    dossier.tabs.setCurrentIndex(0)
    settle(qtbot, window)
    shown = [label.text() for label in window.findChildren(QLabel)]
    assert any(text.startswith("Tidak tersimpan: “salah” di ") for text in shown)
