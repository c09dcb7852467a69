"""The program's own icons: strokes in one colour, drawn sharp at every scale."""

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kopdesk.shipped import shipped
from kopdesk.ui.theme.tokens import ICON

_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)


@cache
def icon(name: str, colour: str, disabled: str = "", size: int = ICON) -> QIcon:
    """The icon in a colour; `disabled`: another for controls that cannot be used."""
    made = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled or colour)):
        for scale in _SCALES:
            made.addPixmap(pixmap(name, tint, size, scale), mode)
    return made


def pixmap(name: str, colour: str, size: int = ICON, scale: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` pixels at 100 %, drawn for a screen of that scale."""
    drawn = QPixmap(QSize(round(size * scale), round(size * scale)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


@cache
def _svg(name: str) -> str:
    return shipped("icons", f"{name}.svg").read_text(encoding="utf-8")
