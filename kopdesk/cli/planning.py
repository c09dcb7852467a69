"""plan: what a business plan comes to, as sentences or with every computed figure as JSON."""

from argparse import Namespace
from collections.abc import Mapping
from fractions import Fraction

from kopdesk.app import App
from kopdesk.cli.records import opened, shown_zone
from kopdesk.cli.terminal import Terminal
from kopdesk.domain.plan import TaxOption
from kopdesk.domain.plan_measures import Measures
from kopdesk.domain.plan_taxes import tax_option
from kopdesk.domain.plan_warnings import Warned
from kopdesk.domain.projection import PlanMonth, Projection
from kopdesk.domain.rounding import MONTHS
from kopdesk.domain.scenarios import Outcome, Usual
from kopdesk.domain.zones import business_date
from kopdesk.rules.current import current_rules
from kopdesk.usecases.planning import PlanTold, told_plan
from kopdesk.wording.choices import choice_label
from kopdesk.wording.plan_taxes import tax_line
from kopdesk.wording.planning import breaking_line, measure_lines, warning_line
from kopdesk.wording.sentences import sentence_for

_FLOWS = [
    "revenue",
    "margin",
    "staff",
    "expenses",
    "depreciation",
    "interest",
    "capitalised",
    "tax",
    "final_tax",
    "income_tax",
    "tax_paid",
    "result",
    "village",
    "invested",
    "drawn",
    "principal",
    "funds",
    "debt_service",
]
_HELD = [
    "cash",
    "receivables",
    "stock",
    "fixed_assets",
    "other_assets",
    "payables",
    "tax_payable",
    "debt",
    "other_liabilities",
    "equity",
    "imbalance",
]
_OF_UNIT = ["revenue", "member_revenue", "cost", "lost", "margin", "receivables", "stock", "payables"]
_FEW = 5


def tell(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """The load first; then what breaks the plan; then the other scenarios."""
    with opened(app, arguments, terminal) as profile:
        today = business_date(app.now(), shown_zone(app))
        told = told_plan(profile.desk, arguments.id, current_rules(app.rules), today)
    for fault in told.faults:
        terminal.say(sentence_for(fault))
    if arguments.json:
        terminal.print_json(document_of(told))
        return 0
    terminal.print_line(f"{told.plan.title or 'Rencana usaha'} · {told.cooperative}")
    for outcome in told.outcomes:
        terminal.print_line(f"{_name(outcome)}: {'bertahan' if outcome.measures.holds else 'TIDAK bertahan'}")
        for line in measure_lines(outcome.measures):
            terminal.print_line(f"     {line}")
    taxes = told.outcomes[0].projection.tax_years
    terminal.print_line(tax_line(told.counted.taxes, taxes))
    for warned in told.warnings:
        terminal.print_line(f"! {warning_line(told.plan, warned)}")
    holds = told.outcomes[0].measures.holds
    terminal.print_line(
        "Paling cepat menggagalkan rencana:" if holds else "Satu ini saja diubah, rencana bertahan:"
    )
    mending = [one for one in told.breaking if holds or one.margin is not None]
    for one in mending[:_FEW]:
        terminal.print_line(f"     {breaking_line(told.plan, one)}")
    if not mending:
        terminal.print_line("     tidak ada; beberapa asumsi harus diubah bersama")
    return 0


def _name(outcome: Outcome) -> str:
    return outcome.scenario.name or choice_label(Usual, outcome.key)


def document_of(told: PlanTold) -> Mapping[str, object]:
    """Whole rupiah; margins in basis points as `Breaking` tells them; ratios with four decimals."""
    return {
        "id": str(told.plan.id),
        "cooperative_id": str(told.plan.cooperative_id),
        "title": told.plan.title,
        "tax_is_counted": told.tax_is_counted,
        "taxes": _taxes(told),
        "scenarios": [_outcome(outcome) for outcome in told.outcomes],
        "rules": told.rules,
        "warnings": [_warned(one) for one in told.warnings],
        "breaking_first": [{"path": one.path, "margin": one.margin} for one in told.breaking],
    }


def _taxes(told: PlanTold) -> Mapping[str, object]:
    """Of the base, by calendar year; `rules`: the packs and their versions."""
    return {
        "option": tax_option(told.plan).value,
        "rules": told.rules,
        "registered_in": told.counted.registered_in,
        "years": [
            {
                "year": one.year,
                "counted": (TaxOption.FINAL if one.is_final else TaxOption.CORPORATE).value,
                "turnover": one.turnover,
                "income_before_tax": one.income,
                "tax": one.tax,
            }
            for one in told.outcomes[0].projection.tax_years
        ],
    }


def _warned(one: Warned) -> Mapping[str, object]:
    return {
        "warning": one.warning.value,
        "path": one.path,
        "scheme": one.scheme or None,
        "given": one.given,
        "least": one.least,
        "most": one.most,
        "year": one.year,
        "day": one.day.isoformat() if one.day else None,
        "source": one.source or None,
    }


def _outcome(outcome: Outcome) -> Mapping[str, object]:
    change = outcome.scenario
    return {
        "key": outcome.key,
        "name": _name(outcome),
        "sales_change": change.sales_change or 0,
        "cost_change": change.cost_change or 0,
        "delay_months": change.delay_months or 0,
        "measures": _measures(outcome.measures),
        "years": _years(outcome.projection),
        "months": [_month(month) for month in outcome.projection.months],
    }


def _measures(told: Measures) -> Mapping[str, object]:
    worth = told.worth
    return {
        "holds": told.holds,
        "load": {
            "year": told.load.year,
            "instalment": told.load.instalment,
            "earned": told.load.earned,
            "gap": told.load.gap,
        }
        if told.load
        else None,
        "npv": worth.npv,
        "monthly_irr": _decimal(worth.irr, 6),
        "sign_changes": worth.sign_changes,
        "payback_months": _decimal(worth.payback),
        "net_benefit_cost": _decimal(worth.benefit_cost),
        "dscr_by_year": [_decimal(one) for one in told.dscr],
        "least_dscr": _decimal(told.least_dscr),
        "break_even_monthly_revenue": told.break_even,
        "lowest_cash": told.lowest_cash,
        "lowest_cash_month": told.lowest_cash_month,
        "working_capital": told.working_capital,
    }


def _years(projection: Projection) -> list[Mapping[str, object]]:
    """Flows are summed, what is held is that of the last month."""
    months = projection.months
    return [
        {
            "year": begin // MONTHS + 1,
            **{name: sum(getattr(one, name) for one in months[begin : begin + MONTHS]) for name in _FLOWS},
            **{name: getattr(months[begin : begin + MONTHS][-1], name) for name in _HELD},
        }
        for begin in range(0, len(months), MONTHS)
    ]


def _month(month: PlanMonth) -> Mapping[str, object]:
    return {
        "month": month.month,
        **{name: getattr(month, name) for name in (*_FLOWS, *_HELD)},
        "units": {key: {name: getattr(unit, name) for name in _OF_UNIT} for key, unit in month.units.items()},
    }


def _decimal(value: Fraction | float | None, places: int = 4) -> str | None:
    return f"{float(value):.{places}f}" if value is not None else None
