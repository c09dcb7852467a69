"""Looks into XLSX and ODS archives before anybody unpacks them, and finds out which cells are formulas."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias
from xml.parsers import expat

from kopdesk.sheets.limits import (
    GENEROUS_ROWS,
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    FileUnreadable,
)

Formulas: TypeAlias = Mapping[tuple[int, int], str]
"""By row and column, both from 1: "value", "none" or "error"."""

_RATIO_FROM = 1024 * 1024
"""A file of a few kilobytes may well shrink to a hundredth."""


def check_archive(path: Path, content: bytes) -> dict[str, Formulas]:
    """Refuse what would burst or reach out; returns where formulas stand, by the name of the sheet.

    Bombs, overlapping entries, names that lead elsewhere, links, declared entities, one cell at the end of
    an endless sheet. Raises FileUnreadable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(path, archive, len(content))
            parts = dict(_unpacked(path, archive))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FileUnreadable(path, "damaged") from error
    try:
        if b"opendocument" in parts.get("mimetype", b""):
            return _Ods(path).read(parts.get("content.xml", b""))
        return _xlsx_formulas(path, parts)
    except (expat.ExpatError, ValueError, KeyError) as error:
        raise FileUnreadable(path, "damaged") from error


def _check_entries(path: Path, archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise FileUnreadable(path, "too_large")
    if unpacked > _RATIO_FROM and unpacked > MAX_RATIO * size:
        raise FileUnreadable(path, "too_large")
    ends = sorted((e.header_offset, e.header_offset + e.compress_size) for e in entries)
    if any(later < end for (_, end), (later, _) in pairwise(ends)):
        raise FileUnreadable(path, "damaged")
    for entry in entries:
        if entry.flag_bits & 1:
            raise FileUnreadable(path, "encrypted")
        if _leads_elsewhere(entry):
            raise FileUnreadable(path, "damaged")


def _leads_elsewhere(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    is_link = entry.external_attr >> 28 == 0xA
    return is_link or name.startswith("/") or ":" in name or ".." in name.split("/")


def _unpacked(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    left = MAX_UNPACKED_BYTES
    for entry in archive.infolist():
        with archive.open(entry) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:  # the size in the directory was a lie
            raise FileUnreadable(path, "too_large")
        if entry.filename.startswith("xl/worksheets/"):
            _check_extent(path, data)
        yield entry.filename, data


_PLACE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,9})[\"'][^>]*?(/?)>")


def _check_extent(path: Path, sheet: bytes) -> None:
    for found in _PLACE.finditer(sheet):
        if found[3]:  # only formatted
            continue
        if int(found[2]) > GENEROUS_ROWS:
            raise FileUnreadable(path, "too_many_rows", str(MAX_ROWS))
        if _column_number(found[1]) > MAX_COLUMNS:
            raise FileUnreadable(path, "too_many_columns", str(MAX_COLUMNS))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _parser(path: Path) -> expat.XMLParserType:
    """One that knows no entities but XML's own, and opens nothing."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_told: object) -> None:
        raise FileUnreadable(path, "damaged")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _xlsx_formulas(path: Path, parts: Mapping[str, bytes]) -> dict[str, Formulas]:
    found: dict[str, Formulas] = {}
    for name, part in _xlsx_sheets(path, parts):
        if b"<f" in parts.get(part, b"") or b":f" in parts.get(part, b""):
            found[name] = _Xlsx(path).read(parts[part])
    return found


def _xlsx_sheets(path: Path, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part it is in."""
    targets: dict[str, str] = {}
    names: list[tuple[str, str]] = []

    def relation(tag: str, given: Mapping[str, str]) -> None:
        if tag.endswith(" Relationship"):
            target = given.get("Target", "")
            joined = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[given.get("Id", "")] = joined

    def sheet(tag: str, given: Mapping[str, str]) -> None:
        if tag.endswith(" sheet"):
            ids = [value for key, value in given.items() if key.endswith("relationships id")]
            names.append((given.get("name", ""), ids[0] if ids else ""))

    for part, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = _parser(path)
        parser.StartElementHandler = handler
        parser.Parse(parts.get(part, b"<none/>"), True)
    for name, relation_id in names:
        if relation_id in targets:
            yield name, targets[relation_id]


class _Xlsx:
    """Which cells of a sheet have <f>, and whether <v> stands beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[tuple[int, int], str] = {}
        self._place: tuple[int, int] | None = None
        self._has_formula = self._in_value = self._has_value = self._is_error = False

    def read(self, sheet: bytes) -> Formulas:
        parser = _parser(self._path)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(sheet, True)
        return self._found

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "c":
            place = re.fullmatch(r"([A-Za-z]{1,4})(\d{1,9})", given.get("r", ""))
            self._place = (int(place[2]), _column_number(place[1].encode())) if place else None
            self._has_formula = self._has_value = False
            self._is_error = given.get("t") == "e"
        elif name == "f":
            self._has_formula = True
        self._in_value = name == "v"

    def _text(self, text: str) -> None:
        if self._in_value and text.strip():
            self._has_value = True

    def _end(self, tag: str) -> None:
        self._in_value = False
        if tag.rpartition(" ")[2] == "c" and self._has_formula and self._place is not None:
            told = "value" if self._has_value else "none"
            self._found[self._place] = "error" if self._is_error else told


class _Ods:
    """The same of an ODS, whose cells and rows may stand for many."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sheets: dict[str, dict[tuple[int, int], str]] = {}
        self._cells: dict[tuple[int, int], str] = {}
        self._row = self._column = 0
        self._repeated = 1

    def read(self, content: bytes) -> dict[str, Formulas]:
        parser = _parser(self._path)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(content, True)
        return dict(self._sheets)

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        space, _gap, name = tag.rpartition(" ")
        if not space.endswith(":table:1.0"):
            return
        if name == "table":
            self._cells = self._sheets.setdefault(given.get(f"{space} name", ""), {})
            self._row = 0
        elif name == "table-row":
            self._repeated = int(given.get(f"{space} number-rows-repeated", "1"))
            self._row += 1
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._cell(space, given)

    def _cell(self, space: str, given: Mapping[str, str]) -> None:
        times = int(given.get(f"{space} number-columns-repeated", "1"))
        value_type = next((value for key, value in given.items() if key.endswith(" value-type")), "")
        if value_type and self._row + self._repeated - 1 > GENEROUS_ROWS:
            raise FileUnreadable(self._path, "too_many_rows", str(MAX_ROWS))
        if value_type and self._column + times > MAX_COLUMNS:
            raise FileUnreadable(self._path, "too_many_columns", str(MAX_COLUMNS))
        if f"{space} formula" in given:
            for at in range(self._column + 1, self._column + min(times, MAX_COLUMNS) + 1):
                self._cells[self._row, at] = "value" if value_type else "none"
        self._column += times

    def _end(self, tag: str) -> None:
        if tag.endswith(" table-row"):
            self._row += self._repeated - 1
