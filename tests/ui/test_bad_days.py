"""Bad days in the window: what a person sees when the centre is gone or the disk is full."""

import os
from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.syncing.page import SyncPage
from kopdesk.ui.visits.page import VisitsPage
from tests.support.bad_disk import files_no_larger_than
from tests.support.world import TestLaptop
from tests.ui.conftest import settle
from tests.ui.looking import texts

OpenDesk = Callable[[], MainWindow]
LONG = "Kas dihitung bersama bendahara, nota dicocokkan satu per satu. " * 450


def test_the_centre_is_gone_and_the_work_stays_and_says_so(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    ani.link.offline = True
    window = open_desk()
    window.press("sync")  # from the first page, which stays
    settle(qtbot, window)
    assert window.top_bar.pill.text().startswith("Luring · ")
    window.show_page("syncing")
    settle(qtbot, window)
    assert isinstance(window.page, SyncPage)
    shown = " ".join(texts(window))
    assert "aman di laptop" in shown
    assert window.top_bar.pill.text().startswith("Luring · ")
    ani.link.offline = False
    window.press("sync")
    settle(qtbot, window)
    assert "Semua terkirim" in window.top_bar.pill.text()


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_disk_that_takes_nothing_more_is_told_beside_the_field_and_what_was_typed_stays_to_be_saved_later(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20")
    window = open_desk()
    window.show_record("visit", visit, coop)
    settle(qtbot, window)
    assert isinstance(window.page, VisitsPage)
    form = window.page.form
    field = form.fields["agreement"]
    field.control.setFocus()
    with files_no_larger_than(40_000):
        field.control.setPlainText(LONG)  # type: ignore[attr-defined]
        form.leave()
        settle(qtbot, window)
    assert "belum tersimpan" in field.message.text()
    assert "agreement" not in ani.get("visit", visit)
    QTest.keyClicks(field.control, "x")
    form.leave()
    settle(qtbot, window)
    assert ani.get("visit", visit)["agreement"].startswith("x" + LONG[:20])
    assert field.message.text() == ""
