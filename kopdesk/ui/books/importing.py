"""A trial balance from a file: which column is what, what is asked, and a review before anything is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import Kind
from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.sheets.figures import Evidence, Writing
from kopdesk.sheets.mapping import (
    TRIAL_BALANCE,
    Learned,
    Mapped,
    account_word,
    fingerprint,
    keep_learned,
    proposed_mapping,
    read_learned,
)
from kopdesk.sheets.reading import Sheet, read_sheets_apart
from kopdesk.sheets.trial_balance import Imported, ImportedLine, evidence_of, imported_lines
from kopdesk.ui.theme.tokens import MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import plain, primary, quiet
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.fields import Field
from kopdesk.ui.widgets.frames import Banner, Card
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn, GridRow
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.ui.widgets.select import SelectBox
from kopdesk.wording.catalogue import _
from kopdesk.wording.figures import number, rupiah
from kopdesk.wording.sentences import sentence_for

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm

_NEEDED = ("number", "debit", "credit")


class LinesImport(QWidget):
    """In the place of the grid until it is taken or put away. `finished`: nothing is left to do here."""

    finished = Signal()

    def __init__(self, form: CheckForm) -> None:
        super().__init__()
        self._form = form
        self._sheets: list[Sheet] = []
        self._learned = Learned()
        self._mapped = Mapped(-1, {})
        self._writings: dict[str, Writing | None] = {}
        self._found: Imported | None = None
        self._banner = Banner()
        self._banner.hide()
        self._name = PlainLabel("", "strong")
        self._which = SelectBox()
        self._which.currentIndexChanged.connect(lambda _at: self._on_sheet())
        self._columns = column()
        self._questions = column(gap=SMALL)
        self._told = PlainLabel("", "small")
        self.take = primary(_("Ambil barisnya"), self.take_lines)
        cancel = plain(_("Batal"), self.finished.emit)
        self._remove = quiet(_("Lewati baris ini (Ctrl+−)"), lambda: self.grid.remove_rows(), "close")
        self.grid = self._make_grid()
        card = Card()
        card.body.addWidget(self._name)
        self._sheet_field = Field(_("Lembar"), self._which)
        card.body.addWidget(self._sheet_field)
        card.body.addLayout(self._columns)
        card.body.addLayout(self._questions)
        buttons = row(self.take, cancel, self._remove, None, gap=SMALL)
        self.setLayout(column(self._banner, card, self.grid, self._told, buttons, None, gap=MEDIUM))

    def _make_grid(self) -> Grid:
        chart = self._form.rules.chart
        money = [
            GridColumn(name=name, label=label, kind=Kind.MONEY, path=f"lines/{{key}}/{name}", width=130)
            for name, label in (
                ("opening", _("Saldo awal")),
                ("debit", _("Debit")),
                ("credit", _("Kredit")),
            )
        ]
        grid = Grid(
            [
                GridColumn(name="own", label=_("Akun di berkas"), is_read_only=True, width=120),
                GridColumn(
                    name="name", label=_("Nama akun"), path="lines/{key}/name", stretch=True, width=180
                ),
                GridColumn(name="number", label=_("Akun di sini"), is_key=True, width=110),
                GridColumn(
                    name="ours",
                    label=_("Di bagan akun"),
                    is_read_only=True,
                    computed=lambda values: chart.name_of(str(values.get("key") or "")),
                    width=180,
                ),
                *money,
            ],
            _("Tinjau baris yang dibaca"),
            today=lambda: self._form.session.today,
            group="lines",
            most_rows=14,
            feeder=self._form.session.feeder,
        )
        grid.faults_changed.connect(self._on_faults)
        grid.changed.connect(lambda _leaves: self._tell())
        return grid

    # The file.

    def choose(self) -> None:
        """Ask for the file."""
        kinds = _("Lembar kerja")
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Neraca saldo dari berkas"), str(Path.home()), f"{kinds} (*.xlsx *.xls *.ods *.csv)"
        )
        if chosen:
            self.read(Path(chosen))
        else:
            self.finished.emit()

    def read(self, path: Path) -> None:
        """In a process of its own, asked for in the thread that may wait: saving goes on meanwhile."""
        self._name.setText(_("Membaca {file} …").format(file=path.name))
        self.take.setEnabled(False)
        folder = self._form.session.program.rules

        def reading() -> tuple[list[Sheet], Learned]:
            return read_sheets_apart(path), read_learned(folder)

        done: Callable[[tuple[list[Sheet], Learned]], None] = partial(self._on_read, path)
        self._form.session.network.run(reading, done, self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        self._name.setText("")
        self._banner.tell("bad", sentence_for(error))

    def _on_read(self, path: Path, found: tuple[list[Sheet], Learned]) -> None:
        self._sheets, self._learned = found
        self._name.setText(path.name)
        self._which.blockSignals(True)
        self._which.clear()
        for sheet in self._sheets:
            self._which.addItem(sheet.name or path.name)
        best = max(
            range(len(self._sheets)),
            key=lambda at: len(proposed_mapping(self._sheets[at], TRIAL_BALANCE).columns),
            default=0,
        )
        self._which.setCurrentIndex(best)
        self._which.blockSignals(False)
        self._sheet_field.setVisible(len(self._sheets) > 1)
        self._on_sheet()

    # What is what.

    @property
    def sheet(self) -> Sheet:
        """The one that is read."""
        return self._sheets[self._which.currentIndex()]

    def _on_sheet(self) -> None:
        """As a person has chosen for this layout before, otherwise as the headings say."""
        proposed = proposed_mapping(self.sheet, TRIAL_BALANCE)
        known = self._learned.columns.get(fingerprint(self.sheet, proposed.heading_row))
        self._mapped = replace(proposed, columns=known) if known else proposed
        self._writings = {}
        self._show_columns()
        self._read_lines()

    def _show_columns(self) -> None:
        emptied(self._columns)
        labels = {
            "number": _("Nomor akun"),
            "name": _("Nama akun"),
            "opening": _("Saldo awal"),
            "debit": _("Debit"),
            "credit": _("Kredit"),
        }
        headings = self._headings()
        line = row(gap=MEDIUM)
        for wanted in TRIAL_BALANCE:
            box = SelectBox()
            box.addItem(_("(tidak ada)"), -1)
            for at, heading in enumerate(headings):
                box.addItem(heading, at)
            box.setCurrentIndex(box.findData(self._mapped.columns.get(wanted.name, -1)))
            box.activated.connect(partial(self._on_column, wanted.name, box))
            box.setMinimumContentsLength(8)
            line.addWidget(Field(labels[wanted.name], box))
        line.addStretch(1)
        self._columns.addWidget(widget_of(line))

    def _headings(self) -> list[str]:
        width = max((len(cells) for _number, cells in self.sheet.rows), default=0)
        row_at = self._mapped.heading_row
        texts = [cell.text for cell in self.sheet.rows[row_at][1]] if row_at >= 0 else []
        return [
            (texts[at] if at < len(texts) and texts[at] else _("Kolom {number}").format(number=at + 1))[:40]
            for at in range(width)
        ]

    def _on_column(self, name: str, box: SelectBox, _at: int) -> None:
        columns = {known: at for known, at in self._mapped.columns.items() if known != name}
        chosen = box.currentData()
        if chosen >= 0:
            columns[name] = chosen
        self._mapped = replace(self._mapped, columns=columns)
        self._read_lines()

    # What it says.

    def _read_lines(self) -> None:
        if not self._mapped.is_complete(_NEEDED):
            self._questions_for({})
            self.grid.grid.show_leaves({}, is_other=True)
            self._found = None
            self._tell()
            return
        evidence = evidence_of(self.sheet, self._mapped)
        self._questions_for(evidence)
        writings = {name: self._writings.get(name) or one.writing for name, one in evidence.items()}
        self._found = imported_lines(
            self.sheet, self._mapped, writings, self._form.rules.chart, self._learned.accounts
        )
        self._show_lines(self._found)

    def _questions_for(self, evidence: dict[str, Evidence]) -> None:
        """What one text in the column means, where the column itself proves nothing."""
        emptied(self._questions)
        labels = {"opening": _("Saldo awal"), "debit": _("Debit"), "credit": _("Kredit")}
        for name, one in evidence.items():
            if not one.ambiguous:
                continue
            text = one.ambiguous[0].lstrip("-")
            chips = Chips(
                [
                    (Writing.POINT.value, _("titik memisahkan ribuan")),
                    (Writing.COMMA.value, _("koma memisahkan ribuan")),
                ]
            )
            chosen = self._writings.get(name)
            chips.show_chosen([chosen.value] if chosen else [])
            chips.changed.connect(partial(self._on_writing, name))
            asked = _("Di kolom {column} tertulis {text}. Yang benar:").format(column=labels[name], text=text)
            self._questions.addWidget(Field(asked, chips))

    def _on_writing(self, name: str, chosen: tuple[str, ...]) -> None:
        self._writings[name] = Writing(chosen[0]) if chosen else None
        self._read_lines()

    def _show_lines(self, found: Imported) -> None:
        self.grid.grid.show_leaves({}, is_other=True)
        taken: set[str] = set()
        rows = [_grid_row(line, taken) for line in found.lines]
        if rows:
            self.grid.grid.take_rows(rows, {})
        self._tell()

    def _on_faults(self, count: int) -> None:
        self._tell()

    def _rows(self) -> list[GridRow]:
        return [one for one in self.grid.grid.rows if not one.is_blank]

    def _tell(self) -> None:
        rows = self._rows()
        faults = sum(len(one.faults) for one in rows)
        self.take.setText(_("Ambil {count} baris").format(count=number(len(rows))))
        self.take.setEnabled(bool(rows) and not faults)
        if self._found is None:
            self._told.setText(_("Pilih kolom nomor akun, debit dan kredit."))
            return
        debit, credit = (sum(int(one.values.get(name) or 0) for one in rows) for name in ("debit", "credit"))
        parts = [_("Debit {debit} · kredit {credit}").format(debit=rupiah(debit), credit=rupiah(credit))]
        if self._found.sums:
            parts.append(_("{count} baris jumlah dilewati").format(count=number(self._found.sums)))
        if self._found.computed:
            parts.append(_("{count} angka hasil rumus").format(count=number(self._found.computed)))
        there = self._form.check_lines()
        if replaced := sum(one.key in there for one in rows):
            parts.append(_("{count} akun yang sudah ada akan diganti").format(count=number(replaced)))
        if faults:
            parts.append(_("{count} isian bertanda merah perlu dibetulkan dulu").format(count=number(faults)))
        self._told.setText(" · ".join(parts))

    # The end.

    def take_lines(self) -> None:
        """All of them in one change, which one Ctrl+Z takes back; and what was chosen is remembered."""
        self.grid.leave()
        rows = self._rows()
        if not rows or any(one.faults for one in rows):
            return
        self._remember(rows)
        self._form.be_there()
        self._form.presenter.save(_leaves(rows))
        self.finished.emit()

    def _remember(self, rows: list[GridRow]) -> None:
        mark = fingerprint(self.sheet, self._mapped.heading_row)
        self._learned.columns[mark] = dict(self._mapped.columns)
        for one in rows:
            word = account_word(str(one.values.get("own") or ""), str(one.values.get("named") or ""))
            self._learned.accounts[word] = one.key
        keeping = partial(keep_learned, self._form.session.program.rules, self._learned)
        self._form.session.work.run(keeping, lambda _none: None)


def _grid_row(line: ImportedLine, taken: set[str]) -> GridRow:
    values: dict[str, Value] = {
        "own": line.own,
        "name": line.name or None,
        "named": line.name,
        **line.amounts,
    }
    made = GridRow(line.account, values, dict(line.faults))
    if not line.account:
        made.faults["number"] = ("", InvalidField("", "key_missing"))
    elif line.account in taken:
        made.key = ""
        made.faults["number"] = (line.account, InvalidField("", "key_twice"))
    taken.add(line.account)
    return made


def _leaves(rows: list[GridRow]) -> Leaves:
    names = ("name", "opening", "debit", "credit")
    return {f"lines/{one.key}/{name}": one.values.get(name) for one in rows for name in names}
