"""Rencana Usaha: all plans, and the one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import PlanState
from kopdesk.domain.plan_measures import Measures, measures
from kopdesk.domain.projection import project
from kopdesk.domain.records import RecordKey
from kopdesk.rules.current import Rules, current_rules
from kopdesk.ui.frame.finder import Finder
from kopdesk.ui.frame.pages import Page
from kopdesk.ui.frame.searching import pick_cooperative
from kopdesk.ui.plans.plan_form import PlanForm
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL, WIDE
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.frames import Banner, EmptyState, page_head
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.tables import RowsTable, TableColumn
from kopdesk.usecases.planning import PlanLine, counted_rules, list_plans
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import short_date
from kopdesk.wording.figures import rupiah
from kopdesk.wording.labels import lowered
from kopdesk.wording.shortening import short_name

_ALL_COLUMNS = 900
"""Pixels of width that the table needs for them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan in the table. `measures`: None where it cannot be computed."""

    line: PlanLine
    measures: Measures | None

    @property
    def state(self) -> str:
        """New ones are drafts without saying so."""
        return self.line.plan.state or PlanState.DRAFT


class PlansPage(Page):
    """Enter or a click opens a plan, Alt+Left comes back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rules: Rules | None = None
        self._lines: list[PlanLine] = []
        self._wanted: Callable[[], object] | None = None
        self.form: PlanForm | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(widget_of(self._make_list()))
        self._plan = widget_of(self._make_plan())
        self._stack.addWidget(self._plan)
        self.setLayout(column(self._stack))
        session.records_changed.connect(self._load)
        session.cooperative_changed.connect(self._load)
        session.ask(lambda desk: current_rules(session.program.rules), self._on_rules, owner=self)

    @property
    def plans(self) -> list[PlanLine]:
        """Of the cooperative in focus, or all."""
        return self._lines

    def open_first(self) -> None:
        """The table has the keyboard, unless a plan is open."""
        self._load()
        if self._stack.currentWidget() is not self._plan:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """What is being typed is saved."""
        if self.form is not None:
            self.form.leave()

    def act(self, key: str) -> bool:
        """Edit opens the chosen plan; undo and delete are the open plan's."""
        acts: dict[str, Callable[[], object]] = {"refresh": self._load, "back": self.show_list}
        if self.form is None:
            acts["edit"] = self._open_current
        else:
            acts |= {"delete": self._delete_chosen}
        if key in acts:
            acts[key]()
        return key in acts

    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        """Open this plan."""
        self._when_ready(partial(self._open, record_id))

    def open_record(self) -> tuple[str, UUID, UUID] | None:
        """The plan that is open."""
        form = self.form.form if self.form is not None else None
        if form is None or form.is_new or self._stack.currentWidget() is not self._plan:
            return None
        return form.key.type, form.key.id, form.cooperative_id

    def show_list(self) -> None:
        """Back to all plans."""
        self._put_away()
        self._stack.setCurrentIndex(0)
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_plan(self) -> None:
        """Of the cooperative in focus; if none is, ask which."""
        if self._session.cooperative is not None:
            self._begin(self._session.cooperative, self._session.cooperative_name)
        else:
            search = pick_cooperative(self._session, self._begin)
            Finder(search, _("Rencana usaha koperasi mana?"), self.window()).show()

    def _make_list(self) -> QVBoxLayout:
        self.table: RowsTable[Judged] = RowsTable(self._columns(), _("Daftar rencana usaha"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.row_opened.connect(
            lambda judged: self._when_ready(partial(self._open, judged.line.plan.id))
        )
        self._new = plain(_("Rencana baru"), self.new_plan, "plus")
        nothing = EmptyState(
            "plan",
            _("Belum ada rencana usaha"),
            _("Rencana menghitung apakah angsuran tertutup oleh hasil usaha, sebelum pinjaman diajukan."),
            plain(_("Mulai rencana"), self.new_plan, "plus"),
        )
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(nothing)
        head = row(page_head(_("Rencana usaha")), self._new, wide=0)
        return column(head, self._lists, gap=LARGE, margin=WIDE, wide=1)

    def _make_plan(self) -> QVBoxLayout:
        self._banner = Banner()
        self._banner.hide()
        self._place = column()
        return column(self._banner, self._place, gap=SMALL, margin=(WIDE, LARGE, WIDE, MEDIUM), wide=1)

    def _begin(self, cooperative_id: UUID, name: str) -> None:
        self._when_ready(lambda: self._new_form().begin(cooperative_id, short_name(name)))

    def _open(self, plan_id: UUID) -> None:
        self._new_form().presenter.open(RecordKey("plan", plan_id))

    def _open_current(self) -> None:
        if (judged := self.table.current) is not None:
            self._when_ready(partial(self._open, judged.line.plan.id))

    def _new_form(self) -> PlanForm:
        assert self._rules is not None, "a form is made when the rules are read"
        self._put_away()
        self.form = PlanForm(self._session, self._rules)
        self.form.back_requested.connect(self.show_list)
        self.form.deleted.connect(
            lambda: self._session.told.emit(_("Rencana dihapus. Ctrl+Z mengembalikannya."))
        )
        self.form.submit_requested.connect(self._ask_submit)
        self._place.addWidget(self.form)
        self._stack.setCurrentWidget(self._plan)
        self.form.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.form

    def _put_away(self) -> None:
        self._banner.hide()
        if self.form is not None:
            self.form.leave()
            self._place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _delete_chosen(self) -> None:
        if self.form is not None:
            self.form.delete()

    def _ask_submit(self) -> None:
        """Once, with what it means; nothing is said again where it is done."""
        if self.form is None:
            return
        told = _("Setelah diajukan, rencana tidak dapat diubah sampai PMO atau Dinas mengembalikannya.")
        latest = self.form.latest
        if latest is not None and not latest.outcomes[0].measures.holds:
            told = _("Rencana ini tidak bertahan.") + " " + told
        self._banner.tell("warning", told, _("Ya, ajukan"), self.form.submit)

    def _when_ready(self, work: Callable[[], object]) -> None:
        self._wanted = work
        self._try_wanted()

    def _try_wanted(self) -> None:
        if self._wanted is not None and self._rules is not None:
            work, self._wanted = self._wanted, None
            work()

    def _on_rules(self, rules: Rules) -> None:
        self._rules = rules
        if rules.faults:
            self._session.failed.emit(rules.faults[0])
        self._try_wanted()
        self._judge()

    def _load(self) -> None:
        look_up = partial(list_plans, cooperative_id=self._session.cooperative)
        self._session.ask(look_up, self._on_loaded, owner=self)

    def _on_loaded(self, lines: list[PlanLine]) -> None:
        self._lines = lines
        self._lists.setCurrentIndex(0 if lines else 1)
        self._judge()

    def _judge(self) -> None:
        if self._rules is not None:
            judged = partial(_judged, self._lines, self._rules)
            self._session.counting.run(judged, self.table.show_rows, owner=self)

    def _columns(self) -> tuple[TableColumn[Judged], ...]:
        return (
            TableColumn(
                _("Koperasi"),
                lambda one: short_name(one.line.cooperative),
                lambda one: one.line.cooperative,
            ),
            TableColumn(
                _("Judul"),
                lambda one: one.line.plan.title or "–",
                lambda one: one.line.plan.title or "",
                stretch=True,
            ),
            TableColumn(
                _("Disusun"),
                lambda one: short_date(one.line.plan.prepared_on) if one.line.plan.prepared_on else "–",
                lambda one: str(one.line.plan.prepared_on or ""),
                wide_only=_ALL_COLUMNS,
            ),
            TableColumn(
                _("Pinjaman"),
                lambda one: rupiah(_borrowed(one)) if _borrowed(one) else "–",
                _borrowed,
                is_figure=True,
            ),
            TableColumn(_("Hitungan"), _verdict, _verdict, _tone),
            TableColumn(
                _("Keadaan"),
                lambda one: lowered(choice_label(PlanState, one.state)),
                lambda one: one.state,
            ),
        )


def _judged(lines: Sequence[PlanLine], rules: Rules) -> list[Judged]:
    return [Judged(line, _measured(line, rules)) for line in lines]


def _measured(line: PlanLine, rules: Rules) -> Measures | None:
    try:
        return measures(line.plan, project(line.plan, counted_rules(rules, line.registered_in)))
    except InvalidField:  # something is not typed yet
        return None


def _borrowed(one: Judged) -> int:
    return sum(loan.amount or 0 for loan in one.line.plan.loans.values())


def _verdict(one: Judged) -> str:
    if one.measures is None:
        return _("belum lengkap")
    return _("bertahan") if one.measures.holds else _("tidak bertahan")


def _tone(one: Judged) -> str:
    return "bad" if one.measures is not None and not one.measures.holds else ""
