"""A plan's workbook computes what the plan computes: LibreOffice recalculates it, to the rupiah."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kopdesk.domain.plan import (
    Drawdown,
    Driver,
    Expense,
    Fund,
    Grace,
    Investment,
    Loan,
    Plan,
    Schedule,
    Staff,
    TaxOption,
    Unit,
)
from kopdesk.reports.plan_workbook import plan_workbook
from kopdesk.rules.current import current_rules
from kopdesk.usecases.planning import PlanTold, computed_plan
from tests.domain.test_projection import TAXES, plans
from tests.support.recalculating import (
    Cells,
    cells_of,
    recalculated,
    spoiled,
    with_copy,
    with_text,
    with_value,
)

TODAY = date(2026, 11, 27)
SHOP = Unit(
    name="Gerai sembako", driver=Driver.CUSTOMERS, cost_share=8_800, losses=60, growth=600,
    member_share=6_000, stock_days=18, receivable_days=5, payable_days=7, source="Buku gerai",
    drivers={"customers": 150, "frequency": 6, "basket": 28_333}, seasons={"03": 4_000, "12": 14_000},
)  # fmt: skip
UNITS = {
    "a": SHOP,
    "b": Unit(driver=Driver.TONNES, starts_in="2027-03", growth=333,
              drivers={"tonnes": 8, "price": 2_250_001, "margin": 210_000}),
    "c": Unit(driver=Driver.CYLINDERS, drivers={"cylinders": 311, "margin": 2_500}),
    "d": Unit(driver=Driver.LOAN_BOOK, drivers={"loans": 41_333_333, "monthly_rate": 125}),
    "e": Unit(driver=Driver.TRANSACTIONS, drivers={"transactions": 777, "fee": 2_750}),
    "f": Unit(driver=Driver.STORAGE, drivers={"capacity": 39, "occupancy": 6_650, "fee": 85_001}),
    "g": Unit(driver=Driver.LOCAL, drivers={"quantity": 13, "price": 1_750_000, "unit_cost": 1_100_003}),
}  # fmt: skip
HUGE = Unit(
    driver=Driver.LOCAL, growth=2_511, drivers={"quantity": 333, "price": 1_750_003, "unit_cost": 1_100_003}
)
LOANS = {
    "u": Loan(lender="BRI", amount=40_000_000, annual_rate=900, tenor_months=36, grace_months=3,
              grace=Grace.INTEREST_ONLY, schedule=Schedule.ANNUITY, round_to=100, instalment_day=31),
    "v": Loan(lender="LPDB", amount=30_000_000, annual_rate=600, tenor_months=48, grace_months=6,
              grace=Grace.CAPITALISED, schedule=Schedule.SLIDING, actual_365=True, instalment_day=12,
              drawdowns={"1": Drawdown(drawn_on=date(2027, 1, 5), amount=18_000_000),
                         "2": Drawdown(drawn_on=date(2027, 4, 5), amount=12_000_000)}),
    "w": Loan(lender="Bank desa", amount=10_000_001, annual_rate=700, tenor_months=24,
              schedule=Schedule.FLAT),
}  # fmt: skip


OTHERS = (TaxOption.CORPORATE, TaxOption.NONE)
FOLLOWING = ("Ringkasan", "Unit", "Bulanan", "Pajak", "Tahunan", "Kelayakan")


def a_plan(**changes: Any) -> Plan:
    plan = Plan(
        id=UUID(int=1),
        cooperative_id=UUID(int=2),
        title='=HYPERLINK("http://x")',
        starts_in="2027-01",
        months=36,
        prepared_on=TODAY,
        opening_cash=5_000_000,
        discount_rate=1_000,
        village_share=2_000,
        units=UNITS,
        staff={"p": Staff(role="+Penjaga", people=1, monthly_pay=1_400_000)},
        expenses={"l": Expense(text="Listrik", monthly_amount=305_000, starts_in="2027-02",
                               ends_in="2029-01")},
        investments={"r": Investment(text="Rak", quantity=3, unit_price=1_150_001, life_months=60,
                                     bought_in="2027-02"),
                     "t": Investment(text="Tanah", quantity=1, unit_price=9_000_000)},
        funds={"s": Fund(text="Simpanan", amount=12_000_000)},
        loans=LOANS,
    )  # fmt: skip
    return replace(plan, **changes)


def told(plan: Plan) -> PlanTold:
    return computed_plan(
        plan,
        "Koperasi Desa Merah Putih Peridan",
        current_rules(),
        TODAY,
        registered_in=2025,
        with_breaking=False,
    )


def differences(stored: Cells, computed: Cells) -> list[str]:
    """Cells whose stored value is not what the formula comes to; rupiah exactly, ratios to nine digits."""
    found = []
    for sheet, rows in stored.items():
        for at, (mine, theirs) in enumerate(zip(rows, computed[sheet], strict=False)):
            for place, (one, other) in enumerate(zip(mine, theirs, strict=False)):
                if not _same(one, other):
                    found.append(f"{sheet} {mine[0]!r} ({at}, {place}): {one!r}, computed {other!r}")
    return found


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (not one.is_integer() and abs(one - other) <= 1e-9 * max(1.0, abs(one)))
    return one == other


def without_rates(cells: Cells) -> Cells:
    """A spreadsheet seeks the rate from a guess, and does not find every one."""
    return {sheet: [row for row in rows if row[0] != "IRR sebulan"] for sheet, rows in cells.items()}


def with_figures(rows: list[list[object]]) -> list[list[object]]:
    """Without the sentences, which are as they were when the file was written."""
    return [row for row in rows if any(row[1:])]


def line(cells: Cells, sheet: str, label: str) -> list[object]:
    return next(row for row in cells[sheet] if row[0] == label)


PLANS: Mapping[str, Plan] = {
    "every-driver-and-loan": a_plan(),
    "nothing-borrowed": a_plan(loans={}),
    "losing": a_plan(units={"c": UNITS["c"]}, loans={"u": LOANS["u"]}),
    "corporate": a_plan(tax_option=TaxOption.CORPORATE, inflation=325, starts_in="2027-03"),
    "untaxed": a_plan(tax_option=TaxOption.NONE),
    "above-the-limit": a_plan(units={"h": HUGE}, inflation=300),
    "part-charged-less": a_plan(units={"h": HUGE}, tax_option=TaxOption.CORPORATE),
    "opening": a_plan(opening={"giro": 7_000_000, "utang_bank": 3_000_000}),
}


@pytest.fixture(scope="module")
def books() -> dict[str, bytes]:
    made = {name: plan_workbook(told(plan)) for name, plan in PLANS.items()}
    whole = made["every-driver-and-loan"]
    rows = cells_of(whole)["Asumsi"]
    customers = next(at for at, row in enumerate(rows) if row[0] == "pelanggan")
    fewer = next(at for at, row in enumerate(rows) if str(row[0]).startswith("Penjualan turun"))
    chosen = next(at for at, row in enumerate(rows) if row[0] == "Skenario yang dihitung")
    corporate = next(at for at, row in enumerate(rows) if row[0] == "Pilihan pajak")
    dearer = next(at for at, row in enumerate(rows) if row[0] == "Inflasi (%)")
    other = {str(one): with_text(whole, 2, f"B{corporate + 1}", str(one)) for one in OTHERS}
    made |= {f"switched-to-{name}": content for name, content in other.items()}
    made["dearer"] = with_value(whole, 2, f"B{dearer + 1}", "3.25")
    made["more-customers"] = with_value(whole, 2, f"B{customers + 1}", "200")
    made["fewer-sales"] = with_copy(whole, 2, f"A{fewer + 1}", f"B{chosen + 1}")
    return made


@pytest.fixture(scope="module")
def computed(books: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Cells]:
    return recalculated(books, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", PLANS)
def test_what_stands_beside_every_formula_is_what_it_comes_to(
    name: str, books: dict[str, bytes], computed: dict[str, Cells]
) -> None:
    assert differences(cells_of(books[name]), computed[name]) == []


def test_it_was_really_computed_anew(books: dict[str, bytes], computed: dict[str, Cells]) -> None:
    nonsense = cells_of(spoiled(books["losing"]))
    assert len(differences(nonsense, computed["losing"])) > 1_000


def test_another_assumption_typed_into_the_file_gives_what_the_plan_gives(computed: dict[str, Cells]) -> None:
    shop = replace(SHOP, drivers={**SHOP.drivers, "customers": 200})
    wanted = cells_of(plan_workbook(told(a_plan(units={**UNITS, "a": shop}))))
    for sheet in FOLLOWING:
        assert differences({sheet: wanted[sheet]}, computed["more-customers"]) == []


def test_another_scenario_chosen_in_the_file_gives_what_the_plan_gives(computed: dict[str, Cells]) -> None:
    outcome = next(one for one in told(a_plan()).outcomes if one.key == "fewer_sales")
    found = computed["fewer-sales"]
    assert line(found, "Bulanan", "Kas")[2:] == [float(one.cash) for one in outcome.projection.months]
    assert line(found, "Ringkasan", "NPV")[1] == outcome.measures.worth.npv
    assert line(found, "Ringkasan", "Kas terendah")[1] == outcome.measures.lowest_cash


@pytest.mark.parametrize("option", OTHERS)
def test_another_tax_option_chosen_in_the_file_gives_what_the_plan_gives(
    option: TaxOption, computed: dict[str, Cells]
) -> None:
    wanted, found = (
        cells_of(plan_workbook(told(a_plan(tax_option=option)))),
        computed[f"switched-to-{option}"],
    )
    for sheet in FOLLOWING:
        assert differences({sheet: with_figures(wanted[sheet])}, {sheet: with_figures(found[sheet])}) == []


def test_inflation_typed_into_the_file_gives_what_the_plan_gives(computed: dict[str, Cells]) -> None:
    wanted = cells_of(plan_workbook(told(a_plan(inflation=325))))
    for sheet in FOLLOWING:
        assert differences({sheet: wanted[sheet]}, computed["dearer"]) == []


def test_the_plans_that_are_compared_pay_every_kind_of_tax() -> None:
    found = {name: told(plan).outcomes[0].projection for name, plan in PLANS.items()}
    assert [one.is_final for one in found["above-the-limit"].tax_years][:2] == [True, False]
    assert sum(one.final_tax for one in found["losing"].months) > 0
    parts = found["part-charged-less"].tax_years
    assert TAXES.reduced_turnover < parts[0].turnover <= TAXES.reduction_limit
    assert sum(one.income_tax for one in found["part-charged-less"].months) > 0
    assert sum(one.income_tax for one in found["above-the-limit"].months) > 0


def test_what_somebody_typed_is_never_a_formula(books: dict[str, bytes]) -> None:
    cells = cells_of(books["every-driver-and-loan"])
    assert cells["Ringkasan"][0][0] == '=HYPERLINK("http://x")'
    assert "+Penjaga" in [row[0] for row in cells["Asumsi"]]


def test_the_check_row_of_every_month_is_nought(computed: dict[str, Cells]) -> None:
    for name in PLANS:
        row = line(computed[name], "Bulanan", "Selisih aset dan kewajiban + ekuitas (harus 0)")
        assert set(row[2:]) == {0.0}


@settings(max_examples=2, derandomize=True, deadline=None)
@given(st.lists(plans, min_size=6, max_size=6))
def test_so_it_is_of_any_plan(tmp_path_factory: pytest.TempPathFactory, drawn: list[Plan]) -> None:
    made = {str(at): plan_workbook(told(plan)) for at, plan in enumerate(drawn)}
    found = recalculated(made, tmp_path_factory.mktemp("office"))
    for name, content in made.items():
        assert differences(without_rates(cells_of(content)), without_rates(found[name])) == []
