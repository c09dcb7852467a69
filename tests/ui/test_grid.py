"""The grid: typed, pasted, filled and left as a spreadsheet is; nothing guessed, nothing lost."""

from datetime import date
from itertools import repeat
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kopdesk.domain.fields import Kind
from kopdesk.domain.ids import next_key
from kopdesk.ui.feeding import Feeder
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_blocks import block_of
from kopdesk.ui.widgets.grid_cells import GridColumn
from kopdesk.ui.widgets.grid_totals import GridTotals
from kopdesk.ui.widgets.labels import LineLabel

NO_MODIFIER, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MANY = 1_000
"""More rows than are taken over at once."""
TODAY = date(2026, 11, 27)
LEDGER = (
    GridColumn(name="number", label="No. akun", is_key=True, width=90),
    GridColumn(name="name", label="Nama akun", path="lines/{key}/name", stretch=True),
    GridColumn(name="debit", label="Debit", kind=Kind.MONEY, path="lines/{key}/debit", is_summed=True),
    GridColumn(name="credit", label="Kredit", kind=Kind.MONEY, path="lines/{key}/credit", is_summed=True),
)
GOODS = (
    GridColumn(name="name", label="Barang", path="stock/{key}/name", stretch=True),
    GridColumn(name="card", label="Kartu", kind=Kind.COUNT, path="stock/{key}/card", places=3),
    GridColumn(name="sound", label="Baik", kind=Kind.FLAG, path="stock/{key}/sound"),
    GridColumn(name="until", label="Sampai", kind=Kind.DATE, path="stock/{key}/until"),
    GridColumn(
        name="twice", label="Dua kali", kind=Kind.COUNT, computed=lambda row: 2 * int(row.get("card") or 0),
        places=3,
    ),
)  # fmt: skip


