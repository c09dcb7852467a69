"""A visit after its seal: corrections, additions, the signed page."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kopdesk.sample.picture import cash_book_photo
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.usecases.records import list_records
from tests.support.world import TestLaptop
from tests.ui.conftest import settle
from tests.ui.looking import texts
from tests.ui.test_visit_form import keys, opened

OpenDesk = Callable[[], MainWindow]
BOOK = cash_book_photo(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), latitude=964_126, longitude=118_030_726)


@pytest.fixture
def sealed(ani: TestLaptop, coop: UUID) -> UUID:
    attendees = {"k1": {"name": "Usman Halim"}}
    visit = ani.put(
        "visit",
        cooperative_id=str(coop),
        visited_on="2026-11-22",
        place="Balai desa",
        attendees=attendees,
        purposes={"plans": True},
    )
    ani.put("visit", id=str(visit), state="sealed", sealed_at="2026-11-22T04:00:00Z")
    return visit


def test_the_seal_is_for_good_and_no_undo_is_offered(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put(
        "visit",
        cooperative_id=str(coop),
        visited_on="2026-11-22",
        attendees={"k1": {"name": "Usman Halim"}},
        purposes={"plans": True},
    )
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.fields["agreement"].control.setFocus()
    keys("Buku kas diisi.")
    form.seal()
    settle(qtbot, window)
    assert ani.get("visit", visit)["state"] == "sealed"
    assert not form.can_undo
    assert "Urungkan" not in {one.text() for one in form.findChildren(QPushButton) if one.isVisible()}
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert ani.get("visit", visit)["agreement"] == "Buku kas diisi."


def test_a_visit_is_locked_with_one_key_and_keeps_no_empty_rows(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put(
        "visit",
        cooperative_id=str(coop),
        visited_on="2026-11-22",
        attendees={"k1": {"name": "Usman Halim"}},
        purposes={"plans": True},
    )
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    (add,) = [one for one in form.findChildren(QPushButton) if one.text() == "Tambah temuan"]
    add.click()
    assert "Yang ditemukan" in texts(window)
    for _press in range(2):  # the second belongs to the first: fingers press twice
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
    assert ani.get("visit", visit).get("state") != "sealed"
    assert "Ya, kunci sekarang" in {one.text() for one in form.findChildren(QPushButton) if one.isVisible()}
    form.delete()  # and what was asked is over
    settle(qtbot, window)
    window.press("undo")
    settle(qtbot, window)
    assert "Kunci kunjungan" in {one.text() for one in form.findChildren(QPushButton) if one.isVisible()}
    window.press("seal")
    settle(qtbot, window)
    qtbot.wait(700)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert ani.get("visit", visit)["state"] == "sealed"
    assert "Yang ditemukan" not in texts(window)


def test_a_correction_that_is_not_complete_says_what_is_missing(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, sealed: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, sealed, coop)
    form.after_seal.begin_correction()
    form.after_seal.save_correction()
    assert form.after_seal.why.message.text() == "Tulis alasannya dulu, baru koreksi disimpan."
    form.after_seal.reason.setPlainText("Salah ketik")
    form.after_seal.save_correction()
    assert form.after_seal.why.message.text() == "Nilainya masih sama dengan yang dikunci."
    settle(qtbot, window)
    assert "corrections" not in ani.get("visit", sealed)


def test_after_the_seal_a_correction_stands_beside_what_was_locked(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, sealed: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, sealed, coop)
    assert not form.fields["place"].control.isEnabled()
    form.after_seal.begin_correction()
    form.after_seal.which.setCurrentIndex(form.after_seal.which.findData("place"))
    control = form.after_seal.control
    assert control is not None
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(control, "Gerai sembako")
    form.after_seal.save_correction()
    assert form.after_seal.reason.hasFocus()  # without a reason nothing is written
    QTest.keyClicks(form.after_seal.reason, "Rapat dipindah.")
    form.after_seal.save_correction()
    settle(qtbot, window)
    visit = ani.get("visit", sealed)
    assert visit["place"] == "Balai desa"
    (correction,) = visit["corrections"].values()
    assert (correction["path"], correction["value"]) == ("place", "Gerai sembako")
    assert (correction["reason"], correction["by"]) == ("Rapat dipindah.", ani.desk.owner.name)


def test_after_the_seal_what_was_left_out_is_added(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, sealed: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, sealed, coop)
    form.after_seal.begin_addition()
    QTest.keyClicks(form.after_seal.text, "Slip setoran ditunjukkan.")
    form.after_seal.save_addition()
    settle(qtbot, window)
    (addition,) = ani.get("visit", sealed)["additions"].values()
    assert addition["text"] == "Slip setoran ditunjukkan."


def test_what_is_being_corrected_when_the_window_closes_is_saved_if_it_is_complete(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, sealed: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, sealed, coop)
    form.after_seal.begin_addition()
    QTest.keyClicks(form.after_seal.text, "Belum disimpan")
    window.close()
    (addition,) = ani.get("visit", sealed)["additions"].values()
    assert addition["text"] == "Belum disimpan"


def test_the_photo_of_the_signed_page_makes_a_sealed_visit_signed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, sealed: UUID, tmp_path: Path
) -> None:
    (tmp_path / "halaman.jpg").write_bytes(BOOK)
    window = open_desk()
    form = opened(qtbot, window, sealed, coop)
    form.photos.take_files([tmp_path / "halaman.jpg"], "signed_photo_id")
    settle(qtbot, window)
    (photo,) = list_records(ani.desk, "attachment")
    assert ani.get("visit", sealed)["signed_photo_id"] == photo["id"]


def test_a_correction_is_in_sight_and_told_beside_its_field(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, sealed: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, sealed, coop)
    form.after_seal.begin_correction()
    form.after_seal.which.setCurrentIndex(form.after_seal.which.findData("start_time"))  # nothing stood there
    assert form.after_seal.control is not None
    QTest.keyClicks(form.after_seal.control, "1430")
    QTest.keyClicks(form.after_seal.reason, "Lupa diisi.")
    form.after_seal.save_correction()
    settle(qtbot, window)
    assert form.fields["start_time"].message.text() == "Dikoreksi: 14.30"
    (line,) = [text for text in texts(window) if text.startswith("Koreksi ")]
    assert "Lupa diisi." in line
    top = form.after_seal.mapTo(form.findChildren(Scroll)[0].viewport(), QPoint())
    assert top.y() >= 0


def test_a_purpose_that_was_left_out_can_be_corrected(
    qtbot: QtBot, open_desk: OpenDesk, coop: UUID, sealed: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, sealed, coop)
    form.after_seal.begin_correction()
    offered = [form.after_seal.which.itemData(at) for at in range(form.after_seal.which.count())]
    assert "purposes/plans" in offered
    assert len([path for path in offered if path.startswith("purposes/")]) > 1
