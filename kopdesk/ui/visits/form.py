"""The form of a visit: what takes a minute first, the rest folded."""

from functools import partial
from pathlib import Path
from time import monotonic
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.officer import Position
from kopdesk.domain.records import Leaves
from kopdesk.domain.visit import Duty, Visit, VisitState
from kopdesk.ui.forms.after_seal import AfterSeal, choose_signed_page
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.forms.rows import RowAction, RowColumn, RowsEditor
from kopdesk.ui.photos.panel import PATTERN, PhotosPanel
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.visits.place import PlaceFields
from kopdesk.ui.visits.promises import PromisesPanel
from kopdesk.ui.widgets.buttons import plain, primary, quiet
from kopdesk.ui.widgets.chips import Chips, Flow
from kopdesk.ui.widgets.fields import Field, LineField, TextField
from kopdesk.ui.widgets.frames import Fold, Scroll
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.suggesting import SuggestField
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.overview import open_promises_of_visit
from kopdesk.usecases.photos import Photo
from kopdesk.usecases.suggestions import KnownPerson, Suggestions, suggestions
from kopdesk.wording.catalogue import _, many
from kopdesk.wording.choices import choice_label
from kopdesk.wording.labels import lowered, path_label
from kopdesk.wording.later import corrected
from kopdesk.wording.reasons import reason_sentence

_SECOND_PRESS_S = 0.6
"""Sooner than this it belongs to the first: fingers press twice."""