class Shown:
    """A grid between two other controls, and all that it said was typed."""

    def __init__(self, qtbot: QtBot, columns: tuple[GridColumn, ...], group: str) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.before, self.after = QLineEdit(), QLineEdit()
        bits = iter(range(1, 10_000))
        self.feeder = Feeder(self.window)
        self.grid = Grid(
            columns,
            "Neraca saldo",
            today=lambda: TODAY,
            group=group,
            new_key=lambda others: next_key(others, next(bits).to_bytes(8, "big")),
            completed=lambda key: {"name": "Kas"} if key == "1101" else {},
            feeder=self.feeder,
        )
        layout = QVBoxLayout(self.window)
        for widget in (self.before, self.grid, self.after):
            layout.addWidget(widget)
        self.typed: list[dict[str, Any]] = []
        self.grid.changed.connect(self.typed.append)
        self.window.resize(700, 500)
        self.window.show()
        self.window.activateWindow()
        self.go(0, 0)

    def go(self, row: int, column: int) -> None:
        self.grid.setFocus()
        self.grid.clearSelection()
        self.grid.setCurrentIndex(self.grid.grid.index(row, column))

    def keep_busy(self) -> None:
        """The window is being built elsewhere: no long paste gets on by itself."""
        self.feeder.feed(self.window, repeat(None))

    def keys(
        self, *keys: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """To whatever has the keyboard then: the first sign opens the cell, the others go into it."""
        for key in keys:
            for sign in key if isinstance(key, str) else (key,):
                target = QApplication.focusWidget() or self.grid
                if isinstance(sign, str):
                    QTest.keyClicks(target, sign)
                else:
                    QTest.keyClick(target, sign, modifier)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.keys(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)

    @property
    def place(self) -> tuple[int, int]:
        return self.grid.currentIndex().row(), self.grid.currentIndex().column()

    def text(self, row: int, column: int) -> str:
        return str(self.grid.grid.index(row, column).data())


@pytest.fixture
def ledger(qtbot: QtBot) -> Shown:
    return Shown(qtbot, LEDGER, "lines")


@pytest.fixture
def goods(qtbot: QtBot) -> Shown:
    return Shown(qtbot, GOODS, "stock")


def test_a_row_is_typed_with_tab_and_enter_and_known_accounts_name_themselves(ledger: Shown) -> None:
    ledger.keys("1101", Qt.Key.Key_Tab)
    assert ledger.typed == [{"lines/1101/name": "Kas"}]
    ledger.keys(Qt.Key.Key_Tab, "1250000", Qt.Key.Key_Return)
    assert ledger.typed[-1] == {"lines/1101/debit": 1_250_000}
    assert ledger.text(0, 2) == "1.250.000"
    assert ledger.place == (1, 2)


def test_amounts_typed_before_their_account_wait_for_it_and_come_together(ledger: Shown) -> None:
    ledger.go(0, 2)
    ledger.keys("5000", Qt.Key.Key_Return)
    assert ledger.typed == []
    assert [fault.reason for _row, _column, fault in ledger.grid.grid.faults()] == ["key_missing"]
    ledger.go(0, 0)
    ledger.keys("5207", Qt.Key.Key_Return)
    assert ledger.typed == [{"lines/5207/debit": 5_000}]
    assert list(ledger.grid.grid.faults()) == []


@pytest.mark.parametrize(
    ("typed", "reason"), [("1,500", "number_two_ways"), ("seribu", "not_a_whole_number")]
)
def test_what_cannot_be_read_stays_marked_and_is_not_sent(ledger: Shown, typed: str, reason: str) -> None:
    ledger.keys("1101", Qt.Key.Key_Tab, Qt.Key.Key_Tab, typed, Qt.Key.Key_Return)
    assert ledger.text(0, 2) == typed
    assert [fault.reason for _row, _column, fault in ledger.grid.grid.faults()] == [reason]
    assert all("lines/1101/debit" not in leaves for leaves in ledger.typed)
    ledger.grid.show_leaves({"lines/1101/name": "Kas"}, is_other=False)
    assert ledger.text(0, 2) == typed  # not even when the record is loaded anew
    ledger.grid.go_to_fault()
    ledger.keys("1500", Qt.Key.Key_Return)
    assert ledger.typed[-1] == {"lines/1101/debit": 1_500}


def test_a_block_is_pasted_as_one_change_and_adds_its_rows(ledger: Shown) -> None:
    ledger.paste("1101\tKas\t2.350.000\t\r\n1111\tBank BRI\tRp14.200.000\t\n2101\tUtang\t\t(3.000.000)\n")
    assert ledger.typed == [
        {
            "lines/1101/name": "Kas",
            "lines/1101/debit": 2_350_000,
            "lines/1111/name": "Bank BRI",
            "lines/1111/debit": 14_200_000,
            "lines/2101/name": "Utang",
            "lines/2101/credit": -3_000_000,
        }
    ]
    assert len(ledger.grid.grid.rows) == 4


def test_a_number_that_is_there_already_is_marked_and_overwrites_nothing(ledger: Shown) -> None:
    ledger.paste("1101\tKas\t100\n1101\tKas gerai\t200")
    assert ledger.typed == [{"lines/1101/name": "Kas", "lines/1101/debit": 100}]
    assert [fault.reason for _row, _column, fault in ledger.grid.grid.faults()] == ["key_twice"]
    assert ledger.text(1, 2) == "200"


def test_two_thousand_rows_are_pasted_as_one_change(ledger: Shown, qtbot: QtBot) -> None:
    text = "\n".join(f"9.{n}\tAkun {n}\t{n}\t" for n in range(1, 2001))
    ledger.paste(text)
    qtbot.waitUntil(lambda: bool(ledger.typed), timeout=20_000)
    (leaves,) = ledger.typed
    assert leaves["lines/9.2000/debit"] == 2000
    assert len(leaves) == 4000
    assert len(ledger.grid.grid.rows) == 2001


def test_a_block_is_copied_as_a_spreadsheet_takes_it_and_filled_down(ledger: Shown) -> None:
    ledger.paste("1101\tKas\t1250000\n1102\tKas gerai\t\n1111\tBank\t")
    ledger.go(0, 2)
    for row in (1, 2):
        index = ledger.grid.grid.index(row, 2)
        ledger.grid.selectionModel().select(index, ledger.grid.selectionModel().SelectionFlag.Select)
    ledger.keys(Qt.Key.Key_D, modifier=Qt.KeyboardModifier.ControlModifier)
    assert ledger.typed[-1] == {"lines/1102/debit": 1_250_000, "lines/1111/debit": 1_250_000}
    ledger.keys(Qt.Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1250000\n1250000\n1250000"
    ledger.keys(Qt.Key.Key_Delete)
    assert ledger.typed[-1] == dict.fromkeys(("lines/1101/debit", "lines/1102/debit", "lines/1111/debit"))


def test_a_row_is_taken_away_and_another_number_moves_all_of_it(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5, "lines/1102/debit": 7}, is_other=True)
    ledger.go(0, 0)
    ledger.keys("1105", Qt.Key.Key_Return)
    assert ledger.typed[-1] == {"lines/1101/~deleted": True, "lines/1105/debit": 5}
    ledger.go(1, 0)
    ledger.keys(Qt.Key.Key_Minus, modifier=Qt.KeyboardModifier.ControlModifier)
    assert ledger.typed[-1] == {"lines/1102/~deleted": True}


def test_what_arrives_while_somebody_types_does_not_touch_the_cell(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5, "lines/1101/name": "Kas"}, is_other=True)
    ledger.go(0, 2)
    ledger.keys("77")
    assert ledger.grid.typing_paths(QApplication.focusWidget()) == {"lines/1101/debit"}
    ledger.grid.show_leaves(
        {"lines/1101/debit": 6, "lines/1101/name": "Kas besar", "lines/1001/debit": 1}, is_other=False
    )
    ledger.keys("0", Qt.Key.Key_Return)
    assert ledger.typed == [{"lines/1101/debit": 770}]
    assert ledger.text(1, 1) == "Kas besar"


