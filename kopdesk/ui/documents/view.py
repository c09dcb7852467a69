"""A document as it will be printed: on the screen, on paper, in a file, or as a message."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from kopdesk.reports.typesetting import Paper, Typeset
from kopdesk.storage.files import write_whole
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM
from kopdesk.ui.widgets.buttons import leading, plain, primary
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.frames import Banner, Scroll
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.wording.catalogue import _
from kopdesk.wording.sentences import sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from kopdesk.usecases.desk import Desk

_PAGE_WIDTH = 620


@dataclass(frozen=True, slots=True)
class Prepared:
    """The document and the short text for a message, if there is one; `name`: of a file of it."""

    document: Typeset
    name: str
    message: str = ""


Prepare: TypeAlias = "Callable[[Desk, Paper, int], Prepared]"
"""The last one: how wide its pages are on the screen, in pixels."""


class DocumentView(QWidget):
    """Shown where the form is; back leads to the form again."""

    back_requested = Signal()
    last_folder = Path.home()
    """Where the last file was put: the next one belongs beside it."""

    def __init__(self, session: Session, back_to: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._prepare: Prepare | None = None
        self._prepared: Prepared | None = None
        self._paper = Chips([("a4", "A4"), ("f4", "F4")])
        self._paper.setAccessibleName(_("Kertas"))
        self._paper.show_chosen(["a4"])
        self._paper.changed.connect(self._on_paper)
        self._banner = Banner()
        self._pages: QVBoxLayout = column(gap=LARGE)
        self._print = primary(_("Cetak"), self.print_pages)
        self._file = plain(_("Simpan PDF …"), self._choose_file, "disk")
        self._copy = plain(_("Salin untuk pesan"), self.copy_message, "copy")
        back = leading(back_to, self.back_requested.emit, "left")
        scroll = Scroll(widget_of(self._pages))
        foot = row(self._print, self._file, self._copy, None)
        self.setLayout(column(row(back, None, self._paper), self._banner, scroll, foot, gap=MEDIUM, wide=2))

    def show_document(self, prepare: Prepare) -> None:
        """Look it up and set its pages."""
        self._prepare = prepare
        self._banner.hide()
        self._enable(is_ready=False)
        width = round(_PAGE_WIDTH * self.devicePixelRatioF())
        paper: Paper = "f4" if self._paper.chosen == ("f4",) else "a4"
        self._session.ask(lambda desk: prepare(desk, paper, width), self._show, self._refuse, owner=self)

    def put_away(self) -> None:
        """Its pages are large pictures, and soon made again."""
        self._prepared = None
        emptied(self._pages)

    def print_pages(self) -> None:
        """Ask for a printer and send the pages; what the printer does with them is its own business."""
        if self._prepared is not None:
            print_document(self._prepared, self._session, self.window())

    def save_pdf(self, path: Path) -> None:
        """Write the file, not in the window's thread."""
        assert self._prepared is not None
        pdf = self._prepared.document.pdf
        self._session.work.run(
            partial(write_whole, path, pdf),
            lambda _done: self._session.told.emit(_("Tersimpan: {file}").format(file=path)),
            self._refuse,
            owner=self,
        )

    def copy_message(self) -> None:
        """The short text goes to the clipboard."""
        if self._prepared is not None:
            QGuiApplication.clipboard().setText(self._prepared.message)
            self._session.told.emit(_("Teks disalin; tempelkan di pesan."))

    def _on_paper(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            self._paper.show_chosen(["a4"])
        if self._prepare is not None:
            self.show_document(self._prepare)

    def _choose_file(self) -> None:
        assert self._prepared is not None
        proposed = str(DocumentView.last_folder / f"{self._prepared.name}.pdf")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Simpan PDF …"), proposed, "PDF (*.pdf)")
        if chosen:
            DocumentView.last_folder = Path(chosen).parent
            path = Path(chosen)
            self.save_pdf(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))

    def _show(self, prepared: Prepared) -> None:
        self._prepared = prepared
        if prepared.document.fault is not None:
            self._banner.tell("warning", sentence_for(prepared.document.fault))
        emptied(self._pages)
        for number, page in enumerate(prepared.document.pages, 1):
            self._pages.addWidget(self._page(page, number), 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.addStretch(1)
        self._enable(is_ready=True)
        self._copy.setVisible(bool(prepared.message))

    def _page(self, png: bytes, number: int) -> QLabel:
        ratio = self.devicePixelRatioF()
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(ratio)
        label = QLabel()
        label.setProperty("kind", "paper")
        label.setPixmap(picture)
        label.setAccessibleName(_("Halaman {page}").format(page=number))
        return label

    def _refuse(self, error: Exception) -> None:
        self._banner.tell("bad", sentence_for(error))

    def _enable(self, *, is_ready: bool) -> None:
        for button in (self._print, self._file, self._copy):
            button.setEnabled(is_ready)


def print_document(prepared: Prepared, session: Session, window: QWidget) -> None:
    """QtPrintSupport is imported only now: it is seldom needed and slow to load."""
    from kopdesk.ui.documents.printing import ask_and_print

    if ask_and_print(prepared.document, window):
        session.told.emit(_("Dikirim ke pencetak"))


def file_name(*words: str) -> str:
    """Without what no file may be called."""
    return "".join(sign for sign in " ".join(filter(None, words)) if sign not in '\\/:*?"<>|')
