"""Statements that follow from a trial balance by the chart of accounts."""

from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.book_check import TrialBalanceLine
from kopdesk.domain.statement_totals import totals
from kopdesk.domain.trial_balance import balance_sums, derived_statements
from kopdesk.rules.chart_of_accounts import chart_of_accounts
from tests.support.checks import ORDERLY_LINES, an_orderly_statement, lines

CHART = chart_of_accounts()
NUMBERS = sorted(CHART.accounts)


def test_the_statement_that_follows_is_the_one_an_accountant_would_write() -> None:
    derived, expected = derived_statements(lines(), CHART), an_orderly_statement()
    assert derived.position == expected.position
    assert derived.results == expected.results
    assert derived.units == expected.units
    assert derived.unknown == ()


def test_an_account_that_is_not_in_the_chart_is_named_and_counts_in_the_sums() -> None:
    ledger = lines({**ORDERLY_LINES, "9999": (7, 0)})
    assert derived_statements(ledger, CHART).unknown == ("9999",)
    assert balance_sums(ledger, CHART).difference == 7


amounts = st.integers(-(10**12), 10**12)
books = st.dictionaries(st.sampled_from(NUMBERS), st.tuples(amounts, amounts), max_size=40)


@given(books)
def test_a_statement_balances_exactly_when_its_trial_balance_does(given: dict[str, tuple[int, int]]) -> None:
    ledger = {n: TrialBalanceLine(debit=debit, credit=credit) for n, (debit, credit) in given.items()}
    derived = derived_statements(ledger, CHART)
    found = totals(derived.position, derived.results, derived.units)
    assert found.imbalance == balance_sums(ledger, CHART).difference
