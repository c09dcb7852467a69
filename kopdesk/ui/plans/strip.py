"""What a plan comes to, always in sight: whether it holds, in plain words, and its figures."""

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan_measures import Measures
from kopdesk.domain.rounding import MONTHS, ratio
from kopdesk.ui.theme.tokens import LARGE, SMALL
from kopdesk.ui.widgets.buttons import link
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.ui.widgets.lights import Lamp
from kopdesk.usecases.planning import PlanTold
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import short_month
from kopdesk.wording.figures import percent, rupiah, scaled
from kopdesk.wording.labels import path_label
from kopdesk.wording.planning import verdict_line
from kopdesk.wording.reasons import reason_sentence

_FIGURES = (
    ("instalment", N_("Angsuran terberat")),
    ("earned", N_("Hasil usaha sebulan")),
    ("dscr", N_("DSCR terendah")),
    ("break_even", N_("Titik impas sebulan")),
    ("lowest_cash", N_("Kas terendah")),
    ("payback", N_("Modal kembali")),
    ("npv", N_("NPV")),
    ("irr", N_("IRR setahun")),
)
_BESIDE = 4


class Strip(QFrame):
    """`path_requested`: where what is lacking is typed."""

    path_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._lacking = ""
        self._lamps = {tone: Lamp(tone) for tone in ("good", "bad", "warning")}
        self.verdict = PlainLabel("", "strong")
        self._go = link(_("Ke isian itu"), lambda: self.path_requested.emit(self._lacking))
        self._units = LineLabel("", "small")
        self.values = {name: LineLabel("", "strong") for name, _label in _FIGURES}
        grid = QGridLayout()
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(SMALL)
        self._labels = {name: LineLabel(_(label), "small") for name, label in _FIGURES}
        for at, (name, _label) in enumerate(_FIGURES):
            line, beside = divmod(at, _BESIDE)
            cell = column(self._labels[name], self.values[name], gap=0)
            grid.addLayout(cell, line, beside)
            grid.setColumnStretch(beside, 1)
        head = row(*self._lamps.values(), self.verdict, self._go, gap=SMALL)
        head.setStretch(len(self._lamps), 1)
        self.setLayout(column(head, grid, self._units, gap=SMALL, margin=(LARGE, SMALL, LARGE, SMALL)))
        self._show_tone("")
        self._go.hide()

    def show_told(self, told: PlanTold) -> None:
        """The base of the plan."""
        measures = told.outcomes[0].measures
        self.verdict.setText(verdict_line(measures))
        self._show_tone("good" if measures.holds else "bad")
        self._go.hide()
        for name, text in _texts(measures).items():
            self.values[name].setText(text)
        month = short_month(measures.lowest_cash_month)
        self._labels["lowest_cash"].setText(_("Kas terendah, {month}").format(month=month))
        self._units.setText(_units_told(told))

    def show_lacking(self, error: InvalidField) -> None:
        """No figure is shown that is not true any more."""
        self._lacking = error.path
        label = path_label("plan", error.path)
        reason = (
            _("belum diisi") if error.reason == "missing" else reason_sentence(error.reason, error.detail)
        )
        self.verdict.setText(
            _("Belum dapat dihitung. {field}: {reason}.").format(field=label, reason=reason.rstrip("."))
        )
        self._show_tone("warning")
        self._go.show()
        for value in self.values.values():
            value.setText("–")
        self._units.setText("")

    def _show_tone(self, tone: str) -> None:
        for name, lamp in self._lamps.items():
            lamp.setFixedWidth(16)
            lamp.setVisible(name == tone)


def _texts(told: Measures) -> dict[str, str]:
    load, worth = told.load, told.worth
    nothing_due = _("tidak ada")
    return {
        "instalment": rupiah(load.instalment) if load else nothing_due,
        "earned": rupiah(load.earned) if load else nothing_due,
        "dscr": _decimal(told.least_dscr) if told.least_dscr is not None else _("tidak dapat dihitung"),
        "break_even": rupiah(told.break_even) if told.break_even is not None else _("tidak tercapai"),
        "lowest_cash": rupiah(told.lowest_cash),
        "payback": _("{n} bulan").format(n=_decimal(worth.payback, 1))
        if worth.payback
        else _("tidak kembali"),
        "npv": rupiah(worth.npv),
        "irr": _yearly(worth.irr)
        if worth.irr is not None and worth.sign_changes == 1
        else _("tidak dapat dipegang"),
    }


def _yearly(monthly: Fraction) -> str:
    return percent(round(((1 + float(monthly)) ** MONTHS - 1) * 10_000))


def _decimal(value: Fraction | float, places: int = 2) -> str:
    return scaled(round(value * 10**places), places)


def _units_told(told: PlanTold) -> str:
    """What every unit earns in a month of the second year, when all have begun."""
    year = told.outcomes[0].projection.months[MONTHS : 2 * MONTHS]
    parts = [
        f"{unit.name or key} {rupiah(ratio(sum(month.units[key].margin for month in year), MONTHS))}"
        for key, unit in sorted(told.plan.units.items())
    ]
    return _("Laba kotor sebulan, tahun kedua: {units}").format(units=" · ".join(parts)) if parts else ""
