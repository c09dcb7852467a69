"""Spreadsheet files as people bring them."""

import io
import zipfile
from collections.abc import Sequence

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: str, name: str = "Neraca saldo") -> bytes:
    """With one sheet that has these table:table-row elements."""
    sheet = f'<table:table table:name="{name}">{rows}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def ods_row(cells: Sequence[str | int], formula: str = "") -> str:
    """Texts and numbers; the last cell with a formula where one is given."""
    made = []
    for at, cell in enumerate(cells):
        told = f' table:formula="{formula}"' if formula and at == len(cells) - 1 else ""
        if isinstance(cell, int):
            made.append(f'<table:table-cell office:value-type="float" office:value="{cell}"{told}/>')
        elif cell:
            text = f"<text:p>{cell}</text:p>"
            made.append(f'<table:table-cell office:value-type="string"{told}>{text}</table:table-cell>')
        else:
            made.append(f"<table:table-cell{told}/>")
    return f"<table:table-row>{''.join(made)}</table:table-row>"
