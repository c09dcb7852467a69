"""The tests within and between the books: trial balance, cash book, statements, the period before, sales."""

from collections.abc import Iterator

from kopdesk.domain.book_tests.material import Material, month_before, of_statement
from kopdesk.domain.book_tests.outcome import (
    BookTest,
    Case,
    Figure,
    Source,
    TestResult,
    compared,
    not_testable,
    result_of,
)
from kopdesk.domain.chart import AccountRole
from kopdesk.domain.statement import CASH_KEY, RESULT_KEY, PeriodKind, Statement
from kopdesk.domain.statement_totals import STATED, Totals, totals
from kopdesk.domain.trial_balance import balance_of, balance_sums


def totals_of(statement: Statement) -> Totals:
    """All totals of a statement."""
    return totals(statement.position, statement.results, statement.units)


def position(material: Material) -> TestResult:
    """1: assets are liabilities and equity."""
    statement = material.statement
    if statement is None or not statement.position:
        return result_of(BookTest.POSITION, (), nothing="no_statement")
    found = totals_of(statement)
    case = compared(
        "position",
        of_statement(statement, "assets", found.assets, "position"),
        of_statement(statement, "liabilities_and_equity", found.liabilities + found.equity, "position"),
        missing="no_statement",
    )
    return TestResult(test=BookTest.POSITION, cases=(case, *identities(statement)))


def identities(statement: Statement) -> Iterator[Case]:
    """Totals as printed against totals as recomputed. Reference: institution.md §1.6."""
    found = totals_of(statement)
    for key, name in STATED.items():
        if key in statement.stated:
            yield compared(
                "stated",
                of_statement(statement, "stated", statement.stated[key], f"stated/{key}"),
                of_statement(statement, "recomputed", getattr(found, name), _group(key)),
                missing="",
                subject=f"stated/{key}",
            )


def _group(key: str) -> str:
    return "position" if key in ("total_aset", "total_liabilitas", "total_ekuitas") else "results"


def trial_balance(material: Material) -> TestResult:
    """2: debit is credit; also the opening balances add up to nought."""
    lines = material.check.lines
    if not lines:
        return result_of(BookTest.TRIAL_BALANCE, (), nothing="no_lines")
    sums, end = balance_sums(lines, material.chart), material.period_end
    cases = [
        compared(
            "trial_balance",
            Figure(name="debit", amount=sums.debit, path="lines", as_of=end),
            Figure(name="credit", amount=sums.credit, path="lines", as_of=end),
            missing="",
        )
    ]
    openings = [line.opening for line in lines.values() if line.opening is not None]
    if openings:
        debit = sum(amount for amount in openings if amount > 0)
        cases.append(
            compared(
                "opening_balance",
                Figure(name="opening_debit", amount=debit, path="lines"),
                Figure(name="opening_credit", amount=debit - sum(openings), path="lines"),
                missing="",
            )
        )
    return TestResult(test=BookTest.TRIAL_BALANCE, cases=tuple(cases))


def cash_book(material: Material) -> TestResult:
    """3: the cash book adds up, and its last row is what trial balance and statement say of cash."""
    check, statement = material.check, material.statement
    last_row = material.of_check("cash_book", "cash_book_balance")
    cases = [
        compared("running", last_row, _running(material), missing="no_cash_book_columns"),
        compared(
            "cash_ledger", last_row, material.ledger("ledger", AccountRole.CASH), missing="no_cash_in_lines"
        ),
    ]
    stated = statement.position.get(CASH_KEY) if statement is not None else None
    cases.append(
        compared(
            "cash_statement",
            last_row,
            of_statement(statement, "statement", stated, f"position/{CASH_KEY}"),
            missing="no_cash_in_statement",
        )
    )
    if last_row is None and check.cash_book_opening is None:
        return result_of(BookTest.CASH_BOOK, (), nothing="no_cash_book")
    return TestResult(test=BookTest.CASH_BOOK, cases=tuple(cases))


def _running(material: Material) -> Figure | None:
    """Opening, and what came in less what went out."""
    check = material.check
    parts = (check.cash_book_opening, check.cash_book_received, check.cash_book_paid)
    if None in parts:
        return None
    amount = (parts[0] or 0) + (parts[1] or 0) - (parts[2] or 0)
    return Figure(name="running", amount=amount, path="cash_book_received", as_of=material.period_end)


