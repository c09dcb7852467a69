"""A statement, a budget and the mapping behind them as a spreadsheet: live totals, ready to be signed."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kopdesk.domain.chart import Chart
from kopdesk.domain.rapb import Rapb
from kopdesk.domain.statement import (
    TAX_KEY,
    UNIT_KEYS,
    Statement,
    UnitResult,
)
from kopdesk.domain.statement_totals import totals
from kopdesk.reports.statement_keys import unit_key, unit_parts
from kopdesk.rules.statement_layout import Section, StatementLayout
from kopdesk.wording.accounts import ACCOUNTS
from kopdesk.wording.catalogue import _
from kopdesk.wording.checking import stated_name
from kopdesk.wording.dates import date_text
from kopdesk.wording.labels import leaf_label
from kopdesk.wording.terbilang import rupiah_in_words

_MONEY = "#,##0;(#,##0);-"
"""What is owed stands in brackets, as in Indonesian statements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsOf:
    """What goes into the file. `signers`: what people sign as, and their names where they are known."""

    cooperative: str
    statement: Statement
    rapb: Rapb | None
    chart: Chart
    layout: StatementLayout
    is_syariah: bool
    signers: Sequence[tuple[str, str]]


@dataclass
class _Sheet:
    """A worksheet and the row that is written next."""

    sheet: Worksheet
    formats: dict[str, Format]
    row: int = 0
    places: dict[str, str] = field(default_factory=dict)

    def line(self, *cells: str | int, look: str = "") -> None:
        """Texts as text, never as formulas; amounts as numbers."""
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(self.row, at, cell, self.formats[look or "money"])
            else:
                kind = "heading_right" if look == "heading" and at > 1 else look or "text"
                self.sheet.write_string(self.row, at, cell, self.formats[kind])
        self.row += 1

    def total(self, label: str, key: str, formulas: Sequence[tuple[str, int]]) -> None:
        """A formula in each column of amounts, with its value beside it for programs that do not compute."""
        self.sheet.write_string(self.row, 0, label, self.formats["strong"])
        self.sheet.write_string(self.row, 1, key, self.formats["strong"])
        for at, (formula, value) in enumerate(formulas):
            self.sheet.write_formula(self.row, 2 + at, f"={formula}", self.formats["strong_money"], value)
        self.row += 1