class VisitForm(RecordForm):
    """Date above, then who, why, what was found and agreed. Everything is saved as it is left."""

    close_requested = Signal()
    deleted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._may_write = True
        super().__init__(session, "visit", parent)
        self._title = LineLabel("", "title")
        self._state = PlainLabel("", "small")
        self._purposes = self._make_purposes()
        self._people = self.rows_of(self._make_people())
        self.promises = PromisesPanel(session)
        self.promises.adding.connect(self._be_there)
        self._findings = self.rows_of(self._make_findings())
        self.photos = PhotosPanel(session)
        self.photos.taking.connect(self._be_there)
        self.photos.shown.connect(self._on_photos)
        self.after_seal = AfterSeal(
            session, "visit", VisitState.SEALED, may_be_missing=[f"purposes/{duty}" for duty in Duty]
        )
        self.after_seal.written.connect(partial(self.presenter.save, for_good=True))
        self._people_known: dict[str, KnownPerson] = {}
        self._shown_of: UUID | None = None
        self._scrolled_for: tuple[UUID, bool] | None = None
        self._seal = primary(_("Kunci kunjungan"), self.ask_seal)
        self._asked_at: float | None = None
        self._sign = plain(_("Pasang foto bertanda tangan …"), self._choose_signed, "photo")
        self._print = plain(_("Cetak berita acara"), lambda: session.act_requested.emit("print"), "print")
        self._delete = quiet(_("Hapus"), self.delete, "delete")
        undo = self.undo_button()
        foot = Flow()
        for button in (self._seal, self._print, self._sign, undo, self._delete):
            foot.addWidget(button)
        head = column(self._title, self._state, gap=0)
        self._body = Scroll(self._content())
        self.setLayout(column(head, self._body, foot, gap=SMALL, wide=1))
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

    def ask_seal(self) -> None:
        """There is no way back: the first press asks, a second one locks. A double click is one press."""
        self.when_saved(self._ask_or_seal)

    def _ask_or_seal(self) -> None:
        if self._asked_at is None and self.form is not None and not _missing(self.form):
            self._asked_at = monotonic()
            self._seal.setText(_("Ya, kunci sekarang"))
            self._tell_state(self.form)
        elif self._asked_at is None or monotonic() - self._asked_at > _SECOND_PRESS_S:
            self.seal()

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
        sealed: Leaves = {"state": VisitState.SEALED, "sealed_at": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
        self.presenter.save(sealed, for_good=True)

    def leave(self) -> None:
        """Take over what is being typed, in the promises as well."""
        super().leave()
        self.promises.leave()
        self.after_seal.leave()

    def delete_chosen(self) -> None:
        """The row or promise that has the keyboard, or the whole visit."""
        for editor in self.rows:
            if key := editor.current:
                editor.remove(key)
                return
        if (promise := self.promises.current) is not None:
            promise.delete()
            return
        self.delete()

    def promise_chosen(self) -> None:
        """The finding that has the keyboard becomes a promise."""
        if key := self._findings.current:
            self._promise_of(key)

    def delete(self) -> None:
        """It goes with the promises that are still to be kept, and all can be undone together."""
        self.leave()
        if self.form is not None:
            self.presenter.delete(partial(open_promises_of_visit, visit_id=self.form.key.id))

    def _content(self) -> QWidget:
        day = self.field("visited_on")
        mode = self.field("mode")
        self.field("agreement", _("Yang disepakati"))
        more = Fold(_("Waktu dan tempat"))
        self._place = SuggestField()
        place = self.field("place", control=self._place)
        times = row(self.field("start_time"), self.field("end_time"), place, gap=MEDIUM, wide=2)
        more.body.addLayout(times)
        self.place_fields = PlaceFields(self)
        self.photos.shown.connect(self.place_fields.show_photos)
        more.body.addWidget(self.place_fields)
        more.body.addWidget(self.field("signal"))
        notes = Fold(_("Pokok bahasan dan catatan"))
        notes.body.addWidget(self.field("topics"))
        notes.body.addWidget(self.field("notes"))
        self.folds = {"place": more, "notes": notes}
        first = row(day, mode, None, gap=LARGE)
        for field in (day, mode):
            first.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self._found = Field(_("Yang ditemukan"), self._findings)
        inner = column(
            self.after_seal,
            first,
            Field(_("Siapa yang ditemui"), self._people),
            Field(_("Tujuan"), self._purposes),
            self._found,
            self.fields["agreement"],
            Field(many("Janji"), self.promises),
            Field(_("Foto"), self.photos),
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
                "name",
                path_label("visit", "attendees/*/name").split(" › ")[-1].capitalize(),
                self._person_field,
                3,
            ),
            RowColumn(
                "position",
                path_label("visit", "attendees/*/position").split(" › ")[-1].capitalize(),
                LineField,
                2,
            ),
        )
        random = self.session.program.random_bytes
        return RowsEditor("attendees", columns, _("Tambah orang"), _("Hapus orang ini"), random)

    def _make_findings(self) -> RowsEditor:
        columns = (RowColumn("text", _("Temuan"), partial(TextField, 2)),)
        random = self.session.program.random_bytes
        promise = RowAction("promise", _("Jadikan janji"), self._promise_of)
        return RowsEditor(
            "findings", columns, _("Tambah temuan"), _("Hapus temuan ini"), random, action=promise
        )

    def _person_field(self) -> SuggestField:
        field = SuggestField()
        field.suggest(list(self._people_known))
        return field

    def save_rows(self, values: Leaves) -> None:
        """An officer who is known is written down with position and number."""
        for path, value in list(values.items()):
            person = self._people_known.get(str(value)) if path.endswith("/name") else None
            row = path.removesuffix("name")
            if person is not None and self.form is not None and not self.form.leaves.get(f"{row}position"):
                values = {
                    **values,
                    f"{row}position": choice_label(Position, person.position) if person.position else None,
                    f"{row}officer_id": str(person.id),
                }
        self.presenter.save(values)

    def _promise_of(self, key: str) -> None:
        """What a finding says of its mending is where the promise begins; without that, what was found."""
        self.leave()
        leaves = self.presenter.typed  # what has just been typed is still on its way
        begun = {
            "promise": leaves.get(f"findings/{key}/recommendation") or leaves.get(f"findings/{key}/text"),
            "responsible": leaves.get(f"findings/{key}/responsible"),
            "due_on": leaves.get(f"findings/{key}/due_on"),
            "origin_path": f"findings/{key}",
        }
        self.promises.add({name: value for name, value in begun.items() if value is not None})

    def _be_there(self) -> None:
        """A photo or a promise needs a visit to belong to."""
        if self.form is not None and self.form.is_new:
            self.presenter.save({"visited_on": self.form.leaves.get("visited_on")})

    def _choose_signed(self) -> None:
        if chosen := choose_signed_page(self, PATTERN):
            self.photos.take_files([Path(chosen)], "signed_photo_id")

    def _on_photos(self, photos: list[Photo]) -> None:
        """The photo of the signed page makes a sealed visit signed."""
        form = self.form
        signed = next((photo for photo in photos if photo.owner_path == "signed_photo_id"), None)
        if form is None or signed is None or form.is_read_only or form.leaves.get("signed_photo_id"):
            return
        if form.leaves.get("state") == VisitState.SEALED:
            self.presenter.save({"signed_photo_id": str(signed.id)})

    def _suggest_for(self, form: OpenForm) -> None:
        if form.cooperative_id != self._shown_of:
            self._shown_of = form.cooperative_id
            look_up = partial(suggestions, cooperative_id=form.cooperative_id)
            self.session.ask(look_up, self._on_suggestions, owner=self)

    def _on_suggestions(self, found: Suggestions) -> None:
        self._people_known = {person.name: person for person in found.people}
        self._place.suggest(found.places)
        for field in self._people.findChildren(SuggestField):
            field.suggest(list(self._people_known))
        self.promises.suggest([self._with_position(person) for person in found.people])

    def _with_position(self, person: KnownPerson) -> str:
        position = lowered(choice_label(Position, person.position)) if person.position else ""
        return f"{person.name} ({position})" if position else person.name

    def _on_purposes(self, chosen: tuple[str, ...]) -> None:
        assert self.form is not None
        before = {duty.value for duty in Duty if self.form.leaves.get(f"purposes/{duty}") is True}
        changed = before.symmetric_difference(chosen)
        values: Leaves = {f"purposes/{word}": word in chosen or None for word in sorted(changed)}
        if values:
            self.presenter.save(values)

    def _on_history(self) -> None:
        """Of a locked visit nothing is taken back; a deleted one comes back by the same button."""
        super()._on_history()
        if self._undo is not None and self._form is not None:
            self._undo.setVisible(self._may_write or self.can_undo)

    def _begin_at_top(self, form: OpenForm) -> None:
        """Of another visit; and of a locked one, where corrections are written."""
        is_final = form.is_deleted or form.leaves.get("state") == VisitState.SEALED
        scrolled_for = (form.key.id, is_final)
        if scrolled_for != self._scrolled_for:
            self._scrolled_for = scrolled_for
            self._asked_at = None
            self._seal.setText(_("Kunci kunjungan"))
            self._body.verticalScrollBar().setValue(0)

    def _tell_state(self, form: OpenForm) -> None:
        if self._asked_at is None:
            self._state.show_tone("")
            self._state.setText(_state_told(form))
        else:
            self._state.show_tone("warning")
            told = _(
                "Sesudah dikunci, isinya hanya bisa dikoreksi. Tekan “Ya, kunci sekarang” bila sudah benar."
            )
            self._state.setText(told)

    def _tell_beside_fields(self, form: OpenForm) -> None:
        """What was corrected later, and what cannot be true as it stands."""
        for path, told in corrected(self.record_type, form.leaves, self.session.zone).items():
            if path in self.fields:
                self.fields[path].tell(told, "notice")
        start, end = (str(form.leaves.get(path) or "") for path in ("start_time", "end_time"))
        if start and end and end < start:
            self.fields["end_time"].tell(_("Lebih awal dari jam mulai. Periksa lagi."), "warning")
        elif not self.fields["end_time"].control_is_refused:
            self.fields["end_time"].tell("")

    def _on_shown(self, form: OpenForm) -> None:
        self._begin_at_top(form)
        is_sealed = form.leaves.get("state") == VisitState.SEALED
        self._purposes.show_chosen([d.value for d in Duty if form.leaves.get(f"purposes/{d}") is True])
        may_write = not (is_sealed or form.is_read_only or form.is_deleted)
        is_open = not form.is_read_only and not form.is_deleted
        self.promises.show_of(form)
        self.photos.show_of(form.key, may_add=is_open)
        self.after_seal.show_form(form)
        self._sign.setVisible(is_sealed and is_open and not form.leaves.get("signed_photo_id"))
        self._suggest_for(form)
        if form.is_new and may_write:
            self._people.begin()
            self._findings.begin()
        for widget in (self._purposes, *(field.control for field in self.fields.values())):
            widget.setEnabled(may_write)
        for editor in self.rows:
            editor.allow(is_allowed=may_write)
        self._found.setVisible(may_write or any(path.startswith("findings/") for path in form.leaves))
        self._seal.setVisible(may_write)
        self._seal.setEnabled(not form.is_new)
        self._delete.setVisible(may_write)
        self._may_write = may_write
        self._on_history()
        self._delete.setEnabled(not form.is_new)
        self._print.setEnabled(not form.is_new)
        self._tell_state(form)
        self._tell_beside_fields(form)
        if form.is_deleted:
            self.deleted.emit()


def _missing(form: OpenForm) -> tuple[str, ...]:
    return Visit.from_leaves(form.key.id, form.cooperative_id, form.leaves).missing_to_seal()


def _state_told(form: OpenForm) -> str:
    if form.is_deleted:
        return _("Dihapus. Ctrl+Z mengembalikannya.")
    if form.is_read_only:
        return _("Hanya bisa dibaca: koperasi ini bukan dampingan Anda lagi.")
    if form.leaves.get("state") == VisitState.SEALED and form.leaves.get("signed_photo_id"):
        return _("Sudah dikunci dan ditandatangani. Tulis koreksi bila ada yang keliru.")
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
