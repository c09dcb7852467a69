"""The form of a visit: what takes a minute first, the rest folded."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.records import Leaves
from kopdesk.domain.visit import Duty, Visit, VisitState
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.forms.rows import RowColumn, RowsEditor
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import plain, primary, quiet
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.fields import Field, LineField, TextField
from kopdesk.ui.widgets.frames import Fold, Scroll
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.labels import path_label
from kopdesk.wording.reasons import reason_sentence


class VisitForm(RecordForm):
    """Date above, then who, why, what was found and agreed. Everything is saved as it is left."""

    close_requested = Signal()
    deleted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "visit", parent)
        self._title = LineLabel("", "title")
        self._state = PlainLabel("", "small")
        self._purposes = self._make_purposes()
        self._people = self.rows_of(self._make_people())
        self._findings = self.rows_of(self._make_findings())
        self._seal = primary(_("Kunci kunjungan"), self.seal)
        self._print = plain(_("Cetak berita acara"), lambda: session.act_requested.emit("print"), "print")
        self._delete = quiet(_("Hapus"), self.delete, "delete")
        self._undo = quiet(_("Urungkan"), self.presenter.undo, "undo")
        foot = row(self._seal, self._print, None, self._undo, self._delete, margin=(0, SMALL, 0, 0))
        head = column(self._title, self._state, gap=0)
        body = Scroll(self._content())
        self.setLayout(column(head, body, foot, gap=SMALL, wide=1))
        self.shown.connect(self._on_shown)

    @property
    def first(self) -> QWidget:
        """Where one begins to type."""
        return self.fields["visited_on"].control

    def show_title(self, cooperative_name: str) -> None:
        """Whose visit it is."""
        self._title.setText(cooperative_name)

    def open_folds(self) -> None:
        """Everything is in sight."""
        for fold in self.folds.values():
            fold.open()

    def seal(self) -> None:
        """Lock it, if nothing is missing; after that only corrections and additions are written."""
        self.leave()
        if self.form is None:
            return
        missing = _missing(self.form)
        if missing:
            fault = ForbiddenChange("visit", "state", f"needs_{missing[0]}")
            self._state.show_tone("bad")
            self._state.setText(reason_sentence(fault.reason))
            return
        now = self.session.program.now()
        self.presenter.save({"state": VisitState.SEALED, "sealed_at": f"{now:%Y-%m-%dT%H:%M:%SZ}"})

    def delete(self) -> None:
        """It goes, and can be undone."""
        self.leave()
        self.presenter.delete()

    def _content(self) -> QWidget:
        day = self.field("visited_on")
        mode = self.field("mode")
        self.field("agreement", _("Yang disepakati"))
        more = Fold(_("Waktu dan tempat"))
        times = row(self.field("start_time"), self.field("end_time"), self.field("place"), gap=MEDIUM, wide=2)
        more.body.addLayout(times)
        where = row(self.field("latitude"), self.field("longitude"), gap=MEDIUM)
        more.body.addLayout(where)
        more.body.addWidget(self.field("signal"))
        notes = Fold(_("Pokok bahasan dan catatan"))
        notes.body.addWidget(self.field("topics"))
        notes.body.addWidget(self.field("notes"))
        self.folds = {"place": more, "notes": notes}
        inner = column(
            row(day, mode, None, gap=LARGE),
            Field(_("Siapa yang ditemui"), self._people),
            Field(_("Tujuan"), self._purposes),
            Field(_("Yang ditemukan"), self._findings),
            self.fields["agreement"],
            more,
            notes,
            None,
            gap=LARGE,
        )
        return widget_of(inner)

    def _make_purposes(self) -> Chips:
        chips = Chips([(duty.value, choice_label(Duty, duty)) for duty in Duty], many=True)
        chips.changed.connect(self._on_purposes)
        return chips

    def _make_people(self) -> RowsEditor:
        columns = (
            RowColumn(
                "name", path_label("visit", "attendees/*/name").split(" › ")[-1].capitalize(), LineField, 2
            ),
            RowColumn(
                "position",
                path_label("visit", "attendees/*/position").split(" › ")[-1].capitalize(),
                LineField,
                1,
            ),
        )
        random = self.session.program.random_bytes
        return RowsEditor("attendees", columns, _("Tambah orang"), _("Hapus orang ini"), random)

    def _make_findings(self) -> RowsEditor:
        columns = (RowColumn("text", _("Temuan"), partial(TextField, 2)),)
        random = self.session.program.random_bytes
        return RowsEditor("findings", columns, _("Tambah temuan"), _("Hapus temuan ini"), random)

    def _on_purposes(self, chosen: tuple[str, ...]) -> None:
        assert self.form is not None
        before = {duty.value for duty in Duty if self.form.leaves.get(f"purposes/{duty}") is True}
        changed = before.symmetric_difference(chosen)
        values: Leaves = {f"purposes/{word}": word in chosen or None for word in sorted(changed)}
        if values:
            self.presenter.save(values)

    def _on_shown(self, form: OpenForm) -> None:
        is_sealed = form.leaves.get("state") == VisitState.SEALED
        self._purposes.show_chosen([d.value for d in Duty if form.leaves.get(f"purposes/{d}") is True])
        may_write = not (is_sealed or form.is_read_only or form.is_deleted)
        for widget in (self._purposes, *(field.control for field in self.fields.values())):
            widget.setEnabled(may_write)
        for editor in self.rows:
            editor.allow(is_allowed=may_write)
        self._seal.setVisible(may_write)
        self._seal.setEnabled(not form.is_new)
        self._delete.setVisible(may_write)
        self._undo.setVisible(may_write or self.presenter.can_undo)
        self._delete.setEnabled(not form.is_new)
        self._print.setEnabled(not form.is_new)
        self._undo.setEnabled(self.presenter.can_undo)
        self._state.show_tone("")
        self._state.setText(_state_told(form))
        if form.is_deleted:
            self.deleted.emit()


def _missing(form: OpenForm) -> tuple[str, ...]:
    return Visit.from_leaves(form.key.id, form.cooperative_id, form.leaves).missing_to_seal()


def _state_told(form: OpenForm) -> str:
    if form.is_deleted:
        return _("Dihapus. Bisa diurungkan.")
    if form.is_read_only:
        return _("Hanya bisa dibaca: koperasi ini bukan dampingan Anda lagi.")
    if form.leaves.get("state") == VisitState.SEALED:
        return _("Sudah dikunci. Tulis koreksi bila ada yang keliru.")
    if missing := _missing(form):
        names = {
            "date": _("tanggal"),
            "attendee": _("orang yang ditemui"),
            "purpose_or_finding": _("tujuan atau temuan"),
        }
        return _("Draf. Sebelum dikunci masih perlu: {what}.").format(
            what=", ".join(names[one] for one in missing)
        )
    return _("Draf, siap dikunci.")
