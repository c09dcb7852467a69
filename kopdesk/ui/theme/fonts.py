"""The font that comes with the program, so that it looks alike on every laptop."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from kopdesk.shipped import shipped
from kopdesk.ui.theme.tokens import TEXT, WEIGHT

_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf")


@cache
def family() -> str:
    """Its name, once it is loaded; needs an application."""
    numbers = [QFontDatabase.addApplicationFont(str(shipped("fonts", name))) for name in _FILES]
    found = QFontDatabase.applicationFontFamilies(numbers[0]) if numbers[0] >= 0 else []
    return found[0] if found else QFont().defaultFamily()


def text_font(pixels: int = TEXT, weight: int = WEIGHT) -> QFont:
    """Figures all of one width, so that amounts under each other can be compared."""
    font = QFont(family())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
