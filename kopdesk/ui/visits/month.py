"""A month of days with what was done on them: arrows move, Enter chooses a day."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kopdesk.ui.theme.fonts import text_font
from kopdesk.ui.theme.theme import colours
from kopdesk.ui.theme.tokens import RADIUS, SMALL, TEXT, TEXT_SMALL, WEIGHT_STRONG
from kopdesk.ui.widgets.buttons import quiet, symbol_button
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import WEEKDAYS, long_date, month_text
from kopdesk.wording.figures import counted

_ROW, _HEAD = 34, 22


class Month(QWidget):
    """Says which day was chosen, or with None that all of them are wanted."""

    day_chosen = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._title = PlainLabel("", "strong")
        self.days = _Days(today)
        self.days.chosen.connect(self._on_chosen)
        self.days.month_changed.connect(self._show_title)
        earlier = symbol_button("left", _("Bulan sebelumnya"), lambda: self.days.turn(-1))
        later = symbol_button("right", _("Bulan berikutnya"), lambda: self.days.turn(1))
        self._all = quiet(_("Semua hari"), lambda: self._on_chosen(None))
        self._all.hide()
        head = row(self._title, earlier, later, wide=0)
        self.setLayout(column(head, self.days, row(self._all, None), gap=SMALL))
        self._show_title()

    def show_counts(self, counts: Mapping[date, int]) -> None:
        """How many visits there are on each day."""
        self.days.counts = counts
        self.days.update()

    def choose_none(self) -> None:
        """The visits of all days are meant again."""
        self._on_chosen(None)

    def _on_chosen(self, day: date | None) -> None:
        self.days.only = day
        self.days.update()
        self._all.setVisible(day is not None)
        self.day_chosen.emit(day)

    def _show_title(self) -> None:
        self._title.setText(month_text(f"{self.days.at:%Y-%m}"))


class _Days(QWidget):
    chosen = Signal(object)
    month_changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.at = today
        self.only: date | None = None
        self.counts: Mapping[date, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Kalender kunjungan"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def turn(self, months: int) -> None:
        """So many months on, or back."""
        month = self.at.year * 12 + self.at.month - 1 + months
        year, month = divmod(month, 12)
        last = calendar.monthrange(year, month + 1)[1]
        self._move(date(year, month + 1, min(self.at.day, last)))

    def sizeHint(self) -> QSize:
        """Room for six weeks, so that nothing jumps from month to month."""
        return QSize(7 * 36, _HEAD + 6 * _ROW)

    minimumSizeHint = sizeHint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by day and week, page keys by month, Enter chooses."""
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in days:
            self._move(self.at + timedelta(days=days[key]))
        elif key in months:
            self.turn(months[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a day."""
        for day, box in self._boxes():
            if box.contains(event.position().toPoint()):
                self._move(day)
                self.chosen.emit(day)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        """Days with visits have a dot for each, today a ring, the chosen one a ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        for day, box in self._boxes():
            self._paint_day(painter, day, box)

    def _paint_head(self, painter: QPainter) -> None:
        painter.setFont(text_font(TEXT_SMALL))
        painter.setPen(QColor(colours().quiet))
        for at, name in enumerate(WEEKDAYS):
            box = QRect(QPoint(self._left(at), 0), QSize(self._left(at + 1) - self._left(at), _HEAD))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _(name)[:3])

    def _paint_day(self, painter: QPainter, day: date, box: QRect) -> None:
        c, count = colours(), self.counts.get(day, 0)
        inner = box.adjusted(2, 1, -2, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if day == self.only:
            painter.setBrush(QColor(c.notice.soft))
            painter.drawRoundedRect(inner, RADIUS, RADIUS)
        if day == self._today or (day == self.at and self.hasFocus()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            is_focus = day == self.at and self.hasFocus()
            painter.setPen(QPen(QColor(c.focus if is_focus else c.border), 2 if is_focus else 1))
            painter.drawRoundedRect(inner, RADIUS, RADIUS)
        font: QFont = text_font(TEXT, WEIGHT_STRONG if count else 400)
        painter.setFont(font)
        is_other = day.month != self.at.month
        painter.setPen(QColor(c.quiet if is_other else c.text))
        painter.drawText(box.adjusted(0, 0, 0, -6), Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.notice.text))
        dots = min(count, 4)
        for at in range(dots):
            x = box.center().x() - (dots - 1) * 3 + at * 6
            painter.drawEllipse(QPoint(x, box.bottom() - 6), 2, 2)

    def _boxes(self) -> list[tuple[date, QRect]]:
        first = self.at.replace(day=1)
        start = first - timedelta(days=first.weekday())
        return [
            (
                start + timedelta(days=at),
                QRect(
                    self._left(at % 7),
                    _HEAD + at // 7 * _ROW,
                    self._left(at % 7 + 1) - self._left(at % 7),
                    _ROW,
                ),
            )
            for at in range(42)
        ]

    def _left(self, at: int) -> int:
        return self.width() * at // 7

    def _move(self, day: date) -> None:
        is_other = (day.year, day.month) != (self.at.year, self.at.month)
        self.at = day
        self.update()
        visits = counted(self.counts.get(day, 0), "visit")
        self.setAccessibleDescription(f"{long_date(day)}, {visits}")
        if is_other:
            self.month_changed.emit()
