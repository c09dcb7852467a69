"""Findings that are proposed, and the slips that would explain a difference."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.book_check import (
    BankReconciliation,
    Book,
    LoanSample,
    ReconcilingItem,
    SavingSample,
    StockItem,
)
from kopdesk.domain.book_tests.causes import Cause, Slip, likely_causes
from kopdesk.domain.book_tests.dozen import run_tests
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.proposals import Proposal, proposals
from kopdesk.domain.cash_count import CashCount, OtherItem, Voucher
from kopdesk.domain.finding import Weight
from tests.support.checks import ORDERLY_LINES, an_orderly_check, lines, material


def proposed(given: Material) -> tuple[Proposal, ...]:
    return proposals(given, run_tests(given))


def test_orderly_books_give_no_finding() -> None:
    assert proposed(material()) == ()


def test_two_digits_the_wrong_way_round_are_pointed_at_in_the_account_they_stand_in() -> None:
    slipped = {"1206": (5_090_000, 0), "1121": (7_910_000, 0), "1131": (6_540_000, 0)}
    given = material(an_orderly_check(lines=lines({**ORDERLY_LINES, **slipped})))
    (trial,) = [one for one in proposed(given) if one.rule == "trial_balance/trial_balance"]
    assert trial.case is not None
    assert trial.case.difference == 90_000
    assert Cause(Slip.SWAPPED_DIGITS, "lines/1131/debit", 6_540_000, 6_450_000) in trial.causes


SLIPS = [
    (20_000, {"a": 20_000}, Slip.OMITTED),
    (40_000, {"a": 20_000}, Slip.WRONG_SIDE),
    (90_000, {"a": 540_000}, Slip.SWAPPED_DIGITS),
    (4_500_000, {"a": 5_000_000}, Slip.ZERO_SLIPPED),
    (-450_000, {"a": 50_000}, Slip.ZERO_SLIPPED),
]


@pytest.mark.parametrize(("difference", "amounts", "slip"), SLIPS)
def test_every_slip_is_known(difference: int, amounts: dict[str, int], slip: Slip) -> None:
    assert slip in {cause.slip for cause in likely_causes(difference, amounts)}
    other_side = {path: -amount for path, amount in amounts.items()}
    assert slip in {cause.slip for cause in likely_causes(-difference, other_side)}
    assert likely_causes(-difference, amounts) == ()


@given(
    st.integers(-(10**9), 10**9), st.dictionaries(st.text("abc", min_size=1), st.integers(-(10**9), 10**9))
)
def test_a_cause_explains_the_whole_difference_or_is_not_told(
    difference: int, amounts: dict[str, int]
) -> None:
    for cause in likely_causes(difference, amounts):
        amount = amounts[cause.path]
        sign = 1 if amount > 0 else -1
        explained = {
            Slip.OMITTED: amount,
            Slip.WRONG_SIDE: 2 * amount,
            Slip.SWAPPED_DIGITS: sign * (cause.written - cause.meant),
            Slip.ZERO_SLIPPED: sign * (cause.written - cause.meant),
        }
        assert explained[cause.slip] == difference


def test_a_shortage_that_is_an_iou_in_the_drawer_points_at_it() -> None:
    till = CashCount(
        book_balance=2_370_000,
        note={"50000": 47},
        others={"bon": OtherItem(kind="iou", text="Bon Pak Usman", amount=20_000)},
    )
    found = proposed(material(an_orderly_check(cash={"utama": till})))
    shortage = next(one for one in found if one.rule == "cash_count/till")
    assert shortage.causes == (Cause(Slip.OMITTED, "cash/utama/others/bon"),)
    assert shortage.weight is Weight.HIGH


KEEPING: list[tuple[dict[str, Any], str, Weight]] = [
    ({"books": {"kas": Book(exists=False)}}, "book_missing", Weight.HIGH),
    ({"books": {"tamu": Book(exists=False)}}, "book_missing", Weight.LOW),
    ({"books": {"simpanan": Book(exists=True, up_to_date=False)}}, "book_late", Weight.MEDIUM),
    ({"books": {"tamu": Book(exists=True, up_to_date=True, quality="poor")}}, "book_poor", Weight.LOW),
    ({"cash": {"utama": CashCount(book_balance=2_350_000, note={"50000": 47}, limit=1_000_000)}},
     "cash_over_limit", Weight.MEDIUM),
    ({"cash": {"utama": CashCount(book_balance=2_350_000, note={"50000": 47}, returned=False)}},
     "cash_not_returned", Weight.HIGH),
    ({"cash": {"utama": CashCount(book_balance=2_370_000, note={"50000": 47},
                                  vouchers={"b": Voucher(direction="out", amount=20_000)})}},
     "vouchers_unbooked", Weight.MEDIUM),
    ({"bank": {"bri": BankReconciliation(
        balance_on=date(2026, 10, 31), bank_balance=14_700_000, book_balance=14_200_000,
        items={"i": ReconcilingItem(side="bank", amount=-500_000, dated_on=date(2026, 9, 29))})}},
     "bank_item_old", Weight.MEDIUM),
    ({"stock": {"susu": StockItem(book_thousandths=4_000, counted_thousandths=4_000, unit_cost=9_000,
                                  expires_on=date(2026, 10, 1))}, "stock_is_complete": None},
     "stock_expired", Weight.MEDIUM),
    ({"savings": {"a": SavingSample(confirmed=False)}}, "saver_denies", Weight.HIGH),
    ({"loans": {"p": LoanSample(agreement_seen=False)}}, "loan_without_agreement", Weight.MEDIUM),
    ({"loans": {"p": LoanSample(instalment_period="one_to_three_months", principal_arrears_months=4)}},
     "loan_grade", Weight.MEDIUM),
    ({"state_building_recorded": True}, "state_building", Weight.HIGH),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "rule", "weight"), KEEPING)
def test_what_is_badly_kept_is_proposed_with_its_weight(
    changes: dict[str, Any], rule: str, weight: Weight
) -> None:
    found = {one.rule: one.weight for one in proposed(material(an_orderly_check(**changes)))}
    assert found == {rule: weight}


def test_a_building_of_the_village_is_asked_about_where_the_books_hold_a_building() -> None:
    ledger = lines({**ORDERLY_LINES, "1202": (40_000_000, 0), "3104": (0, 40_000_000)})
    given = material(an_orderly_check(lines=ledger), has_state_building=True)
    assert "state_building_asked" in {one.rule for one in proposed(given)}
    answered = replace(given, check=replace(given.check, state_building_recorded=False))
    assert proposed(answered) == ()


def test_the_heaviest_come_first() -> None:
    changes: dict[str, Any] = {"books": {"kas": Book(exists=False), "tamu": Book(exists=False)},
                               "members_in_simkopdes": 117}  # fmt: skip
    weights = [one.weight for one in proposed(material(an_orderly_check(**changes)))]
    assert weights == [Weight.HIGH, Weight.MEDIUM, Weight.LOW]
