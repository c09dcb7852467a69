"""The twelve tests: orderly books pass all, and every fault is found by the right one, to the rupiah."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.book_check import (
    BankReconciliation,
    BookCheck,
    LoanSample,
    ReconcilingItem,
    SavingSample,
    StockItem,
    TrialBalanceLine,
)
from kopdesk.domain.book_tests.dozen import run_tests
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.outcome import BookTest, Case, Outcome, TestResult
from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.member_count import MemberCount
from kopdesk.domain.statement import Statement
from tests.support.checks import (
    ORDERLY_LINES,
    an_orderly_check,
    an_orderly_statement,
    lines,
    material,
)


def verdict(wanted: BookTest, given: Material) -> TestResult:
    return next(one for one in run_tests(given) if one.test is wanted)


def failures(given: Material) -> dict[tuple[str, str], int | None]:
    return {
        (result.test.value, case.name): case.difference
        for result in run_tests(given)
        for case in result.failed
    }


def told(case: Case) -> str:
    """The arithmetic, for the message of a failing test."""
    return (
        f"{case.name}: "
        + " − ".join(f"{f.name} {f.amount:,}" for f in case.figures)
        + f" = {case.difference}"
    )


def test_they_come_in_their_order_and_orderly_books_pass_all_that_can_be_tested() -> None:
    results = run_tests(material())
    assert [result.test.number for result in results] == list(range(1, 13))
    faults = [told(case) for result in results for case in result.failed]
    assert not faults
    untestable = {result.test for result in results if result.outcome is Outcome.NOT_TESTABLE}
    assert untestable == {BookTest.OPENING}  # there is no period before


def test_an_empty_check_is_not_testable_and_says_of_each_why() -> None:
    given = Material(check=BookCheck(id=an_orderly_check().id, cooperative_id=None), chart=material().chart,
                     today=date(2026, 11, 27))  # fmt: skip
    results = run_tests(given)
    assert {result.outcome for result in results} == {Outcome.NOT_TESTABLE}
    assert all(case.reason for result in results for case in result.cases)


STATEMENT: list[tuple[dict[str, Any], BookTest, str, int]] = [
    ({"simpanan_pokok": 11_000_000}, BookTest.POSITION, "position", 1_000_000),
    ({"shu_tahun_berjalan": 5_900_000, "simpanan_wajib": 10_600_000}, BookTest.RESULT, "result", 100_000),
    ({"kas_dan_setara_kas": 2_530_000, "giro": 14_020_000}, BookTest.CASH_BOOK, "cash_statement", -180_000),
]


@pytest.mark.parametrize(("position", "test", "name", "difference"), STATEMENT)
def test_a_fault_in_a_statement_is_found_to_the_rupiah(
    position: dict[str, int], test: BookTest, name: str, difference: int
) -> None:
    whole = an_orderly_statement()
    statement = replace(whole, position={**whole.position, **position}, cash_flow={})
    (case,) = [one for one in verdict(test, material(statement=statement)).failed if one.name == name]
    assert case.difference == difference, told(case)


WAGES_WRONG = lines({**ORDERLY_LINES, "5201": (2_200_000, 0)})
CHECKS: list[tuple[dict[str, Any], BookTest, str, int]] = [
    ({"lines": WAGES_WRONG}, BookTest.TRIAL_BALANCE, "trial_balance", 200_000),
    ({"cash_book_received": 7_540_000}, BookTest.CASH_BOOK, "running", -90_000),
    ({"saving_totals": {"wajib": 10_250_000}}, BookTest.SAVINGS, "saving_kind", -250_000),
    ({"saving_totals": {}, "savings_card_total": 26_400_000}, BookTest.SAVINGS, "all_savings", -100_000),
    ({"loan_card_total": 8_150_000}, BookTest.LOANS, "all_loans", 150_000),
    ({"reported_revenue": 75_000_000}, BookTest.REVENUE, "revenue", 5_000_000),
    ({"members_in_simkopdes": 117}, BookTest.MEMBERS, "members_online", 3),
    ({"quorum_base": 122}, BookTest.MEMBERS, "members_quorum", -2),
    (
        {"cash": {"utama": CashCount(book_balance=2_350_000, note={"50000": 46}, coin={"500": 60})}},
        BookTest.CASH_COUNT,
        "till",
        -20_000,
    ),
    (
        {"bank": {"bri": BankReconciliation(bank_balance=14_187_500, book_balance=14_200_000)}},
        BookTest.BANK,
        "account",
        -12_500,
    ),
    (
        {"savings": {"a1": SavingSample(card={"wajib": 60_000}, book={"wajib": 50_000})}},
        BookTest.SAVINGS,
        "saver",
        10_000,
    ),
    (
        {"loans": {"p1": LoanSample(card_balance=1_400_000, book_balance=1_500_000)}},
        BookTest.LOANS,
        "borrower",
        -100_000,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "test", "name", "difference"), CHECKS)
def test_a_fault_in_a_check_is_found_to_the_rupiah(
    changes: dict[str, Any], test: BookTest, name: str, difference: int
) -> None:
    result = verdict(test, material(an_orderly_check(**changes)))
    (case,) = [one for one in result.failed if one.name == name]
    assert case.difference == difference, told(case)
    assert len(case.figures) == 2
    assert all(figure.path for figure in case.figures)


@pytest.mark.parametrize("sign", [1, -1])
def test_what_stands_between_bank_and_book_is_taken_on_its_side_whichever_sign_was_typed(sign: int) -> None:
    items = {
        "i1": ReconcilingItem(side="bank", kind="deposit_in_transit", amount=500_000),
        "i2": ReconcilingItem(side="bank", kind="outstanding_cheque", amount=sign * 200_000),
        "i3": ReconcilingItem(side="book", kind="interest", amount=10_000),
        "i4": ReconcilingItem(side="book", kind="fee", amount=sign * 12_000),
        "i5": ReconcilingItem(side="book", kind="error", amount=-500),
    }
    account = BankReconciliation(bank_balance=13_897_500, book_balance=14_200_000, items=items)
    result = verdict(BookTest.BANK, material(an_orderly_check(bank={"bri": account})))
    assert result.outcome is Outcome.PASSED, [told(case) for case in result.cases]


def test_goods_that_lack_are_told_in_rupiah_and_a_sample_is_not_held_against_the_accounts() -> None:
    item = StockItem(book_thousandths=430_000, counted_thousandths=425_500, unit_cost=15_000, account="1131")
    check = an_orderly_check(stock={"beras": item}, stock_is_complete=None)
    result = verdict(BookTest.STOCK, material(check))
    assert [case.difference for case in result.failed] == [-67_500]
    assert [case.reason for case in result.untested] == ["only_a_sample"]


def test_a_complete_count_is_held_against_every_stock_account_also_one_nobody_counted() -> None:
    ledger = {**ORDERLY_LINES, "1133": (1_000_000, 0), "3101": (0, 13_000_000)}
    result = verdict(BookTest.STOCK, material(an_orderly_check(lines=lines(ledger))))
    assert {case.subject: case.difference for case in result.failed} == {"lines/1133": -1_000_000}


def test_empty_and_full_cylinders_are_what_the_cooperative_owns() -> None:
    gas = StockItem(
        name="LPG 3 kg", book_thousandths=40_000, full_cylinders=40, empty_cylinders=17, owned_cylinders=60,
        unit_cost=18_000, account="1133",
    )  # fmt: skip
    result = verdict(BookTest.STOCK, material(an_orderly_check(stock={"lpg": gas}, stock_is_complete=False)))
    assert [(case.name, case.difference) for case in result.failed] == [("cylinders", -3)]


def test_printed_totals_that_are_wrong_are_found_though_the_statement_balances() -> None:
    statement = an_orderly_statement(
        stated={"total_aset": 35_550_000, "shu_tahun_berjalan": 6_000_000, "total_beban": 2_000_000}
    )
    result = verdict(BookTest.POSITION, material(statement=statement))
    assert {case.subject: case.difference for case in result.failed} == {"stated/total_aset": 50_000}


def test_a_period_begins_with_what_the_one_before_ended_with() -> None:
    prior = Statement(id=an_orderly_check().id, cooperative_id=None, period_kind="year",
                      position={"kas_dan_setara_kas": 1_900_000, "simpanan_pokok": 11_000_000})  # fmt: skip
    statement = an_orderly_statement(opening={"kas_dan_setara_kas": 1_900_000, "simpanan_pokok": 11_200_000})
    result = verdict(BookTest.OPENING, material(statement=statement, prior_statement=prior))
    assert {case.subject: case.difference for case in result.failed} == {"position/simpanan_pokok": 200_000}
    assert len(result.cases) == 2


def test_opening_balances_are_the_closing_ones_of_the_month_before_and_of_no_other() -> None:
    check = an_orderly_check(
        lines={
            "1101": TrialBalanceLine(opening=1_900_000, debit=2_350_000),
            "5201": TrialBalanceLine(opening=5),
        }
    )
    before = an_orderly_check(period="2026-09", lines=lines({"1101": (1_890_000, 0), "5201": (900_000, 0)}))
    result = verdict(BookTest.OPENING, material(check, previous_check=before))
    assert {case.subject: case.difference for case in result.failed} == {"lines/1101": 10_000}
    other = replace(before, period="2026-06")
    (case,) = verdict(BookTest.OPENING, material(check, previous_check=other)).cases
    assert case.reason == "month_before_not_checked"


def test_members_are_taken_from_the_count_of_the_month_where_the_check_has_none() -> None:
    counted = MemberCount(
        id=an_orderly_check().id, cooperative_id=None, in_members_book=118, in_simkopdes=115
    )
    check = an_orderly_check(members_in_book=None, members_in_simkopdes=None, quorum_base=None)
    result = verdict(BookTest.MEMBERS, material(check, members=counted))
    assert [(case.name, case.difference) for case in result.failed] == [("members_online", 3)]


def test_a_tolerance_that_was_agreed_lets_small_change_pass() -> None:
    till = CashCount(book_balance=2_350_500, note={"50000": 47}, tolerance=1_000)
    assert (
        verdict(BookTest.CASH_COUNT, material(an_orderly_check(cash={"utama": till}))).outcome
        is Outcome.PASSED
    )


@given(st.dictionaries(st.sampled_from(sorted(ORDERLY_LINES)), st.integers(-(10**12), 10**12)))
def test_whatever_is_moved_the_trial_balance_is_wrong_by_just_that(moved: dict[str, int]) -> None:
    wrong = {n: (d + moved.get(n, 0), c) for n, (d, c) in ORDERLY_LINES.items()}
    result = verdict(BookTest.TRIAL_BALANCE, material(an_orderly_check(lines=lines(wrong))))
    assert result.cases[0].difference == sum(moved.values())
