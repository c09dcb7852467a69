"""What leaves a plan: a spreadsheet that computes, or JSON for SIMKOPDES."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from kopdesk.storage.files import write_whole
from kopdesk.ui.documents.view import file_name
from kopdesk.usecases.planning import told_plan
from kopdesk.wording.catalogue import _

if TYPE_CHECKING:
    from kopdesk.ui.plans.plan_form import PlanForm
    from kopdesk.usecases.desk import Desk


def save_plan(form: PlanForm) -> None:
    """Ask for a place; its ending says which of both it is."""
    form.leave()
    if form.form is None or form.form.is_new:
        return
    name = file_name(_("Rencana usaha"), form.form.cooperative_name)
    kinds = f"{_('Lembar kerja')} (*.xlsx);;JSON (*.json)"
    proposed = str(Path.home() / f"{name}.xlsx")
    chosen, kind = QFileDialog.getSaveFileName(form, _("Simpan rencana usaha"), proposed, kinds)
    if chosen:
        path = Path(chosen)
        if path.suffix.lower() not in (".xlsx", ".json"):
            path = path.with_name(path.name + (".json" if "json" in kind else ".xlsx"))
        write_plan(form, path)


def write_plan(form: PlanForm, path: Path) -> None:
    """Made and written in the thread for it, from what is on the disk; the window tells when it is there."""
    assert form.form is not None, "a form that is open"
    session, plan_id, rules = form.session, form.form.key.id, form.rules

    def writing(desk: Desk) -> None:
        from kopdesk.reports.plan_files import plan_file  # with all of the spreadsheet's library

        told = told_plan(desk, plan_id, rules, session.today)
        write_whole(path, plan_file(told, path.suffix.lower().lstrip(".")))

    told = _("Tersimpan: {file}").format(file=path)
    session.ask(writing, lambda _none: session.told.emit(told), owner=form)
