"""What leaves a check: the facts of its pages, and the statement as a file for SIMKOPDES."""

from datetime import date

from kopdesk.reports.checks import Facts, Letterhead, cash_facts, check_facts
from kopdesk.rules.current import Rules
from kopdesk.usecases.checking import CheckTold, statements_for
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.errors import NoStatement


def page_facts(
    template: str, told: CheckTold, rules: Rules, *, assistant: str, zone: str, today: date
) -> Facts:
    """Of "cash_count" or "book_check". `assistant`: who examined; `zone`: where the clock stands."""
    head = Letterhead(cooperative=told.cooperative, address=told.address, assistant=assistant, zone=zone)
    check = told.check
    if template == "cash_count":
        return cash_facts(check, head, rules.tender.counted(check.checked_on or today, with_optional=False))
    books = {book.code: book.name for book in rules.books.books}
    return check_facts(check, told.report, head, books, rules.version, is_syariah=told.is_syariah)


def statement_content(desk: Desk, told: CheckTold, rules: Rules, ending: str) -> bytes:
    """`ending`: "xlsx" or "json". Raises NoStatement."""
    found = statements_for(desk, told)
    if found is None:
        raise NoStatement(told.check.period or "")
    from kopdesk.reports.statement_files import statement_file, usual_signers  # xlsxwriter is seldom needed
    from kopdesk.reports.statement_sheets import SheetsOf

    given = SheetsOf(
        cooperative=told.cooperative,
        statement=found.statement,
        rapb=found.rapb,
        chart=rules.chart,
        layout=rules.layout,
        is_syariah=told.is_syariah,
        signers=usual_signers(told.treasurer),
    )
    return statement_file(given, found.nik, ending)
