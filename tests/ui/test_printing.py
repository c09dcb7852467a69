"""Pages on paper: into a file, as a printer would get them."""

import re
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from kopdesk.reports.typesetting import Paper, typeset
from kopdesk.ui.documents.printing import paint_pages, printer_for

FACTS = {
    **dict.fromkeys(
        ("cooperative", "address", "day", "time", "place", "mode", "assistant", "topics"), "Peridan"
    ),
    **dict.fromkeys(("people", "purposes", "promises", "later"), ()),
    "agreement": "\n".join(f"Butir {number}" for number in range(120)),
    "findings": (),
    "is_draft": False,
}


@pytest.mark.parametrize(("paper", "points"), [("a4", (595, 842)), ("f4", (609, 935))])
def test_every_page_is_printed_on_the_paper_it_was_set_for(
    qapp: QApplication, tmp_path: Path, paper: Paper, points: tuple[int, int]
) -> None:
    document = typeset("minutes", FACTS, own_templates=None, paper=paper)
    assert len(document.print_pages) == 3
    printer = printer_for(document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "kertas.pdf"))
    paint_pages(document, printer)
    printed = (tmp_path / "kertas.pdf").read_bytes()
    assert printed.count(b"/Type /Page\n") == 3
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", printed)
    assert found is not None
    assert (float(found[1]), float(found[2])) == pytest.approx(points, abs=1.5)
