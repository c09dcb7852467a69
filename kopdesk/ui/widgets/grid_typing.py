"""What is typed into rows of a grid: read first, then put into them all at once, and told as leaves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import is_key
from kopdesk.domain.values import Value
from kopdesk.ui.widgets.grid_cells import GridColumn, GridRow, read_cell


@dataclass(slots=True)
class Entered:
    """Texts for one row, read and not yet put into it. `key`: as it was typed; None where it was not."""

    row: GridRow
    key: str | None = None
    completed: Mapping[str, Value] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    faults: dict[str, tuple[str, InvalidField]] = field(default_factory=dict)


class RowTyping:
    """Reads a row at a time, so that many can be read in steps; nothing is changed before `put`."""

    def __init__(
        self,
        columns: Sequence[GridColumn],
        *,
        group: str,
        today: Callable[[], date],
        new_key: Callable[[Iterable[str]], str] | None,
        completed: Callable[[str], Mapping[str, Value]],
    ) -> None:
        self.columns, self.group = columns, group
        self._today, self._new_key, self._completed = today, new_key, completed
        self._key_column = next((column.name for column in columns if column.is_key), "")
        self.paths = [(one.name, *_around_key(one.path)) for one in columns if one.path]
        """Of every column that is kept: what stands before and after the row's key."""
        self.dead: frozenset[str] = frozenset()
        """Keys of deleted rows: what they held must not come back with a new row of the same number."""

    def read(self, row: GridRow, texts: Mapping[int, str], taken: set[str]) -> Entered:
        """What was typed into the columns of a row. A key that is made for it is added to `taken`."""
        entered = Entered(row)
        if row.is_heading:
            return entered
        for at, text in texts.items():
            column = self.columns[at]
            if column.is_read_only or column.computed is not None:
                continue
            if column.is_key:
                entered.key = text.strip()
                entered.completed = self._completed(entered.key) if is_key(entered.key) else {}
                continue
            try:
                entered.values[column.name] = read_cell(column, text, self._today)
            except InvalidField as error:
                entered.faults[column.name] = (text, error)
        is_typed = bool(entered.faults) or any(value is not None for value in entered.values.values())
        if self.group and not self._key_column and not row.key and is_typed:
            assert self._new_key is not None, "rows without a number need a key"
            entered.key = self._new_key(taken)
            taken.add(entered.key)
        return entered

    def put(self, entered: Sequence[Entered], rows: Sequence[GridRow]) -> dict[str, Value]:
        """Take over what was read; the leaves that this changes. `rows`: all of the grid."""
        changed = [_taken_over(one) for one in entered]
        gone, renamed = self._name(self._agreed(entered, rows))
        leaves: dict[str, Value] = {f"{self.group}/{key}/{DELETED}": True for key in gone - renamed}
        for one, names in zip(entered, changed, strict=True):
            row = one.row
            if row.key in renamed:
                is_new = row.key not in gone | self.dead
                held = {name for name, value in row.values.items() if value is not None}
                names = held if is_new else {column.name for column in self.columns}
            leaves |= self._leaves(row, names)
        return leaves

    def _leaves(self, row: GridRow, names: set[str]) -> dict[str, Value]:
        if not row.key:
            if self._key_column and not row.is_blank:
                row.faults.setdefault(self._key_column, ("", InvalidField("", "key_missing")))
            return {}
        if self.group and names and all(value is None for value in row.values.values()):
            row.is_unsaved = True  # emptied, it is not on the disk any more, and stays in sight
        return {
            f"{before}{row.key}{after}": row.values.get(name)
            for name, before, after in self.paths
            if name in names
        }

    def _agreed(self, entered: Sequence[Entered], rows: Sequence[GridRow]) -> dict[str, Entered]:
        """Which row has which key from now on. One that cannot have its new key keeps the one it had."""
        wanting = [one for one in entered if one.key is not None]
        among = {id(one.row) for one in wanting}
        taken = {row.key for row in rows if row.key and id(row) not in among}
        claims: dict[str, Entered] = {}
        refused: list[Entered] = []
        for one in wanting:
            key = one.key or ""
            if not self._key_column:
                while key in taken or key in claims:  # came from elsewhere while this was read
                    assert self._new_key is not None
                    key = self._new_key({*taken, *claims})
            if reason := self._reason(one, key, key in taken or key in claims):
                one.row.faults[self._key_column] = (one.key or "", InvalidField("", reason))
                refused.append(one)
            elif key:
                claims[key] = one
        while refused:
            kept = refused.pop().row.key
            if kept and (other := claims.pop(kept, None)) is not None:
                other.row.faults[self._key_column] = (kept, InvalidField("", "key_twice"))
                refused.append(other)
        return claims

    @staticmethod
    def _reason(one: Entered, key: str, is_taken: bool) -> str:
        if not key:
            return "key_missing" if one.row.key else ""
        if not is_key(key):
            return "bad_key_typed"
        return "key_twice" if is_taken else ""

    def _name(self, claims: Mapping[str, Entered]) -> tuple[set[str], set[str]]:
        """The keys that were given up, and those that are now another row's."""
        gone: set[str] = set()
        renamed: set[str] = set()
        for key, one in claims.items():
            row = one.row
            row.faults.pop(self._key_column, None)
            if key == row.key:
                continue
            gone |= {row.key} - {""}
            renamed.add(key)
            row.key, row.is_unsaved = key, True
            for name, value in one.completed.items():
                if row.values.get(name) is None:
                    row.values[name] = value
        return gone, renamed


def _taken_over(one: Entered) -> set[str]:
    """Put values and faults into their row; the names of the columns that are to be saved."""
    row, names = one.row, set()
    for name, value in one.values.items():
        had_fault = row.faults.pop(name, None) is not None
        if had_fault or value != row.values.get(name):
            names.add(name)
        row.values[name] = value
    row.faults.update(one.faults)
    return names


def _around_key(path: str) -> tuple[str, str]:
    before, _key, after = path.partition("{key}")
    return before, after
