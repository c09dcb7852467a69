"""The bookkeeping check of the demo's field day, through the use cases an assistant's hands would call."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter

from kopdesk.rules.current import current_rules
from kopdesk.sample.field_day import FieldDay
from kopdesk.sheets.mapping import TRIAL_BALANCE, proposed_mapping
from kopdesk.sheets.reading import read_sheets_apart
from kopdesk.sheets.trial_balance import evidence_of, imported_lines
from kopdesk.usecases.checking import CheckTold, PromiseWords, due_after, promise_mending, told_check
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.records import put_record
from kopdesk.wording.checking import case_text, subjects_of
from kopdesk.wording.dates import date_text
from kopdesk.wording.proposed import Names, proposal_text

RULES = current_rules()


def write_check(desk: Desk, day: FieldDay, visit_id: UUID, spreadsheet: Path) -> UUID:
    """The check with its cash count, then the trial balance out of the treasurer's spreadsheet."""
    assert day.check is not None, "a day on which books are checked"
    where = {"cooperative_id": str(day.cooperative.id), "visit_id": str(visit_id)}
    check_id = put_record(desk, "book_check", {**where, **day.check.document}).key.id
    _save_spreadsheet(spreadsheet, day.check.ledger)
    put_record(desk, "book_check", {"id": str(check_id), "lines": _read_lines(spreadsheet)})
    return check_id


def _save_spreadsheet(path: Path, rows: tuple[tuple[str | int | None, ...], ...]) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Neraca saldo")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()


def _read_lines(path: Path) -> Mapping[str, Mapping[str, Any]]:
    (sheet,) = read_sheets_apart(path)
    mapped = proposed_mapping(sheet, TRIAL_BALANCE)
    writings = {name: one.writing for name, one in evidence_of(sheet, mapped).items()}
    found = imported_lines(sheet, mapped, writings, RULES.chart, {})
    return {line.account: {"name": line.name, **line.amounts} for line in found.lines}


def faults_told(told: CheckTold) -> Iterator[str]:
    """Every comparison that does not come out, with its difference."""
    subjects = subjects_of(told.check, RULES.chart, told.report.results, is_syariah=told.is_syariah)
    for result in told.report.results:
        for case in result.failed:
            yield f"Uji {result.test.number}: {case_text(case, subjects.get(case.subject, ''))}."


def promise_all(desk: Desk, told: CheckTold, today: date) -> Iterator[str]:
    """What was proposed becomes findings and promises, one commit each."""
    names = Names(told.check, RULES.chart, {book.code: book.name for book in RULES.books.books})
    for proposal in told.report.open_proposals:
        text = proposal_text(proposal, names)
        responsible = f"{told.treasurer} (bendahara)"
        due = due_after(proposal, today)
        words = PromiseWords(text.finding, text.cause, text.recommendation, text.promise, responsible, due)
        promise_mending(desk, told_check(desk, told.check.id, RULES, today), proposal, words, RULES, today)
        yield f"{text.promise.rstrip('.')} ({responsible}, paling lambat {date_text(due)})"


def conclude_check(desk: Desk, day: FieldDay, check_id: UUID) -> None:
    """Signed, and fixed from then on."""
    assert day.check is not None, "a day on which books are checked"
    put_record(
        desk,
        "book_check",
        {
            "id": str(check_id),
            "conclusion": day.check.conclusion,
            "summary": day.check.summary,
            "state": "concluded",
        },
    )
