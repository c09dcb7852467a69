"""A statement as a file by its ending: a spreadsheet to sign, or JSON to upload."""

import json

from kopdesk.reports.statement_keys import statement_document
from kopdesk.reports.statement_sheets import SheetsOf, statement_workbook
from kopdesk.wording.catalogue import _


def statement_file(given: SheetsOf, nik: str, ending: str) -> bytes:
    """`ending`: "xlsx" or "json"; `nik`: the cooperative's number, empty if unknown."""
    if ending == "json":
        document = statement_document(given.statement, given.rapb, given.cooperative, nik)
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    return statement_workbook(given)


def usual_signers(treasurer: str) -> tuple[tuple[str, str], ...]:
    """Those who sign a statement; the names of the others are written by hand."""
    return ((_("Ketua"), ""), (_("Bendahara"), treasurer), (_("Pengawas"), ""))
