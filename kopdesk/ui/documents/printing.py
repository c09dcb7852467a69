"""Pages on paper. Qt cannot read PDF without a module we do not ship: it prints their pictures."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from kopdesk.reports.typesetting import Paper, Typeset

_MILLIMETRES: dict[Paper, tuple[int, int]] = {"a4": (210, 297), "f4": (215, 330)}


def ask_and_print(document: Typeset, window: QWidget) -> bool:
    """Whether a printer was chosen and got the pages."""
    printer = printer_for(document)
    if QPrintDialog(printer, window).exec() != QDialog.DialogCode.Accepted:
        return False
    paint_pages(document, printer)
    return True


def printer_for(document: Typeset) -> QPrinter:
    """With the paper the pages were set for, and no margins but theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    width, height = _MILLIMETRES[document.paper]
    exact = QPageSize.SizeMatchPolicy.ExactMatch  # Qt takes F4 for Folio otherwise, a millimetre wider
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, document.paper.upper(), exact)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    return printer


def paint_pages(document: Typeset, printer: QPrinter) -> None:
    """Each picture fills its page."""
    painter = QPainter(printer)
    for number, png in enumerate(document.print_pages):
        if number:
            printer.newPage()
        page = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(page), QImage.fromData(png))
    painter.end()
