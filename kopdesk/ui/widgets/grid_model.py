"""What a grid holds: rows of leaves, what is being typed into them, and what could not be read."""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import Leaves, is_key
from kopdesk.domain.values import Value
from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.theme.tokens import WEIGHT_STRONG
from kopdesk.ui.widgets.grid_cells import GridColumn, GridRow, cell_text, read_cell

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class GridModel(QAbstractTableModel):
    """`changed`: leaves that were typed, one signal for all that belongs together.

    With `group` rows come and go, and the last one is empty; without it `show_fixed` says which there are.
    `completed`: what else a row gets when its key is typed, such as the name of an account.
    """

    changed = Signal(object)
    faults_changed = Signal(int)

    def __init__(
        self,
        columns: Sequence[GridColumn],
        *,
        today: Callable[[], date],
        group: str = "",
        new_key: Callable[[Iterable[str]], str] | None = None,
        completed: Callable[[str], Mapping[str, Value]] = lambda key: {},
    ) -> None:
        super().__init__()
        self.columns = list(columns)
        self.rows: list[GridRow] = []
        self._group, self._new_key, self._completed = group, new_key, completed
        self._today = today
        self._may_write = True
        if group:
            self.rows.append(GridRow(""))

    # What is shown.

    def show_fixed(self, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """The rows there are: a key and what stands in them, such as a label; without a key a heading."""
        self.beginResetModel()
        self.rows = [GridRow(key, dict(values), is_heading=not key) for key, values in rows]
        self.endResetModel()

    def show_leaves(self, leaves: Leaves, *, is_other: bool) -> None:
        """As they are on the disk; within one record what could not be read stays as it was typed."""
        if self._group:
            self._show_keys(_keys_in(self._group, leaves), is_other=is_other)
        for row in self.rows:
            if not row.key:
                continue
            if is_other:
                row.faults.clear()
            for column in self.columns:
                if column.path:
                    row.values[column.name] = leaves.get(column.path.format(key=row.key))
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self._tell_faults()

    def _show_keys(self, keys: set[str], *, is_other: bool) -> None:
        """Rows that are known keep their place; new ones come in the order of their keys."""
        if is_other:
            self.beginResetModel()
            self.rows = [GridRow(key) for key in sorted(keys)] + [GridRow("")]
            self.endResetModel()
            return
        for at in reversed(range(len(self.rows))):
            row = self.rows[at]
            if row.key and row.key not in keys and not row.faults:
                self.beginRemoveRows(_TOP, at, at)
                del self.rows[at]
                self.endRemoveRows()
        there = {row.key for row in self.rows}
        for key in sorted(keys - there):
            known = [row.key for row in self.rows if row.key]
            at = bisect(sorted(known), key) if known == sorted(known) else len(known)
            self.beginInsertRows(_TOP, at, at)
            self.rows.insert(at, GridRow(key))
            self.endInsertRows()
        self._keep_blank()

    def _keep_blank(self) -> None:
        if self._group and (not self.rows or not self.rows[-1].is_blank):
            at = len(self.rows)
            self.beginInsertRows(_TOP, at, at)
            self.rows.append(GridRow(""))
            self.endInsertRows()

    def allow(self, *, is_allowed: bool) -> None:
        """Whether cells may be typed into."""
        self._may_write = is_allowed

    def text_at(self, row: GridRow, column: GridColumn) -> str:
        """What a cell says: the value, or what was typed and could not be read."""
        if column.name in row.faults:
            return row.faults[column.name][0]
        return cell_text(column, self.value_at(row, column))

    def value_at(self, row: GridRow, column: GridColumn) -> Value:
        """The value of a cell; computed where it follows from the others."""
        if column.is_key:
            return row.key or row.values.get(column.name)
        if column.computed is not None and not row.is_heading and row.key:
            return column.computed({**row.values, "key": row.key})
        return row.values.get(column.name)

    # What is typed.

    def type_into(self, cells: Iterable[tuple[int, int, str]]) -> None:
        """Texts for cells by row and column, all taken over at once; rows below the last are added."""
        changes: dict[str, Value] = {}
        for at, text_of in _by_row(cells):
            while at >= len(self.rows) and self._group:
                self.beginInsertRows(_TOP, len(self.rows), len(self.rows))
                self.rows.append(GridRow(""))
                self.endInsertRows()
            if at < len(self.rows):
                changes |= self._typed(self.rows[at], text_of)
        self._keep_blank()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self._tell_faults()
        if changes:
            self.changed.emit(changes)

    def take_rows(self, rows: Sequence[GridRow], changes: Leaves) -> None:
        """Rows that were read beforehand, in place of the empty one at the end."""
        at = len(self.rows) - 1 if self.rows and self.rows[-1].is_blank else len(self.rows)
        self.beginInsertRows(_TOP, at, at + len(rows) - 1)
        self.rows[at:at] = rows
        self.endInsertRows()
        self._keep_blank()
        self._tell_faults()
        if changes:
            self.changed.emit(changes)

    def read_row(self, texts: Mapping[int, str], taken: set[str]) -> tuple[GridRow, dict[str, Value]]:
        """A row that is not in the grid yet, and the leaves it brings. Its key is added to `taken`."""
        row = GridRow("")
        changes = self._typed(row, texts, taken)
        taken.add(row.key)
        return row, changes

    def remove(self, rows: Iterable[int]) -> None:
        """Rows go; together, so that they come back together."""
        changes: dict[str, Value] = {}
        for at in sorted(set(rows), reverse=True):
            if not self._group or self.rows[at].is_blank:
                continue
            if self.rows[at].key:
                changes[f"{self._group}/{self.rows[at].key}/{DELETED}"] = True
            self.beginRemoveRows(_TOP, at, at)
            del self.rows[at]
            self.endRemoveRows()
        self._keep_blank()
        self._tell_faults()
        if changes:
            self.changed.emit(changes)

    def _typed(
        self, row: GridRow, texts: Mapping[int, str], taken: set[str] | None = None
    ) -> dict[str, Value]:
        """Read what was typed into a row; what it changes on the disk."""
        if row.is_heading:
            return {}
        had_key, changed = row.key, set()
        for at, text in texts.items():
            column = self.columns[at]
            if column.is_read_only or column.computed is not None or not self._may_write:
                continue
            if column.is_key:
                self._rename(row, column, text, taken)
            elif self._read_into(row, column, text):
                changed.add(column.name)
        if not row.key and not self._has_key_column and (changed or row.faults):
            assert self._new_key is not None, "rows without a number need a key"
            others = taken if taken is not None else {one.key for one in self.rows}
            row.key = self._new_key(others)
        return self._leaves_of(row, had_key, changed)

    def _leaves_of(self, row: GridRow, had_key: str, changed: set[str]) -> dict[str, Value]:
        if not row.key:
            if not row.is_blank and self._has_key_column:
                key = next(column for column in self.columns if column.is_key)
                row.faults.setdefault(key.name, ("", InvalidField("", "key_missing")))
            return {}
        leaves: dict[str, Value] = {}
        names = changed
        if row.key != had_key:  # all of the row stands under its key
            names = {column.name for column in self.columns if row.values.get(column.name) is not None}
            if had_key:
                leaves[f"{self._group}/{had_key}/{DELETED}"] = True
        for column in self.columns:
            if column.path and column.name in names:
                leaves[column.path.format(key=row.key)] = row.values.get(column.name)
        return leaves

    @property
    def _has_key_column(self) -> bool:
        return any(column.is_key for column in self.columns)

    def _rename(self, row: GridRow, column: GridColumn, text: str, taken: set[str] | None) -> None:
        key = text.strip()
        others = taken if taken is not None else {one.key for one in self.rows if one is not row}
        fault = ""
        if not key:
            fault = "key_missing" if row.key else ""
        elif not is_key(key):
            fault = "bad_key_typed"
        elif key in others:
            fault = "key_twice"
        if fault:
            row.faults[column.name] = (text, InvalidField("", fault))
            return
        row.faults.pop(column.name, None)
        if key and key != row.key:
            row.key = key
            for name, value in self._completed(key).items():
                if row.values.get(name) is None:
                    row.values[name] = value

    def _read_into(self, row: GridRow, column: GridColumn, text: str) -> bool:
        """Whether the value is another now."""
        try:
            value = read_cell(column, text, self._today)
        except InvalidField as error:
            row.faults[column.name] = (text, error)
            return False
        had_fault = row.faults.pop(column.name, None) is not None
        is_new = value != row.values.get(column.name)
        row.values[column.name] = value
        return is_new or had_fault

    def _tell_faults(self) -> None:
        self.faults_changed.emit(sum(len(row.faults) for row in self.rows))

    def faults(self) -> Iterator[tuple[int, int, InvalidField]]:
        """Where something could not be read, and why."""
        for at, row in enumerate(self.rows):
            for place, column in enumerate(self.columns):
                if column.name in row.faults:
                    yield at, place, row.faults[column.name][1]

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        """With the empty one."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """As declared."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles stand over their columns as the cells do."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        return _alignment(self.columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Computed cells can be read and copied."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if row.is_heading:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_typed = not column.is_read_only and column.computed is None and self._may_write
        return flags | Qt.ItemFlag.ItemIsEditable if is_typed else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text_at(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        if role == Qt.ItemDataRole.FontRole and row.is_heading:
            font = QFont()
            font.setWeight(QFont.Weight(WEIGHT_STRONG))
            return font
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._tip(row, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """One cell was typed into."""
        self.type_into([(index.row(), index.column(), str(value))])
        return True

    def _colour(self, row: GridRow, column: GridColumn) -> QColor | None:
        if column.name in row.faults:
            return QColor(colour_of("bad"))
        if column.is_read_only or column.computed is not None:
            return QColor(colour_of(column.tone(row.values) or ("" if row.is_heading else "quiet")))
        tone = column.tone(row.values)
        return QColor(colour_of(tone)) if tone else None

    def _tip(self, row: GridRow, column: GridColumn) -> str:
        if column.name not in row.faults:
            return self.text_at(row, column)
        from kopdesk.wording.reasons import reason_sentence

        fault = row.faults[column.name][1]
        return reason_sentence(fault.reason, fault.detail)


def _alignment(column: GridColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _keys_in(group: str, leaves: Leaves) -> set[str]:
    found, gone = set(), set()
    for path, value in leaves.items():
        if path.startswith(f"{group}/"):
            key, slash, rest = path[len(group) + 1 :].partition("/")
            if slash:
                found.add(key)
            if rest == DELETED and value is True:
                gone.add(key)
    return found - gone


def _by_row(cells: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, dict[int, str]]]:
    rows: dict[int, dict[int, str]] = {}
    for row, column, text in cells:
        rows.setdefault(row, {})[column] = text
    yield from sorted(rows.items())
