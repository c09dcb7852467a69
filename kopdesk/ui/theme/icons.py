"""The program's own icons: strokes in one colour, drawn sharp for every screen there is."""

from functools import cache

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kopdesk.shipped import shipped
from kopdesk.ui.theme.tokens import ICON


@cache
def icon(name: str, colour: str, disabled: str = "", size: int = ICON) -> QIcon:
    """The icon in a colour; `disabled`: another for controls that cannot be used."""
    made = QIcon()
    for scale in sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}):
        made.addPixmap(pixmap(name, colour, size, scale), QIcon.Mode.Normal)
        if disabled and disabled != colour:
            made.addPixmap(pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int = ICON, scale: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` pixels at 100 %, drawn for a screen of that scale."""
    drawn = QPixmap(QSize(round(size * scale), round(size * scale)))
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


@cache
def _svg(name: str) -> str:
    return shipped("icons", f"{name}.svg").read_text(encoding="utf-8")