def result(material: Material) -> TestResult:
    """9: the result is the same in both statements, and the cash flow is what cash moved by."""
    statement = material.statement
    if statement is None:
        return result_of(BookTest.RESULT, (), nothing="no_statement")
    found = totals_of(statement)
    has_results = bool(statement.results or statement.units)
    cases = [
        compared(
            "result",
            of_statement(statement, "recomputed", found.result, "results") if has_results else None,
            of_statement(statement, "position", statement.position.get(RESULT_KEY), f"position/{RESULT_KEY}"),
            missing="no_results",
        ),
        *_cash_flow(material, statement),
    ]
    return TestResult(test=BookTest.RESULT, cases=tuple(cases))


def _cash_flow(material: Material, statement: Statement) -> Iterator[Case]:
    flow, prior = statement.cash_flow, material.prior_statement
    if not flow:
        yield not_testable("cash_flow", "no_cash_flow")
        return
    moved = sum(flow.get(f"arus_{kind}", 0) for kind in ("operasi", "investasi", "pendanaan"))
    begin = flow.get("kas_awal")
    if begin is None and prior is not None:
        begin = prior.position.get(CASH_KEY)
    end = statement.position.get(CASH_KEY, flow.get("kas_akhir"))
    change = None if begin is None or end is None else end - begin
    yield compared(
        "cash_flow",
        of_statement(statement, "flows", moved, "cash_flow"),
        of_statement(statement, "cash_change", change, f"position/{CASH_KEY}"),
        missing="no_cash_change",
    )
    if "kas_akhir" in flow and CASH_KEY in statement.position:
        yield compared(
            "cash_end",
            of_statement(statement, "cash_end", flow["kas_akhir"], "cash_flow/kas_akhir"),
            of_statement(statement, "position", statement.position[CASH_KEY], f"position/{CASH_KEY}"),
            missing="",
        )


def opening(material: Material) -> TestResult:
    """10: what the period before ended with is what this one began with."""
    cases = [*_opening_position(material), *_opening_lines(material)]
    return result_of(BookTest.OPENING, cases, nothing="no_period_before")


def _opening_position(material: Material) -> Iterator[Case]:
    statement, prior = material.statement, material.prior_statement
    if statement is None or prior is None or not statement.opening:
        return
    for key in sorted(statement.opening.keys() | prior.position.keys()):
        now, before = statement.opening.get(key, 0), prior.position.get(key, 0)
        if now or before:
            yield compared(
                "opening_position",
                of_statement(statement, "opening", now, f"opening/{key}"),
                of_statement(prior, "closing", before, f"position/{key}", source=Source.PRIOR_STATEMENT),
                missing="",
                subject=f"position/{key}",
            )


def _opening_lines(material: Material) -> Iterator[Case]:
    """Accounts of the position only: income and expenses begin anew with the book year."""
    previous, period = material.previous_check, material.check.period
    if all(line.opening is None for line in material.check.lines.values()):
        return
    if previous is None or not previous.lines or not period or previous.period != month_before(period):
        yield not_testable("opening_account", "month_before_not_checked")
        return
    for number, line in sorted(material.check.lines.items()):
        if line.opening is None or not _runs_on(material, number):
            continue
        before = balance_of(previous.lines[number]) if number in previous.lines else 0
        yield compared(
            "opening_account",
            Figure(name="opening", amount=line.opening, path=f"lines/{number}/opening"),
            Figure(
                name="closing",
                amount=before,
                source=Source.PREVIOUS_CHECK,
                path=f"lines/{number}",
                as_of=previous.checked_on,
            ),
            missing="",
            subject=f"lines/{number}",
        )


def _runs_on(material: Material, number: str) -> bool:
    account = material.chart.accounts.get(number)
    return account is None or bool(account.key and not account.kind.startswith(("income", "expense", "tax")))


def revenue(material: Material) -> TestResult:
    """11: what was reported for PPh Final is what the books sold since the book year began."""
    reported = material.of_check("reported", "reported_revenue")
    if reported is None:
        return result_of(BookTest.REVENUE, (), nothing="no_reported_revenue")
    booked = material.ledger("ledger", AccountRole.REVENUE) or _statement_revenue(material.statement)
    case = compared("revenue", booked, reported, missing="no_revenue")
    return TestResult(test=BookTest.REVENUE, cases=(case,))


def _statement_revenue(statement: Statement | None) -> Figure | None:
    """Of a statement of the year; one of a quarter speaks of another span."""
    since_new_year = (PeriodKind.YEAR, PeriodKind.YEAR_TO_DATE)
    if statement is None or not statement.units or statement.period_kind not in since_new_year:
        return None
    return of_statement(statement, "statement", totals_of(statement).revenue, "units")
