"""The grid: typed, pasted, filled and left as a spreadsheet is; nothing guessed, nothing lost."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kopdesk.domain.fields import Kind
from kopdesk.domain.ids import next_key
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
TODAY = date(2026, 11, 27)
LEDGER = (
    GridColumn(name="number", label="No. akun", is_key=True, width=90),
    GridColumn(name="name", label="Nama akun", path="lines/{key}/name", stretch=True),
    GridColumn(name="debit", label="Debit", kind=Kind.MONEY, path="lines/{key}/debit"),
    GridColumn(name="credit", label="Kredit", kind=Kind.MONEY, path="lines/{key}/credit"),
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
        self.grid = Grid(
            columns,
            "Neraca saldo",
            today=lambda: TODAY,
            group=group,
            new_key=lambda others: next_key(others, next(bits).to_bytes(8, "big")),
            completed=lambda key: {"name": "Kas"} if key == "1101" else {},
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
