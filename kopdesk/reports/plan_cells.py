"""Cells of a plan's workbook: texts as texts, figures as figures, formulas with their value beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

_MONEY = "#,##0;(#,##0);-"
_SIZE = 10

Cached = int | float | str


EPSILON = "0.0000001"
"""Growth and season are multiplied as floating point numbers: what is a half would else end up just below."""


@dataclass
class Refs:
    """Where assumptions stand: single cells by path, columns of rows by "table/leaf"."""

    cells: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """A worksheet, and the row that is written next."""

    name: str
    sheet: Worksheet
    formats: dict[str, Format]
    row: int = 0
    places: dict[str, int] = field(default_factory=dict)

    def text(self, at: int, text: str, look: str = "text", row: int | None = None) -> None:
        """Never a formula, whatever somebody has typed."""
        self.sheet.write_string(self.row if row is None else row, at, text, self.formats[look])

    def number(self, at: int, value: float, look: str = "money") -> str:
        """A figure; where it stands."""
        self.sheet.write_number(self.row, at, value, self.formats[look])
        return self.ref(self.row, at)

    def choice(self, label: str, choices: type[StrEnum], chosen: str, note: str) -> str:
        """A line with one of a few words, told in a note; where the word stands."""
        self.text(0, label)
        self.sheet.write_string(self.row, 1, chosen, self.formats["typed_text"])
        source = [str(one) for one in choices]
        self.sheet.data_validation(self.row, 1, self.row, 1, {"validate": "list", "source": source})
        self.text(2, note, "note")
        self.row += 1
        return self.ref(self.row - 1, 1)

    def formula(
        self, at: int, formula: str, value: Cached, look: str = "money", row: int | None = None
    ) -> str:
        """A live formula with its value, for programs that do not compute; where it stands."""
        place = self.row if row is None else row
        self.sheet.write_formula(place, at, f"={formula}", self.formats[look], value)
        return self.ref(place, at)

    def ref(self, row: int, at: int) -> str:
        """For a formula on any sheet."""
        return f"{self.name}!{xl_rowcol_to_cell(row, at, row_abs=True, col_abs=True)}"

    def span(self, row: int, first: int, last: int) -> str:
        """A stretch of a row, for a formula on any sheet."""
        begin = xl_rowcol_to_cell(row, first, row_abs=True, col_abs=True)
        end = xl_rowcol_to_cell(row, last, row_abs=True, col_abs=True)
        return f"{self.name}!{begin}:{end}"

    def column_span(self, first: int, last: int, at: int) -> str:
        """A stretch of a column."""
        begin = xl_rowcol_to_cell(first, at, row_abs=True, col_abs=True)
        end = xl_rowcol_to_cell(last, at, row_abs=True, col_abs=True)
        return f"{self.name}!{begin}:{end}"

    def headings(self, titles: Sequence[str], first: int = 0) -> None:
        """A row of them; all but the first over figures."""
        for at, title in enumerate(titles, first):
            self.text(at, title, "heading" if at == first else "heading_right")
        self.row += 1

    def line(self, key: str, label: str, formulas: Sequence[tuple[str, int]], look: str = "money") -> None:
        """A row by months: its label, then a formula in each column from the third on."""
        self.text(0, label, "strong" if look == "strong_money" else "text")
        for at, (formula, value) in enumerate(formulas):
            self.formula(FIRST + at, formula, value, look)
        self.places[key] = self.row
        self.row += 1

    def at(self, key: str, month: int) -> str:
        """The cell of a line in a month, counted from 0."""
        return self.ref(self.places[key], FIRST + month)

    def of(self, key: str, first: int, last: int) -> str:
        """A line from one month to another, both included."""
        return self.span(self.places[key], FIRST + first, FIRST + last)


FIRST = 2
"""The column of the first month."""


def formats_of(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """How cells look. What may be typed over is blue and not locked."""
    plain = {"font_size": _SIZE}
    typed = plain | {"font_color": "#1F4E9A", "bg_color": "#EEF3FB", "locked": False}
    return {
        "text": book.add_format(plain),
        "quiet": book.add_format({"font_size": 9, "font_color": "#5C5953", "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "strong": book.add_format(plain | {"bold": True, "top": 1}),
        "heading": book.add_format(plain | {"bold": True, "bottom": 1}),
        "heading_right": book.add_format(
            plain | {"bold": True, "bottom": 1, "align": "right", "text_wrap": True}
        ),
        "money": book.add_format(plain | {"num_format": _MONEY}),
        "strong_money": book.add_format(plain | {"num_format": _MONEY, "bold": True, "top": 1}),
        "count": book.add_format(plain | {"num_format": "0"}),
        "ratio": book.add_format(plain | {"num_format": "0.00", "align": "right"}),
        "percent": book.add_format(plain | {"num_format": "0.00%", "align": "right"}),
        "date": book.add_format(plain | {"num_format": "dd/mm/yyyy"}),
        "answer": book.add_format({"bold": True, "font_size": 12, "align": "right"}),
        "typed_count": book.add_format(typed | {"num_format": "0"}),
        "note": book.add_format({"font_size": 9, "font_color": "#5C5953"}),
        "typed_money": book.add_format(typed | {"num_format": "#,##0"}),
        "typed_percent": book.add_format(typed | {"num_format": "0.00"}),
        "typed_text": book.add_format(typed),
    }


def half_up(numerator: str, denominator: str) -> str:
    """The formula of `rounding.ratio`: a half goes up, also below nought. Both have to be whole numbers."""
    return f"INT((2*({numerator})+({denominator}))/(2*({denominator})))"


def share(amount: str, basis_points: str) -> str:
    """The formula of `rounding.share`."""
    return half_up(f"({amount})*({basis_points})", "10000")


def points(percent: str) -> str:
    """Basis points of a cell that holds a percentage."""
    return f"ROUND({percent}*100,0)"
