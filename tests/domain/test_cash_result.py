"""The count of a till, as finance.md §3.1 has it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kopdesk.domain.cash_count import CashCount, Direction, NotCash, OtherItem, Voucher
from kopdesk.domain.cash_result import cash_result
from kopdesk.domain.errors import InvalidField

NOTES, COINS = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000), (1_000, 500, 200, 100)
Money = some.integers(min_value=0, max_value=10**12)


def pieces(of: tuple[int, ...]) -> some.SearchStrategy[Mapping[str, int]]:
    return some.dictionaries(some.sampled_from([str(one) for one in of]), some.integers(0, 10_000))


def test_a_shortage_is_found_to_the_rupiah() -> None:
    count = CashCount(note={"50000": 9, "10000": 3, "2000": 2}, coin={"500": 1}, book_balance=529_500)
    result = cash_result(count)
    assert result.counted == 9 * 50_000 + 3 * 10_000 + 2 * 2_000 + 1 * 500 == 484_500
    assert (result.expected, result.difference) == (529_500, 484_500 - 529_500)
    assert result.is_within_tolerance is False


def test_what_is_no_cash_is_listed_and_never_counted() -> None:
    others = {
        "a": OtherItem(kind=NotCash.IOU, amount=100_000),
        "b": OtherItem(kind=NotCash.REVOKED_MONEY, amount=1_000),
        "c": OtherItem(kind=NotCash.STAMP),
    }
    result = cash_result(CashCount(note={"100000": 1}, others=others, book_balance=200_000))
    assert (result.counted, result.listed, result.difference) == (100_000, 101_000, -100_000)


def test_a_count_on_another_day_is_rolled_back() -> None:
    count = CashCount(note={"100000": 5}, received_since=150_000, paid_since=30_000, book_balance=380_000)
    result = cash_result(count)
    assert result.on_balance_day == 500_000 + 30_000 - 150_000
    assert (result.difference, result.is_within_tolerance) == (0, True)


def test_vouchers_that_are_not_booked_yet_belong_to_the_book() -> None:
    vouchers = {
        "a": Voucher(direction=Direction.OUT, amount=45_000),
        "b": Voucher(direction=Direction.IN, amount=20_000),
        "c": Voucher(direction="of a newer program", amount=7_000),
    }
    result = cash_result(CashCount(note={"100000": 1}, vouchers=vouchers, book_balance=125_000))
    assert (result.unbooked, result.expected, result.difference) == (-25_000, 100_000, 0)


@pytest.mark.parametrize(("tolerance", "within"), [(None, False), (499, False), (500, True)])
def test_the_tolerance_is_nought_where_none_was_agreed(tolerance: int | None, within: bool) -> None:
    count = CashCount(coin={"500": 1}, book_balance=1_000, tolerance=tolerance)
    assert cash_result(count).is_within_tolerance is within


def test_half_filled_it_says_what_can_be_said() -> None:
    result = cash_result(CashCount(note={"20000": 2}))
    assert result.counted == 40_000
    assert (result.expected, result.difference, result.is_within_tolerance) == (None, None, None)


@pytest.mark.parametrize("denomination", ["", "0", "-100", "1.000", "١٠٠", "Rp500"])
def test_a_denomination_that_is_no_amount_is_named(denomination: str) -> None:
    with pytest.raises(InvalidField) as refused:
        cash_result(CashCount(coin={denomination: 1}))
    assert refused.value.path == f"coin/{denomination}"


@given(pieces(NOTES), pieces(COINS), Money, Money, Money)
def test_any_money_in_a_till_is_the_sum_of_its_pieces(
    note: Mapping[str, int], coin: Mapping[str, int], book: int, received: int, paid: int
) -> None:
    result = cash_result(
        CashCount(note=note, coin=coin, book_balance=book, received_since=received, paid_since=paid)
    )
    one_by_one = [int(one) for group in (note, coin) for one, number in group.items() for _ in range(number)]
    assert result.counted == sum(one_by_one)
    assert result.difference is not None
    assert result.counted + paid == result.difference + book + received
