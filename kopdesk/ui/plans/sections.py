"""The sections of a plan that are typed: general facts, prose, and a grid for every kind of row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kopdesk.domain.fields import Kind
from kopdesk.domain.ids import next_key
from kopdesk.domain.plan import Plan, TaxOption
from kopdesk.domain.plan_units import DRIVERS
from kopdesk.domain.values import Value
from kopdesk.ui.books.grid_box import GridBox, leaf_column
from kopdesk.ui.forms.controls import ChoiceChips
from kopdesk.ui.theme.tokens import LARGE, MEDIUM
from kopdesk.ui.widgets.fields import TextField
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn, RowValues
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.planning import PlanTold
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import MONTHS as MONTH_NAMES
from kopdesk.wording.labels_plan import DRIVERS as DRIVER_NAMES
from kopdesk.wording.plan_taxes import tax_line

if TYPE_CHECKING:
    from kopdesk.ui.plans.plan_form import PlanForm

PROSE: Mapping[str, str] = MappingProxyType(
    {
        "purpose": N_("Tujuan usaha"),
        "market": N_("Pasar, pesaing, dan warung yang sudah ada"),
        "operations": N_("Teknis dan cara kerja"),
        "organisation": N_("Pengelola dan organisasi"),
        "legal": N_("Legalitas dan izin"),
        "social": N_("Sosial dan lingkungan"),
        "risks": N_("Risiko dan cara menjaganya"),
        "benefit": N_("Manfaat bagi anggota dan desa"),
    }
)
"""The aspects a proposal speaks of; reference: finance.md §5.3."""

_IN_BASIS_POINTS = ("monthly_rate", "occupancy")
_AHEAD = timedelta(days=330)
"""A month without a year is the next one: plans look forward, where books look back."""


def general(form: PlanForm) -> QWidget:
    """When it begins and how long, what money costs, what the village gets."""
    first = row(form.field("title"), form.field("prepared_on"), gap=MEDIUM, wide=0)
    time = row(form.field("starts_in"), form.field("months"), form.field("opening_cash"), gap=MEDIUM)
    rates = row(form.field("discount_rate"), form.field("inflation"), form.field("village_share"), gap=MEDIUM)
    hint = PlainLabel(
        _("Tahun pertama dihitung sejak bulan mulai; hitungan sampai pinjaman terpanjang lunas."), "small"
    )
    prices = PlainLabel(
        _("Inflasi menaikkan upah dan belanja operasional tiap tahun; penjualan tumbuh di unit usaha."),
        "small",
    )
    options = tuple((str(one), choice_label(TaxOption, one)) for one in TaxOption)
    tax = form.field("tax_option", control=ChoiceChips(options))
    return widget_of(column(first, time, hint, rates, prices, tax, TaxLine(form), None, gap=LARGE))


class TaxLine(PlainLabel):
    """What the figures count as tax, as soon as they are there."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__("", "small")
        form.told.connect(self._show)

    def _show(self, told: PlanTold | None) -> None:
        if told is not None:
            self.setText(tax_line(told.counted.taxes, told.outcomes[0].projection.tax_years))


def prose(form: PlanForm) -> QWidget:
    """A field for every aspect."""
    fields = [form.field(f"sections/{word}", _(title), TextField(3)) for word, title in PROSE.items()]
    return widget_of(column(*fields, None, gap=LARGE))


def staff(form: PlanForm) -> QWidget:
    """Who works there, from when, for how much."""
    return _alone(
        form,
        "staff",
        [
            leaf_column("plan", "staff/{key}/role", stretch=True, width=180),
            leaf_column("plan", "staff/{key}/people", width=110),
            leaf_column("plan", "staff/{key}/monthly_pay", width=150),
            _of_year("people", "monthly_pay"),
            leaf_column("plan", "staff/{key}/starts_in", width=120),
            _choice(form, "staff/{key}/unit", _("Unit usaha"), _units_of),
        ],
        _("Upah ditulis per orang per bulan."),
    )


def investments(form: PlanForm) -> QWidget:
    """What is bought to last."""
    return _alone(
        form,
        "investments",
        [
            leaf_column("plan", "investments/{key}/text", stretch=True, width=170),
            leaf_column("plan", "investments/{key}/quantity", width=80, label=_("Banyaknya")),
            leaf_column("plan", "investments/{key}/unit_price", width=120),
            _product(_("Jumlah"), "quantity", "unit_price"),
            leaf_column("plan", "investments/{key}/life_months", width=105, label=_("Umur (bulan)")),
            leaf_column("plan", "investments/{key}/bought_in", width=105),
            _choice(form, "investments/{key}/loan", _("Dari pinjaman"), _loans_of),
        ],
        _("Gerai yang dibangun menurut Inpres 17/2025 milik desa atau pemda: jangan ditulis di sini."),
    )


