"""The sheets of a plan's months and years: results, cash and a balance sheet with its check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kopdesk.domain.projection import PlanMonth
from kopdesk.domain.rounding import MONTHS
from kopdesk.reports.plan_cells import EPSILON, FIRST, Refs, Sheet, points, share
from kopdesk.reports.plan_flows import LoanCells, write_months
from kopdesk.reports.plan_taxes import last_year
from kopdesk.wording.catalogue import N_, _


@dataclass(frozen=True, slots=True)
class Line:
    """A line by months. `is_held`: of a year its last month counts; `is_strong`: a sum."""

    key: str
    label: str
    figure: Callable[[PlanMonth], int]
    is_held: bool = False
    is_strong: bool = False


LINES = (
    Line("revenue", N_("Pendapatan"), lambda one: one.revenue),
    Line("margin", N_("Laba kotor"), lambda one: one.margin),
    Line("staff", N_("Upah"), lambda one: one.staff),
    Line("expenses", N_("Belanja operasional"), lambda one: one.expenses),
    Line("depreciation", N_("Penyusutan"), lambda one: one.depreciation),
    Line("interest", N_("Bunga atau margin pinjaman"), lambda one: one.interest),
    Line("final_tax", N_("PPh final"), lambda one: one.final_tax),
    Line("income_tax", N_("PPh badan"), lambda one: one.income_tax),
    Line("tax", N_("Pajak"), lambda one: one.tax),
    Line("result", N_("SHU sebelum bagian desa"), lambda one: one.result, is_strong=True),
    Line("village", N_("Bagian untuk desa"), lambda one: one.village),
    Line("tax_paid", N_("PPh badan dibayar"), lambda one: one.tax_paid),
    Line("capitalised", N_("Bunga ditambahkan"), lambda one: one.capitalised),
    Line("invested", N_("Belanja modal"), lambda one: one.invested),
    Line("drawn", N_("Pencairan pinjaman"), lambda one: one.drawn),
    Line("principal", N_("Pokok dibayar"), lambda one: one.principal),
    Line("funds", N_("Dana lain"), lambda one: one.funds),
    Line("debt_service", N_("Angsuran pokok dan bunga"), lambda one: one.debt_service),
    Line("cash", N_("Kas"), lambda one: one.cash, is_held=True, is_strong=True),
    Line("receivables", N_("Piutang"), lambda one: one.receivables, is_held=True),
    Line("stock", N_("Persediaan"), lambda one: one.stock, is_held=True),
    Line("fixed_assets", N_("Aset tetap"), lambda one: one.fixed_assets, is_held=True),
    Line("other_assets", N_("Aset lain"), lambda one: one.other_assets, is_held=True),
    Line("assets", N_("Jumlah aset"), lambda one: one.assets, is_held=True, is_strong=True),
    Line("payables", N_("Utang dagang"), lambda one: one.payables, is_held=True),
    Line("tax_payable", N_("Utang pajak"), lambda one: one.tax_payable, is_held=True),
    Line("debt", N_("Utang pinjaman"), lambda one: one.debt, is_held=True),
    Line("other_liabilities", N_("Kewajiban lain"), lambda one: one.other_liabilities, is_held=True),
    Line("equity", N_("Ekuitas"), lambda one: one.equity, is_held=True),
    Line(
        "imbalance",
        N_("Selisih aset dan kewajiban + ekuitas (harus 0)"),
        lambda one: one.imbalance,
        is_held=True,
    ),
    Line("available", N_("Tersedia untuk angsuran"), lambda one: one.available),
)
_FROM_UNITS = ("revenue", "margin", "receivables", "stock", "payables")


def write_books(
    sheet: Sheet,
    units: Sheet,
    loans: Sheet,
    taxes: Sheet,
    loan_cells: Mapping[str, LoanCells],
    months: Sequence[PlanMonth],
    refs: Refs,
) -> None:
    """Every month from the one before it."""
    write_months(sheet, _("Hitungan bulanan"), months, refs)
    for offset, line in enumerate(LINES):  # a formula may look at a line below it
        sheet.places[line.key] = sheet.row + offset
    books = _Formulas(sheet, units, loans, taxes, loan_cells, refs, len(months))
    for line in LINES:
        formulas = [(books.of(line.key, at), line.figure(month)) for at, month in enumerate(months)]
        sheet.line(line.key, _(line.label), formulas, "strong_money" if line.is_strong else "money")


class _Formulas:
    """The formula of a line in a month."""

    def __init__(
        self,
        sheet: Sheet,
        units: Sheet,
        loans: Sheet,
        taxes: Sheet,
        loan_cells: Mapping[str, LoanCells],
        refs: Refs,
        count: int,
    ) -> None:
        self._sheet, self._units, self._loans = sheet, units, loans
        self._taxes, self._count = taxes, count
        self._loan_cells, self._refs = loan_cells, refs

    def of(self, key: str, at: int) -> str:
        """Of the month `at`, counted from 0."""
        if key in _FROM_UNITS:
            return self._units.at(key, at)
        made: Callable[[int], str] = getattr(self, f"_{key}")
        return made(at)

    def _here(self, at: int, *keys: str) -> str:
        return "+".join(self._sheet.at(key, at) for key in keys)

    def _before(self, key: str, at: int, opening: str = "0") -> str:
        return self._sheet.at(key, at - 1) if at else opening

    def _loan(self, name: str, at: int) -> str:
        parts = [self._loans.ref(one.first_row + at, one.columns[name]) for one in self._loan_cells.values()]
        return "+".join(parts) or "0"

    def _column(self, name: str) -> str:
        return self._refs.columns[name]

    def _staff(self, at: int) -> str:
        if "staff/pay" not in self._refs.columns:
            return "0"
        begin, people, pay = (self._column(f"staff/{name}") for name in ("begin", "people", "pay"))
        return self._dearer(f"SUMPRODUCT(({begin}<={at})*{people}*{pay})", at)

    def _expenses(self, at: int) -> str:
        if "expenses/amount" not in self._refs.columns:
            return "0"
        begin, end, amount = (self._column(f"expenses/{name}") for name in ("begin", "end", "amount"))
        return self._dearer(f"SUMPRODUCT(({begin}<={at})*({end}>={at})*{amount})", at)

    def _dearer(self, amount: str, at: int) -> str:
        """By inflation, with every year of the plan that is over."""
        rate = f"(1+{points(self._refs.cells['inflation'])}/10000)"
        years = at // MONTHS
        return f"INT({amount}*{rate}^{years}+0.5+{EPSILON})" if years else amount

    def _invested(self, at: int) -> str:
        if "investments/price" not in self._refs.columns:
            return "0"
        begin, quantity, price = (
            self._column(f"investments/{name}") for name in ("begin", "quantity", "price")
        )
        return f"SUMPRODUCT(({begin}={at})*{quantity}*{price})"

    def _depreciation(self, at: int) -> str:
        """Even parts that differ by a rupiah at most: what is written off until now, less until before."""
        if "investments/price" not in self._refs.columns:
            return "0"
        names = ("begin", "quantity", "price", "life")
        begin, quantity, price, life = (self._column(f"investments/{name}") for name in names)
        whole = f"({quantity}*{price})"
        part = f"({life}+({life}=0))"  # what has no life is never written off
        runs = f"({at}>={begin})*({at}<{begin}+{life})"
        return f"SUMPRODUCT({runs}*(INT({whole}*({at}-{begin}+1)/{part})-INT({whole}*({at}-{begin})/{part})))"

    def _funds(self, at: int) -> str:
        if "funds/amount" not in self._refs.columns:
            return "0"
        return f"SUMPRODUCT(({self._column('funds/begin')}={at})*{self._column('funds/amount')})"

    def _interest(self, at: int) -> str:
        return self._loan("interest", at)

    def _capitalised(self, at: int) -> str:
        return self._loan("capitalised", at)

    def _drawn(self, at: int) -> str:
        return self._loan("drawn", at)

    def _principal(self, at: int) -> str:
        return self._loan("principal", at)

    def _of_year(self, key: str, at: int) -> str:
        """A line of the taxes in the calendar year of a month."""
        year = f"INT(({self._refs.cells['first_month']}-1+{at})/{MONTHS})+1"
        return f"INDEX({self._taxes.of(key, 0, last_year(self._count))},{year})"

    def _final_tax(self, at: int) -> str:
        tax = share(self._here(at, "revenue"), points(self._refs.cells["tax/final_rate"]))
        return f"IF({self._of_year('is_final', at)}=1,{tax},0)"

    def _income_tax(self, at: int) -> str:
        """With the last month of the year or of the plan."""
        tax = self._of_year("tax", at)
        return tax if at == self._count - 1 else f"IF({self._sheet.at('calendar', at)}={MONTHS},{tax},0)"

    def _tax(self, at: int) -> str:
        return self._here(at, "final_tax", "income_tax")

    def _tax_paid(self, at: int) -> str:
        is_due = f"{self._sheet.at('calendar', at)}={self._refs.cells['tax/paid_after_months']}"
        return f"IF({is_due},{self._before('tax_payable', at)},0)"

    def _tax_payable(self, at: int) -> str:
        before = self._before("tax_payable", at)
        return f"{before}+{self._here(at, 'income_tax')}-{self._here(at, 'tax_paid')}"

    def _result(self, at: int) -> str:
        costs = self._here(at, "staff", "expenses", "depreciation", "interest", "tax")
        return f"{self._here(at, 'margin')}-({costs})"

    def _village(self, at: int) -> str:
        if (at + 1) % MONTHS:
            return "0"
        year = self._sheet.of("result", at - MONTHS + 1, at)
        return share(f"MAX(SUM({year}),0)", points(self._refs.cells["village_share"]))

    def _debt_service(self, at: int) -> str:
        return f"{self._here(at, 'principal', 'interest')}-{self._here(at, 'capitalised')}"

    def _cash(self, at: int) -> str:
        tied = [
            f"({self._here(at, name)}-{self._before(name, at)})"
            for name in ("receivables", "stock", "payables")
        ]
        paid = self._here(
            at, "staff", "expenses", "final_tax", "tax_paid", "invested", "debt_service", "village"
        )
        got = self._here(at, "margin", "drawn", "funds")
        before = self._before("cash", at, self._refs.cells["opening_cash"])
        return f"{before}+{got}-({paid})-{tied[0]}-{tied[1]}+{tied[2]}"

    def _fixed_assets(self, at: int) -> str:
        before = self._before("fixed_assets", at)
        return f"{before}+{self._here(at, 'invested')}-{self._here(at, 'depreciation')}"

    def _other_assets(self, at: int) -> str:
        return self._refs.cells["other_assets"]

    def _other_liabilities(self, at: int) -> str:
        return self._refs.cells["other_liabilities"]

    def _assets(self, at: int) -> str:
        return self._here(at, "cash", "receivables", "stock", "fixed_assets", "other_assets")

    def _debt(self, at: int) -> str:
        before = self._before("debt", at)
        return f"{before}+{self._here(at, 'drawn', 'capitalised')}-{self._here(at, 'principal')}"

    def _equity(self, at: int) -> str:
        cells = self._refs.cells
        opening = f"({cells['opening_cash']}+{cells['other_assets']}-{cells['other_liabilities']})"
        before = self._before("equity", at, opening)
        return f"{before}+{self._here(at, 'result', 'funds')}-{self._here(at, 'village')}"

    def _imbalance(self, at: int) -> str:
        owed = self._here(at, "payables", "tax_payable", "debt", "other_liabilities", "equity")
        return f"{self._here(at, 'assets')}-({owed})"

    def _available(self, at: int) -> str:
        return self._here(at, "result", "depreciation", "interest")


def write_years(sheet: Sheet, books: Sheet, months: Sequence[PlanMonth]) -> int:
    """Sums of twelve months, and what is held at the end of the last; how many years there are."""
    spans = [(begin, min(begin + MONTHS, len(months)) - 1) for begin in range(0, len(months), MONTHS)]
    sheet.sheet.set_column(0, 0, 40)
    sheet.sheet.set_column(1, 1, 3)
    sheet.sheet.set_column(FIRST, FIRST + len(spans), 16)
    sheet.text(0, _("Hitungan tahunan"), "title")
    sheet.row += 1
    for at in range(len(spans)):
        sheet.text(FIRST + at, _("Tahun {n}").format(n=at + 1), "heading_right")
    sheet.row += 1
    for line in LINES:
        formulas = []
        for begin, end in spans:
            held = line.figure(months[end])
            summed = sum(line.figure(month) for month in months[begin : end + 1])
            formula = books.at(line.key, end) if line.is_held else f"SUM({books.of(line.key, begin, end)})"
            formulas.append((formula, held if line.is_held else summed))
        sheet.line(line.key, _(line.label), formulas, "strong_money" if line.is_strong else "money")
    _loads(sheet, books, months, spans)
    sheet.sheet.freeze_panes(2, FIRST)
    return len(spans)


def _loads(sheet: Sheet, books: Sheet, months: Sequence[PlanMonth], spans: Sequence[tuple[int, int]]) -> None:
    """The heaviest instalment of a year against what its months earn on average; and its debt cover."""
    heaviest, earned, gaps = [], [], []
    for begin, end in spans:
        year = months[begin : end + 1]
        service = books.of("debt_service", begin, end)
        parts = [f"SUM({books.of(name, begin, end)})" for name in ("margin", "staff", "expenses", "tax")]
        instalment = max(one.debt_service for one in year)
        left = sum(one.margin - one.staff - one.expenses - one.tax for one in year) // len(year)
        heaviest.append((f"MAX({service})", instalment))
        earned.append((f"INT(({parts[0]}-{parts[1]}-{parts[2]}-{parts[3]})/{len(year)})", left))
        gaps.append(instalment - left)
    sheet.row += 1
    sheet.line("heaviest", _("Angsuran terberat sebulan"), heaviest)
    sheet.line("earned", _("Hasil usaha sebulan"), earned)
    sheet.text(0, _("Kurang sebulan"), "strong")
    for at, gap in enumerate(gaps):
        due, got = sheet.at("heaviest", at), sheet.at("earned", at)
        formula = f'IF({due}>0,{due}-{got},"")'
        sheet.formula(FIRST + at, formula, gap if heaviest[at][1] > 0 else "", "strong_money")
    sheet.places["gap"] = sheet.row
    sheet.row += 1
    sheet.text(0, "DSCR", "strong")
    for at, (begin, end) in enumerate(spans):
        served = sum(one.debt_service for one in months[begin : end + 1])
        available = sum(one.available for one in months[begin : end + 1])
        got, due = sheet.at("available", at), sheet.at("debt_service", at)
        formula = f'IF({due}>0,{got}/{due},"")'
        sheet.formula(FIRST + at, formula, available / served if served > 0 else "", "ratio")
    sheet.places["dscr"] = sheet.row
    sheet.row += 1
