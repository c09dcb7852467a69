"""Columns and cells of a grid: how a value is typed, read and written in each kind of column."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import Kind
from kopdesk.domain.values import Value
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_date, short_month
from kopdesk.wording.figures import number, scaled
from kopdesk.wording.reading import read_amount, read_month, read_scaled, read_typed_date

RowValues = Mapping[str, Value]
"""What a row holds, by the name of the column."""

FIGURES = (Kind.MONEY, Kind.COUNT, Kind.BASIS_POINTS)
_YES = ("ya", "y", "1", "true", "ada", "yes", "v", "✓")
_NO = ("tidak", "t", "n", "0", "false", "no", "-", "x")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """One column. `path`: where its value stands, with {key} for the row's key; empty where it is not kept.

    `is_key`: what is typed here is the row's key. `places`: decimals of a scaled number. `computed`: what is
    shown follows from the rest of the row. `stretch`: takes what is left of the width. `is_summed`: its sum
    stands below the grid, where it has totals.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    path: str = ""
    width: int = 110
    choices: Sequence[tuple[Value, str]] = ()
    places: int = 0
    is_key: bool = False
    is_read_only: bool = False
    computed: Callable[[RowValues], Value] | None = None
    tone: Callable[[RowValues], str] = lambda row: ""
    stretch: bool = False
    is_summed: bool = False

    @property
    def is_figure(self) -> bool:
        """Right-aligned."""
        return self.kind in FIGURES

    @property
    def options(self) -> Sequence[tuple[Value, str]]:
        """What can be chosen; nothing where it is typed."""
        return ((True, _("Ya")), (False, _("Tidak"))) if self.kind == Kind.FLAG else self.choices


@dataclass(slots=True)
class GridRow:
    """`faults`: what was typed and could not be read, with the reason. `key` is empty until it is typed.

    `is_unsaved`: it was named here and was not yet seen on the disk.
    """

    key: str
    values: dict[str, Value] = field(default_factory=dict)
    faults: dict[str, tuple[str, InvalidField]] = field(default_factory=dict)
    is_heading: bool = False
    is_unsaved: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing was typed yet."""
        return not self.key and not self.faults and all(value is None for value in self.values.values())


def read_cell(column: GridColumn, text: str, today: Callable[[], date]) -> Value:
    """What was typed or pasted, as a value; None for nothing. Raises InvalidField and never guesses."""
    typed = text.strip()
    if not typed:
        return None
    if column.options:
        return _chosen(column, typed)
    if column.kind == Kind.DATE:
        found = read_typed_date(typed, today())
        return found.isoformat() if found else None
    if column.kind == Kind.MONTH:
        return read_month(typed, today())
    if column.kind in FIGURES:
        amount = read_scaled(typed, column.places) if column.places else read_amount(typed)
        if amount is not None and amount < 0 and column.kind == Kind.COUNT:
            raise InvalidField("", "negative_count")
        return amount
    return " ".join(typed.split())


def _chosen(column: GridColumn, typed: str) -> Value:
    folded = typed.casefold()
    if column.kind == Kind.FLAG and folded in (*_YES, *_NO):
        return folded in _YES
    hits = [value for value, label in column.options if label.casefold() == folded or str(value) == folded]
    hits = hits or [value for value, label in column.options if label.casefold().startswith(folded)]
    if len(hits) != 1:
        raise InvalidField("", "unknown_choice")
    return hits[0]


def cell_text(column: GridColumn, value: Value) -> str:
    """As it is shown."""
    if value is None:
        return ""
    if column.options:
        return next((label for known, label in column.options if known == value), str(value))
    if column.is_figure and isinstance(value, int) and not isinstance(value, bool):
        return (scaled(value, column.places) if column.places else number(value)).replace("-", "−")
    if column.kind == Kind.DATE:
        with contextlib.suppress(ValueError):  # of a newer program
            return short_date(date.fromisoformat(str(value)))
    if column.kind == Kind.MONTH:
        return short_month(str(value))
    return str(value)


def plain_text(column: GridColumn, value: Value) -> str:
    """As a spreadsheet takes it: figures without separators, dates as ISO."""
    if value is None:
        return ""
    if column.is_figure and isinstance(value, int):
        return scaled_plain(value, column.places)
    return str(value) if column.kind in (Kind.DATE, Kind.MONTH) else cell_text(column, value)


def scaled_plain(value: int, places: int) -> str:
    """12500 in thousandths: 12,5."""
    whole, rest = divmod(abs(value), 10**places)
    decimals = f"{rest:0{places}}".rstrip("0") if places and rest else ""
    return ("-" if value < 0 else "") + str(whole) + (f",{decimals}" if decimals else "")
