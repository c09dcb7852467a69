"""What leaves a check: pages to print and sign, and the statement as a file for SIMKOPDES."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from kopdesk.reports.check_documents import page_facts, statement_content
from kopdesk.reports.typesetting import Paper, typeset
from kopdesk.rules.current import Rules
from kopdesk.storage.files import write_whole
from kopdesk.ui.documents.view import Prepared, file_name
from kopdesk.ui.session import Session
from kopdesk.usecases.checking import told_check
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
    facts = page_facts(
        template, told, rules, assistant=desk.owner.name, zone=session.zone, today=session.today
    )
    program = session.program
    document = typeset(
        template,
        facts,
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
        path = Path(chosen)
        is_named = path.suffix.lower() == f".{ending}"
        write_statement(form, ending, path if is_named else path.with_name(f"{path.name}.{ending}"))


def write_statement(form: CheckForm, ending: str, path: Path) -> None:
    """Made and written in the thread for it; the window tells when the disk has it."""
    assert form.form is not None, "a form that is open"
    session = form.session
    check_id, rules = form.form.key.id, form.rules

    def writing(desk: Desk) -> None:
        told = told_check(desk, check_id, rules, session.today)
        write_whole(path, statement_content(desk, told, rules, ending))

    told = _("Tersimpan: {file}").format(file=path.name)
    session.ask(writing, lambda _none: session.told.emit(told), owner=form)
