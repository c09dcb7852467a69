"""Puts the look on the application, and says which colours it has now."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from kopdesk.ui.theme import icons
from kopdesk.ui.theme.fonts import text_font
from kopdesk.ui.theme.palette import palette
from kopdesk.ui.theme.stylesheet import stylesheet
from kopdesk.ui.theme.tokens import ICON, SCHEMES, Colours, Scheme

ARGUMENTS = ("kopdesk", "-style", "fusion")
"""For Qt: to ask for the style by a call costs a tenth of the start."""

_application: QApplication | None = None  # Qt ends it with its last Python name
_scheme: Scheme = "light"


def make_application() -> QApplication:
    """The one application of this process, in the one style that looks alike on every system."""
    global _application
    there = QApplication.instance()
    _application = there if isinstance(there, QApplication) else QApplication([*ARGUMENTS])
    return _application


def use_scheme(application: QApplication, scheme: Scheme) -> None:
    """Light or dark from now on. Windows have to be dressed anew, icons and what is painted made anew."""
    global _scheme
    _scheme = scheme
    application.setFont(text_font())
    application.setPalette(palette(SCHEMES[scheme]))


def dress(window: QWidget) -> None:
    """Put the stylesheet on a window and all that is in it or opened from it.

    On the application, every widget would be dressed again with each layout it is put into: five times the
    time to build a page.
    """
    window.setStyleSheet(stylesheet(colours()))


def scheme() -> Scheme:
    """Light or dark."""
    return _scheme


def colours() -> Colours:
    """Of the scheme that is used now."""
    return SCHEMES[_scheme]


def icon(name: str, tone: str = "", size: int = ICON) -> QIcon:
    """One of the program's icons, in the colour of text or of a tone ("good", "warning", "bad", …)."""
    return icons.icon(name, colour_of(tone), colours().quiet, size)


def icon_pixmap(name: str, widget: QWidget, tone: str = "", size: int = ICON) -> QPixmap:
    """The same as a picture, sharp on the screen the widget is on."""
    return icon(name, tone, size).pixmap(QSize(size, size), widget.devicePixelRatioF())


def colour_of(tone: str) -> str:
    """The colour of a tone's text; of plain text without one."""
    found = {
        "": colours().text,
        "quiet": colours().quiet,
        "on_accent": colours().on_accent,
        "good": colours().good.text,
        "warning": colours().warning.text,
        "bad": colours().bad.text,
        "notice": colours().notice.text,
    }
    return found[tone]


def use_tone(widget: QWidget, tone: str) -> None:
    """Another meaning, shown by colour; the words have to say it too."""
    if widget.property("tone") == tone:
        return
    widget.setProperty("tone", tone)
    if not widget.window().isVisible():
        return  # it gets its look when it is first shown
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()  # another weight is another width
