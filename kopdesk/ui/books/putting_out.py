"""What leaves a check: pages to print and sign, and the statement as a file for SIMKOPDES."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from kopdesk.reports.checks import CheckPages, Letterhead
from kopdesk.reports.typesetting import Paper, typeset
from kopdesk.rules.current import Rules
from kopdesk.storage.files import write_whole
from kopdesk.ui.documents.view import Prepared, file_name
from kopdesk.ui.session import Session
from kopdesk.usecases.checking import statements_for, told_check
from kopdesk.usecases.errors import NoStatement
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import month_text

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm
    from kopdesk.usecases.desk import Desk


def prepare_page(
    template: str, check_id: UUID, rules: Rules, session: Session, desk: Desk, paper: Paper, width: int
) -> Prepared:
    """`template`: "book_check" or "cash_count"."""
    told = told_check(desk, check_id, rules, session.today)
    pages = CheckPages(
        check=told.check,
        report=told.report,
        head=Letterhead(
            cooperative=told.cooperative, address=told.address, assistant=desk.owner.name, zone=session.zone
        ),
        rules=rules,
        is_syariah=told.is_syariah,
        day=told.check.checked_on or session.today,
    )
    program = session.program
    document = typeset(
        template,
        pages.facts(template),
        own_templates=program.templates,
        paper=paper,
        is_training=program.is_training,
        screen_width=width,
    )
    title = _("Berita acara kas") if template == "cash_count" else _("Ringkasan pemeriksaan")
    return Prepared(document, file_name(title, told.cooperative, month_text(told.check.period or "")))


def save_statement(form: CheckForm, ending: str) -> None:
    """Ask for a place and write the statement there, as a spreadsheet or as JSON."""
    opened = form.form
    if opened is None:
        return
    kinds = {"xlsx": _("Lembar kerja"), "json": "JSON"}
    name = file_name(_("Laporan keuangan"), str(opened.leaves.get("period") or ""))
    proposed = str(Path.home() / f"{name}.{ending}")
    chosen, _filter = QFileDialog.getSaveFileName(
        form, _("Simpan laporan keuangan"), proposed, f"{kinds[ending]} (*.{ending})"
    )
    if chosen:
        write_statement(form, ending, Path(chosen))


def write_statement(form: CheckForm, ending: str, path: Path) -> None:
    """Made and written in the thread for it; the window tells when the disk has it."""
    assert form.form is not None, "a form that is open"
    session = form.session
    made = partial(_statement_file, form.form.key.id, form.rules, session, ending)

    def writing(desk: Desk) -> None:
        write_whole(path, made(desk))

    told = _("Tersimpan: {file}").format(file=path.name)
    session.ask(writing, lambda _none: session.told.emit(told), owner=form)


def _statement_file(check_id: UUID, rules: Rules, session: Session, ending: str, desk: Desk) -> bytes:
    told = told_check(desk, check_id, rules, session.today)
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
