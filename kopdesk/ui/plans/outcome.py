"""What follows from a plan: what breaks it first, warnings, and its scenarios beside each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from kopdesk.domain.scenarios import Outcome, Usual
from kopdesk.ui.books.grid_box import leaf_column
from kopdesk.ui.forms.form import caption
from kopdesk.ui.plans.chart import CashChart
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import symbol_button
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.ui.widgets.lights import Lamp
from kopdesk.usecases.planning import PlanTold
from kopdesk.usecases.remarks import RemarkLine
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.figures import rupiah, scaled
from kopdesk.wording.planning import breaking_line, measure_lines, warning_line

if TYPE_CHECKING:
    from kopdesk.ui.plans.plan_form import PlanForm

_FEW = 5


class Overview(QWidget):
    """Sentences, the most important first; each leads to the field it speaks of."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__()
        self._form = form
        self._remarks = column(gap=SMALL)
        self._told = column(gap=SMALL)
        self._breaking = column(gap=SMALL)
        self._warnings = column(gap=SMALL)
        self.chart = CashChart()
        self._breaking_head = caption("")
        self.setLayout(
            column(
                self._remarks,
                self._told,
                self.chart,
                self._breaking_head,
                self._breaking,
                caption(_("Yang perlu diperiksa lagi")),
                self._warnings,
                None,
                gap=MEDIUM,
            )
        )
        form.told.connect(self._show)
        form.remarked.connect(self._show_remarks)
        self._show_remarks(form.remarks)

    def _show_remarks(self, remarks: list[RemarkLine]) -> None:
        """What a reviewer wants changed stands before everything else."""
        emptied(self._remarks)
        for one in remarks:
            signed = f"{one.by}: {one.text}" if one.by else one.text
            self._remarks.addWidget(self._leading(signed, one.path, "bad"))

    def _show(self, told: PlanTold | None) -> None:
        for part in (self._told, self._breaking, self._warnings):
            emptied(part)
        self.chart.show_months(told.outcomes[0].projection.months if told is not None else ())
        if told is None:
            self._breaking_head.setText("")
            self._told.addWidget(PlainLabel(_("Isi dulu yang masih kosong; hitungannya menyusul."), "quiet"))
            return
        measures = told.outcomes[0].measures
        for line in measure_lines(measures):
            self._told.addWidget(PlainLabel(line))
        self._breaking_head.setText(
            _("Paling cepat menggagalkan rencana ini")
            if measures.holds
            else _("Satu ini saja diubah, rencana bertahan")
        )
        self._show_breaking(told, holds=measures.holds)
        for warned in told.warnings:
            self._warnings.addWidget(self._leading(warning_line(told.plan, warned), warned.path, "warning"))
        if not told.warnings:
            self._warnings.addWidget(PlainLabel(_("Tidak ada yang di luar batas yang diketahui."), "quiet"))

    def _show_breaking(self, told: PlanTold, *, holds: bool) -> None:
        if not told.breaking:
            self._breaking.addWidget(PlainLabel(_("Sedang dihitung …"), "quiet"))
            return
        found = [one for one in told.breaking if holds or one.margin is not None]
        for one in found[:_FEW]:
            self._breaking.addWidget(self._leading(breaking_line(told.plan, one), one.path))
        if not found:
            told_so = _("Tidak ada; beberapa asumsi harus diubah bersama.")
            self._breaking.addWidget(PlainLabel(told_so, "quiet"))

    def _leading(self, text: str, path: str, tone: str = "") -> QWidget:
        lamp = Lamp(tone) if tone else QWidget()
        lamp.setFixedWidth(16 if tone else 0)
        go = symbol_button("right", _("Ke isian itu"), partial(self._form.go_to, path))
        go.setAccessibleDescription(text)
        if not path:  # about the whole
            go.hide()
        return widget_of(row(lamp, PlainLabel(text), go, gap=SMALL, wide=1))


class ScenarioPart(QWidget):
    """The usual scenarios and the plan's own, beside each other."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__()
        box = form.rows_box(
            "scenarios",
            [
                leaf_column("plan", "scenarios/{key}/name", stretch=True, width=180),
                leaf_column("plan", "scenarios/{key}/sales_change", width=150, label=_("Penjualan (%)")),
                leaf_column(
                    "plan", "scenarios/{key}/cost_change", width=150, label=_("Harga pokok (poin %)")
                ),
                leaf_column("plan", "scenarios/{key}/delay_months", width=150, label=_("Terlambat (bulan)")),
            ],
            _("Empat skenario yang lazim selalu dihitung; di sini yang Anda tambahkan sendiri."),
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(column(self._grid, box, None, gap=LARGE))
        form.told.connect(self._show)

    def _show(self, told: PlanTold | None) -> None:
        emptied(self._grid)
        titles = ("", _("Keadaan"), _("Kurang tiap bulan"), _("DSCR terendah"), _("Kas terendah"), _("NPV"))
        for at, title in enumerate(titles):
            self._put(title, 0, at, "small")
        for line, outcome in enumerate(told.outcomes if told is not None else (), 1):
            name = outcome.scenario.name or choice_label(Usual, outcome.key)
            self._put(name, line, 0)
            for at, (text, tone) in enumerate(_figures(outcome), 1):
                self._put(text, line, at, tone=tone)

    def _put(self, text: str, line: int, at: int, kind: str = "", tone: str = "") -> None:
        label = PlainLabel(text, kind, tone=tone)
        label.setWordWrap(not at)
        side = Qt.AlignmentFlag.AlignRight if at > 1 else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, line, at, side)


def _figures(outcome: Outcome) -> list[tuple[str, str]]:
    told = outcome.measures
    gap = told.load.gap if told.load is not None else 0
    ratio = scaled(round(told.least_dscr * 100), 2) if told.least_dscr is not None else "–"
    return [
        (_("bertahan"), "good") if told.holds else (_("tidak bertahan"), "bad"),
        (rupiah(gap), "bad") if gap > 0 else ("–", ""),
        (ratio, "bad" if told.least_dscr is not None and told.least_dscr < 1 else ""),
        (rupiah(told.lowest_cash), "bad" if told.lowest_cash < 0 else ""),
        (rupiah(told.worth.npv), "bad" if told.worth.npv < 0 else ""),
    ]
