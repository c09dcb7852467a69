"""Dates and times: typed as they are said, or chosen from a month."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from kopdesk.domain.values import Value
from kopdesk.ui.theme.theme import icon
from kopdesk.ui.theme.tokens import TIGHT
from kopdesk.ui.widgets.buttons import symbol_button
from kopdesk.ui.widgets.fields import LineField
from kopdesk.ui.widgets.layouts import row
from kopdesk.wording.catalogue import _, language
from kopdesk.wording.dates import date_text, month_text, time_text
from kopdesk.wording.reading import read_month, read_time, read_typed_date

_WIDTH = 170
"""Enough for the longest date."""

_MONTH = QSize(410, 310)
"""Enough for the names of the days and six weeks."""


class DateField(QWidget):
    """A date. Keys: H today (hari ini), + and - a day; the button opens the month."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.line = _DateLine(today)
        self.line.changed.connect(self.changed)
        self.line.refused.connect(self.refused)
        self._open = symbol_button("calendar", _("Pilih tanggal"), self._show_month)
        self._open.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the line opens it by keyboard
        self.line.month_requested.connect(self._show_month)
        self.line.setMinimumWidth(_WIDTH)
        self.setLayout(row(self.line, self._open, gap=TIGHT, wide=0))
        self.setFocusProxy(self.line)

    @property
    def value(self) -> Value:
        """The date in ISO form, or None."""
        return self.line.value

    def show_value(self, value: Value) -> None:
        """A date in ISO form, or None."""
        self.line.show_value(value)

    def leave(self) -> None:
        """Take over what was typed."""
        self.line.leave()

    def setAccessibleName(self, name: str) -> None:
        """The line is what is read aloud."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _show_month(self) -> None:
        month = QCalendarWidget(self)
        month.setWindowFlag(Qt.WindowType.Popup)
        month.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        month.setLocale(QLocale("id_ID" if language() == "id" else "en_GB"))
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        shown = date.fromisoformat(str(self.value)) if self.value else self._today()
        month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        month.clicked.connect(lambda day: self._choose(day, month))
        month.activated.connect(lambda day: self._choose(day, month))
        weekend = QTextCharFormat()  # red is for what is wrong, and too dark on a dark ground
        weekend.setForeground(month.palette().text())
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            month.setWeekdayTextFormat(day, weekend)
        for name, sign in (("qt_calendar_prevmonth", "left"), ("qt_calendar_nextmonth", "right")):
            if (turning := month.findChild(QToolButton, name)) is not None:
                turning.setIcon(icon(sign))
        month.setMinimumSize(_MONTH)
        month.move(self.mapToGlobal(QPoint(0, self.height())))
        month.show()

    def _choose(self, day: QDate, month: QCalendarWidget) -> None:
        month.close()
        self.line.enter(f"{day.year():04}-{day.month():02}-{day.day():02}")


class MonthField(LineField):
    """A month, typed as it is said: okt, 10/2026, Oktober 2026."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(
            lambda text: read_month(text, today()), lambda month: month_text(str(month or "")), parent
        )
        self.setMinimumWidth(_WIDTH)


class _DateLine(LineField):
    month_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(self._read_date, _date_written, parent)
        self._today = today

    def enter(self, text: str) -> None:
        """As if it had been typed."""
        self.setText(text)
        self.setModified(True)
        self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for what is wanted most."""
        steps = {"+": 1, "-": -1}
        is_fresh = not self.isModified() or self.text() == ""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.month_requested.emit()
            return
        if is_fresh and event.text().lower() == "h":
            self.enter(_("hari ini"))
        elif is_fresh and event.text() in steps and self.value:
            day = date.fromisoformat(str(self.value)).toordinal() + steps[event.text()]
            self.enter(date.fromordinal(day).isoformat())
        else:
            super().keyPressEvent(event)

    def _read_date(self, text: str) -> Value:
        found = read_typed_date(text, self._today())
        return found.isoformat() if found else None


class TimeField(LineField):
    """A time of day: 14.30."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(read_time, _time_written, parent)
        self.setPlaceholderText(time_text("09:00"))


def _date_written(value: Value) -> str:
    return date_text(date.fromisoformat(value)) if isinstance(value, str) else ""


def _time_written(value: Value) -> str:
    return time_text(value) if isinstance(value, str) else ""
