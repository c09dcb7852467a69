"""The rules of calc about business plans: what goes in, how it is computed, an example."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from kopdesk.cli.rule import Rule
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.feasibility import break_even, dscr, feasibility
from kopdesk.domain.fields import Kind, leaf, rows, values
from kopdesk.domain.loan_schedule import Instalment, checked_rate, loan_schedule, loan_schedules
from kopdesk.domain.plan import Loan, Schedule
from kopdesk.domain.plan_months import MOST_MONTHS, checked_months
from kopdesk.domain.rounding import BASIS_POINTS, even_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Loans:
    """Loans that begin in a month; each with its own terms."""

    starts_in: str | None = leaf(Kind.MONTH)
    loans: Mapping[str, Loan] = rows(Loan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Flows by period from "0", which is not discounted; `rate` in basis points a period."""

    rate: int | None = leaf(Kind.BASIS_POINTS)
    flows: Mapping[str, int] = values(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEvenOf:
    """Fixed costs of a month, and price and variable cost of one unit."""

    fixed_costs: int | None = leaf(Kind.MONEY)
    price: int | None = leaf(Kind.MONEY)
    variable_cost: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is there to pay a year's debt with, and what is due."""

    cash_available: int | None = leaf(Kind.MONEY)
    principal: int | None = leaf(Kind.MONEY)
    interest: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """Something bought to last; in even parts over its life."""

    price: int | None = leaf(Kind.MONEY)
    life_months: int | None = leaf(Kind.COUNT)


def _schedules(given: Loans, today: date) -> Mapping[str, object]:
    """Each loan by its own schedule, and for comparison what the other two would cost."""
    starts_in = given.starts_in or ""
    made = loan_schedules(given.loans, starts_in)
    return {key: _schedule(given.loans[key], starts_in, months) for key, months in made.items()}


def _schedule(loan: Loan, starts_in: str, months: Sequence[Instalment]) -> Mapping[str, object]:
    costs = {
        kind.value: sum(
            one.interest + one.capitalised
            for one in loan_schedule(replace(loan, schedule=kind.value), starts_in)
        )
        for kind in Schedule
    }
    return {
        "payment_after_grace": months[loan.grace_months or 0].payment,
        "total_interest": sum(one.interest + one.capitalised for one in months),
        "total_interest_by_schedule": costs,
        "months": [
            {
                "number": one.number,
                "due_on": one.due_on.isoformat(),
                "drawn": one.drawn,
                "principal": one.principal,
                "interest": one.interest,
                "capitalised": one.capitalised,
                "payment": one.payment,
                "balance": one.balance,
            }
            for one in months
        ],
    }


def _feasibility(given: Flows, today: date) -> Mapping[str, object]:
    """A rate with two decimals of a per cent; several turns of sign mean that others would do as well."""
    for key in given.flows:
        if not (key.isascii() and key.isdigit()):
            raise InvalidField(f"flows/{key}", "not_a_whole_number")
        if len(key) > 3 or int(key) > MOST_MONTHS:
            raise InvalidField(f"flows/{key}", "too_many_months", str(MOST_MONTHS))
    last = max((int(key) for key in given.flows), default=-1)
    flows = [given.flows.get(str(at), 0) for at in range(last + 1)]
    found = feasibility(flows, Fraction(checked_rate(given.rate, "rate"), BASIS_POINTS))
    return {
        "npv": found.npv,
        "irr_basis_points": round(found.irr * 10_000) if found.irr is not None else None,
        "sign_changes": found.sign_changes,
        "payback_periods": _decimal(found.payback),
        "net_benefit_cost": _decimal(found.benefit_cost),
    }


def _break_even(given: BreakEvenOf, today: date) -> Mapping[str, object]:
    found = break_even(given.fixed_costs or 0, given.price or 0, given.variable_cost or 0)
    return {"units": found.units, "rupiah": found.rupiah}


def _dscr(given: Service, today: date) -> Mapping[str, object]:
    """1,25 is a common floor of lenders and no regulation."""
    found = dscr(given.cash_available or 0, given.principal or 0, given.interest or 0)
    return {"dscr": _decimal(found), "reason": None if found is not None else "nothing_due"}


def _depreciation(given: Asset, today: date) -> Mapping[str, object]:
    months = checked_months(given.life_months, "life_months")
    if not months:
        raise InvalidField("life_months", "missing" if given.life_months is None else "not_above_nought")
    return {"monthly": even_parts(given.price or 0, months), "months": months}


def _decimal(value: Fraction | None) -> str | None:
    """Four decimals: exact enough to compare, short enough to read."""
    return f"{float(value):.4f}" if value is not None else None


RULES_OF_PLANS: Mapping[str, Rule] = {
    "loan-schedule": Rule(
        "angsuran pinjaman: flat, anuitas, menurun; masa tenggang, pencairan bertahap, pembulatan",
        Loans,
        _schedules,
        {
            "starts_in": "2027-01",
            "loans": {
                "utama": {
                    "amount": 12_000_000,
                    "annual_rate": 600,
                    "tenor_months": 12,
                    "grace_months": 2,
                    "grace": "interest_only",
                    "schedule": "annuity",
                    "instalment_day": 12,
                    "round_to": 100,
                }
            },
        },
    ),
    "feasibility": Rule(
        "NPV, IRR, masa kembali modal dan net B/C dari arus kas per periode",
        Flows,
        _feasibility,
        {"rate": 1_000, "flows": {"0": -15_000_000, "1": 9_000_000, "2": 9_000_000, "3": 9_000_000}},
    ),
    "bep": Rule(
        "titik impas dalam unit dan rupiah",
        BreakEvenOf,
        _break_even,
        {"fixed_costs": 2_000_000, "price": 18_000, "variable_cost": 15_000},
    ),
    "dscr": Rule(
        "kemampuan membayar utang: kas tersedia dibagi pokok dan bunga",
        Service,
        _dscr,
        {"cash_available": 62_500_000, "principal": 40_000_000, "interest": 10_000_000},
    ),
    "depreciation": Rule(
        "penyusutan garis lurus per bulan",
        Asset,
        _depreciation,
        {"price": 7_250_000, "life_months": 48},
    ),
}
