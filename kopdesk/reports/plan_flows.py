"""The sheets of a plan's units and loans: month by month, each figure a formula of its assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from kopdesk.domain.loan_schedule import Instalment, working_day
from kopdesk.domain.plan import Driver, Grace, Loan, Plan, Schedule, Unit
from kopdesk.domain.plan_months import month_number, offset_of
from kopdesk.domain.projection import PlanMonth
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS, rounded_to
from kopdesk.reports.plan_cells import EPSILON, FIRST, Refs, Sheet, half_up, points, share
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import short_month

_EPOCH = date(1899, 12, 30)
_UNIT_LINES = (
    ("revenue", N_("Pendapatan")),
    ("member_revenue", N_("Pendapatan dari anggota")),
    ("cost", N_("Harga pokok")),
    ("lost", N_("Susut")),
    ("margin", N_("Laba kotor")),
    ("receivables", N_("Piutang")),
    ("stock", N_("Persediaan")),
    ("payables", N_("Utang dagang")),
)


def write_months(sheet: Sheet, title: str, months: Sequence[PlanMonth], refs: Refs) -> None:
    """The head of a sheet with a column for every month: its name, its number and its month of the year."""
    sheet.sheet.set_column(0, 0, 40)
    sheet.sheet.set_column(1, 1, 3)
    sheet.sheet.set_column(FIRST, FIRST + len(months), 14)
    sheet.text(0, title, "title")
    sheet.row += 1
    for at, month in enumerate(months):
        sheet.text(FIRST + at, short_month(month.month), "heading_right")
    sheet.row += 1
    first = (refs.cells["first_year"], refs.cells["first_month"])
    start = month_number(months[0].month) % MONTHS
    _helper(sheet, "number", _("Bulan ke-"), [(f"{at}", at) for at in range(len(months))])
    calendar = [(f"MOD({first[1]}-1+{at},12)+1", (start + at) % MONTHS + 1) for at in range(len(months))]
    _helper(sheet, "calendar", _("Bulan dalam tahun"), calendar)
    sheet.sheet.freeze_panes(sheet.row, FIRST)
    sheet.sheet.repeat_columns(0, 1)


def _helper(sheet: Sheet, key: str, label: str, formulas: Sequence[tuple[str, float]]) -> None:
    sheet.text(0, label, "quiet")
    for at, (formula, value) in enumerate(formulas):
        sheet.formula(FIRST + at, formula, value, "count")
    sheet.places[key] = sheet.row
    sheet.row += 1


def write_units(sheet: Sheet, plan: Plan, months: Sequence[PlanMonth], refs: Refs) -> None:
    """Each unit with what it sells, costs and ties up; at the end all of them together."""
    write_months(sheet, _("Unit usaha"), months, refs)
    for key in sorted(plan.units):
        sheet.row += 1
        _unit(sheet, plan, key, months, refs)
    sheet.row += 1
    sheet.text(0, _("Semua unit"), "heading")
    sheet.row += 1
    for name, label in _UNIT_LINES:
        parts = sorted(plan.units)
        sheet.line(
            name,
            _(label),
            [
                (
                    "+".join(sheet.at(f"{key}/{name}", at) for key in parts) or "0",
                    sum(getattr(unit, name) for unit in month.units.values()),
                )
                for at, month in enumerate(months)
            ],
            "strong_money" if name == "margin" else "money",
        )


def _unit(sheet: Sheet, plan: Plan, key: str, months: Sequence[PlanMonth], refs: Refs) -> None:
    unit, path = plan.units[key], f"units/{key}"
    sheet.text(0, unit.name or key, "heading")
    sheet.row += 1
    begin = f"({refs.cells[f'{path}/starts_in']}+{refs.cells['scenario/delay']})"
    opens = offset_of(unit.starts_in, plan.starts_in or "", path)
    growth = f"(1+{points(refs.cells[f'{path}/growth'])}/10000)"
    factors = []
    for at, month in enumerate(months):
        number = sheet.at("number", at)
        season = f"ROUND(INDEX({refs.columns[f'{path}/seasons']},{sheet.at('calendar', at)})*100,0)/10000"
        sales = f"(1+{points(refs.cells['scenario/sales'])}/10000)"
        formula = f"IF({number}>={begin},{season}*{growth}^INT(({number}-{begin})/12)*{sales},0)"
        factors.append((formula, _factor(unit, month.month, at - opens)))
    sheet.text(0, _("Musim × pertumbuhan × skenario"), "quiet")
    for at, (formula, value) in enumerate(factors):
        sheet.formula(FIRST + at, formula, value, "ratio")
    sheet.places[f"{key}/factor"] = sheet.row
    sheet.row += 1
    for name, label in _UNIT_LINES:
        formulas = [
            (_unit_formula(sheet, refs, unit, key, name, at), getattr(month.units[key], name))
            for at, month in enumerate(months)
        ]
        sheet.line(f"{key}/{name}", _(label), formulas, "strong_money" if name == "margin" else "money")


def _factor(unit: Unit, month: str, running: int) -> float:
    if running < 0:
        return 0.0
    season = unit.seasons.get(month[5:7], BASIS_POINTS) / BASIS_POINTS
    return float(season * (1 + (unit.growth or 0) / BASIS_POINTS) ** (running // MONTHS))


def _unit_formula(sheet: Sheet, refs: Refs, unit: Unit, key: str, name: str, at: int) -> str:
    path = f"units/{key}"

    def of(other: str) -> str:
        return sheet.at(f"{key}/{other}", at)

    def cell(leaf: str) -> str:
        return refs.cells[f"{path}/{leaf}"]

    base, goods = _base(unit, cell)
    match name:
        case "revenue":
            return f"INT(({base})*{of('factor')}+0.5+{EPSILON})"
        case "member_revenue":
            return share(of("revenue"), points(cell("member_share")))
        case "cost":
            dearer = points(refs.cells["scenario/cost"])
            own = points(cell("cost_share"))
            as_share = f"IF({own}<>0,{share(of('revenue'), f'{own}+{dearer}')},0)"
            if goods == "0":
                return as_share
            exact = f"INT(({goods})*{of('factor')}*(10000+{dearer})/10000+0.5+{EPSILON})"
            return f"IF(({goods})<>0,{exact},{as_share})"
        case "lost":
            return share(of("revenue"), points(cell("losses")))
        case "margin":
            return f"{of('revenue')}-{of('cost')}-{of('lost')}"
        case "receivables":
            return half_up(f"{of('revenue')}*{cell('receivable_days')}", "30")
        case "stock":
            return half_up(f"{of('cost')}*{cell('stock_days')}", "30")
    return half_up(f"{of('cost')}*{cell('payable_days')}", "30")


def _base(unit: Unit, cell: object) -> tuple[str, str]:
    """What a month brings without season and growth, and what its goods cost; "0" where that is a share."""
    assert callable(cell)

    def of(name: str) -> str:
        return str(cell(f"drivers/{name}"))

    match unit.driver:
        case Driver.CUSTOMERS:
            return f"{of('customers')}*{of('frequency')}*{of('basket')}", "0"
        case Driver.TONNES | Driver.CYLINDERS:
            quantity, price, margin = of(str(unit.driver)), of("price"), of("margin")
            return (
                f"{quantity}*IF({price}<>0,{price},{margin})",
                f"{quantity}*IF({price}<>0,{price}-{margin},0)",
            )
        case Driver.LOAN_BOOK:
            return f"{of('loans')}*{points(of('monthly_rate'))}/10000", "0"
        case Driver.TRANSACTIONS:
            return f"{of('transactions')}*{of('fee')}", "0"
        case Driver.STORAGE:
            return f"{of('capacity')}*{points(of('occupancy'))}*{of('fee')}/10000", "0"
    return f"{of('quantity')}*{of('price')}", f"{of('quantity')}*{of('unit_cost')}"


@dataclass(frozen=True, slots=True)
class LoanCells:
    """Where the flows of a loan stand: by name the column, and the row of the first month."""

    first_row: int
    columns: Mapping[str, int]


_LOAN_COLUMNS = (
    ("number", N_("Angsuran ke-")),
    ("due", N_("Jatuh tempo")),
    ("working", N_("Hari kerja (Senin–Jumat)")),
    ("drawn", N_("Dicairkan")),
    ("opening", N_("Utang sebelum bayar")),
    ("base", N_("Dasar angsuran")),
    ("left", N_("Sisa bulan")),
    ("payment", N_("Angsuran anuitas")),
    ("step", N_("Pokok rata")),
    ("interest", N_("Bunga")),
    ("capitalised", N_("Bunga ditambahkan")),
    ("principal", N_("Pokok dibayar")),
    ("balance", N_("Sisa utang")),
)


def write_loans(
    sheet: Sheet, plan: Plan, schedules: Mapping[str, Sequence[Instalment]], count: int, refs: Refs
) -> dict[str, LoanCells]:
    """Each loan beside the others, a row for every month of the plan."""
    sheet.text(0, _("Pinjaman"), "title")
    sheet.row = 2
    found = {}
    for place, (key, instalments) in enumerate(schedules.items()):
        left = place * (len(_LOAN_COLUMNS) + 1)
        sheet.row = 2
        sheet.text(left, plan.loans[key].lender or key, "strong")
        sheet.row += 1
        sheet.headings([_(label) for _name, label in _LOAN_COLUMNS], left)
        sheet.sheet.set_column(left, left + len(_LOAN_COLUMNS) - 1, 14)
        columns = {name: left + at for at, (name, _label) in enumerate(_LOAN_COLUMNS)}
        cells = found[key] = LoanCells(sheet.row, columns)
        values = list(_values(plan.loans[key], instalments, count))
        for number, known in enumerate(values, 1):
            _instalment(sheet, refs, key, cells, number, known)
    sheet.sheet.freeze_panes(4, 0)
    return found


def _instalment(
    sheet: Sheet, refs: Refs, key: str, cells: LoanCells, number: int, known: Mapping[str, float]
) -> None:
    row, columns = cells.first_row + number - 1, cells.columns

    def here(name: str) -> str:
        return sheet.ref(row, columns[name])

    def before(name: str) -> str:
        return sheet.ref(row - 1, columns[name]) if number > 1 else "0"

    def cell(name: str) -> str:
        return refs.cells[f"loans/{key}/{name}"]

    runs = f"{here('number')}<={cell('tenor_months')}"
    grace = f"{here('number')}<={cell('grace_months')}"
    resets = f"OR({grace},{here('drawn')}<>0,{here('number')}={cell('grace_months')}+1)"
    rate = f"({points(cell('annual_rate'))}/120000)"
    power = f"(1+{rate})^{here('left')}"
    step = f"MAX({cell('round_to')},1)"

    def rounded(value: str) -> str:
        return f"INT(({value})/{step}+0.5)*{step}"

    year, month = refs.cells["first_year"], refs.cells["first_month"]
    schedule, during_grace = cell("schedule"), cell("grace")
    flat = f'{schedule}="{Schedule.FLAT}"'
    annuity = f'{schedule}="{Schedule.ANNUITY}"'
    added = f'AND({grace},{during_grace}="{Grace.CAPITALISED}")'
    debt = f"IF({flat},{here('base')},{here('opening')})"
    due_before = (
        f"DATE({year},{month},1)+MIN({cell('instalment_day')},DAY(EOMONTH(DATE({year},{month},1),0)))-1"
    )
    days = f"({here('due')}-({before('due') if number > 1 else due_before}))"
    by_days = half_up(f"{debt}*{points(cell('annual_rate'))}*{days}", "3650000")
    by_months = half_up(f"{debt}*{points(cell('annual_rate'))}", "120000")
    even = rounded(f"{here('base')}/{here('left')}")
    level = rounded(f"{here('base')}*{rate}*{power}/({power}-1)")
    wanted = f"IF({annuity},{here('payment')}-{here('interest')},{here('step')})"
    first_of = f"DATE({year},{month}+{here('number')},1)"
    formulas = {
        "number": str(number),
        "due": f"{first_of}+MIN({cell('instalment_day')},DAY(EOMONTH({first_of},0)))-1",
        "working": f"{here('due')}+CHOOSE(WEEKDAY({here('due')},2),0,0,0,0,0,2,1)",
        "drawn": (
            f"SUMPRODUCT(({refs.columns[f'loans/{key}/stage_month']}={number - 1})"
            f"*{refs.columns[f'loans/{key}/stage_amount']})"
        ),
        "opening": f"{before('balance')}+{here('drawn')}",
        "base": f"IF({runs},IF({resets},{here('opening')},{before('base')}),0)",
        "left": (
            f"IF({runs},IF({resets},{cell('tenor_months')}-MAX({cell('grace_months')},{number - 1}),"
            f"{before('left')}),0)"
        ),
        "payment": (f"IF({runs},IF({resets},IF({rate}=0,{even},{level}),{before('payment')}),0)"),
        "step": f"IF({runs},IF({resets},{even},{before('step')}),0)",
        "interest": f"IF({runs},IF({cell('actual_365')}=1,{by_days},{by_months}),0)",
        "capitalised": f"IF({added},{here('interest')},0)",
        "principal": (
            f"IF(OR(NOT({runs}),{added}),0,IF({here('number')}={cell('tenor_months')},{here('opening')},"
            f"IF({grace},0,MIN(MAX({wanted},0),{here('opening')}))))"
        ),
        "balance": f"{here('opening')}+{here('capitalised')}-{here('principal')}",
    }
    looks = {"number": "count", "due": "date", "working": "date", "left": "count"}
    for name, formula in formulas.items():
        sheet.formula(columns[name], formula, known[name], looks.get(name, "money"), row=row)


def _values(loan: Loan, instalments: Sequence[Instalment], count: int) -> Iterator[Mapping[str, float]]:
    """What the formulas come to; the schedule's own figures, and what stands between them."""
    rate = Fraction(loan.annual_rate or 0, BASIS_POINTS * MONTHS)
    tenor, grace, unit = loan.tenor_months or 0, loan.grace_months or 0, loan.round_to or 1
    base = left = payment = step = balance = 0
    day = instalments[-1].due_on
    for number in range(1, count + 1):
        one = instalments[number - 1] if number <= len(instalments) else None
        drawn = one.drawn if one else 0
        opening = balance + drawn
        if one is None:
            base = left = payment = step = 0
        elif number <= grace + 1 or drawn:
            base, left = opening, tenor - max(grace, number - 1)
            step = rounded_to(Fraction(base, left), unit)
            growth = (1 + rate) ** left
            payment = rounded_to(base * rate * growth / (growth - 1), unit) if rate else step
        balance = one.balance if one else opening
        day = one.due_on if one else _next(day, loan.instalment_day or 1)
        yield {
            "number": number,
            "due": (day - _EPOCH).days,
            "working": (working_day(day) - _EPOCH).days,
            "drawn": drawn,
            "opening": opening,
            "base": base,
            "left": left,
            "payment": payment,
            "step": step,
            "interest": one.interest + one.capitalised if one else 0,
            "capitalised": one.capitalised if one else 0,
            "principal": one.principal if one else 0,
            "balance": balance,
        }


def _next(day: date, wanted: int) -> date:
    """The same day of the next month, or its last."""
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = ((after + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day
    return after.replace(day=min(wanted, last))
