"""A business plan as a spreadsheet: assumptions in blue cells, everything else a live formula of them.

What the formulas come to stands beside them, so that programs that do not compute show the same. Whole
rupiah, half up, as the plan itself; growth and season are floating point numbers in a spreadsheet, so a
figure may differ by a rupiah where its exact value lies within a millionth of a half. A spreadsheet seeks the
internal rate from a guess and may give up where the plan itself finds one; then it says so.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format

from kopdesk.domain.plan_measures import Measures, project_flows
from kopdesk.domain.projection import PlanMonth
from kopdesk.domain.rounding import MONTHS
from kopdesk.domain.scenarios import Usual
from kopdesk.reports.plan_assumptions import write_assumptions
from kopdesk.reports.plan_books import write_books, write_years
from kopdesk.reports.plan_cells import FIRST, Cached, Refs, Sheet, formats_of, points
from kopdesk.reports.plan_flows import write_loans, write_units
from kopdesk.reports.plan_taxes import place_taxes, write_taxes
from kopdesk.usecases.planning import PlanTold
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import date_text, short_month
from kopdesk.wording.planning import warning_line

_SHEETS = (
    ("summary", N_("Ringkasan")),
    ("assumptions", N_("Asumsi")),
    ("units", N_("Unit")),
    ("loans", N_("Pinjaman")),
    ("books", N_("Bulanan")),
    ("taxes", N_("Pajak")),
    ("years", N_("Tahunan")),
    ("worth", N_("Kelayakan")),
    ("scenarios", N_("Skenario")),
)
_BY_MONTHS = ("units", "books", "worth")
_LANDSCAPE_A4 = 9


def plan_workbook(told: PlanTold) -> bytes:
    """The file, counting the base of the plan; other scenarios are chosen in it by name."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    formats = formats_of(book)
    sheets = {key: _sheet(book, formats, key, _(name)) for key, name in _SHEETS}
    plan, months = told.plan, told.outcomes[0].projection.months
    refs = write_assumptions(sheets["assumptions"], plan, months[0], told.outcomes, told.counted)
    write_units(sheets["units"], plan, months, refs)
    schedules = told.outcomes[0].projection.schedules
    loans = write_loans(sheets["loans"], plan, schedules, len(months), refs)
    place_taxes(sheets["taxes"])
    write_books(sheets["books"], sheets["units"], sheets["loans"], sheets["taxes"], loans, months, refs)
    write_taxes(sheets["taxes"], sheets["books"], plan, told.outcomes[0].projection, told.counted, refs)
    years = write_years(sheets["years"], sheets["books"], months)
    measured = told.outcomes[0].measures
    _worth(sheets["worth"], sheets["books"], months, measured, refs)
    _scenarios(sheets["scenarios"], told)
    _summary(sheets, told, years, measured, months)
    book.set_calc_mode("auto")
    book.close()
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, formats: dict[str, Format], key: str, name: str) -> Sheet:
    """Months go on over as many pages as they need, in writing that can be read."""
    sheet = book.add_worksheet(name[:31])
    sheet.set_paper(_LANDSCAPE_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(*((0, 1) if key in _BY_MONTHS else (1, 0)))
    sheet.hide_gridlines(2)
    return Sheet(name[:31], sheet, formats)


def _worth(sheet: Sheet, books: Sheet, months: Sequence[PlanMonth], told: Measures, refs: Refs) -> None:
    """What the business itself takes and gives, from the outlay on; present value, rate, payback."""
    flows = project_flows(months)
    sheet.sheet.set_column(0, 0, 40)
    sheet.sheet.set_column(FIRST, FIRST + len(flows), 14)
    sheet.text(0, _("Kelayakan, tanpa pinjaman dan dana"), "title")
    sheet.row += 1
    sheet.text(FIRST, _("Awal"), "heading_right")
    for at, month in enumerate(months, 1):
        sheet.text(FIRST + at, short_month(month.month), "heading_right")
    sheet.row += 1
    sheet.line(
        "flow", _("Arus uang usaha"), [(_flow(books, at, len(flows)), flow) for at, flow in enumerate(flows)]
    )
    sums = [sum(flows[: at + 1]) for at in range(len(flows))]
    sheet.places["sum"] = sheet.row
    totals = [
        (f"{sheet.at('sum', at - 1)}+{sheet.at('flow', at)}" if at else sheet.at("flow", 0), total)
        for at, total in enumerate(sums)
    ]
    sheet.line("sum", _("Jumlah sampai saat itu"), totals)
    rate = f"({points(refs.cells['discount_rate'])}/120000)"
    first, rest = sheet.at("flow", 0), sheet.of("flow", 1, len(flows) - 1)
    whole, sums_of = sheet.of("flow", 0, len(flows) - 1), sheet.of("sum", 0, len(flows) - 1)
    later = sheet.of("sum", 1, len(flows) - 1)
    number = f"(COLUMN({whole})-{FIRST + 1})"
    gains = f"SUMPRODUCT(({whole}>0)*{whole}/(1+{rate})^{number})"
    losses = f"SUMPRODUCT(({whole}<0)*{whole}/(1+{rate})^{number})"
    paid = f"MATCH(TRUE,INDEX({later}>=0,0),0)"
    before = f"INDEX({sums_of},{paid})"
    exact = f"{paid}-1+IF({before}<0,-{before}/INDEX({whole},{paid}+1),0)"
    worth = told.worth
    turns = _turns(sheet, flows)
    has_rate = worth.irr is not None and worth.sign_changes == 1
    rate_of = f'IF({turns}=1,IFERROR(IRR({whole},0.01),IFERROR(IRR({whole},-0.2),"–")),"–")'
    sheet.row += 1
    lines: tuple[tuple[str, str, str, Cached, str], ...] = (
        ("npv", "NPV", f"INT({first}+NPV({rate},{rest})+0.5)", worth.npv, "money"),
        (
            "irr",
            _("IRR sebulan"),
            rate_of,
            float(worth.irr) if worth.irr is not None and has_rate else "–",
            "percent",
        ),
        (
            "payback",
            _("Modal kembali (bulan)"),
            f'IFERROR({exact},"–")',
            float(worth.payback) if worth.payback is not None else "–",
            "ratio",
        ),
        (
            "benefit_cost",
            "Net B/C",
            f'IF({losses}=0,"–",-{gains}/{losses})',
            float(worth.benefit_cost) if worth.benefit_cost is not None else "–",
            "ratio",
        ),
    )
    for key, label, formula, value, look in lines:
        sheet.text(0, label, "strong")
        sheet.formula(FIRST, formula, value, look)
        sheet.places[key] = sheet.row
        sheet.row += 1


def _turns(sheet: Sheet, flows: Sequence[int]) -> str:
    """How often money turns from going out to coming in or back; more than once leaves no single rate."""
    signs: list[int] = []
    for flow in flows:
        signs.append((flow > 0) - (flow < 0) or (signs[-1] if signs else 0))
    sheet.places["sign"] = sheet.row
    formulas = []
    for at, sign in enumerate(signs):
        here, before = sheet.at("flow", at), sheet.at("sign", at - 1) if at else "0"
        formulas.append((f"IF({here}=0,{before},SIGN({here}))", sign))
    sheet.line("sign", _("Arah uang"), formulas, "count")
    last = len(flows) - 1
    return f"SUMPRODUCT(({sheet.of('sign', 0, last - 1)}*{sheet.of('sign', 1, last)}<0)*1)"


def _flow(books: Sheet, at: int, count: int) -> str:
    """The outlay, then each month; with the last one what is still tied up comes back."""
    if not at:
        return f"-{books.at('invested', 0)}"
    month = at - 1

    def tied(when: int) -> str:
        held = "+".join(books.at(key, when) for key in ("receivables", "stock"))
        return f"({held}-{books.at('payables', when)}-{books.at('tax_payable', when)})"

    bought = books.at("invested", month) if month else "0"
    before = tied(month - 1) if month else "0"
    flow = f"{books.at('available', month)}-{books.at('village', month)}-{bought}-({tied(month)}-{before})"
    return f"{flow}+{tied(month)}" if at == count - 1 else flow


def _scenarios(sheet: Sheet, told: PlanTold) -> None:
    """As they were counted when the file was written; the other sheets count the one that is chosen."""
    sheet.sheet.set_column(0, 0, 40)
    sheet.sheet.set_column(1, 6, 20)
    sheet.text(0, _("Skenario"), "title")
    sheet.row += 1
    sheet.text(
        0,
        _("Nilai saat berkas ini disimpan; pilih skenario di lembar Asumsi untuk menghitungnya lagi."),
        "quiet",
    )
    sheet.row += 2
    sheet.headings(("", _("Keadaan"), _("Kurang sebulan"), _("DSCR terendah"), _("Kas terendah"), "NPV"))
    for outcome in told.outcomes:
        found = outcome.measures
        sheet.text(0, outcome.scenario.name or choice_label(Usual, outcome.key))
        sheet.text(1, _("bertahan") if found.holds else _("tidak bertahan"))
        sheet.number(2, max(0, found.load.gap) if found.load else 0)
        if found.least_dscr is not None:
            sheet.number(3, float(found.least_dscr), "ratio")
        sheet.number(4, found.lowest_cash)
        sheet.number(5, found.worth.npv)
        sheet.row += 1


def _summary(
    sheets: dict[str, Sheet], told: PlanTold, years: int, found: Measures, months: Sequence[PlanMonth]
) -> None:
    sheet, books, yearly, worth = (sheets[name] for name in ("summary", "books", "years", "worth"))
    sheet.sheet.set_column(0, 0, 46)
    sheet.sheet.set_column(1, 1, 26)
    sheet.sheet.set_column(2, 2, 60)
    sheet.text(0, told.plan.title or _("Rencana usaha"), "title")
    sheet.row += 1
    sheet.text(0, told.cooperative, "heading")
    if told.plan.prepared_on is not None:
        sheet.text(1, date_text(told.plan.prepared_on), "quiet")
    sheet.row += 2
    last, cash = len(months) - 1, books.of("cash", 0, len(months) - 1)
    gaps, ratios = yearly.of("gap", 0, years - 1), yearly.of("dscr", 0, years - 1)
    heaviest, earned = yearly.of("heaviest", 0, years - 1), yearly.of("earned", 0, years - 1)
    worst = f"MATCH(MAX({gaps}),{gaps},0)"
    names = books.span(1, FIRST, FIRST + last)
    lowest = f"MIN({cash})"
    tied = "+".join(books.of(name, 0, last) for name in ("receivables", "stock"))
    holds = f"AND({lowest}>=0,OR(COUNT({ratios})=0,MIN({ratios})>=1),OR(COUNT({gaps})=0,MAX({gaps})<=0))"
    load = found.load
    second = [
        books.of(name, MONTHS, 2 * MONTHS - 1)
        for name in ("revenue", "margin", "final_tax", "staff", "expenses", "depreciation", "interest")
    ]
    margin = f"(SUM({second[1]})-SUM({second[2]}))"
    fixed = "+".join(f"SUM({one})" for one in second[3:])
    nothing = "–"
    lines: list[tuple[str, str, Cached, str]] = [
        (
            _("Keadaan"),
            f'IF({holds},"{_("bertahan")}","{_("tidak bertahan")}")',
            _("bertahan") if found.holds else _("tidak bertahan"),
            "answer",
        ),
        (
            _("Angsuran terberat sebulan"),
            f'IF(COUNT({gaps})=0,"{nothing}",INDEX({heaviest},{worst}))',
            load.instalment if load else nothing,
            "money",
        ),
        (
            _("Hasil usaha sebulan"),
            f'IF(COUNT({gaps})=0,"{nothing}",INDEX({earned},{worst}))',
            load.earned if load else nothing,
            "money",
        ),
        (
            _("Kurang sebulan"),
            f'IF(COUNT({gaps})=0,"{nothing}",MAX({gaps}))',
            load.gap if load else nothing,
            "money",
        ),
        (
            _("DSCR terendah"),
            f'IF(COUNT({ratios})=0,"{nothing}",MIN({ratios}))',
            float(found.least_dscr) if found.least_dscr is not None else nothing,
            "ratio",
        ),
        (
            _("Titik impas sebulan"),
            f'IF(OR({margin}<=0,SUM({second[0]})=0),"{nothing}",INT(({fixed})/{margin}*SUM({second[0]})/{MONTHS}+0.5))',
            found.break_even if found.break_even is not None else nothing,
            "money",
        ),
        (_("Kas terendah"), lowest, found.lowest_cash, "money"),
        (
            _("Bulan kas terendah"),
            f"INDEX({names},MATCH({lowest},{cash},0))",
            short_month(found.lowest_cash_month),
            "answer",
        ),
        (
            _("Kebutuhan modal kerja"),
            f"SUMPRODUCT(MAX({tied}-{books.of('payables', 0, last)}))",
            found.working_capital,
            "money",
        ),
        ("NPV", worth.ref(worth.places["npv"], FIRST), found.worth.npv, "money"),
    ]
    for label, formula, value, look in lines:
        sheet.text(0, label)
        sheet.formula(1, formula, value, look)
        sheet.row += 1
    sheet.row += 1
    sheet.text(0, _("Yang perlu diperiksa lagi"), "heading")
    sheet.row += 1
    for warned in told.warnings:
        sheet.sheet.merge_range(sheet.row, 0, sheet.row, 2, "", sheet.formats["quiet"])
        sheet.text(0, warning_line(told.plan, warned), "quiet")
        sheet.row += 1
    sheet.text(0, _("Aturan: {rules}").format(rules=told.rules), "quiet")
