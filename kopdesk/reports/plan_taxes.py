"""Tax in a plan's workbook: its assumptions, and a sheet of calendar years from which the months take it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kopdesk.domain.plan import Plan, TaxOption
from kopdesk.domain.plan_months import month_number
from kopdesk.domain.plan_taxes import TaxRules, TaxYear, favoured_income, tax_option
from kopdesk.domain.projection import PlanRules, Projection
from kopdesk.domain.rounding import MONTHS
from kopdesk.reports.plan_cells import EPSILON, FIRST, Refs, Sheet, half_up, points, share
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label

_BEFORE_TAX = ("staff", "expenses", "depreciation", "interest")
_HEAD = 2


def write_tax_assumptions(sheet: Sheet, refs: Refs, plan: Plan, counted: PlanRules) -> None:
    """The option, and the figures of the rule pack as they were when the file was written."""
    rules = _rules_of(counted)
    first = month_number(plan.starts_in or "") // MONTHS
    option = tax_option(plan)
    sheet.headings((_("Pajak"),))
    refs.cells["tax/option"] = sheet.choice(
        _("Pilihan pajak"), TaxOption, str(option), choice_label(TaxOption, str(option))
    )
    unknown = _("tahun NPWP terdaftar belum diketahui") if counted.registered_in is None else ""
    figures = (
        ("registered_in", _("Terdaftar sejak tahun"), counted.registered_in or first, "typed_count", unknown),
        ("final_rate", _("PPh final dari omzet (%)"), rules.final_rate / 100, "typed_percent", ""),
        ("final_limit", _("PPh final: omzet setahun paling banyak"), rules.final_limit, "typed_money", ""),
        ("final_years", _("PPh final: tahun pajak sejak terdaftar"), rules.final_years, "typed_count", ""),
        (
            "final_until",
            _("PPh final: diperpanjang sampai tahun (0 = tidak)"),
            rules.final_until or 0,
            "typed_count",
            _announced(rules),
        ),
        ("income_rate", _("PPh badan dari hasil setahun (%)"), rules.income_rate / 100, "typed_percent", ""),
        ("reduction", _("Pasal 31E: potongan tarif (%)"), rules.reduction / 100, "typed_percent", ""),
        (
            "reduced_turnover",
            _("Pasal 31E: bagian omzet sampai"),
            rules.reduced_turnover,
            "typed_money",
            "",
        ),
        (
            "reduction_limit",
            _("Pasal 31E: omzet setahun paling banyak"),
            rules.reduction_limit,
            "typed_money",
            "",
        ),
        (
            "paid_after_months",
            _("PPh badan dibayar bulan ke- tahun berikutnya"),
            rules.paid_after_months,
            "typed_count",
            "",
        ),
    )
    for name, label, value, look, note in figures:
        sheet.text(0, label)
        refs.cells[f"tax/{name}"] = sheet.number(1, value, look)
        if note:
            sheet.text(2, note, "note")
        sheet.row += 1
    sheet.row += 1


def _announced(rules: TaxRules) -> str:
    if rules.announced_until is None:
        return ""
    return _("sampai {year} diumumkan, penetapannya belum ditemukan").format(year=rules.announced_until)


def place_taxes(sheet: Sheet) -> None:
    """Where its lines will stand: the months refer to them, and they to the months."""
    for at, key in enumerate(("year", "turnover", "income", "is_final", "favoured", "tax")):
        sheet.places[key] = _HEAD + at


def last_year(count: int) -> int:
    """The last calendar year a plan of so many months may reach, counted from 0, in whichever it begins."""
    return (MONTHS - 1 + count - 1) // MONTHS


def write_taxes(
    sheet: Sheet, books: Sheet, plan: Plan, projection: Projection, counted: PlanRules, refs: Refs
) -> None:
    """A column for every calendar year."""
    rules, count = _rules_of(counted), len(projection.months)
    years = list(_years(plan, projection, counted, last_year(count) + 1))
    sheet.sheet.set_column(0, 0, 46)
    sheet.sheet.set_column(1, 1, 3)
    sheet.sheet.set_column(FIRST, FIRST + len(years), 16)
    sheet.text(0, _("Pajak menurut tahun pajak"), "title")
    sheet.row = _HEAD
    made = _YearFormulas(sheet, books, refs, count)
    favoured = [favoured_income(one.income, one.turnover, rules) for one in years]
    income_tax = [0 if one.is_final or _is_none(plan) else one.tax for one in years]
    lines: tuple[tuple[str, str, Sequence[int], str], ...] = (
        ("year", _("Tahun pajak"), [one.year for one in years], "count"),
        ("turnover", _("Omzet"), [one.turnover for one in years], "money"),
        ("income", _("Hasil sebelum pajak penghasilan"), [one.income for one in years], "money"),
        ("is_final", _("PPh final (1 = ya)"), [int(one.is_final) for one in years], "count"),
        ("favoured", _("Pasal 31E: bagian hasil yang dipotong"), favoured, "money"),
        ("tax", _("PPh badan setahun"), income_tax, "strong_money"),
    )
    for key, label, values, look in lines:
        formulas = [(made.of(key, at), value) for at, value in enumerate(values)]
        sheet.line(key, label, formulas, look)


class _YearFormulas:
    """The formula of a line in a calendar year, counted from 0."""

    def __init__(self, sheet: Sheet, books: Sheet, refs: Refs, count: int) -> None:
        self._sheet, self._books, self._cells, self._last = sheet, books, refs.cells, count - 1

    def of(self, key: str, at: int) -> str:
        """As `write_taxes` names them."""
        return str(getattr(self, f"_{key}")(at))

    def _rule(self, name: str) -> str:
        return self._cells[f"tax/{name}"]

    def _whole(self, at: int, *keys: str) -> str:
        """Of the months in that year, the first less the others."""
        number = self._books.of("number", 0, self._last)
        here = f"INT(({self._cells['first_month']}-1+{number})/{MONTHS})={at}"
        return f"SUMPRODUCT(({here})*({'-'.join(self._books.of(key, 0, self._last) for key in keys)}))"

    def _year(self, at: int) -> str:
        return f"{self._cells['first_year']}+{at}"

    def _turnover(self, at: int) -> str:
        return self._whole(at, "revenue")

    def _income(self, at: int) -> str:
        return self._whole(at, "margin", *_BEFORE_TAX)

    def _is_final(self, at: int) -> str:
        last = f"MAX({self._rule('registered_in')}+{self._rule('final_years')}-1,{self._rule('final_until')})"
        wanted = [f'{self._rule("option")}="{TaxOption.FINAL}"', f"{self._sheet.at('year', at)}<={last}"]
        if at:
            wanted.append(f"{self._sheet.at('is_final', at - 1)}=1")
            wanted.append(f"{self._sheet.at('turnover', at - 1)}<={self._rule('final_limit')}")
        return f"IF(AND({','.join(wanted)}),1,0)"

    def _favoured(self, at: int) -> str:
        income, turnover = self._sheet.at("income", at), self._sheet.at("turnover", at)
        part = f"INT({income}*{self._rule('reduced_turnover')}/{turnover}+0.5+{EPSILON})"
        some = f"IF({turnover}>{self._rule('reduced_turnover')},{part},{income})"
        return f"IF(OR({income}<=0,{turnover}>{self._rule('reduction_limit')}),0,{some})"

    def _tax(self, at: int) -> str:
        income, favoured = self._sheet.at("income", at), self._sheet.at("favoured", at)
        rate = points(self._rule("income_rate"))
        reduced = half_up(f"{favoured}*{rate}*(10000-{points(self._rule('reduction'))})", "100000000")
        whole = f"{reduced}+{share(f'{income}-{favoured}', rate)}"
        spared = f'{self._rule("option")}="{TaxOption.NONE}"'
        return f"IF(OR({spared},{self._sheet.at('is_final', at)}=1,{income}<=0),0,{whole})"


def _years(plan: Plan, projection: Projection, counted: PlanRules, count: int) -> Iterator[TaxYear]:
    """As counted; then the years the plan does not reach, and all of them where no tax is counted."""
    rules = _rules_of(counted)
    first = month_number(plan.starts_in or "") // MONTHS
    registered = first if counted.registered_in is None else counted.registered_in
    known = {one.year: one for one in projection.tax_years}
    is_final, turnover = tax_option(plan) is TaxOption.FINAL, 0
    for year in range(first, first + count):
        is_final = is_final and turnover <= rules.final_limit and year <= rules.last_final_year(registered)
        months = [one for one in projection.months if one.month.startswith(f"{year:04}-")]
        turnover = sum(one.revenue for one in months)
        income = sum(one.result + one.tax for one in months)
        tax = known[year].tax if year in known else 0
        yield TaxYear(year=year, is_final=is_final, turnover=turnover, income=income, tax=tax)


def _is_none(plan: Plan) -> bool:
    return tax_option(plan) is TaxOption.NONE


def _rules_of(counted: PlanRules) -> TaxRules:
    assert counted.taxes is not None, "a plan that is put out was computed with the rule packs"
    return counted.taxes
