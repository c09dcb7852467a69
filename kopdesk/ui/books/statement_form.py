"""The statement of the month that is checked, and next year's budget, in SIMKOPDES's keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kopdesk.domain.fields import Kind, group_of
from kopdesk.domain.records import RecordKey
from kopdesk.domain.statement import (
    CASH_FLOW_KEYS,
    STATED_KEYS,
    UNIT_KEYS,
    PeriodKind,
    Statement,
    UnitResult,
)
from kopdesk.domain.statement_totals import totals
from kopdesk.domain.values import Value
from kopdesk.rules.statement_layout import StatementLayout
from kopdesk.ui.books.grid_box import GridBox
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.theme.tokens import LARGE, MEDIUM
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.frames import Fold
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.usecases.checking import statement_from_check, told_check
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.accounts import ACCOUNTS
from kopdesk.wording.catalogue import _
from kopdesk.wording.checking import stated_name
from kopdesk.wording.figures import rupiah
from kopdesk.wording.labels import leaf_label

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm

Rows = list[tuple[str, dict[str, Value]]]


class StatementPart(QWidget):
    """Chips between the statement and the budget of the year after."""

    def __init__(self, form: "CheckForm") -> None:
        super().__init__()
        self._form = form
        self._which = Chips([("statement", _("Laporan keuangan")), ("rapb", _("RAPB tahun depan"))])
        self._which.setAccessibleName(_("Laporan atau anggaran"))
        self._which.show_chosen(["statement"])
        self._which.changed.connect(self._on_which)
        self.statement = FiguresForm(form, "statement")
        self.rapb: FiguresForm | None = None
        self._fill = plain(_("Isi dari neraca saldo"), self.fill, "down")
        self._place = column()
        self._place.addWidget(self.statement)
        self.setLayout(column(row(self._which, self._fill, None), self._place, gap=MEDIUM))
        self._open_for: tuple[str, str] = ("", "")
        form.shown.connect(self._show)

    def fill(self) -> None:
        """By the chart of accounts; what is typed besides stays."""
        self._form.be_there()
        self.leave()
        self._form.leave()
        assert self._form.form is not None
        check_id, rules, today = self._form.form.key.id, self._form.rules, self._form.session.today

        def filling(desk: Desk) -> RecordKey:
            return statement_from_check(desk, told_check(desk, check_id, rules, today))

        self._form.session.change(filling, self._on_filled, owner=self)

    def leave(self) -> None:
        """Take over what is being typed."""
        for part in (self.statement, self.rapb):
            if part is not None:
                part.leave()

    def _on_filled(self, key: RecordKey) -> None:
        self.statement.presenter.open(key)
        self._form.session.told.emit(_("Laporan diisi dari neraca saldo"))

    def _on_which(self, chosen: tuple[str, ...]) -> None:
        is_rapb = chosen == ("rapb",)
        if is_rapb and self.rapb is None:
            self.rapb = FiguresForm(self._form, "rapb")
            self._place.addWidget(self.rapb)
            self._open_rapb()
        self.statement.setVisible(not is_rapb)
        self._fill.setVisible(not is_rapb)
        if self.rapb is not None:
            self.rapb.setVisible(is_rapb)

    def _show(self, shown: OpenForm) -> None:
        period = str(shown.leaves.get("period") or "")
        wanted = (str(shown.cooperative_id), period)
        self.setEnabled(bool(period))
        if not period or wanted == self._open_for:
            return
        self._open_for = wanted
        kind = PeriodKind.YEAR if period.endswith("-12") else PeriodKind.YEAR_TO_DATE
        self.statement.presenter.begin(
            "statement", shown.cooperative_id, {"period_kind": kind.value, "period": period}
        )
        if self.rapb is not None:
            self._open_rapb()

    def _open_rapb(self) -> None:
        form = self._form.form
        if form is not None and self.rapb is not None and self._open_for[1]:
            year = int(self._open_for[1][:4]) + 1
            self.rapb.presenter.begin("rapb", form.cooperative_id, {"year": year})


class FiguresForm(RecordForm):
    """The figures of a statement or a budget; its totals are computed and never typed."""

    def __init__(self, check: "CheckForm", record_type: str) -> None:
        super().__init__(check.session, record_type)
        layout = check.rules.layout
        self._sums = PlainLabel("", "strong")
        self._position = self._grid(
            _("Posisi keuangan"), self._position_columns(), _section_rows(layout, "position"), 60
        )
        self._units = self._grid(_("Hasil usaha per unit"), _unit_columns(), _unit_rows(), 10)
        self._results = self._grid(
            _("Hasil investasi, beban bersama, pajak"),
            [_label(), _money("amount", _("Jumlah"), "results/{key}")],
            _section_rows(layout, "results"),
            20,
        )
        parts: list[QWidget] = [self._sums, self._position, self._units, self._results]
        if record_type == "statement":
            parts += [self._cash_flow(), self._stated()]
        self.setLayout(column(*parts, None, gap=LARGE))
        self.shown.connect(self._tell)

    def _grid(self, title: str, columns: list[GridColumn], rows: Rows, most_rows: int) -> GridBox:
        grid = Grid(
            columns,
            title,
            today=lambda: self.session.today,
            most_rows=most_rows,
            feeder=self.session.feeder,
        )
        grid.show_fixed(rows)
        return GridBox(self, title, columns, grid=grid)

    def _position_columns(self) -> list[GridColumn]:
        columns = [_label(), _money("now", _("Akhir periode"), "position/{key}")]
        if self.record_type == "statement":
            columns.append(_money("opening", _("Awal periode"), "opening/{key}"))
        return columns

    def _cash_flow(self) -> QWidget:
        words = {
            "kas_awal": _("Kas awal"),
            "arus_operasi": _("Dari kegiatan usaha"),
            "arus_investasi": _("Dari investasi"),
            "arus_pendanaan": _("Dari simpanan, modal dan pinjaman"),
            "kas_akhir": _("Kas akhir"),
        }
        rows: Rows = [(key, {"label": words[key]}) for key in CASH_FLOW_KEYS]
        fold = Fold(_("Arus kas"))
        fold.body.addWidget(
            self._grid(_("Arus kas"), [_label(), _money("amount", _("Jumlah"), "cash_flow/{key}")], rows, 6)
        )
        return fold

    def _stated(self) -> QWidget:
        fold = Fold(_("Jumlah yang tertulis di laporan koperasi"))
        fold.body.addWidget(
            PlainLabel(_("Salin jumlah dari kertasnya; program menjumlah ulang dan membandingkan."), "small")
        )
        rows: Rows = [(key, {"label": stated_name(key)}) for key in STATED_KEYS]
        fold.body.addWidget(
            self._grid(
                _("Jumlah yang tertulis"),
                [_label(), _money("amount", _("Tertulis"), "stated/{key}")],
                rows,
                8,
            )
        )
        return fold

    def _tell(self, form: OpenForm) -> None:
        made = Statement.from_leaves(form.key.id, form.cooperative_id, form.leaves)
        found = totals(made.position, made.results, made.units)
        other_side = found.liabilities + found.equity
        told = _("Aset {assets} · kewajiban dan ekuitas {other} · SHU {result}").format(
            assets=rupiah(found.assets), other=rupiah(other_side), result=rupiah(found.result)
        )
        if found.imbalance:
            told += " · " + _("selisih {amount}").format(amount=rupiah(abs(found.imbalance)))
        self._sums.setText(told)
        self._sums.show_tone("bad" if found.imbalance else "")


def _label() -> GridColumn:
    return GridColumn(name="label", label=_("Pos"), is_read_only=True, stretch=True, width=240)


def _money(name: str, label: str, path: str, width: int = 170) -> GridColumn:
    return GridColumn(name=name, label=label, kind=Kind.MONEY, path=path, width=width)


def _keyed(keys: Sequence[str]) -> Rows:
    return [(key, {"label": _(ACCOUNTS[key])}) for key in keys]


def _section_rows(layout: StatementLayout, statement: str) -> Rows:
    rows: Rows = []
    for section in layout.of(statement):
        rows += [("", {"label": _(section.title)}), *_keyed(section.keys)]
    return rows


def _unit_columns() -> list[GridColumn]:
    return [
        GridColumn(name="label", label=_("Pos"), is_read_only=True, stretch=True, width=170),
        *(_money(unit, _(ACCOUNTS[unit]), f"units/{unit}/{{key}}", 102) for unit in UNIT_KEYS),
    ]


def _unit_rows() -> Rows:
    return [(part, {"label": leaf_label(UnitResult, part)}) for part in group_of(UnitResult).leaves]