def expenses(form: PlanForm) -> QWidget:
    """What is spent every month."""
    return _alone(
        form,
        "expenses",
        [
            leaf_column("plan", "expenses/{key}/text", stretch=True, width=180),
            leaf_column("plan", "expenses/{key}/monthly_amount", width=150),
            leaf_column("plan", "expenses/{key}/starts_in", width=120),
            leaf_column("plan", "expenses/{key}/ends_in", width=120),
            _choice(form, "expenses/{key}/unit", _("Unit usaha"), _units_of),
        ],
        _("Harga barang dagangan tidak ditulis di sini; itu bagian harga pokok di unit usaha."),
    )


def funds(form: PlanForm) -> QWidget:
    """Money that is not borrowed."""
    return _alone(
        form,
        "funds",
        [
            leaf_column("plan", "funds/{key}/source", width=140),
            leaf_column("plan", "funds/{key}/text", stretch=True, width=180),
            leaf_column("plan", "funds/{key}/amount", width=150),
            leaf_column("plan", "funds/{key}/received_in", width=130),
        ],
        _("Uang yang tidak perlu dikembalikan menurut jadwal."),
    )


class Units(QWidget):
    """The units; below them what each asks for, and its seasons. Rebuilt when a unit comes or goes."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__()
        self._form = form
        self._of: tuple[tuple[str, str, str], ...] = ()
        self._inner: list[GridBox] = []
        box = form.rows_box(
            "units",
            [
                leaf_column("plan", "units/{key}/name", stretch=True, width=140),
                leaf_column("plan", "units/{key}/driver", width=130, label=_("Pendapatan dari")),
                leaf_column("plan", "units/{key}/starts_in", width=100),
                leaf_column("plan", "units/{key}/cost_share", width=115, label=_("Harga pokok (%)")),
                leaf_column("plan", "units/{key}/losses", width=80),
                leaf_column("plan", "units/{key}/member_share", width=100, label=_("Anggota (%)")),
                leaf_column("plan", "units/{key}/growth", width=105, label=_("Tumbuh (%)")),
            ],
            _("Satu baris satu usaha. Setelah pendapatannya dipilih, asumsinya ditanyakan di bawah."),
        )
        waiting = form.rows_box(
            "",
            [
                GridColumn(name="label", label=_("Unit usaha"), is_read_only=True, stretch=True),
                leaf_column("plan", "units/{key}/stock_days", width=130, label=_("Persediaan (hari)")),
                leaf_column("plan", "units/{key}/receivable_days", width=130, label=_("Piutang (hari)")),
                leaf_column("plan", "units/{key}/payable_days", width=130, label=_("Utang dagang (hari)")),
                leaf_column("plan", "units/{key}/source", width=220),
            ],
            title=_("Uang yang tertahan, dan dasar perkiraan"),
        )
        self._waiting = waiting.grid
        self._place = column(gap=LARGE)
        self.setLayout(column(box, self._place, waiting, None, gap=LARGE))
        form.shown.connect(self._show)

    def _show(self, shown: OpenForm) -> None:
        units = self._form.plan().units
        now = tuple((key, one.driver or "", one.name or key) for key, one in sorted(units.items()))
        if now == self._of:
            return
        self._of = now
        self._waiting.show_fixed([(key, {"label": name}) for key, _driver, name in now])
        self._build()
        self._form.show_again()

    def _build(self) -> None:
        for box in self._inner:
            self._form.grids.remove(box.grid)
        emptied(self._place)
        self._inner = []
        asked = [
            (f"{key}/drivers/{name}", f"{title}: {_(DRIVER_NAMES[name])}", name)
            for key, driver, title in self._of
            for name in DRIVERS.get(driver, ())  # type: ignore[call-overload]
        ]
        plain = [(key, label) for key, label, name in asked if name not in _IN_BASIS_POINTS]
        shares = [(key, label) for key, label, name in asked if name in _IN_BASIS_POINTS]
        self._fixed(_("Asumsi sebulan"), plain, [_figure(_("Besarnya"), Kind.MONEY)])
        self._fixed(_("Asumsi dalam persen"), shares, [_figure(_("Persen"), Kind.BASIS_POINTS)])
        months = [(f"{at:02}", _(name)) for at, name in enumerate(MONTH_NAMES, 1)]
        seasons = [
            GridColumn(
                name=key,
                label=f"{name} (%)",
                kind=Kind.BASIS_POINTS,
                path=f"units/{key}/seasons/{{key}}",
                width=150,
                places=2,
            )
            for key, _driver, name in self._of
        ]
        self._fixed(_("Musim: seratus persen seperti biasa, kosong sama dengan seratus"), months, seasons)

    def _fixed(self, title: str, rows: list[tuple[str, str]], figures: list[GridColumn]) -> None:
        if not rows or not figures:
            return
        label = GridColumn(name="label", label=title, is_read_only=True, stretch=True)
        box = self._form.rows_box("", [label, *figures], title=title)
        box.grid.show_fixed([(key, {"label": text}) for key, text in rows])
        self._inner.append(box)
        self._place.addWidget(box)


class Loans(QWidget):
    """The loans; below them the stages in which each is paid out."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__()
        self._form = form
        self._of: tuple[tuple[str, str], ...] = ()
        self._inner: list[GridBox] = []
        first = form.rows_box(
            "loans",
            [
                leaf_column("plan", "loans/{key}/lender", stretch=True, width=140),
                leaf_column("plan", "loans/{key}/scheme", width=150),
                leaf_column("plan", "loans/{key}/amount", width=140),
                leaf_column("plan", "loans/{key}/annual_rate", width=125, label=_("Bunga setahun (%)")),
                leaf_column("plan", "loans/{key}/tenor_months", width=110, label=_("Jangka (bulan)")),
                leaf_column("plan", "loans/{key}/schedule", width=110),
            ],
            _("Beberapa pinjaman boleh berjalan bersama."),
        )
        terms = form.rows_box(
            "",
            [
                GridColumn(name="label", label=_("Pemberi pinjaman"), is_read_only=True, stretch=True),
                leaf_column("plan", "loans/{key}/grace_months", width=125, label=_("Tenggang (bulan)")),
                leaf_column("plan", "loans/{key}/grace", width=170, label=_("Bunga saat tenggang")),
                leaf_column("plan", "loans/{key}/instalment_day", width=110, label=_("Tanggal")),
                leaf_column("plan", "loans/{key}/round_to", width=110, label=_("Pembulatan")),
                leaf_column("plan", "loans/{key}/actual_365", width=120, label=_("Hari sebenarnya")),
            ],
            title=_("Tenggang dan cara menghitung"),
            hint=_(
                "PMK 49/2025: jatuh tempo di hari libur pindah ke hari kerja berikutnya. Berkas menunjukkan"
                " Senin sesudah Sabtu dan Minggu; hari libur nasional periksa sendiri."
            ),
        )
        self._terms = terms.grid
        self._place = column(gap=LARGE)
        self.setLayout(column(first, terms, self._place, None, gap=LARGE))
        form.shown.connect(self._show)

    def _show(self, shown: OpenForm) -> None:
        now = _loans_of(self._form.plan())
        if now == self._of:
            return
        self._of = now
        self._terms.show_fixed([(key, {"label": name}) for key, name in now])
        for box in self._inner:
            self._form.grids.remove(box.grid)
        emptied(self._place)
        self._inner = [self._stages(key, name) for key, name in now]
        for box in self._inner:
            self._place.addWidget(box)
        self._form.show_again()

    def _stages(self, key: str, name: str) -> GridBox:
        group = f"loans/{key}/drawdowns"
        columns = [
            leaf_column("plan", f"{group}/{{key}}/drawn_on", width=140),
            leaf_column("plan", f"{group}/{{key}}/amount", width=150),
            leaf_column("plan", f"{group}/{{key}}/condition", stretch=True, width=180),
        ]
        return self._form.rows_box(group, columns, title=_("Pencairan {loan}").format(loan=name))


