"""Spreadsheets of four kinds: the same cells, and which of them are formulas."""

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kopdesk.sheets.reading import Cell, Sheet, read_sheets, read_sheets_apart
from tests.support.sheets import ods, ods_row

XLS = Path(__file__).parent / "neraca-saldo.xls"
"""Saved by LibreOffice: headings, four accounts, a sum by formula."""


def cells(sheet: Sheet, row: int) -> list[Cell]:
    return list(dict(sheet.rows)[row])


def test_an_old_workbook_is_read_too() -> None:
    (sheet,) = read_sheets(XLS)
    assert [cell.text for cell in cells(sheet, 3)] == ["No. Akun", "Nama Akun", "Debet", "Kredit"]
    assert cells(sheet, 4)[:3] == [Cell("1101", is_number=True), Cell("Kas"), Cell("1250000", is_number=True)]
    assert cells(sheet, 8)[2] == Cell("15450000", is_number=True)


def test_what_a_formula_came_to_is_told_from_what_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "neraca.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Neraca Saldo")
    sheet.write_row(0, 0, ["Kas", 1_250_000])
    sheet.write_formula(1, 1, "=SUM(B1:B1)", None, 1_250_000)
    book.close()
    (read,) = read_sheets(path)
    assert cells(read, 1)[1] == Cell("1250000", is_number=True)
    assert cells(read, 2)[1] == Cell("1250000", is_number=True, formula="value")


def test_a_formula_without_its_value_is_not_an_empty_cell_and_no_nought(tmp_path: Path) -> None:
    path = tmp_path / "neraca.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Kas", "=100+50", "akhir"])
    book.save(path)
    (read,) = read_sheets(path)
    assert cells(read, 1) == [Cell("Kas"), Cell("", formula="none"), Cell("akhir")]


def test_a_formula_that_came_to_an_error_is_told(tmp_path: Path) -> None:
    path = tmp_path / "neraca.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_formula(0, 0, "=1/0", None, "#DIV/0!")
    book.close()
    (read,) = read_sheets(path)
    assert cells(read, 1)[0].formula == "error"


def test_the_same_of_an_ods_whose_rows_and_cells_may_stand_for_many(tmp_path: Path) -> None:
    path = tmp_path / "neraca.ods"
    path.write_bytes(
        ods(
            ods_row(["No. Akun", "Debet"])
            + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            + ods_row(["1101", 1_250_000])
            + ods_row(["Jumlah", 1_250_000], "of:=SUM([.B4:.B4])")
            + ods_row(["Rusak", ""], "of:=[.B9]")
            + '<table:table-row table:number-rows-repeated="1048570">'
            '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        )
    )
    (read,) = read_sheets(path)
    assert read.name == "Neraca saldo"
    assert cells(read, 4) == [Cell("1101"), Cell("1250000", is_number=True)]
    assert cells(read, 5)[1] == Cell("1250000", is_number=True, formula="value")
    assert cells(read, 6)[0] == Cell("Rusak")


def test_read_apart_it_is_the_same() -> None:
    assert read_sheets_apart(XLS) == read_sheets(XLS)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_whatever_excel_has_saved_it(coding: str, tmp_path: Path) -> None:
    path = tmp_path / "neraca.csv"
    path.write_bytes("No. Akun;Nama\n1101;Kas – gerai\n".encode(coding))
    (read,) = read_sheets(path)
    assert [cell.text for cell in cells(read, 2)] == ["1101", "Kas – gerai"]
