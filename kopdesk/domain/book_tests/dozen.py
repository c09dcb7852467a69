"""All twelve at once."""

from kopdesk.domain.book_tests import ledger, parts
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.outcome import TestResult


def run_tests(material: Material) -> tuple[TestResult, ...]:
    """In their order; also of a check that is half filled."""
    return (
        ledger.position(material),
        ledger.trial_balance(material),
        ledger.cash_book(material),
        parts.cash_count(material),
        parts.bank(material),
        parts.savings(material),
        parts.loans(material),
        parts.stock(material),
        ledger.result(material),
        ledger.opening(material),
        ledger.revenue(material),
        parts.members(material),
    )