def plan_grid(form: PlanForm, columns: list[GridColumn], name: str, group: str) -> Grid:
    """A grid whose months look forward."""
    random = form.session.program.random_bytes

    def ahead() -> date:
        return form.session.today + _AHEAD

    return Grid(
        columns,
        name,
        today=ahead,
        group=group,
        new_key=(lambda others: next_key(others, random(8))) if group else None,
        most_rows=14,
        feeder=form.session.feeder,
    )


def _alone(form: PlanForm, group: str, columns: list[GridColumn], hint: str) -> QWidget:
    """A section that is one grid."""
    return widget_of(column(form.rows_box(group, columns, hint), None))


def _units_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple((key, one.name or key) for key, one in sorted(plan.units.items()))


def _loans_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple((key, one.lender or one.scheme or key) for key, one in sorted(plan.loans.items()))


def _choice(
    form: PlanForm, path: str, label: str, rows: Callable[[Plan], tuple[tuple[str, str], ...]]
) -> GridColumn:
    """One of the plan's own rows, as they are when the section is opened."""
    choices: list[tuple[Value, str]] = [*rows(form.plan())]
    return GridColumn(
        name=path.rpartition("/")[2], label=label, path=path, width=130, choices=choices or [("", "–")]
    )


def _figure(label: str, kind: Kind) -> GridColumn:
    places = 2 if kind == Kind.BASIS_POINTS else 0
    return GridColumn(name="figure", label=label, kind=kind, path="units/{key}", width=180, places=places)


def _product(label: str, one: str, other: str) -> GridColumn:
    def computed(values: RowValues) -> Value:
        first, second = values.get(one), values.get(other)
        return first * second if isinstance(first, int) and isinstance(second, int) else None

    return GridColumn(name="product", label=label, kind=Kind.MONEY, width=125, computed=computed)


def _of_year(one: str, other: str) -> GridColumn:
    return _product(_("Sebulan"), one, other)


BUILDERS: Mapping[str, Callable[[PlanForm], QWidget]] = MappingProxyType(
    {
        "general": general,
        "prose": prose,
        "units": Units,
        "staff": staff,
        "investments": investments,
        "expenses": expenses,
        "loans": Loans,
        "funds": funds,
    }
)
