"""The form of a business plan: outline on the left, the section on the right, its figures always in sight."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import Plan, PlanState
from kopdesk.domain.records import Leaves
from kopdesk.rules.current import Rules
from kopdesk.ui.books.grid_box import GridBox
from kopdesk.ui.forms.form import RecordForm, RowsOfForm
from kopdesk.ui.plans.counting import Counting
from kopdesk.ui.plans.outcome import Overview, ScenarioPart
from kopdesk.ui.plans.putting_out import save_plan
from kopdesk.ui.plans.sections import BUILDERS, plan_grid
from kopdesk.ui.plans.strip import Strip
from kopdesk.ui.plans.tables import ProjectionPart
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import leading, plain, primary, quiet
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn
from kopdesk.ui.widgets.labels import LineLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.planning import PlanTold
from kopdesk.usecases.remarks import RemarkLine, open_remarks
from kopdesk.usecases.tax_registration import registered_in
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.shortening import short_name

SECTIONS = (
    ("overview", N_("Ringkasan")),
    ("general", N_("Umum")),
    ("prose", N_("Naskah")),
    ("units", N_("Unit usaha")),
    ("staff", N_("Karyawan")),
    ("investments", N_("Belanja modal")),
    ("expenses", N_("Belanja operasional")),
    ("loans", N_("Pinjaman")),
    ("funds", N_("Sumber dana lain")),
    ("scenarios", N_("Skenario")),
    ("projection", N_("Hitungan bulanan")),
)
_OFFERING = ("staff", "investments", "expenses")
"""The sections in which a row may belong to a unit or a loan."""
_WRITABLE = (None, "", PlanState.DRAFT)
_OUTLINE_WIDTH = 196


class PlanForm(RecordForm):
    """A section is built when it is first looked at. Figures follow every leaf that is saved or arrives."""

    told = Signal(object)
    remarked = Signal(object)
    deleted = Signal()
    back_requested = Signal()
    submit_requested = Signal()

    def __init__(self, session: Session, rules: Rules, parent: QWidget | None = None) -> None:
        super().__init__(session, "plan", parent)
        self.rules = rules
        self.latest: PlanTold | None = None
        self.remarks: list[RemarkLine] = []
        self._choices: tuple[tuple[str, str], ...] = ()
        self._registered: dict[UUID, int | None] = {}
        self._grids_of: dict[str, list[RowsOfForm]] = {}
        self._built: set[str] = set()
        self.strip = Strip()
        self.strip.path_requested.connect(self.go_to)
        self._counting = Counting(session, rules, self)
        self._counting.told.connect(self._on_told)
        self._counting.lacking.connect(self._on_lacking)
        self.outline = QListWidget()
        self.outline.setAccessibleName(_("Bagian rencana"))
        self.outline.setFixedWidth(_OUTLINE_WIDTH)
        self.outline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self._places = {word: column(margin=(0, 0, 0, MEDIUM)) for word, _title in SECTIONS}
        for word, title in SECTIONS:
            self.outline.addItem(QListWidgetItem(_(title)))
            self._stack.addWidget(Scroll(widget_of(self._places[word])))
        self.outline.currentRowChanged.connect(self._on_section)
        self._submit = primary(_("Ajukan"), self.submit_requested.emit)
        self._rewrite = plain(_("Perbaiki lagi"), self.rewrite, "edit")
        undo = self.undo_button()
        self._delete = quiet(_("Hapus"), self.delete, "delete")
        self._title, self._state = LineLabel("", "title"), LineLabel("", "small")
        back = leading(_("Semua rencana"), self.back_requested.emit, "left")
        named = column(self._title, self._state, gap=0)
        self._file = quiet(_("Simpan berkas …"), partial(save_plan, self), "disk")
        acts = (undo, self._delete, self._file, self._rewrite, self._submit)
        head = row(back, named, *acts, gap=SMALL, wide=1)
        body = QFrame()
        body.setProperty("kind", "card")
        body.setLayout(column(self._stack, margin=LARGE))
        self.setLayout(
            column(head, self.strip, row(self.outline, body, gap=MEDIUM, wide=1), gap=MEDIUM, wide=2)
        )
        self.shown.connect(self._on_shown)
        self.outline.setCurrentRow(0)

    def begin(self, cooperative_id: UUID, name: str) -> None:
        """A new one, with what is known already; it is there once something is typed."""
        today = self.session.today
        month = today.month % 12 + 1
        values: Leaves = {
            "title": _("Rencana usaha {name}").format(name=name),
            "prepared_on": today.isoformat(),
            "starts_in": f"{today.year + (today.month == 12)}-{month:02}",
            "months": 36,
            "discount_rate": 1_000,
        }
        self.presenter.begin("plan", cooperative_id, values)
        self.show_section("general")

    def plan(self) -> Plan:
        """As it is shown; empty while nothing is."""
        if self.form is None:
            return Plan(id=UUID(int=0), cooperative_id=None)
        return Plan.from_leaves(self.form.key.id, self.form.cooperative_id, self.form.leaves)

    def rows_box(self, group: str, columns: list[GridColumn], hint: str = "", *, title: str = "") -> GridBox:
        """A grid of the plan's rows, or of fixed ones where there is no group."""
        name = title or next((_(told) for word, told in SECTIONS if word == group), group)
        return GridBox(
            self, title, columns, group=group, hint=hint, grid=plan_grid(self, columns, name, group)
        )

    def show_section(self, word: str) -> None:
        """Open it."""
        self.outline.setCurrentRow([known for known, _title in SECTIONS].index(word))

    @property
    def section(self) -> str:
        """The one that is open."""
        return SECTIONS[max(0, self.outline.currentRow())][0]

    def go_to(self, path: str) -> None:
        """Where a leaf is typed, with the keyboard in it."""
        group = path.partition("/")[0]
        known = {word for word, _title in SECTIONS}
        self.show_section("prose" if group == "sections" else group if group in known else "general")
        if path in self.fields:
            self.fields[path].control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for rows in self.grids:
            if isinstance(rows, Grid) and rows.go_to(path):
                return

    def delete(self) -> None:
        """It goes, and can be undone."""
        self.leave()
        self.presenter.delete()

    def submit(self) -> None:
        """From here on the reviewers have it."""
        self.leave()
        now = self.session.program.now()
        values: Leaves = {
            "state": PlanState.SUBMITTED,
            "submitted_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "rule_pack": "kopdesk",
            "rule_pack_version": self.rules.plan_version,
        }
        self.presenter.save(values, for_good=True)

    def rewrite(self) -> None:
        """What came back is a draft again."""
        self.presenter.save({"state": PlanState.DRAFT}, for_good=True)

    def may_write(self, form: OpenForm) -> bool:
        """Whether it is still a draft of somebody who may write it."""
        return form.leaves.get("state") in _WRITABLE and not form.is_read_only and not form.is_deleted

    def _on_section(self, at: int) -> None:
        word = SECTIONS[at][0]
        self._stack.setCurrentIndex(at)
        if word not in self._built and self.form is not None:
            self._built.add(word)
            before = list(self.grids)
            self._places[word].addWidget(self._build(word))
            self._grids_of[word] = [one for one in self.grids if one not in before]
            self.show_again()
            if self.latest is not None:
                self.told.emit(self.latest)

    def _forget_choices(self) -> None:
        """Sections that offer the plan's units and loans are made anew when those have other names."""
        plan = self.plan()
        now = tuple((key, one.name or "") for key, one in sorted(plan.units.items()))
        now += tuple((key, one.lender or "") for key, one in sorted(plan.loans.items()))
        if now == self._choices:
            return
        self._choices = now
        for word in _OFFERING:
            if word in self._built and word != self.section:
                self._built.remove(word)
                for grid in self._grids_of.pop(word):
                    self.grids.remove(grid)
                emptied(self._places[word])

    def _build(self, word: str) -> QWidget:
        if word == "overview":
            return Overview(self)
        if word == "scenarios":
            return ScenarioPart(self)
        if word == "projection":
            return ProjectionPart(self)
        return BUILDERS[word](self)

    def _on_remarks(self, found: list[RemarkLine]) -> None:
        if found != self.remarks:
            self.remarks = found
            self.remarked.emit(found)

    def _on_shown(self, form: OpenForm) -> None:
        self._forget_choices()
        look_up = partial(open_remarks, record_id=form.key.id)
        self.session.ask(look_up, self._on_remarks, owner=self)
        self._on_section(max(0, self.outline.currentRow()))
        self._title.setText(short_name(form.cooperative_name))
        title = str(form.leaves.get("title") or "")
        self._state.setText(" · ".join(filter(None, (_state_told(form), title))))
        may_write = self.may_write(form)
        for field in self.fields.values():
            field.control.setEnabled(may_write)
        for rows in self.grids:
            rows.allow(is_allowed=may_write)
        self._submit.setVisible(may_write)
        self._submit.setEnabled(not form.is_new)
        self._rewrite.setVisible(form.leaves.get("state") == PlanState.RETURNED and not form.is_read_only)
        self._delete.setVisible(may_write)
        self._delete.setEnabled(not form.is_new)
        self._file.setEnabled(not form.is_new and not form.is_deleted)
        self._count(form)
        if form.is_deleted:
            self.deleted.emit()

    def _count(self, form: OpenForm) -> None:
        """When it is known since which year the cooperative is a taxpayer."""
        whose = form.cooperative_id
        if whose in self._registered:
            self._counting.count(self.plan(), form.cooperative_name, self._registered[whose])
            return
        self.session.ask(
            partial(registered_in, cooperative_id=whose), partial(self._on_registered, whose), owner=self
        )

    def _on_registered(self, whose: UUID, year: int | None) -> None:
        self._registered[whose] = year
        if self.form is not None:
            self._count(self.form)

    def _on_told(self, told: PlanTold) -> None:
        self.latest = told
        self.strip.show_told(told)
        self.told.emit(told)

    def _on_lacking(self, error: InvalidField) -> None:
        self.latest = None
        self.strip.show_lacking(error)
        self.told.emit(None)


def _state_told(form: OpenForm) -> str:
    state = str(form.leaves.get("state") or PlanState.DRAFT)
    if form.is_deleted:
        return _("Dihapus. Bisa diurungkan.")
    if form.is_read_only:
        return _("Hanya bisa dibaca: koperasi ini bukan dampingan Anda lagi.")
    return choice_label(PlanState, state)
