"""What a grid holds: rows of leaves, what is being typed into them, and what could not be read."""

from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.theme.tokens import WEIGHT_STRONG
from kopdesk.ui.widgets.grid_cells import GridColumn, GridRow, cell_text
from kopdesk.ui.widgets.grid_typing import Entered, RowTyping

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
        self._group = group
        self._typing = RowTyping(self.columns, group=group, today=today, new_key=new_key, completed=completed)
        self._may_write = True
        if group:
            self.rows.append(GridRow(""))

    # What is shown.

    def show_fixed(self, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """The rows there are: a key and what stands in them, such as a label; without a key a heading."""
        self.beginResetModel()
        self.rows = [GridRow(key, dict(values), is_heading=not key) for key, values in rows]
        self.endResetModel()

    def show_leaves(self, leaves: Leaves, *, is_other: bool, held: Collection[str] = ()) -> None:
        """As they are on the disk; within one record what could not be read stays as it was typed.

        Rows that were typed here and are not on the disk yet stay, and those of the keys that are `held`.
        """
        keys: set[str] = set()
        if self._group:
            keys, dead = _keys_in(self._group, leaves)
            self._typing.dead = frozenset(dead)
            self._show_keys(keys, is_other=is_other, held=held)
        for row in self.rows:
            if is_other:
                row.faults.clear()
            if not row.key or (row.is_unsaved and row.key not in keys):
                continue
            row.is_unsaved = False
            for name, before, after in self._typing.paths:
                row.values[name] = leaves.get(f"{before}{row.key}{after}")
        self._tell_shown()

    def _show_keys(self, keys: set[str], *, is_other: bool, held: Collection[str]) -> None:
        """Rows that are known keep their place; new ones come in the order of their keys."""
        if is_other:
            self.beginResetModel()
            self.rows = [GridRow(key) for key in sorted(keys)] + [GridRow("")]
            self.endResetModel()
            return
        self._take_out(
            at
            for at, row in enumerate(self.rows)
            if row.key not in keys and row.key and not (row.is_unsaved or row.faults or row.key in held)
        )
        known = [row.key for row in self.rows if row.key]
        is_sorted = known == sorted(known)
        places: dict[int, list[GridRow]] = {}
        for key in sorted(keys - set(known)):
            places.setdefault(bisect(known, key) if is_sorted else len(known), []).append(GridRow(key))
        for at, added in sorted(places.items(), reverse=True):
            self._put_in(at, added)
        self._keep_blank()

    def _put_in(self, at: int, rows: Sequence[GridRow]) -> None:
        if rows:
            self.beginInsertRows(_TOP, at, at + len(rows) - 1)
            self.rows[at:at] = rows
            self.endInsertRows()

    def _take_out(self, rows: Iterable[int]) -> None:
        """By stretches: each row by itself would be laid out and told by itself."""
        for first, last in reversed(_stretches(rows)):
            self.beginRemoveRows(_TOP, first, last)
            del self.rows[first : last + 1]
            self.endRemoveRows()

    def _keep_blank(self) -> None:
        if self._group and (not self.rows or not self.rows[-1].is_blank):
            self._put_in(len(self.rows), [GridRow("")])

    def _tell_shown(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self._tell_faults()

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

    def sum_of(self, column: GridColumn) -> int:
        """Of all rows that are saved; what could not be read is not in it."""
        is_kept, name = column.computed is None, column.name
        found = (
            row.values.get(name) if is_kept else self.value_at(row, column)
            for row in self.rows
            if row.key and name not in row.faults
        )
        return sum(value for value in found if isinstance(value, int))

    # What is typed.

    def rows_at(self, places: Iterable[int]) -> list[GridRow]:
        """The rows there, and new ones for places below the last; none where nothing may be typed."""
        if not self._may_write:
            return []
        count = len(self.rows)
        found = (self.rows[at] if at < count else GridRow("") for at in places if at < count or self._group)
        return list(found)

    @property
    def keys(self) -> set[str]:
        """Of all rows that have one."""
        return {row.key for row in self.rows if row.key}

    def read(self, row: GridRow, texts: Mapping[int, str], taken: set[str]) -> Entered:
        """The texts for one row, without changing anything yet."""
        return self._typing.read(row, texts, taken)

    def take(self, entered: Sequence[Entered]) -> None:
        """What was read is shown and told, all at once."""
        changes = self._typing.put(entered, self.rows)
        there = {id(row) for row in self.rows}
        added = [one.row for one in entered if id(one.row) not in there and not one.row.is_blank]
        is_blank_last = bool(self.rows) and self.rows[-1].is_blank
        self._put_in(len(self.rows) - (1 if is_blank_last else 0), added)
        self._end_typing(changes)

    def type_into(self, at: int, texts: Mapping[int, str]) -> None:
        """Texts for columns of one row."""
        taken = self.keys
        self.take([self.read(row, texts, taken) for row in self.rows_at([at])])

    def take_rows(self, rows: Sequence[GridRow], changes: Leaves) -> None:
        """Rows that were read beforehand, in place of the empty one at the end."""
        self._put_in(len(self.rows) - (1 if self.rows and self.rows[-1].is_blank else 0), rows)
        self._end_typing(changes)

    def remove(self, rows: Iterable[int]) -> None:
        """Rows go; together, so that they come back together."""
        if not self._group or not self._may_write:
            return
        going = [at for at in rows if not self.rows[at].is_blank]
        keys = [self.rows[at].key for at in sorted(going) if self.rows[at].key]
        self._take_out(going)
        self._end_typing({f"{self._group}/{key}/{DELETED}": True for key in keys})

    def _end_typing(self, changes: Leaves) -> None:
        self._keep_blank()
        self._tell_shown()
        if changes:
            self.changed.emit(changes)

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
        self.type_into(index.row(), {index.column(): str(value)})
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


def _keys_in(group: str, leaves: Leaves) -> tuple[set[str], set[str]]:
    """The keys of the rows there are, and of those that are deleted."""
    found, gone = set(), set()
    for path, value in leaves.items():
        if path.startswith(f"{group}/"):
            key, slash, rest = path[len(group) + 1 :].partition("/")
            if slash:
                found.add(key)
            if rest == DELETED and value is True:
                gone.add(key)
    return found - gone, gone


def _stretches(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Rows that follow each other, as the first and the last of them."""
    found: list[tuple[int, int]] = []
    for at in sorted(set(rows)):
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found
