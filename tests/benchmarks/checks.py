"""How long the twelve tests take: python -m tests.benchmarks.checks. Thirty accounts, twenty books."""

import time
from dataclasses import replace
from statistics import median

from kopdesk.domain.book_check import Book, TrialBalanceLine
from kopdesk.domain.book_tests.report import check_report
from kopdesk.domain.cash_count import CashCount
from kopdesk.rules.books import books
from kopdesk.rules.chart_of_accounts import chart_of_accounts
from tests.support.checks import an_orderly_check, material

RUNS = 200


def milliseconds() -> float:
    """Of one whole recalculation, findings and likely slips included."""
    numbers = [number for number in chart_of_accounts().accounts if "-" not in number][:30]
    lines = {number: TrialBalanceLine(debit=1_000 * at + 540_000) for at, number in enumerate(numbers)}
    shelf = {
        book.code: Book(exists=True, up_to_date=at % 2 == 0) for at, book in enumerate(books().books[:20])
    }
    kinds = {"100000": 1, "50000": 2, "20000": 3, "10000": 4, "5000": 5, "2000": 6, "1000": 7}
    till = CashCount(
        book_balance=1_000_000, note=kinds, coin={"1000": 1, "500": 2, "200": 3, "100": 4, "50": 5}
    )
    given = material(replace(an_orderly_check(), lines=lines, books=shelf, cash={"gerai": till}))
    times = []
    for _run in range(RUNS):
        begin = time.perf_counter()
        check_report(given)
        times.append(time.perf_counter() - begin)
    return median(times) * 1000


if __name__ == "__main__":
    print(f"twelve tests of a check: {milliseconds():.2f} ms")
