"""Amounts: type 1250000, see Rp1.250.000, and read it in words where it will be signed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kopdesk.domain.values import Value
from kopdesk.ui.widgets.fields import LineField
from kopdesk.wording.figures import number, percent, rupiah
from kopdesk.wording.reading import read_amount, read_scaled


class AmountField(LineField):
    """Whole rupiah, right-aligned. Empty is not nought."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_read, _rupiah, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("Rp")


class CountField(LineField):
    """A whole number of things, right-aligned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_read, _number, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)


class PercentField(LineField):
    """Basis points, typed and shown as a percentage with a comma: 12,5 %."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_read_percent, _percent, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("%")


def _read(text: str) -> Value:
    return read_amount(text)


def _read_percent(text: str) -> Value:
    return read_scaled(text.strip().removesuffix("%"), 2)


def _percent(value: Value) -> str:
    return percent(value) if isinstance(value, int) else ""


def _rupiah(value: Value) -> str:
    return rupiah(value) if isinstance(value, int) else ""


def _number(value: Value) -> str:
    return number(value) if isinstance(value, int) else ""