def test_leaving_the_page_takes_over_what_is_being_typed(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.go(0, 2)
    ledger.keys("99")
    ledger.grid.leave()
    assert ledger.typed == [{"lines/1101/debit": 99}]


def test_answers_are_given_with_one_key_and_computed_cells_follow(goods: Shown) -> None:
    goods.keys("Beras", Qt.Key.Key_Tab, "12,5", Qt.Key.Key_Tab)
    key = next(iter(goods.typed[0])).split("/")[1]
    assert goods.typed == [{f"stock/{key}/name": "Beras"}, {f"stock/{key}/card": 12_500}]
    goods.keys("t")
    assert goods.typed[-1] == {f"stock/{key}/sound": False}
    goods.keys(Qt.Key.Key_Space)
    assert goods.typed[-1] == {f"stock/{key}/sound": True}
    goods.keys(Qt.Key.Key_Tab, "3/12", Qt.Key.Key_Return)
    assert goods.typed[-1] == {f"stock/{key}/until": "2026-12-03"}
    goods.grid.show_leaves({f"stock/{key}/card": 12_500}, is_other=False)
    assert goods.text(0, 4) == "25"


def test_tab_goes_on_from_the_last_cell_and_ctrl_tab_from_any(ledger: Shown) -> None:
    ledger.go(0, 3)
    ledger.keys(Qt.Key.Key_Tab)
    assert ledger.after.hasFocus()
    ledger.go(0, 1)
    ledger.keys(Qt.Key.Key_Tab, modifier=Qt.KeyboardModifier.ControlModifier)
    assert ledger.after.hasFocus()
    ledger.go(0, 0)
    ledger.keys(Qt.Key.Key_Backtab, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert ledger.before.hasFocus()


def test_a_grid_that_may_only_be_read_takes_nothing(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.grid.allow(is_allowed=False)
    ledger.go(0, 2)
    ledger.keys("7", Qt.Key.Key_Return, Qt.Key.Key_Delete)
    ledger.paste("1111\tBank\t1")
    assert ledger.typed == []


def many(first: int = 1) -> dict[str, Any]:
    return {f"lines/9.{n:04}/debit": n for n in range(first, MANY + 1)}


def faults(shown: Shown) -> list[tuple[int, int, str]]:
    return [(row, column, fault.reason) for row, column, fault in shown.grid.grid.faults()]


def test_a_paste_over_many_rows_that_are_there_is_one_change(ledger: Shown, qtbot: QtBot) -> None:
    ledger.grid.show_leaves(many(), is_other=True)
    ledger.go(0, 2)
    ledger.paste("\n".join(f"7\t{n}" for n in range(MANY)))
    qtbot.waitUntil(lambda: bool(ledger.typed))
    (leaves,) = ledger.typed
    assert len(leaves) == 2 * MANY - 1  # one debit was 7 already
    assert ledger.text(MANY - 1, 3) == "999"


def test_a_second_paste_during_the_first_loses_neither(ledger: Shown) -> None:
    ledger.keep_busy()
    ledger.paste("\n".join(f"9.{n}\tAkun\t{n}" for n in range(MANY)))
    ledger.go(0, 2)
    ledger.paste("\n".join("5" for _ in range(MANY)))
    ledger.grid.leave()
    first, second = ledger.typed
    assert (len(first), len(second)) == (2 * MANY, MANY - 1)
    assert ledger.text(3, 2) == "5"


def test_leaving_the_page_saves_what_is_still_being_pasted(ledger: Shown) -> None:
    ledger.keep_busy()
    busy: list[bool] = []
    ledger.grid.busy_changed.connect(busy.append)
    ledger.paste("\n".join(f"9.{n}\tAkun" for n in range(MANY)))
    assert (ledger.typed, busy) == ([], [True])
    ledger.grid.leave()
    assert len(ledger.typed) == 1
    assert busy == [True, False]


def test_a_paste_never_comes_into_another_record(ledger: Shown, qtbot: QtBot) -> None:
    ledger.keep_busy()
    ledger.paste("\n".join(f"9.{n}\tAkun" for n in range(MANY)))
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.feeder.feed(ledger.window, iter(()))
    qtbot.waitUntil(lambda: ledger.feeder.is_idle)
    assert ledger.typed == []
    assert [row.key for row in ledger.grid.grid.rows] == ["1101", ""]


def test_what_arrives_during_a_paste_stays_beside_it(ledger: Shown) -> None:
    ledger.keep_busy()
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.go(0, 0)
    ledger.paste("\n".join(["1101\tKas", *(f"9.{n}\tAkun" for n in range(MANY))]))
    ledger.grid.show_leaves({"lines/1101/~deleted": True, "lines/2101/debit": 7}, is_other=False)
    ledger.grid.leave()
    assert ledger.typed[0]["lines/1101/name"] == "Kas"
    assert {"1101", "2101", "9.0"} <= ledger.grid.grid.keys


def test_thousands_of_rows_are_taken_away_as_one_change(ledger: Shown) -> None:
    ledger.grid.show_leaves(many(), is_other=True)
    ledger.keys(Qt.Key.Key_A, modifier=CONTROL)
    ledger.keys(Qt.Key.Key_Minus, modifier=CONTROL)
    (leaves,) = ledger.typed
    assert len(leaves) == MANY
    assert len(ledger.grid.grid.rows) == 1


def test_a_row_that_is_not_on_the_disk_yet_stays_when_another_was_saved(ledger: Shown) -> None:
    ledger.keys("5207", Qt.Key.Key_Return)
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=False)
    assert [row.key for row in ledger.grid.grid.rows] == ["1101", "5207", ""]
    ledger.grid.show_leaves({"lines/1101/debit": 5, "lines/5207/debit": 7}, is_other=False)
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=False)  # taken back: now it goes
    assert [row.key for row in ledger.grid.grid.rows] == ["1101", ""]


def test_a_row_that_is_emptied_stays_to_be_typed_into_again(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.go(0, 2)
    ledger.keys(Qt.Key.Key_Delete)
    ledger.grid.show_leaves({}, is_other=False)
    ledger.keys("8", Qt.Key.Key_Return)
    assert ledger.typed == [{"lines/1101/debit": None}, {"lines/1101/debit": 8}]


def test_a_row_somebody_else_deletes_stays_while_it_is_typed_into(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.go(0, 2)
    ledger.keys("77")
    ledger.grid.show_leaves({"lines/1101/~deleted": True, "lines/1101/debit": 5}, is_other=False)
    ledger.keys("0", Qt.Key.Key_Return)
    assert ledger.typed == [{"lines/1101/debit": 770}]


def test_a_deleted_number_typed_again_does_not_bring_its_old_figures_back(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1102/~deleted": True, "lines/1102/credit": 9}, is_other=True)
    ledger.paste("1102\tKas gerai\t4")
    assert ledger.typed == [
        {"lines/1102/name": "Kas gerai", "lines/1102/debit": 4, "lines/1102/credit": None}
    ]


def test_numbers_that_move_up_by_one_row_take_nothing_with_them(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5, "lines/1102/credit": 7}, is_other=True)
    ledger.paste("1102\n1103")
    assert ledger.typed == [
        {
            "lines/1101/~deleted": True,
            "lines/1102/name": None,
            "lines/1102/debit": 5,
            "lines/1102/credit": None,
            "lines/1103/credit": 7,
        }
    ]
    assert faults(ledger) == []


def test_a_number_that_cannot_move_keeps_its_row_and_stops_those_that_wanted_its_place(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5, "lines/1102/debit": 7}, is_other=True)
    ledger.paste("1102\n!!")
    assert ledger.typed == []
    assert faults(ledger) == [(0, 0, "key_twice"), (1, 0, "bad_key_typed")]
    assert [row.key for row in ledger.grid.grid.rows] == ["1101", "1102", ""]


def test_filling_a_whole_list_leaves_the_empty_row_empty(ledger: Shown) -> None:
    ledger.paste("1101\tKas\t5\n1102\tKas gerai\t6")
    ledger.keys(Qt.Key.Key_A, modifier=CONTROL)
    ledger.keys(Qt.Key.Key_D, modifier=CONTROL)
    assert ledger.typed[-1] == {"lines/1102/name": "Kas", "lines/1102/debit": 5}
    assert faults(ledger) == []
    assert ledger.grid.grid.rows[-1].is_blank


def test_rows_of_a_grid_that_may_only_be_read_cannot_be_taken_away(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.grid.allow(is_allowed=False)
    ledger.go(0, 2)
    ledger.keys(Qt.Key.Key_Minus, Qt.Key.Key_X, modifier=CONTROL)
    assert ledger.typed == []
    assert ledger.text(0, 2) == "5"


@pytest.mark.parametrize(("modifier", "after"), [(CONTROL, True), (CONTROL | SHIFT, False)])
def test_ctrl_tab_leaves_the_grid_out_of_a_cell_too_and_takes_over_what_was_typed(
    ledger: Shown, modifier: Qt.KeyboardModifier, after: bool
) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.go(0, 2)
    ledger.keys("9")
    ledger.keys(Qt.Key.Key_Tab if after else Qt.Key.Key_Backtab, modifier=modifier)
    assert ledger.typed == [{"lines/1101/debit": 9}]
    assert (ledger.after if after else ledger.before).hasFocus()


def test_escape_gives_up_what_was_typed_and_shift_enter_goes_up(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5, "lines/1102/debit": 6}, is_other=True)
    ledger.go(1, 2)
    ledger.keys("77", Qt.Key.Key_Escape)
    assert (ledger.typed, ledger.text(1, 2)) == ([], "6")
    ledger.keys("8")
    ledger.keys(Qt.Key.Key_Return, modifier=SHIFT)
    assert (ledger.typed, ledger.place) == ([{"lines/1102/debit": 8}], (0, 2))


def test_tab_at_the_end_of_a_row_goes_to_the_next(ledger: Shown) -> None:
    ledger.grid.show_leaves({"lines/1101/debit": 5}, is_other=True)
    ledger.go(0, 3)
    ledger.keys("4", Qt.Key.Key_Tab)
    assert ledger.place == (1, 0)


def test_who_comes_to_a_fault_by_keyboard_is_told_why(ledger: Shown) -> None:
    told: list[str] = []
    counts: list[int] = []
    ledger.grid.fault_told.connect(told.append)
    ledger.grid.faults_changed.connect(counts.append)
    ledger.paste("1101\tKas\t1,500\tdua\n1102\tKas gerai\t6")
    assert counts[-1] == 2
    ledger.grid.go_to_fault()
    assert (ledger.place, told[-1]) == (
        (0, 2),
        "Angka ini bisa dibaca dua cara. Tulis tanpa titik dan koma, misalnya 1500.",
    )
    ledger.grid.go_to_fault()
    assert ledger.place == (0, 3)
    ledger.keys(Qt.Key.Key_Down)
    assert told[-1] == ""


def test_a_cell_that_is_typed_into_is_named_by_column_and_row(ledger: Shown) -> None:
    ledger.go(0, 2)
    ledger.keys("7")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Debit, baris 1"


def test_the_sums_follow_what_is_typed_and_say_what_they_leave_out(ledger: Shown) -> None:
    totals = GridTotals(ledger.grid, parent=ledger.window)
    ledger.paste("1101\tKas\t1250000\t\n1102\tKas gerai\t1000\t30")
    assert totals.accessibleName() == "Jumlah semua: Debit 1.251.000, Kredit 30"
    ledger.go(1, 2)
    ledger.keys("1,500", Qt.Key.Key_Return)
    assert totals.accessibleName() == "Jumlah semua, tanpa yang belum terbaca: Debit 1.250.000, Kredit 30"
    texts = [label.text() for label in totals.findChildren(LineLabel)]
    assert texts == ["Jumlah semua, tanpa yang belum terbaca", "1.250.000", "30"]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1101\tKas\r\n1102\t\r\n", [["1101", "Kas"], ["1102", ""]]),
        ('1101\t"Kas ""besar""\nlantai 1"\t5', [["1101", 'Kas "besar"\nlantai 1', "5"]]),
        ('"a\tb"\tc', [["a\tb", "c"]]),
        ('"Beras"\t5', [['"Beras"', "5"]]),  # the quotes are the cell's own
        ('"Beras 5"" \t5\n6', [['"Beras 5"" ', "5"], ["6"]]),
        ("1101;Kas;1.000\n1102;Gerai;", [["1101", "Kas", "1.000"], ["1102", "Gerai", ""]]),
        ('1101;"Kas; besar";5\n1102;"a ""b""";6', [["1101", "Kas; besar", "5"], ["1102", 'a "b"', "6"]]),
        ("Beras; gula", [["Beras; gula"]]),  # one line may be a sentence
        ("a;b\nc", [["a;b"], ["c"]]),
        ("1,500\n2,500", [["1,500"], ["2,500"]]),  # a comma is within amounts
        ("\n5", [[""], ["5"]]),
        ("", []),
    ],
)
def test_pasted_text_is_divided_as_spreadsheets_write_it(text: str, block: list[list[str]]) -> None:
    assert block_of(text) == block
