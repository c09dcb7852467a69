"""A trial balance out of a sheet: its accounts in our chart, its figures read or marked, sums left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kopdesk.domain.chart import Chart
from kopdesk.domain.errors import InvalidField
from kopdesk.sheets.figures import Evidence, Writing, column_writing, read_figure
from kopdesk.sheets.mapping import Mapped, account_for, is_total
from kopdesk.sheets.reading import Cell, Sheet

AMOUNTS = ("opening", "debit", "credit")


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """One row. `own` and `name` as the file has them; `account`: its number in our chart, empty if unknown.

    `faults`: what could not be read, with its text, by column.
    """

    row: int
    own: str
    name: str
    account: str
    amounts: Mapping[str, int]
    faults: Mapping[str, tuple[str, InvalidField]]
    is_computed: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """`sums`: how many rows were left out because they add up others; `computed`: how many cells came from a
    formula.
    """

    lines: tuple[ImportedLine, ...]
    sums: int
    computed: int


def evidence_of(sheet: Sheet, mapped: Mapped) -> dict[str, Evidence]:
    """How each column of amounts is written."""
    rows = [cells for _number, cells in sheet.rows[mapped.heading_row + 1 :]]
    return {
        name: column_writing(_cell(cells, mapped.columns[name]) for cells in rows)
        for name in AMOUNTS
        if name in mapped.columns
    }


def imported_lines(
    sheet: Sheet,
    mapped: Mapped,
    writings: Mapping[str, Writing | None],
    chart: Chart,
    learned: Mapping[str, str],
) -> Imported:
    """Every row below the headings that has an amount."""
    lines: list[ImportedLine] = []
    sums = computed = 0
    for number, cells in sheet.rows[mapped.heading_row + 1 :]:
        texts = [_text(cells, mapped, "number"), _text(cells, mapped, "name")]
        amounts, faults, formulas = _amounts(cells, mapped, writings)
        if not (amounts or faults):
            continue
        if is_total(texts):
            sums += 1
            continue
        computed += formulas
        account = account_for(texts[0], texts[1], chart, learned)
        lines.append(ImportedLine(number, texts[0], texts[1], account, amounts, faults, formulas > 0))
    return Imported(tuple(lines), sums, computed)


def _amounts(
    cells: Iterable[Cell], mapped: Mapped, writings: Mapping[str, Writing | None]
) -> tuple[dict[str, int], dict[str, tuple[str, InvalidField]], int]:
    row = list(cells)
    amounts: dict[str, int] = {}
    faults: dict[str, tuple[str, InvalidField]] = {}
    formulas = 0
    for name in AMOUNTS:
        if name not in mapped.columns:
            continue
        cell = _cell(row, mapped.columns[name])
        formulas += cell.formula == "value"
        try:
            amount = read_figure(cell, writings.get(name))
        except InvalidField as error:
            faults[name] = (cell.text or "=", error)
        else:
            if amount:
                amounts[name] = amount
    return amounts, faults, formulas


def _cell(cells: Iterable[Cell], at: int) -> Cell:
    row = list(cells)
    return row[at] if at < len(row) else Cell("")


def _text(cells: Iterable[Cell], mapped: Mapped, name: str) -> str:
    return _cell(cells, mapped.columns[name]).text if name in mapped.columns else ""
