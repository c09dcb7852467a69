"""A control with its label above and its message below; and what all controls of forms have in common."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.values import Value
from kopdesk.ui.theme.theme import use_tone
from kopdesk.ui.theme.tokens import TIGHT
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column

Read: TypeAlias = Callable[[str], Value]
Written: TypeAlias = Callable[[Value], str]

_PAUSE_MS = 2000
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Field(QWidget):
    """A label, the control it names, and below it what is wrong or worth knowing."""

    def __init__(self, label: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self.label = QLabel(label)
        self.label.setBuddy(control)
        self.message = PlainLabel("", "small")
        self.message.hide()
        if not control.accessibleName():
            control.setAccessibleName(label.replace("&", ""))
        # Beside a higher one its label stays at the top.
        self.setLayout(column(self.label, control, self.message, None, gap=TIGHT))
        if (refused := getattr(control, "refused", None)) is not None:
            refused.connect(self.tell)

    @property
    def control_is_refused(self) -> bool:
        """What was typed stands there and could not be taken over."""
        line = typed_line(self.control)
        return line is not None and line.is_refused

    def tell(self, sentence: str, tone: str = "bad") -> None:
        """Say something below the control; nothing takes it away."""
        self.message.setText(sentence)
        self.message.show_tone(tone)
        self.message.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence)


def typed_line(control: QWidget) -> "LineField | None":
    """The line into which the value of a control is typed; None where it is chosen, or has several."""
    line = control.focusProxy() or control
    return line if isinstance(line, LineField) else None


def is_undo(event: QEvent) -> bool:
    """Whether this asks if a field wants Ctrl+Z for itself."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
    )


def _as_text(value: Value) -> str:
    return "" if value is None else str(value)


class LineField(QLineEdit):
    """One line of text that stands for a value. `changed` comes when it is left, and only if it differs.

    What cannot be read stays as it was typed, with the reason below it; the value is the last one that could.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(
        self, read: Read = str.strip, written: Written = _as_text, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read, self._written = read, written
        self._value: Value = None
        self._is_refused = False
        self.setMaxLength(2000)
        self.editingFinished.connect(self.leave)

    @property
    def value(self) -> Value:
        """As it was last read or shown."""
        return self._value

    @property
    def is_being_typed(self) -> bool:
        """Somebody is in it and has typed what is not taken over yet."""
        return self.hasFocus() and self.text() != self._written(self._value)

    @property
    def is_refused(self) -> bool:
        """What was typed could not be read or saved."""
        return self._is_refused

    def show_value(self, value: Value) -> None:
        """From elsewhere; never into what somebody is typing."""
        if self._is_refused and value == self._value:
            return  # what could not be read stays as it was typed
        was_typed = self.isModified() or self.is_being_typed
        self._value = value
        if not self.hasFocus() or not was_typed:
            if self._is_refused:
                self.refused.emit("")
            self._show()

    def leave(self) -> None:
        """Read what was typed, as if the field had been left."""
        if not self.isModified() and (self._is_refused or self.text() == self._written(self._value)):
            return  # a completed suggestion counts as typed, though Qt says that it is not modified
        try:
            value = self._read(self.text()) or None if self.text().strip() else None
        except InvalidField as error:
            from kopdesk.wording.reasons import reason_sentence  # knows every record type: slow to import

            self._is_refused = True
            use_tone(self, "bad")
            self.refused.emit(reason_sentence(error.reason, error.detail))
            return
        is_new = value != self._value
        self._value = value
        self._show()
        self.refused.emit("")
        if is_new:
            self.changed.emit(value)

    def begin_anew(self) -> None:
        """Another record is shown: what could not be read or saved belonged to the one before."""
        if self._is_refused:
            self._value = None
            self._show()

    def keep_typed(self, kept: Value) -> None:
        """What was typed could not be saved: it stays to be mended, while `kept` is still the value."""
        self._value, self._is_refused = kept, True
        self.setModified(False)  # as it stands it was tried
        use_tone(self, "bad")

    def event(self, event: QEvent) -> bool:
        """Nothing to take back in here: the key is for the page."""
        if is_undo(event) and not self.isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A value is replaced by typing; clicking twice puts the cursor into it."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEYBOARD:
            self.selectAll()

    def _show(self) -> None:
        self._is_refused = False
        was_chosen = self.hasFocus() and bool(self.text()) and self.selectedText() == self.text()
        self.setText(self._written(self._value))
        self.setModified(False)
        if was_chosen:  # whoever came here by Tab replaces the value, whatever was saved meanwhile
            self.selectAll()
        else:
            self.setCursorPosition(0)
        use_tone(self, "")


class TextField(QPlainTextEdit):
    """Several lines, growing with their text. `changed` comes when it is left, and while somebody stops to
    think: a battery may end sooner than a long note.
    """

    changed = Signal(object)

    def __init__(self, lines: int = 3, most_lines: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Value = None
        self._lines = (lines, most_lines)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.leave)
        self.textChanged.connect(self._on_typed)
        self._grow()

    @property
    def value(self) -> Value:
        """As it was last taken over or shown."""
        return self._value

    @property
    def is_being_typed(self) -> bool:
        """Somebody is in it and has typed what is not taken over yet."""
        return self.hasFocus() and (self.toPlainText() or None) != self._value

    def show_value(self, value: Value) -> None:
        """From elsewhere; never into what somebody is typing."""
        if self.is_being_typed or value == self._value:
            self._value = value
            return
        self._value = value
        self.setPlainText("" if value is None else str(value))
        if self.hasFocus():
            self.moveCursor(QTextCursor.MoveOperation.End)  # who comes here goes on writing

    def leave(self) -> None:
        """Take over what was typed, as if the field had been left."""
        self._pause.stop()
        value = self.toPlainText().strip() or None
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field is what saves it."""
        super().focusOutEvent(event)
        self.leave()

    def event(self, event: QEvent) -> bool:
        """Nothing to take back in here: the key is for the page."""
        if is_undo(event) and not self.document().isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, its lines are broken anew."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Another font makes another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _on_typed(self) -> None:
        if self.hasFocus():
            self._pause.start()

    def _grow(self) -> None:
        least, most = self._lines
        lines = max(least, min(most, round(self.document().size().height())))  # as they are broken now
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2 * TIGHT + 14)
