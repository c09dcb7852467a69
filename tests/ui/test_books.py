"""Pembukuan: a check begun at a month, typed with the keyboard, tested, promised, printed and put out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kopdesk.sample.picture import cash_book_photo
from kopdesk.sheets.figures import Writing
from kopdesk.ui.books.check_form import CheckForm
from kopdesk.ui.books.importing import LinesImport
from kopdesk.ui.books.page import BooksPage
from kopdesk.ui.books.parts import Balance, Shelf
from kopdesk.ui.books.putting_out import write_statement
from kopdesk.ui.books.till import TillEditor, Tills
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.widgets.grid import Grid
from kopdesk.usecases.records import list_records
from tests.support.world import TestLaptop, World
from tests.ui.conftest import settle

OpenDesk = Callable[[], MainWindow]
UNBALANCED = (
    "1101\tKas\t\t1.300.000\t\n1111\tBank\t\t4.200.000\t\n3101\tSimpanan pokok\t\t\t3.450.000\n"
    "3102\tSimpanan wajib\t\t\t2.000.000\n"
)


def books(window: MainWindow) -> BooksPage:
    assert isinstance(window.page, BooksPage)
    return window.page


def begun(qtbot: QtBot, window: MainWindow, part: str = "general") -> CheckForm:
    """A check of the month in which the cursor of the matrix stands, with Enter."""
    window.show_page("books")
    settle(qtbot, window)
    QTest.keyClick(books(window).matrix, Qt.Key.Key_Return)
    settle(qtbot, window)
    form = books(window).form
    assert form is not None
    form.show_part(part)
    settle(qtbot, window)
    return form


def keys(*typed: str | Qt.Key) -> None:
    for one in typed:
        for sign in one if isinstance(one, str) else (one,):
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(sign, str):
                QTest.keyClicks(target, sign)
            else:
                QTest.keyClick(target, sign)


def go(grid: Grid, row: int, column: int) -> None:
    grid.setFocus()
    grid.setCurrentIndex(grid.grid.index(row, column))


def paste(qtbot: QtBot, window: MainWindow, form: CheckForm, text: str) -> None:
    (balance,) = form.findChildren(Balance)
    QGuiApplication.clipboard().setText(text)
    go(balance.grid, 0, 0)
    QTest.keyClick(balance.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)


def only_check(ani: TestLaptop) -> dict[str, object]:
    (check,) = list_records(ani.desk, "book_check")
    return dict(check)


def counted_till(qtbot: QtBot, window: MainWindow, form: CheckForm) -> TillEditor:
    """Rp1.280.000 with the keyboard alone: down with Enter, nothing else."""
    form.show_part("cash")
    settle(qtbot, window)
    (tills,) = form.findChildren(Tills)
    tills.add()
    settle(qtbot, window)
    assert tills.editor is not None
    go(tills.editor.count, 1, 1)
    keys("12", Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return, "8", Qt.Key.Key_Return)
    settle(qtbot, window)
    return tills.editor


def test_a_month_is_begun_with_enter_and_is_there_once_something_is_typed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    form = begun(qtbot, window)
    assert list_records(ani.desk, "book_check") == []
    field = form.fields["members_in_book"].control
    field.setFocus()
    keys("120", Qt.Key.Key_Tab)
    settle(qtbot, window)
    check = only_check(ani)
    assert (check["period"], check["members_in_book"]) == (f"{window.session.today:%Y-%m}", 120)
    assert check["checked_on"] == window.session.today.isoformat()


def test_cash_is_counted_with_enter_alone_and_the_shortage_said_in_words(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    form = begun(qtbot, window)
    editor = counted_till(qtbot, window, form)
    key = next(iter(form.check().cash))
    book = form.fields[f"cash/{key}/book_balance"].control
    book.setFocus()
    keys("1300000", Qt.Key.Key_Tab)
    settle(qtbot, window)
    told = [label.text() for label in editor.findChildren(type(editor._difference))]
    assert "Uang dihitung Rp1.280.000" in told
    assert "Kurang Rp20.000" in told
    assert "Dua puluh ribu rupiah" in told
    till = only_check(ani)["cash"]
    assert isinstance(till, dict)
    assert till[key]["note"] == {"100000": 12, "10000": 8}


def test_an_unbalanced_trial_balance_is_pasted_found_and_promised_with_one_key(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, world: World
) -> None:
    ani.put("officer", cooperative_id=str(coop), name="Sri Wahyuni", body="board", position="treasurer")
    window = open_desk()
    form = begun(qtbot, window, "lines")
    paste(qtbot, window, form, UNBALANCED)
    form.show_part("results")
    settle(qtbot, window)
    assert form.results.told is not None
    (proposal,) = form.results.told.report.open_proposals
    assert proposal.case is not None
    assert proposal.case.difference == 50_000
    window._on_key("promise")
    settle(qtbot, window)
    (promise,) = list_records(ani.desk, "follow_up")
    assert promise["responsible"] == "Sri Wahyuni (bendahara)"
    assert promise["origin_type"] == "book_check"
    assert form.results.promise_buttons == {}
    ani.sync()
    assert not ani.unsent()
    again = world.laptop("ani", "laptop-2")
    again.sync()
    assert again.dump() == ani.dump()
    (arrived,) = list_records(again.desk, "book_check")
    assert arrived["findings"][proposal.key]["rule"] == "trial_balance/trial_balance"


def test_a_paste_is_taken_back_as_one(qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID) -> None:
    window = open_desk()
    form = begun(qtbot, window, "lines")
    paste(qtbot, window, form, UNBALANCED)
    assert len(form.check().lines) == 4
    window._on_key("undo")
    settle(qtbot, window)
    assert form.check().lines == {}
    assert list_records(ani.desk, "book_check") == []
    paste(qtbot, window, form, UNBALANCED)
    assert only_check(ani)["period"] == f"{window.session.today:%Y-%m}"


def test_what_was_typed_is_there_after_the_window_was_killed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    counted_till(qtbot, window, begun(qtbot, window))
    window.session._profile = None  # nothing of the closing is done, as when the battery ends
    again = only_check(ani)["cash"]
    assert isinstance(again, dict)
    assert next(iter(again.values()))["note"] == {"100000": 12, "10000": 8}


def ledger(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for one in rows:
        sheet.append(one)
    book.save(path)
    return path


def reviewed(qtbot: QtBot, window: MainWindow, form: CheckForm, path: Path) -> LinesImport:
    (balance,) = form.findChildren(Balance)
    importing = balance.begin_import()
    importing.read(path)
    qtbot.waitUntil(lambda: bool(importing._sheets), timeout=30_000)
    settle(qtbot, window)
    return importing


def test_a_trial_balance_is_read_from_a_file_and_nothing_saved_before_it_was_reviewed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    path = ledger(
        tmp_path / "neraca.xlsx",
        [
            ["KDMP Peridan"],
            ["Kode", "Nama Perkiraan", "Debet", "Kredit"],
            ["1-10", "Kas", "1.500", None],
            ["3-10", "Simpanan pokok", None, "1.500"],
            ["9-99", "Biaya aneh", 700, None],
            [None, "JUMLAH", "2.200", "1.500"],
        ],
    )
    window = open_desk()
    form = begun(qtbot, window, "lines")
    importing = reviewed(qtbot, window, form, path)
    assert not importing.take.isEnabled()
    importing._on_writing("debit", (Writing.POINT,))
    importing._on_writing("credit", (Writing.POINT,))
    assert [fault.reason for _row, _column, fault in importing.grid.grid.faults()] == ["key_missing"]
    assert list_records(ani.desk, "book_check") == []
    go(importing.grid, 2, 2)
    keys("5207", Qt.Key.Key_Return)
    assert importing.take.isEnabled()
    importing.take_lines()
    settle(qtbot, window)
    lines = only_check(ani)["lines"]
    assert lines == {
        "1101": {"name": "Kas", "debit": 1_500},
        "3101": {"name": "Simpanan pokok", "credit": 1_500},
        "5207": {"name": "Biaya aneh", "debit": 700},
    }


def test_what_was_chosen_for_a_file_is_known_for_the_next_one(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    rows: list[list[object]] = [["Kode", "Nama", "Debet", "Kredit"], ["9-99", "Biaya aneh", 700, None]]
    window = open_desk()
    form = begun(qtbot, window, "lines")
    first = reviewed(qtbot, window, form, ledger(tmp_path / "okt.xlsx", rows))
    go(first.grid, 0, 2)
    keys("5207", Qt.Key.Key_Return)
    first.take_lines()
    settle(qtbot, window)
    rows[1][2] = 900
    second = reviewed(qtbot, window, form, ledger(tmp_path / "nov.xlsx", rows))
    assert list(second.grid.grid.faults()) == []
    second.take_lines()
    settle(qtbot, window)
    assert only_check(ani)["lines"] == {"5207": {"name": "Biaya aneh", "debit": 900}}


def test_a_file_that_is_none_is_refused_in_a_sentence(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "foto.xlsx"
    path.write_bytes(b"\x89PNG and so on")
    window = open_desk()
    form = begun(qtbot, window, "lines")
    (balance,) = form.findChildren(Balance)
    importing = balance.begin_import()
    importing.read(path)
    qtbot.waitUntil(lambda: not importing._banner.isHidden(), timeout=30_000)
    assert "foto.xlsx" in importing._banner._sentence.text()


def test_a_concluded_check_may_only_be_read(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    form = begun(qtbot, window, "lines")
    paste(qtbot, window, form, UNBALANCED)
    form.show_part("results")
    settle(qtbot, window)
    form.results.conclude()
    settle(qtbot, window)
    assert only_check(ani).get("state") in (None, "draft")  # without a conclusion it cannot be
    form.presenter.save({"conclusion": "needs_mending"})
    settle(qtbot, window)
    form.results.conclude()
    settle(qtbot, window)
    assert only_check(ani)["state"] == "concluded"
    form.show_part("lines")
    settle(qtbot, window)
    paste(qtbot, window, form, "1102\tKas gerai\t\t5\t\n")
    assert len(form.check().lines) == 4


def test_the_statement_is_filled_from_the_trial_balance_and_put_out_in_simkopdes_keys(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    window = open_desk()
    form = begun(qtbot, window, "lines")
    paste(qtbot, window, form, UNBALANCED)
    form.show_part("statement")
    settle(qtbot, window)
    assert form.statement is not None
    form.statement.fill()
    settle(qtbot, window)
    for ending in ("json", "xlsx"):
        write_statement(form, ending, tmp_path / f"laporan.{ending}")
        settle(qtbot, window)
    document = json.loads((tmp_path / "laporan.json").read_text(encoding="utf-8"))
    assert document["laporan_posisi_keuangan"]["kas_dan_setara_kas"] == 1_300_000
    assert document["laporan_posisi_keuangan"]["total_aset"] == 5_500_000
    names = openpyxl.load_workbook(tmp_path / "laporan.xlsx").sheetnames
    assert names == ["Posisi keuangan", "Hasil usaha", "Pemetaan akun"]


@pytest.mark.parametrize(("part", "pages"), [("cash", 1), ("results", 1)])
def test_what_is_open_is_what_is_printed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, part: str, pages: int
) -> None:
    window = open_desk()
    form = begun(qtbot, window)
    counted_till(qtbot, window, form)
    form.show_part(part)
    settle(qtbot, window)
    window._on_key("print")
    settle(qtbot, window)
    document = books(window)._document
    assert document is not None
    assert document._prepared is not None
    assert len(document._prepared.document.pages) >= pages
    window._on_key("back")
    assert form.isVisible()


def test_a_photo_belongs_to_the_book_that_has_the_cursor(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    window = open_desk()
    form = begun(qtbot, window, "books")
    (shelf,) = form.findChildren(Shelf)
    go(shelf.grid, 2, 1)
    keys("y")
    settle(qtbot, window)
    code = shelf.grid.grid.rows[2].key
    picture = tmp_path / "buku.jpg"
    picture.write_bytes(cash_book_photo(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), latitude=1, longitude=2))
    shelf.photos.panel.take_files([picture])
    settle(qtbot, window)
    settle(qtbot, window)
    (photo,) = list_records(ani.desk, "attachment")
    assert photo["owner_path"] == f"books/{code}/photo_id"
    shown = only_check(ani)["books"]
    assert isinstance(shown, dict)
    assert shown[code] == {"exists": True, "photo_id": photo["id"]}


def test_what_was_wrong_in_a_concluded_check_is_corrected_beside_it(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    form = begun(qtbot, window, "results")
    form.presenter.save({"members_in_book": 120, "conclusion": "orderly"})
    settle(qtbot, window)
    form.results.conclude()
    settle(qtbot, window)
    after = form.results.after
    assert after.isVisibleTo(form)
    after.begin_addition()
    keys("Bendahara menelepon: notanya ketemu.")
    after.save_addition()
    settle(qtbot, window)
    check = only_check(ani)
    (addition,) = check["additions"].values()  # type: ignore[attr-defined]
    assert addition["text"] == "Bendahara menelepon: notanya ketemu."
    assert check["members_in_book"] == 120
