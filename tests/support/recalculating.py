"""LibreOffice as the judge of a spreadsheet: it computes every formula anew, whatever stood beside it."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from python_calamine import CalamineWorkbook

Cells = Mapping[str, list[list[object]]]
"""By the name of the sheet: its rows."""

_ALWAYS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
)
_LONGEST_S = 180


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Cells]:
    """The workbooks by name as LibreOffice computes them: what was stored is made nonsense before."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS)
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(spoiled(content))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", "xlsx", "--outdir", str(folder / "out")),
        *(str(folder / f"{name}.xlsx") for name in books),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST_S)
    return {name: cells_of((folder / "out" / f"{name}.xlsx").read_bytes()) for name in books}


def spoiled(content: bytes) -> bytes:
    """The same workbook with a 7 beside every formula."""
    return _changed_sheets(content, lambda sheet: re.sub(r"(</f><v>)[^<]*(</v>)", r"\g<1>7\2", sheet))


def with_value(content: bytes, sheet: int, cell: str, value: str) -> bytes:
    """The same workbook with another figure typed into a cell of that sheet, counted from 1."""
    return _changed_sheets(content, partial(_typed, cell, value), sheet)


def with_copy(content: bytes, sheet: int, source: str, target: str) -> bytes:
    """The same workbook with the text of one cell typed into another."""

    def typed(part: str) -> str:
        found = re.search(rf'<c r="{source}" s="\d+" t="s"><v>(\d+)</v>', part)
        assert found, f"no text in {source}"
        return _typed(target, found[1], part)

    return _changed_sheets(content, typed, sheet)


def with_text(content: bytes, sheet: int, cell: str, text: str) -> bytes:
    """The same workbook with another word typed into a cell of text."""

    def typed(part: str) -> str:
        inline = rf'<c r="{cell}" s="\g<1>" t="inlineStr"><is><t>{text}</t></is></c>'
        changed, count = re.subn(rf'<c r="{cell}" s="(\d+)" t="s"><v>\d+</v></c>', inline, part)
        assert count == 1, f"{count} cells {cell} hold a text"
        return changed

    return _changed_sheets(content, typed, sheet)


def _typed(cell: str, value: str, part: str) -> str:
    changed, count = re.subn(rf'(<c r="{cell}" s="\d+"(?: t="s")?><v>)[^<]*(</v>)', rf"\g<1>{value}\2", part)
    assert count == 1, f"{count} cells {cell} hold a value"
    return changed


def cells_of(content: bytes) -> Cells:
    """As a reader sees them that does not compute."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def _changed_sheets(content: bytes, change: Callable[[str], str], only: int | None = None) -> bytes:
    wanted = "xl/worksheets/" if only is None else f"xl/worksheets/sheet{only}.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.infolist():
            part = source.read(one)
            if one.filename.startswith(wanted):
                part = change(part.decode()).encode()
            target.writestr(one, part)
    return out.getvalue()