def statement_workbook(given: SheetsOf) -> bytes:
    """The file. Every total is a formula with its value in it: viewers show it, and changes move it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = {
        "text": book.add_format({"font_size": 10}),
        "quiet": book.add_format({"font_size": 9, "font_color": "#5C5953"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "strong": book.add_format({"bold": True, "font_size": 10, "top": 1}),
        "heading": book.add_format({"bold": True, "font_size": 10}),
        "heading_right": book.add_format({"bold": True, "font_size": 10, "align": "right"}),
        "money": book.add_format({"num_format": _MONEY, "font_size": 10}),
        "strong_money": book.add_format({"num_format": _MONEY, "bold": True, "font_size": 10, "top": 1}),
    }
    statement, rapb = given.statement, given.rapb
    _position(
        _new(book, formats, _("Posisi keuangan")),
        given,
        [statement.position, statement.opening],
        _("Laporan posisi keuangan"),
    )
    _results(
        _new(book, formats, _("Hasil usaha")),
        given,
        statement.results,
        statement.units,
        _("Perhitungan hasil usaha"),
    )
    if rapb is not None:
        year = str(rapb.year or "")
        _position(
            _new(book, formats, _("RAPB posisi {year}").format(year=year)),
            given,
            [rapb.position],
            _("RAPB: posisi keuangan {year}").format(year=year),
        )
        _results(
            _new(book, formats, _("RAPB hasil {year}").format(year=year)),
            given,
            rapb.results,
            rapb.units,
            _("RAPB: hasil usaha {year}").format(year=year),
        )
    _mapping(_new(book, formats, _("Pemetaan akun")), given)
    book.close()
    return out.getvalue()


def _new(book: xlsxwriter.Workbook, formats: dict[str, Format], name: str) -> _Sheet:
    sheet = book.add_worksheet(name[:31])
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 9, 18)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    return _Sheet(sheet, formats)


def _title(sheet: _Sheet, given: SheetsOf, name: str) -> None:
    sheet.line(name, look="title")
    sheet.line(given.cooperative, look="heading")
    begin, end = given.statement.starts_on, given.statement.ends_on
    if begin and end:
        sheet.line(
            _("Periode {begin} sampai {end}, dalam rupiah").format(begin=date_text(begin), end=date_text(end))
        )
    sheet.row += 1


def _position(sheet: _Sheet, given: SheetsOf, columns: Sequence[Mapping[str, int]], title: str) -> None:
    filled = [dict(one) for one in columns]
    sections = {section.code: section for section in given.layout.of("position")}
    _title(sheet, given, title)
    sheet.line(
        _("Pos"),
        _("Kunci SIMKOPDES"),
        *(_("Akhir periode"), _("Awal periode"))[: len(filled)],
        look="heading",
    )
    found = [totals(one, {}, {}) for one in filled]
    assets = _group(sheet, sections["assets"], filled)
    contra = _group(sheet, sections["contra_assets"], filled)
    sheet.total(
        stated_name("total_aset"),
        "total_aset",
        [
            (f"SUM({_range(assets, at)})-SUM({_range(contra, at)})", one.assets)
            for at, one in enumerate(found)
        ],
    )
    total_assets = sheet.row - 1
    owed = _group(sheet, sections["liabilities"], filled)
    sums = [(f"SUM({_range(owed, at)})", one.liabilities) for at, one in enumerate(found)]
    sheet.total(stated_name("total_liabilitas"), "total_liabilitas", sums)
    own = _group(sheet, sections["equity"], filled)
    sums = [(f"SUM({_range(own, at)})", one.equity) for at, one in enumerate(found)]
    sheet.total(stated_name("total_ekuitas"), "total_ekuitas", sums)
    equity, liabilities = sheet.row - 1, owed[1] + 1
    check = [
        (f"{_cell(total_assets, at)}-{_cell(liabilities, at)}-{_cell(equity, at)}", one.imbalance)
        for at, one in enumerate(found)
    ]
    sheet.total(_("Selisih (harus nol)"), "", check)
    sheet.line(
        _("Terbilang jumlah aset: {words}").format(words=rupiah_in_words(found[0].assets)), look="quiet"
    )
    _sign(sheet, given)


def _group(sheet: _Sheet, section: Section, columns: Sequence[Mapping[str, int]]) -> tuple[int, int]:
    """First and last row of the amounts."""
    sheet.line(_(section.title), look="heading")
    first = sheet.row
    for key in section.keys:
        sheet.line(_(ACCOUNTS[key]), key, *(one.get(key, 0) for one in columns))
    return first, sheet.row - 1


def _range(rows: tuple[int, int], column: int) -> str:
    return f"{_cell(rows[0], column)}:{_cell(rows[1], column)}"


def _cell(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, 2 + column))


def _results(
    sheet: _Sheet, given: SheetsOf, results: Mapping[str, int], units: Mapping[str, UnitResult], title: str
) -> None:
    _title(sheet, given, title)
    sheet.line(_("Pos"), _("Kunci SIMKOPDES"), _("Jumlah"), look="heading")
    found = totals({}, results, units)
    sections = {section.code: section for section in given.layout.of("results")}
    rows: dict[str, tuple[int, int]] = {}
    for part in unit_parts():
        sheet.line(leaf_label(UnitResult, part), look="heading")
        first = sheet.row
        for unit in UNIT_KEYS:
            amount = getattr(units[unit], part) or 0 if unit in units else 0
            sheet.line(_(ACCOUNTS[unit]), unit_key(part, unit), amount)
        rows[part] = (first, sheet.row - 1)
    other = _group(sheet, sections["income"], [results])
    plus = ("member_revenue", "other_revenue", "member_sundry", "other_sundry")
    revenue = "+".join(f"SUM({_range(rows[part], 0)})" for part in plus)
    cost = "-".join(f"SUM({_range(rows[part], 0)})" for part in ("member_cost", "other_cost"))
    net = f"{revenue}-{cost}+SUM({_range(other, 0)})"
    sheet.total(stated_name("total_pendapatan"), "total_pendapatan", [(net, found.net_revenue)])
    net_row = sheet.row - 1
    shared = _group(sheet, sections["expenses"], [results])
    expenses = f"SUM({_range(rows['expenses'], 0)})+SUM({_range(shared, 0)})"
    sheet.total(stated_name("total_beban"), "total_beban", [(expenses, found.expenses)])
    before = f"{_cell(net_row, 0)}-{_cell(sheet.row - 1, 0)}"
    sheet.total(stated_name("shu_sebelum_pajak"), "shu_sebelum_pajak", [(before, found.result_before_tax)])
    before_row = sheet.row - 1
    sheet.line(_(ACCOUNTS[TAX_KEY]), TAX_KEY, results.get(TAX_KEY, 0))
    after = f"{_cell(before_row, 0)}-{_cell(sheet.row - 1, 0)}"
    sheet.total(stated_name("shu_tahun_berjalan"), "shu_tahun_berjalan", [(after, found.result)])
    sheet.line(_("Terbilang SHU: {words}").format(words=rupiah_in_words(found.result)), look="quiet")
    _sign(sheet, given)


def _sign(sheet: _Sheet, given: SheetsOf) -> None:
    sheet.row += 2
    for at, (position, name) in enumerate(given.signers):
        sheet.sheet.write_string(sheet.row, at, position, sheet.formats["text"])
        sheet.sheet.write_string(
            sheet.row + 4, at, name or "(                              )", sheet.formats["text"]
        )
    sheet.row += 5


def _mapping(sheet: _Sheet, given: SheetsOf) -> None:
    """From the accounts to the keys: a table to read; it is changed in the rule pack."""
    sheet.line(_("Pemetaan akun ke kunci SIMKOPDES"), look="title")
    sheet.line(given.chart.version, look="quiet")
    sheet.row += 1
    sheet.line(_("No. akun"), _("Nama akun"), _("Kunci SIMKOPDES"), look="heading")
    for number, account in given.chart.accounts.items():
        key = account.key or unit_key(account.part, account.unit)
        sheet.line(number, given.chart.name_of(number, is_syariah=given.is_syariah), key)
