"""Reads tables that people made with spreadsheets, with limits, as cells of text: CSV, XLSX, XLS and ODS.

A file from outside may be damaged, huge or malicious; it is refused whole, before anything is looked at.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from kopdesk.apart import NotEnded, apart
from kopdesk.sheets.archives import Formulas, check_archive
from kopdesk.sheets.limits import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    FileUnreadable,
)

_LONGEST_S, _MOST_MEMORY = 30.0, 1024**3

_OLD = b"\xd0\xcf\x11\xe0"
"""How XLS begins, and whatever a newer Excel has encrypted."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Cell(NamedTuple):
    """What a cell says. Of a number it is no longer known how it was written.

    `formula`: "value" where the text is what a formula came to when the file was saved, "none" where the file
    holds a formula without what it came to, "error" where it came to an error; of XLS nothing is known.
    """

    text: str
    is_number: bool = False
    formula: str = ""


class Sheet(NamedTuple):
    """One list: its rows with their number as the spreadsheet shows it. A CSV has a sheet without name."""

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]


def read_sheets_apart(path: Path) -> list[Sheet]:
    """The same in a process of its own, with a limit of time and memory: for files of strangers in a window
    that has to go on. Raises FileUnreadable.
    """
    try:
        return apart(_LONGEST_S, _read_limited, path)
    except NotEnded:
        raise FileUnreadable(path, "takes_too_long") from None


def _read_limited(path: Path) -> list[Sheet]:
    if sys.platform != "win32":  # Windows has no such limit: there the time alone ends it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        return read_sheets(path)
    except MemoryError:
        raise FileUnreadable(path, "too_large", str(MAX_BYTES)) from None


def read_sheets(path: Path) -> list[Sheet]:
    """All lists in a file; raises FileUnreadable."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileUnreadable(path, "too_large", str(MAX_BYTES))
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileUnreadable(path, "missing") from None
    except OSError as error:
        raise FileUnreadable(path, "cannot_be_read", error.strerror or "") from error
    if content.startswith(b"PK\x03\x04"):
        return _workbook(path, content, check_archive(path, content))
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise FileUnreadable(path, "encrypted")
        return _workbook(path, content, {})
    if content.startswith((b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8")):
        raise FileUnreadable(path, "not_a_list")
    return [Sheet("", _limited(path, _csv_rows(path, content)))]


def _limited(path: Path, rows: Iterator[tuple[int, list[Cell]]]) -> Sequence[tuple[int, Sequence[Cell]]]:
    """The rows that say something, up to the limits."""
    kept: list[tuple[int, Sequence[Cell]]] = []
    for number, cells in rows:
        while cells and not (cells[-1].text or cells[-1].formula):
            cells.pop()
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            raise FileUnreadable(path, "too_many_columns", str(MAX_COLUMNS))
        if len(kept) >= MAX_ROWS:
            raise FileUnreadable(path, "too_many_rows", str(MAX_ROWS))
        if any(len(cell.text) > MAX_CELL_CHARACTERS for cell in cells):
            raise FileUnreadable(path, "cell_too_long", str(number))
        kept.append((number, cells))
    return kept


# CSV.


def _csv_rows(path: Path, content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    text = _decoded(path, content)
    if "\0" in text:
        raise FileUnreadable(path, "not_a_list")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            yield reader.line_num, [Cell(_csv_text(cell)) for cell in row]
    except csv.Error as error:
        raise FileUnreadable(path, "damaged", f"{reader.line_num}") from error


def _decoded(path: Path, content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 as Excel's "Unicode text" has it, otherwise Windows."""
    codings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for coding in codings:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(path, "damaged")


def _delimiter(text: str) -> str:
    """What separates the cells of the first lines: Indonesian spreadsheets write semicolons."""
    beginning = text[:4096].splitlines()[:10]
    counts = {sign: sum(line.count(sign) for line in beginning) for sign in ";,\t"}
    return max(counts, key=lambda sign: counts[sign])


_EXCEL_TEXT = re.compile(r'="([^"=]*)"')
_GUARDED = ("'=", "'+", "'-", "'@", "'\t")


def _csv_text(cell: str) -> str:
    """Without what spreadsheets put around text so that it stays text: `="0012"` and one leading '."""
    excel = _EXCEL_TEXT.fullmatch(cell.strip())
    if excel:
        return excel[1].strip()
    return (cell[1:] if cell.startswith(_GUARDED) else cell).strip()


# Workbooks.

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def _workbook(path: Path, content: bytes, formulas: Mapping[str, Formulas]) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            if len(workbook.sheet_names) > MAX_SHEETS:
                raise FileUnreadable(path, "too_many_sheets", str(MAX_SHEETS))
            return [
                Sheet(name, _limited(path, _sheet_rows(workbook, name, formulas.get(name, {}))))
                for name in workbook.sheet_names
            ]
    except PasswordError as error:
        raise FileUnreadable(path, "encrypted") from error
    except (CalamineError, ValueError) as error:
        raise FileUnreadable(path, "damaged") from error


def _sheet_rows(
    workbook: CalamineWorkbook, name: str, formulas: Formulas
) -> Iterator[tuple[int, list[Cell]]]:
    sheet = workbook.get_sheet_by_name(name)
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, [_cell(value, formulas.get((number, at), "")) for at, value in enumerate(row, 1)]


def _cell(value: float | str | bool | time | date | datetime | timedelta, formula: str) -> Cell:
    if isinstance(value, str):
        is_error = formula == "error" or value in _ERRORS or value.startswith("Err:")
        return Cell("" if is_error else value.strip(), formula="error" if is_error else formula)
    if isinstance(value, bool):
        return Cell("ya" if value else "tidak", formula=formula)
    if isinstance(value, int | float):
        text = str(int(value)) if float(value).is_integer() else repr(value)
        return Cell(text, is_number=True, formula=formula)
    if isinstance(value, datetime) and value.time() == time.min:
        return Cell(value.date().isoformat(), formula=formula)
    return Cell(value.isoformat() if isinstance(value, date | time) else str(value), formula=formula)
