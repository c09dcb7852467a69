"""Ctrl+Z and Ctrl+Y: the last change, wherever it was, by its name."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kopdesk.domain.records import RecordKey
from kopdesk.ui.follow_ups.page import FollowUpsPage
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.visits.form import VisitForm
from kopdesk.ui.visits.page import VisitsPage
from kopdesk.usecases.conflicts import list_conflicts
from kopdesk.usecases.forms import open_form, save_form
from kopdesk.usecases.records import list_records
from tests.support.world import TestLaptop
from tests.ui.conftest import settle

OpenDesk = Callable[[], MainWindow]


def opened(qtbot: QtBot, window: MainWindow, visit: UUID, coop: UUID) -> VisitForm:
    window.show_record("visit", visit, coop)
    settle(qtbot, window)
    assert isinstance(window.page, VisitsPage)
    return window.page.form


def pressed(qtbot: QtBot, window: MainWindow, act: str) -> None:
    window.press(act)
    settle(qtbot, window)


def told(window: MainWindow) -> str:
    """What the status line says."""
    lines = window.findChildren(QLabel)
    return " | ".join(line.text() for line in lines if line.parentWidget() and line.y() >= 0)


def a_visit(ani: TestLaptop, coop: UUID, day: str, **more: object) -> UUID:
    return ani.put("visit", cooperative_id=str(coop), visited_on=day, **more)


def a_promise(ani: TestLaptop, coop: UUID, visit: UUID, text: str, **more: object) -> UUID:
    origin = {"origin_type": "visit", "origin_id": str(visit)}
    return ani.put("follow_up", cooperative_id=str(coop), promise=text, **origin, **more)


def test_a_deleted_visit_takes_its_open_promises_with_it_and_all_come_back_when_another_visit_is_open(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = a_visit(ani, coop, "2026-11-20", place="Gerai", findings={"k1": {"text": "Nota hilang"}})
    other = a_visit(ani, coop, "2026-11-21")
    a_promise(ani, coop, visit, "Nota dicari")
    a_promise(ani, coop, visit, "Kas disetor", state="done", closed_on="2026-11-21")
    window = open_desk()
    opened(qtbot, window, visit, coop)
    pressed(qtbot, window, "delete")
    assert [one["promise"] for one in list_records(ani.desk, "follow_up")] == ["Kas disetor"]
    assert "dan 1 catatan yang menyertainya" in told(window)
    assert "Urungkan" in {one.text() for one in window.findChildren(QPushButton) if one.isVisible()}
    form = opened(qtbot, window, other, coop)
    pressed(qtbot, window, "undo")
    assert "Dikembalikan: Kunjungan 20 November 2026, Gerai" in told(window)
    assert form.form is not None
    assert form.form.key.id == visit
    assert ani.get("visit", visit)["findings"] == {"k1": {"text": "Nota hilang"}}
    assert sorted(str(one["promise"]) for one in list_records(ani.desk, "follow_up")) == [
        "Kas disetor",
        "Nota dicari",
    ]
    pressed(qtbot, window, "redo")
    assert [one["id"] for one in list_records(ani.desk, "visit")] == [str(other)]


def test_a_promise_taken_away_in_a_visit_comes_back_there_and_nothing_else_changes(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = a_visit(ani, coop, "2026-11-20")
    promise = a_promise(ani, coop, visit, "Nota dicari")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.presenter.save({"place": "Balai desa"})
    settle(qtbot, window)
    form.promises.lines[promise].delete()
    settle(qtbot, window)
    assert list_records(ani.desk, "follow_up") == []
    pressed(qtbot, window, "undo")
    assert [one["promise"] for one in list_records(ani.desk, "follow_up")] == ["Nota dicari"]
    assert isinstance(window.page, VisitsPage)
    assert list(form.promises.lines) == [promise]
    assert ani.get("visit", visit)["place"] == "Balai desa"
    pressed(qtbot, window, "undo")
    assert "place" not in ani.get("visit", visit)
    assert "Diurungkan: Tempat di Kunjungan 20 November 2026" in told(window)
    pressed(qtbot, window, "redo")
    assert ani.get("visit", visit)["place"] == "Balai desa"


def test_what_was_changed_on_another_page_is_shown_when_it_is_taken_back(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = a_visit(ani, coop, "2026-11-20")
    promise = a_promise(ani, coop, visit, "Nota dicari")
    window = open_desk()
    window.show_record("follow_up", promise, coop)
    settle(qtbot, window)
    assert isinstance(window.page, FollowUpsPage)
    window.page.form.presenter.save({"responsible": "Bu Sri"})
    settle(qtbot, window)
    window.show_page("home")
    pressed(qtbot, window, "undo")
    assert isinstance(window.page, FollowUpsPage)
    assert window.page.open_record() == ("follow_up", promise, coop)
    assert "responsible" not in ani.get("follow_up", promise)


def test_what_somebody_wrote_since_is_not_overwritten_by_taking_an_older_change_back(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = a_visit(ani, coop, "2026-11-20", place="Gerai")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    form.presenter.save({"place": "Balai desa"})
    settle(qtbot, window)
    save_form(ani.desk, open_form(ani.desk, RecordKey("visit", visit)), {"place": "Rumah ketua"})
    window.session.records_changed.emit()
    settle(qtbot, window)
    pressed(qtbot, window, "undo")
    assert ani.get("visit", visit)["place"] == "Rumah ketua"
    assert "sudah diubah lagi sesudahnya" in told(window)
    assert list_conflicts(ani.desk) == []
    pressed(qtbot, window, "undo")
    assert "Tidak ada yang bisa diurungkan." in told(window)


def test_what_is_being_typed_is_the_last_change(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = a_visit(ani, coop, "2026-11-20", agreement="Buku kas diisi.")
    window = open_desk()
    form = opened(qtbot, window, visit, coop)
    place = form.fields["place"].control
    form.open_folds()
    place.setFocus()
    QTest.keyClicks(place, "Gerai")
    pressed(qtbot, window, "undo")
    assert "place" not in ani.get("visit", visit)
    assert ani.get("visit", visit)["agreement"] == "Buku kas diisi."
    pressed(qtbot, window, "redo")
    assert ani.get("visit", visit)["place"] == "Gerai"
