"""The control that fits a leaf: decided by its kind alone, so that an amount is typed alike on every page."""

from collections.abc import Callable
from datetime import date
from typing import Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from kopdesk.domain import identifiers
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import Kind, Leaf
from kopdesk.domain.values import Value
from kopdesk.ui.widgets.amount import AmountField, CountField, PercentField
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.dates import DateField, MonthField, TimeField
from kopdesk.ui.widgets.fields import LineField, TextField
from kopdesk.ui.widgets.layouts import row
from kopdesk.ui.widgets.select import SelectBox
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.figures import phone_text, scaled
from kopdesk.wording.reading import read_degrees

_MOST_CHIPS = 5


class LeafControl(Protocol):
    """What a form needs of each of its controls."""

    changed: SignalInstance

    @property
    def value(self) -> Value: ...
    def show_value(self, value: Value) -> None: ...
    def leave(self) -> None: ...
    def setEnabled(self, enabled: bool) -> None: ...


def leaf_control(widget: QWidget) -> LeafControl:
    """A widget that was made to be one as well: Python has no type for both at once."""
    return cast("LeafControl", widget)


def control_for(spec: Leaf, today: Callable[[], date], *, path: str = "") -> QWidget:
    """A widget that is a LeafControl as well."""
    match spec.kind:
        case Kind.TEXT:
            return TextField()
        case Kind.MONEY:
            return AmountField()
        case Kind.COUNT:
            return CountField()
        case Kind.BASIS_POINTS:
            return PercentField()
        case Kind.DATE:
            return DateField(today)
        case Kind.MONTH:
            return MonthField(today)
        case Kind.TIME:
            return TimeField()
        case Kind.COORDINATE:
            return LineField(_read_place(90 if path.endswith("latitude") else 180), _degrees)
        case Kind.FLAG:
            return ChoiceChips(((True, _("Ya")), (False, _("Tidak"))))
        case Kind.CODE:
            labels = tuple((cast("Value", word), choice_label(spec.choices, word)) for word in spec.choices)
            return ChoiceChips(labels) if len(labels) <= _MOST_CHIPS else ChoiceBox(labels)
        case _ if spec.format == "phone":
            return LineField(identifiers.phone, lambda kept: phone_text(str(kept or "")))
        case _:
            return LineField()


class ChoiceChips(QWidget):
    """One of a few choices, all in sight; chosen again it is taken back."""

    changed = Signal(object)

    def __init__(self, choices: tuple[tuple[Value, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = {str(value): value for value, _label in choices}
        self._value: Value = None
        self._chips = Chips([(str(value), label) for value, label in choices])
        self._chips.changed.connect(self._on_changed)
        self.setLayout(row(self._chips))
        self.setFocusProxy(self._chips)

    @property
    def value(self) -> Value:
        """What is chosen."""
        return self._value

    def show_value(self, value: Value) -> None:
        """From elsewhere; a word of a newer program shows as none chosen, and stays."""
        self._value = value
        self._chips.show_chosen([str(value)] if value is not None else [])

    def leave(self) -> None:
        """A choice is saved when it is made."""

    def setAccessibleName(self, name: str) -> None:
        """The chips are what is read aloud."""
        super().setAccessibleName(name)
        self._chips.setAccessibleName(name)

    def _on_changed(self, chosen: tuple[str, ...]) -> None:
        self._value = self._values[chosen[0]] if chosen else None
        self.changed.emit(self._value)


class ChoiceBox(SelectBox):
    """One of many choices."""

    changed = Signal(object)

    def __init__(self, choices: tuple[tuple[Value, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(_("(belum dipilih)"), None)
        for value, label in choices:
            self.addItem(label, value)
        self._value: Value = None
        self.activated.connect(self._on_activated)

    @property
    def value(self) -> Value:
        """What is chosen."""
        return self._value

    def show_value(self, value: Value) -> None:
        """From elsewhere; a word of a newer program is shown as it is."""
        self._value = value
        at = self.findData(value)
        if at < 0:
            self.addItem(str(value), value)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def leave(self) -> None:
        """A choice is saved when it is made."""

    def _on_activated(self, at: int) -> None:
        value = self.itemData(at)
        if value != self._value:
            self._value = value
            self.changed.emit(value)


def _read_place(limit: int) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        found = read_degrees(text, limit)
        if found is None:
            raise InvalidField("", "not_a_coordinate")
        return found

    return read


def _degrees(value: Value) -> str:
    return f"{scaled(value, 6)}" if isinstance(value, int) else ""
