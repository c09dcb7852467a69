"""The form of a visit: rows, promises, photos, the place, and what may still be written after the seal."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kopdesk.domain.records import RecordKey
from kopdesk.sample.picture import cash_book_photo
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.visits.form import VisitForm
from kopdesk.ui.visits.page import VisitsPage
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.ui.widgets.suggesting import SuggestField
from kopdesk.usecases.forms import delete_form, open_form
from kopdesk.usecases.records import list_records
from tests.support.window import TestProgram
from tests.support.world import TestLaptop
from tests.ui.conftest import settle

OpenDesk = Callable[[], MainWindow]
BOOK = cash_book_photo(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), latitude=964_126, longitude=118_030_726)


@pytest.fixture
def officer(ani: TestLaptop, coop: UUID) -> UUID:
    return ani.put(
        "officer", cooperative_id=str(coop), name="Suparti Sulistyowati", position="treasurer", body="board"
    )


def opened(qtbot: QtBot, window: MainWindow, visit: UUID, coop: UUID) -> VisitForm:
    window.show_record("visit", visit, coop)
    settle(qtbot, window)
    assert isinstance(window.page, VisitsPage)
    return window.page.form


def keys(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def key(one: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, one, modifiers)


def test_a_short_visit_needs_at_most_12_changes_of_focus(
    qtbot: QtBot, qapp: QApplication, open_desk: OpenDesk, ani: TestLaptop
) -> None:
    window = open_desk()
    settle(qtbot, window)
    changes: list[str] = []
    qapp.focusChanged.connect(lambda before, now: changes.append(_called(now)) if now is not None else None)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    popup = QApplication.activePopupWidget()
    line = popup.findChild(QLineEdit) if popup else None
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    key(Qt.Key.Key_Tab)  # the date is today's
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_Tab)
    keys("Suparti Sulistyowati")
    key(Qt.Key.Key_Tab)
    keys("Bendahara")
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)  # nobody else was there
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_Tab)
    keys("Buku kas tertinggal dua minggu.")
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)  # nothing else was found
    keys("Buku kas diisi tiap sore.")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    (visit,) = list_records(ani.desk, "visit")
    assert visit["visited_on"] == "2026-11-22"
    assert visit["mode"] == "field"
    assert visit.get("purposes") == {"outlet_preparation": True}
    (person,) = visit["attendees"].values()
    assert person == {"name": "Suparti Sulistyowati", "position": "Bendahara"}
    assert [one["text"] for one in visit["findings"].values()] == ["Buku kas tertinggal dua minggu."]
    assert visit["agreement"] == "Buku kas diisi tiap sore."
    by_hand = changes[changes.index("Kunjungan ke koperasi mana?") :]
    assert len(by_hand) <= 12, by_hand


def test_an_officer_who_is_known_is_suggested_and_brings_position_and_number(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, officer: UUID
) -> None:
    visit = ani.put(
        "visit", cooperative_id=str(coop), visited_on="2026-11-22", attendees={"k1": {"name": "x"}}
    )
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    line = first_row(form)
    assert isinstance(line, SuggestField)
    line.setFocus()
    line.selectAll()
    for letter in "sulis":  # the list that opens gets the rest, as it does from a keyboard
        QTest.keyClicks(QApplication.activePopupWidget() or line, letter)
    for one in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
        QTest.keyClick(QApplication.activePopupWidget() or line, one)
    settle(qtbot, window)
    (person,) = ani.get("visit", visit)["attendees"].values()
    assert person == {"name": "Suparti Sulistyowati", "position": "Bendahara", "officer_id": str(officer)}


def _called(widget: QWidget) -> str:
    return widget.accessibleName() or type(widget).__name__


def test_a_finding_becomes_a_promise_with_one_key_and_is_there_on_its_page(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    finding = {
        "text": "Kas kurang",
        "recommendation": "Nota dicari",
        "responsible": "Bendahara",
        "due_on": "2026-12-01",
    }
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", findings={"k1": finding})
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    first_row(form).setFocus()
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.waitUntil(lambda: is_in_sight(focused, form))
    keys(" sampai ketemu")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    (promise,) = list_records(ani.desk, "follow_up")
    assert promise["promise"] == "Nota dicari sampai ketemu"
    assert promise["responsible"] == "Bendahara"
    assert promise["due_on"] == "2026-12-01"
    assert (promise["origin_id"], promise["origin_path"]) == (str(visit), "findings/k1")
    assert len(form.promises.lines) == 1


def is_in_sight(widget: QWidget, form: VisitForm) -> bool:
    viewport = form.findChildren(Scroll)[0].viewport()
    place = QRect(widget.mapTo(viewport, QPoint()), widget.size())
    return viewport.rect().contains(place)


def first_row(form: VisitForm) -> QWidget:
    holder = form.findChild(QWidget, "k1")
    assert holder is not None
    return holder.findChildren(QWidget)[0]


def test_a_row_goes_with_the_key_for_deleting_and_comes_back_by_undoing(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    findings = {"k1": {"text": "Satu"}, "k2": {"text": "Dua"}}
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", findings=findings)
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    first_row(form).setFocus()
    QTest.keyClick(window, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert list(ani.get("visit", visit)["findings"]) == ["k2"]
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert sorted(ani.get("visit", visit)["findings"]) == ["k1", "k2"]


def test_a_long_note_is_saved_while_its_writer_thinks_and_goes_on_where_it_was(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.open_folds()
    notes = form.fields["notes"].control
    notes.setFocus()
    keys("Datang pagi. ")
    qtbot.waitUntil(lambda: ani.get("visit", visit).get("notes") == "Datang pagi.", timeout=20_000)
    settle(qtbot, window)
    assert QApplication.focusWidget() is notes
    keys("Pulang sore.")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert ani.get("visit", visit)["notes"] == "Datang pagi. Pulang sore."


def test_another_language_keeps_the_visit_open_with_what_was_typed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.fields["agreement"].control.setFocus()
    keys("Buku kas diisi.")
    window.use_language("en")
    settle(qtbot, window)
    assert isinstance(window.page, VisitsPage)
    assert window.page.form is not form
    assert window.page.form.form is not None
    assert window.page.form.form.key.id == visit
    assert window.page.form.form.leaves["agreement"] == "Buku kas diisi."
    window.use_language("id")


def test_people_stay_in_the_order_they_were_written_down(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    people = next(rows for rows in form.rows if rows.group == "attendees")
    names = ["Suparti", "Usman", "Jarkasi", "Aminah", "Bahar"]
    for name in names:
        people.add()
        keys(name)
        key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    kept = ani.get("visit", visit)["attendees"]
    assert [kept[row]["name"] for row in sorted(kept)] == names


def test_photos_come_by_drop_and_by_paste_and_one_gives_its_place(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    (tmp_path / "buku kas.jpg").write_bytes(BOOK)
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    drop(form.photos.strip, tmp_path / "buku kas.jpg")
    settle(qtbot, window)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QApplication.clipboard().setImage(picture)
    assert form.photos.strip.paste()
    settle(qtbot, window)
    assert [one["media_type"] for one in list_records(ani.desk, "attachment")] == ["image/jpeg"] * 2
    assert len(form.photos.photos) == 2
    form.place_fields.take_from_photo()
    settle(qtbot, window)
    placed = ani.get("visit", visit)
    assert (placed["latitude"], placed["longitude"]) == (964_126, 118_030_726)
    assert placed["position_source"] == "photo"


def drop(strip: QWidget, *files: Path) -> None:
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPoint(5, 5), copy, given, button, Qt.KeyboardModifier.NoModifier)
    strip.dropEvent(event)


def test_a_file_that_is_no_photo_is_told_and_the_others_are_taken(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    (tmp_path / "foto.jpg").write_bytes(BOOK)
    (tmp_path / "surat.jpg").write_bytes(b"bukan foto")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    drop(form.photos.strip, tmp_path / "foto.jpg", tmp_path / "surat.jpg")
    settle(qtbot, window)
    assert len(form.photos.photos) == 1
    assert "surat.jpg bukan foto" in form.photos.fault.text()


def test_a_photo_on_a_new_visit_brings_the_visit_with_it(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    (tmp_path / "foto.jpg").write_bytes(BOOK)
    window = open_desk()
    window.session.focus_cooperative(coop, "Peridan")
    window.press("new")
    settle(qtbot, window)
    assert isinstance(window.page, VisitsPage)
    drop(window.page.form.photos.strip, tmp_path / "foto.jpg")
    settle(qtbot, window)
    (visit,) = list_records(ani.desk, "visit")
    (photo,) = list_records(ani.desk, "attachment")
    assert photo["owner_id"] == visit["id"]


def test_a_photo_taken_away_can_be_put_back(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    (tmp_path / "foto.jpg").write_bytes(BOOK)
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    drop(form.photos.strip, tmp_path / "foto.jpg")
    settle(qtbot, window)
    form.photos.remove(form.photos.photos[0].id)
    settle(qtbot, window)
    assert form.photos.photos == []
    form.photos.put_back()
    settle(qtbot, window)
    assert len(form.photos.photos) == 1


def test_coordinates_typed_by_hand_are_said_to_be_so(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put(
        "visit",
        cooperative_id=str(coop),
        visited_on="2026-11-22",
        latitude=1,
        longitude=2,
        position_source="gps",
    )
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.open_folds()
    form.fields["latitude"].control.setFocus()
    QTest.keyClick(form.fields["latitude"].control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys("0,9641")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert ani.get("visit", visit)["position_source"] == "manual"


def test_a_finding_without_advice_is_what_its_promise_begins_with(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    finding = {"text": "Kas kurang Rp50.000"}
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", findings={"k1": finding})
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    first_row(form).setFocus()
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    keys(" diganti")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    (promise,) = list_records(ani.desk, "follow_up")
    assert promise["promise"] == "Kas kurang Rp50.000 diganti"


def test_an_end_before_the_start_is_pointed_out_and_kept(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", start_time="10:00")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.open_folds()
    form.fields["end_time"].control.setFocus()
    keys("0930")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert ani.get("visit", visit)["end_time"] == "09:30"
    assert form.fields["end_time"].message.text() == "Lebih awal dari jam mulai. Periksa lagi."
    form.fields["end_time"].control.setFocus()
    QTest.keyClick(form.fields["end_time"].control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys("11")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert form.fields["end_time"].message.text() == ""


def test_another_visit_is_shown_from_its_top(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    findings = {f"k{n}": {"text": "Nota belum dicatat"} for n in range(12)}
    visits = [
        ani.put("visit", cooperative_id=str(coop), visited_on=day, findings=findings)
        for day in ("2026-11-20", "2026-11-22")
    ]
    window = open_desk()
    form = opened(qtbot, window, visits[0], coop)
    bar = form.findChildren(Scroll)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    opened(qtbot, window, visits[1], coop)
    assert bar.value() == 0


def test_a_visit_that_is_gone_for_good_shows_no_other_in_its_place(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    other = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20")
    gone = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    promise = ani.put(
        "follow_up", cooperative_id=str(coop), promise="Nota", origin_type="visit", origin_id=str(gone)
    )
    delete_form(ani.desk, open_form(ani.desk, RecordKey("visit", gone)))
    window = open_desk()
    form = opened(qtbot, window, other, coop)
    assert form.isVisible()
    window.show_record("follow_up", promise, coop)
    settle(qtbot, window)
    (origin,) = [one for one in window.findChildren(QPushButton) if one.text() == "Lihat asalnya"]
    origin.click()
    settle(qtbot, window)
    assert not form.isVisible()
    assert window.banner.isVisible()


def test_a_visit_is_of_the_zone_of_the_village_whatever_the_laptop_says(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, program: TestProgram, coop: UUID
) -> None:
    program.zone = "WIB"
    window = open_desk()
    window.session.focus_cooperative(coop, "KDMP Peridan")
    window.show_page("visits")
    settle(qtbot, window)
    assert isinstance(window.page, VisitsPage)
    window.page.new_visit()
    settle(qtbot, window)
    window.page.form.fields["agreement"].control.setFocus()
    keys("Buku diisi")
    key(Qt.Key.Key_Tab)
    settle(qtbot, window)
    (visit,) = list_records(ani.desk, "visit")
    assert visit["zone"] == "WITA"


def test_a_laptop_set_to_no_zone_of_indonesia_follows_its_cooperatives(
    open_desk: OpenDesk, program: TestProgram
) -> None:
    program.zone = "UTC"
    assert open_desk().session.zone == "WITA"


def test_the_key_for_deleting_takes_the_promise_that_has_the_keyboard_and_not_the_visit(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    promise = ani.put(
        "follow_up", cooperative_id=str(coop), promise="Nota", origin_type="visit", origin_id=str(visit)
    )
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.promises.lines[promise].responsible.setFocus()
    window.press("delete")
    settle(qtbot, window)
    assert list_records(ani.desk, "follow_up") == []
    assert [one["id"] for one in list_records(ani.desk, "visit")] == [str(visit)]
