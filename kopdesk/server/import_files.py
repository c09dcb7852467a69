"""Reads lists that people made with spreadsheets: CSV and XLSX, with limits, as cells of text.

A file from outside may be damaged, huge or malicious; it is refused whole, before anything is looked at.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from kopdesk.domain.errors import KopdeskError

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_ENTRIES = 200
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 20_000, 50, 20
MAX_CELL_CHARACTERS = 5_000


class FileUnreadable(KopdeskError):
    """A file that is no list. `reason`: missing, too_large, too_many_rows, too_many_columns, damaged …"""

    def __init__(self, path: Path, reason: str, detail: str = "") -> None:
        super().__init__(path, reason, detail)
        self.path, self.reason, self.detail = path, reason, detail


class Cell(NamedTuple):
    """What a cell says. Of a number it is no longer known how it was written."""

    text: str
    is_number: bool = False


class Sheet(NamedTuple):
    """One list: its rows with their number as the spreadsheet shows it. A CSV has a sheet without name."""

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]


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
        return _workbook(path, content)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8")):
        raise FileUnreadable(path, "not_a_list")
    return [Sheet("", _limited(path, _csv_rows(path, content)))]


def _limited(path: Path, rows: Iterator[tuple[int, list[Cell]]]) -> Sequence[tuple[int, Sequence[Cell]]]:
    """The rows that say something, up to the limits."""
    kept: list[tuple[int, Sequence[Cell]]] = []
    for number, cells in rows:
        while cells and not cells[-1].text:
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


# XLSX.


def _workbook(path: Path, content: bytes) -> list[Sheet]:
    _check_archive(path, content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            if len(workbook.sheet_names) > MAX_SHEETS:
                raise FileUnreadable(path, "too_many_sheets", str(MAX_SHEETS))
            return [Sheet(name, _limited(path, _sheet_rows(workbook, name))) for name in workbook.sheet_names]
    except CalamineError as error:
        raise FileUnreadable(path, "damaged") from error


def _sheet_rows(workbook: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[Cell]]]:
    sheet = workbook.get_sheet_by_name(name)
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, [_cell(value) for value in row]


def _cell(value: float | str | bool | time | date | datetime | timedelta) -> Cell:
    if isinstance(value, str):
        return Cell(value.strip())
    if isinstance(value, bool):
        return Cell("ya" if value else "tidak")
    if isinstance(value, int | float):
        return Cell(str(int(value)) if float(value).is_integer() else repr(value), is_number=True)
    if isinstance(value, datetime) and value.time() == time.min:
        return Cell(value.date().isoformat())
    return Cell(value.isoformat() if isinstance(value, date | time) else str(value))


_PLACE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,9})[\"'][^>]*?(/?)>")
_GENEROUS_ROWS = MAX_ROWS + 1000
"""Empty formatted rows below a list are common."""


def _check_archive(path: Path, content: bytes) -> None:
    """Refuse what would burst: bombs, overlapping entries, one cell at the far end of an endless sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
                raise FileUnreadable(path, "too_large")
            ends = sorted((e.header_offset, e.header_offset + e.compress_size) for e in entries)
            if any(later < end for (_, end), (later, _) in pairwise(ends)):
                raise FileUnreadable(path, "damaged")
            left = MAX_UNPACKED_BYTES
            for entry in entries:
                with archive.open(entry) as file:
                    data = file.read(left + 1)
                left -= len(data)
                if left < 0:  # the size in the directory was a lie
                    raise FileUnreadable(path, "too_large")
                if entry.filename.startswith("xl/worksheets/"):
                    _check_extent(path, data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FileUnreadable(path, "damaged") from error


def _check_extent(path: Path, sheet: bytes) -> None:
    for found in _PLACE.finditer(sheet):
        if found[3]:  # only formatted
            continue
        if int(found[2]) > _GENEROUS_ROWS:
            raise FileUnreadable(path, "too_many_rows", str(MAX_ROWS))
        if _column_number(found[1]) > MAX_COLUMNS:
            raise FileUnreadable(path, "too_many_columns", str(MAX_COLUMNS))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
