"""The sheet of a plan's assumptions: every one in a cell of its own, from which all other sheets follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kopdesk.domain.plan import Grace, Loan, Plan, Schedule
from kopdesk.domain.plan_months import month_number, offset_of
from kopdesk.domain.plan_units import DRIVERS
from kopdesk.domain.projection import PlanMonth, PlanRules
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS
from kopdesk.domain.scenarios import Outcome, Usual
from kopdesk.domain.statement import CASH_KEY
from kopdesk.reports.plan_cells import Refs, Sheet
from kopdesk.reports.plan_taxes import write_tax_assumptions
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import MONTHS as MONTH_NAMES
from kopdesk.wording.dates import month_text
from kopdesk.wording.labels import path_label
from kopdesk.wording.labels_plan import DRIVERS as DRIVER_NAMES

NEVER = 9_999
"""The month of what never ends, counted from the first one."""

_RATES = ("monthly_rate", "occupancy")
_UNIT_RATES = ("cost_share", "losses", "member_share", "growth")
_UNIT_DAYS = ("stock_days", "receivable_days", "payable_days")


def write_assumptions(
    sheet: Sheet, plan: Plan, first: PlanMonth, outcomes: Sequence[Outcome], rules: PlanRules
) -> Refs:
    """`first`: the first month, for what is held at its beginning."""
    refs = Refs()
    sheet.sheet.set_column(0, 0, 44)
    sheet.sheet.set_column(1, 6, 17)
    sheet.text(0, _("Asumsi"), "title")
    sheet.row += 1
    sheet.text(0, _("Yang biru boleh diubah; semua lembar lain menghitung ulang."), "quiet")
    sheet.row += 2
    _scenarios(sheet, refs, outcomes)
    _general(sheet, refs, plan, first)
    write_tax_assumptions(sheet, refs, plan, rules)
    for key in sorted(plan.units):
        _unit(sheet, refs, plan, key)
    _rows_of(sheet, refs, plan)
    for key, loan in sorted(plan.loans.items()):
        if loan.amount:
            _loan(sheet, refs, plan, key, loan)
    return refs


def _cell(sheet: Sheet, refs: Refs, path: str, label: str, value: float, look: str, note: str = "") -> None:
    sheet.text(0, label)
    refs.cells[path] = sheet.number(1, value, look)
    if note:
        sheet.text(2, note, "note")
    sheet.row += 1


def _scenarios(sheet: Sheet, refs: Refs, outcomes: Sequence[Outcome]) -> None:
    """The one that is counted is chosen by its name."""
    names = [outcome.scenario.name or choice_label(Usual, outcome.key) for outcome in outcomes]
    sheet.text(0, _("Skenario yang dihitung"), "strong")
    sheet.sheet.write_string(sheet.row, 1, names[0], sheet.formats["typed_text"])
    chosen = sheet.ref(sheet.row, 1)
    choosing_row = sheet.row
    sheet.row += 1
    sheet.headings((_("Skenario"), _("Penjualan (%)"), _("Harga pokok (poin %)"), _("Terlambat (bulan)")))
    top = sheet.row
    for name, outcome in zip(names, outcomes, strict=True):
        sheet.text(0, name)
        sheet.number(1, (outcome.scenario.sales_change or 0) / 100, "typed_percent")
        sheet.number(2, (outcome.scenario.cost_change or 0) / 100, "typed_percent")
        sheet.number(3, outcome.scenario.delay_months or 0, "typed_money")
        sheet.row += 1
    last = sheet.row - 1
    listed = sheet.column_span(top, last, 0)
    sheet.sheet.data_validation(
        choosing_row, 1, choosing_row, 1, {"validate": "list", "source": f"={listed}"}
    )
    for at, (path, look) in enumerate((("sales", "ratio"), ("cost", "ratio"), ("delay", "count")), 1):
        formula = f"INDEX({sheet.column_span(top, last, at)},MATCH({chosen},{listed},0))"
        refs.cells[f"scenario/{path}"] = sheet.formula(1 + at, formula, 0, look, row=choosing_row)
    sheet.row += 1


def _general(sheet: Sheet, refs: Refs, plan: Plan, first: PlanMonth) -> None:
    sheet.headings((_("Umum"),))
    start = month_number(plan.starts_in or "")
    _cell(
        sheet,
        refs,
        "first_year",
        _("Tahun mulai"),
        start // MONTHS,
        "typed_count",
        month_text(plan.starts_in or ""),
    )
    _cell(sheet, refs, "first_month", _("Bulan mulai (1–12)"), start % MONTHS + 1, "typed_money")
    _cell(sheet, refs, "opening_cash", path_label("plan", "opening_cash"), _opening_cash(plan), "typed_money")
    _cell(sheet, refs, "other_assets", _("Aset lain pada awal"), first.other_assets, "typed_money")
    _cell(sheet, refs, "other_liabilities", _("Kewajiban pada awal"), first.other_liabilities, "typed_money")
    for name in ("discount_rate", "inflation", "village_share"):
        value = (getattr(plan, name) or 0) / 100
        _cell(sheet, refs, name, f"{path_label('plan', name)} (%)", value, "typed_percent")
    sheet.text(2, _("tiap tahun, upah dan belanja operasional"), "note", row=sheet.row - 2)
    sheet.row += 1


def _opening_cash(plan: Plan) -> int:
    return plan.opening_cash if plan.opening_cash is not None else plan.opening.get(CASH_KEY, 0)


def _unit(sheet: Sheet, refs: Refs, plan: Plan, key: str) -> None:
    unit = plan.units[key]
    path = f"units/{key}"
    sheet.headings((unit.name or key,))
    if unit.source:
        sheet.text(0, _("Dasar: {source}").format(source=unit.source), "quiet")
        sheet.row += 1
    begins = offset_of(unit.starts_in, plan.starts_in or "", f"{path}/starts_in")
    _cell(sheet, refs, f"{path}/starts_in", _("Mulai bulan ke- (0 = bulan pertama)"), begins, "typed_money")
    for name in DRIVERS.get(unit.driver or "", ()):  # type: ignore[call-overload]
        value = unit.drivers.get(name, 0)
        is_rate = name in _RATES
        label = _(DRIVER_NAMES[name]) + (" (%)" if is_rate else "")
        look = "typed_percent" if is_rate else "typed_money"
        _cell(sheet, refs, f"{path}/drivers/{name}", label, value / 100 if is_rate else value, look)
    for name in _UNIT_RATES:
        label = f"{path_label('plan', f'{path}/{name}').split(' › ')[-1]} (%)"
        _cell(sheet, refs, f"{path}/{name}", label, (getattr(unit, name) or 0) / 100, "typed_percent")
    for name in _UNIT_DAYS:
        label = path_label("plan", f"{path}/{name}").split(" › ")[-1]
        _cell(sheet, refs, f"{path}/{name}", label, getattr(unit, name) or 0, "typed_money", _("hari"))
    top = sheet.row
    for at, month in enumerate(MONTH_NAMES, 1):
        season = unit.seasons.get(f"{at:02}", BASIS_POINTS) / 100
        _cell(
            sheet,
            refs,
            f"{path}/seasons/{at:02}",
            _("Musim {month} (%)").format(month=_(month)),
            season,
            "typed_percent",
        )
    refs.columns[f"{path}/seasons"] = sheet.column_span(top, sheet.row - 1, 1)
    sheet.row += 1


def _rows_of(sheet: Sheet, refs: Refs, plan: Plan) -> None:
    start = plan.starts_in or ""
    staff = [
        (one.role or key, (one.people or 0, one.monthly_pay or 0, offset_of(one.starts_in, start, "staff")))
        for key, one in sorted(plan.staff.items())
    ]
    _table(
        sheet,
        refs,
        "staff",
        _("Karyawan"),
        (_("Orang"), _("Upah per bulan"), _("Mulai bulan ke-")),
        ("people", "pay", "begin"),
        staff,
    )
    expenses = [
        (
            one.text or key,
            (
                one.monthly_amount or 0,
                offset_of(one.starts_in, start, "expenses"),
                offset_of(one.ends_in, start, "expenses") if one.ends_in else NEVER,
            ),
        )
        for key, one in sorted(plan.expenses.items())
    ]
    _table(
        sheet,
        refs,
        "expenses",
        _("Belanja operasional"),
        (_("Jumlah per bulan"), _("Mulai bulan ke-"), _("Sampai bulan ke-")),
        ("amount", "begin", "end"),
        expenses,
    )
    bought = [
        (
            one.text or key,
            (
                one.quantity or 0,
                one.unit_price or 0,
                one.life_months or 0,
                offset_of(one.bought_in, start, "investments"),
            ),
        )
        for key, one in sorted(plan.investments.items())
    ]
    _table(
        sheet,
        refs,
        "investments",
        _("Belanja modal"),
        (_("Banyaknya"), _("Harga satuan"), _("Umur (bulan)"), _("Dibeli bulan ke-")),
        ("quantity", "price", "life", "begin"),
        bought,
    )
    funds = [
        (one.text or key, (one.amount or 0, offset_of(one.received_in, start, "funds")))
        for key, one in sorted(plan.funds.items())
    ]
    _table(
        sheet,
        refs,
        "funds",
        _("Sumber dana lain"),
        (_("Jumlah"), _("Diterima bulan ke-")),
        ("amount", "begin"),
        funds,
    )


def _table(
    sheet: Sheet,
    refs: Refs,
    table: str,
    title: str,
    titles: Sequence[str],
    names: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
) -> None:
    if not rows:
        return
    sheet.headings((title, *titles))
    top = sheet.row
    for label, values in rows:
        sheet.text(0, label)
        for at, value in enumerate(values, 1):
            sheet.number(at, value, "typed_money")
        sheet.row += 1
    for at, name in enumerate(names, 1):
        refs.columns[f"{table}/{name}"] = sheet.column_span(top, sheet.row - 1, at)
    sheet.row += 1


def _loan(sheet: Sheet, refs: Refs, plan: Plan, key: str, loan: Loan) -> None:
    path = f"loans/{key}"
    sheet.headings((f"{_('Pinjaman')}: {loan.lender or key}",))
    figures: Mapping[str, tuple[str, float, str]] = {
        "amount": (path_label("plan", f"{path}/amount").split(" › ")[-1], loan.amount or 0, "typed_money"),
        "annual_rate": (_("Bunga setahun (%)"), (loan.annual_rate or 0) / 100, "typed_percent"),
        "tenor_months": (_("Jangka (bulan)"), loan.tenor_months or 0, "typed_money"),
        "grace_months": (_("Tenggang (bulan)"), loan.grace_months or 0, "typed_money"),
        "instalment_day": (_("Tanggal angsuran"), loan.instalment_day or 1, "typed_money"),
        "round_to": (_("Pembulatan"), loan.round_to or 1, "typed_money"),
        "actual_365": (_("Hari sebenarnya / 365 (1 = ya)"), int(bool(loan.actual_365)), "typed_money"),
    }
    for name, (label, value, look) in figures.items():
        _cell(sheet, refs, f"{path}/{name}", label, value, look)
    schedule = loan.schedule if loan.schedule in tuple(Schedule) else Schedule.ANNUITY
    grace = loan.grace if loan.grace in tuple(Grace) else Grace.INTEREST_ONLY
    for name, label, choices, chosen in (
        ("schedule", _("Cara angsuran"), Schedule, str(schedule)),
        ("grace", _("Bunga saat tenggang"), Grace, str(grace)),
    ):
        refs.cells[f"{path}/{name}"] = sheet.choice(label, choices, chosen, choice_label(choices, chosen))
    _stages(sheet, refs, plan, key, loan)
    sheet.row += 1


def _stages(sheet: Sheet, refs: Refs, plan: Plan, key: str, loan: Loan) -> None:
    """How much is drawn at the beginning of which month; without stages all of it in the first."""
    start = month_number(plan.starts_in or "")
    sheet.headings((_("Pencairan"), _("Bulan ke-"), _("Jumlah")))
    top = sheet.row
    for name, stage in sorted(loan.drawdowns.items()):
        day = stage.drawn_on or date(start // MONTHS, start % MONTHS + 1, 1)
        sheet.text(0, stage.condition or name)
        sheet.number(1, max(0, day.year * MONTHS + day.month - 1 - start), "typed_money")
        sheet.number(2, stage.amount or 0, "typed_money")
        sheet.row += 1
    if not loan.drawdowns:
        sheet.text(0, _("Sekaligus"))
        sheet.number(1, 0, "typed_money")
        sheet.formula(2, refs.cells[f"loans/{key}/amount"], loan.amount or 0)
        sheet.row += 1
    refs.columns[f"loans/{key}/stage_month"] = sheet.column_span(top, sheet.row - 1, 1)
    refs.columns[f"loans/{key}/stage_amount"] = sheet.column_span(top, sheet.row - 1, 2)
