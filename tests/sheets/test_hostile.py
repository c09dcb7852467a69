"""Files that are no lists, or that were made to do harm: refused whole, before anything is looked at."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kopdesk.sheets.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, FileUnreadable
from kopdesk.sheets.reading import read_sheets, read_sheets_apart
from tests.support.sheets import ods


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Koperasi", 0)
    sheet.append(["Nama Koperasi", "NIK Koperasi"])
    sheet.append(["Koperasi A", "0408111200300001"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60 * 1024 * 1024))
    return content.getvalue()


def _lying_bomb() -> bytes:
    """Says in its directory that it is small."""
    content = bytearray(_bomb())
    size = (60 * 1024 * 1024).to_bytes(4, "little")
    return bytes(content.replace(size, (100).to_bytes(4, "little")))


def _many_entries() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(300):
            archive.writestr(f"xl/{number}", b"")
    return content.getvalue()


def _far_cell(cell: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as old, zipfile.ZipFile(content, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                data = data.replace(b"</sheetData>", b"<row>" + cell + b"</row></sheetData>")
            new.writestr(entry, data)
    return content.getvalue()


def _rewritten(change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_workbook())) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(*change(entry.filename, old.read(entry)))
    return content.getvalue()


def _renamed(name: str) -> bytes:
    return _rewritten(lambda known, data: (name if known.endswith("styles.xml") else known, data))


def _with_entity() -> bytes:
    """As "billion laughs" begins."""
    declared = b'<!DOCTYPE workbook [<!ENTITY ha "ha"><!ENTITY hahaha "&ha;&ha;&ha;">]>'

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name != "xl/workbook.xml":
            return name, data
        at = data.index(b"<workbook")
        return name, data[:at] + declared + data[at:]

    return _rewritten(change)


def _endless_ods() -> bytes:
    row = (
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    )
    return ods(row)


def _dense() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(20 * 1024 * 1024))
    return content.getvalue()


def _overlapping() -> bytes:
    content = bytearray(_workbook())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0].header_offset
    last = content.rindex(b"PK\x01\x02")
    content[last + 42 : last + 46] = first.to_bytes(4, "little")
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a huge file": (lambda: b"x" * (MAX_BYTES + 1), "too_large"),
    "many rows": (lambda: b"Nama;NIK\n" + b"x;1\n" * (MAX_ROWS + 1), "too_many_rows"),
    "many columns": (lambda: b";".join([b"kolom"] * (MAX_COLUMNS + 1)), "too_many_columns"),
    "a long cell": (lambda: b"Nama;NIK\n" + b"x" * 6000 + b";1\n", "cell_too_long"),
    "an open quote": (lambda: b'Nama;NIK\n"never closed;1\n', "damaged"),
    "a NUL": (lambda: b"Nama\0Koperasi", "not_a_list"),
    "no text": (lambda: b"\x81\x8d\x8f", "damaged"),
    "a PDF": (lambda: b"%PDF-1.7", "not_a_list"),
    "an old file that is no workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(100), "damaged"),
    "an encrypted workbook": (
        lambda: b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "encrypted",
    ),
    "a name that leads elsewhere": (lambda: _renamed("../../etc/passwd"), "damaged"),
    "a name on another drive": (lambda: _renamed("C:/Windows/win.ini"), "damaged"),
    "an entity": (lambda: _with_entity(), "damaged"),
    "rows without end in an ODS": (lambda: _endless_ods(), "too_many_rows"),
    "noise that unpacks a thousandfold": (lambda: _dense(), "too_large"),
    "a broken archive": (lambda: b"PK\x03\x04 and then nothing", "damaged"),
    "a cut workbook": (lambda: _workbook()[:-400], "damaged"),
    "a bomb": (_bomb, "too_large"),
    "a lying bomb": (_lying_bomb, "damaged"),
    "many entries": (_many_entries, "too_large"),
    "overlapping entries": (_overlapping, "damaged"),
    "a cell far right": (lambda: _far_cell(b'<c r="XFD1"><v>1</v></c>'), "too_many_columns"),
    "a cell far below": (lambda: _far_cell(b"<c s='1' r='A1048576'><v>1</v></c>"), "too_many_rows"),
    "a cell of another name space": (lambda: _far_cell(b'<x:c r="A1048576">1</x:c>'), "too_many_rows"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_whole(tmp_path: Path, name: str) -> None:
    content, reason = HOSTILE[name]
    path = tmp_path / "list.xlsx"
    path.write_bytes(content())
    with pytest.raises(FileUnreadable) as refused:
        read_sheets(path)
    assert refused.value.reason == reason


def test_empty_formatted_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(_far_cell(b'<c r="A1048576" s="1"/>'))
    assert [len(sheet.rows) for sheet in read_sheets(path)] == [2, 0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read_sheets(tmp_path / "nothing.csv")
    assert refused.value.reason == "missing"


def test_a_file_that_is_read_apart_is_refused_for_the_same_reason(tmp_path: Path) -> None:
    path = tmp_path / "neraca.xlsx"
    path.write_bytes(_bomb())
    with pytest.raises(FileUnreadable) as refused:
        read_sheets_apart(path)
    assert refused.value.reason == "too_large"
    assert refused.value.path == path
