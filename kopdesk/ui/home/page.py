"""Beranda: today's visits, promises, ready for the field, and a card for every cooperative."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from kopdesk.ui.frame.pages import Page
from kopdesk.ui.home import view
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, TIGHT, WIDE
from kopdesk.ui.widgets.buttons import link, plain, primary
from kopdesk.ui.widgets.frames import GUTTER, Card, EmptyState, Scroll
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.ui.widgets.lights import Lamp, Light
from kopdesk.ui.widgets.row_button import row_button
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.overview import CooperativeCard, Overview, Promise, VisitLine, overview
from kopdesk.usecases.readiness import Check, readiness
from kopdesk.wording.catalogue import _, many
from kopdesk.wording.dates import long_date
from kopdesk.wording.figures import counted
from kopdesk.wording.shortening import short_name

_CARD_WIDTH = 300
_MOST_PROMISES = 6


@dataclass(frozen=True, slots=True)
class HomeState:
    """All that the page shows."""

    overview: Overview
    checks: tuple[Check, ...]


class HomePage(Page):
    """Looks everything up when it is opened and whenever something has changed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._state: HomeState | None = None
        self._day = LineLabel("", "title")
        self._new = primary(_("Catat kunjungan"), self._new_visit)
        self._today, self._promises, self._ready = (
            Card(_("Hari ini")),
            Card(many("Janji")),
            Card(_("Siap ke lapangan")),
        )
        self._grid = QGridLayout()
        self._grid.setSpacing(LARGE)
        self._grid.setContentsMargins(0, 0, 0, 0)
        head = row(self._day, self._new, wide=0, margin=(0, 0, GUTTER, 0))
        tops = row(
            self._column(self._today), self._column(self._promises), self._column(self._ready), gap=LARGE
        )
        for at in range(3):
            tops.setStretch(at, 1)
        content = column(
            tops,
            column(PlainLabel(_("Koperasi dampingan"), "strong"), self._legend(), gap=2),
            self._grid,
            None,
            gap=LARGE,
            margin=(0, 0, 0, WIDE),
        )
        scroll = Scroll(widget_of(content))
        self.setLayout(column(head, scroll, gap=LARGE, margin=(WIDE, WIDE, WIDE - GUTTER, 0)))
        session.records_changed.connect(self._load)
        session.cooperative_changed.connect(self._show_again)

    def open_first(self) -> None:
        """The primary action has the keyboard."""
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)
        self._load()

    def act(self, key: str) -> bool:
        """F5 looks everything up anew."""
        if key == "refresh":
            self._load()
        return key == "refresh"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cards beside each other as there is room for."""
        super().resizeEvent(event)
        if self._state and self._columns != self._fitting:
            self._show_cards(self._state.overview)

    def _load(self) -> None:
        look_up = partial(_look_up, self._session.today, self._session.folder)
        self._session.ask(look_up, self._show, owner=self)

    def _show(self, state: HomeState) -> None:
        if state != self._state:
            self._state = state
            self._show_again()

    def _show_again(self) -> None:
        if self._state is None:
            return
        found, checks = self._state.overview, self._state.checks
        self._day.setText(long_date(found.today))
        self._show_visits(found)
        self._show_promises(found)
        self._show_checks(checks)
        self._show_cards(found)

    def _in_focus(self, cooperative_id: UUID | None) -> bool:
        return self._session.cooperative in (None, cooperative_id)

    def _show_visits(self, found: Overview) -> None:
        emptied(self._today.rows)
        emptied(self._today.body)
        visits = [one for one in found.visits if self._in_focus(one.cooperative_id)]
        for visit in visits:
            self._today.rows.addWidget(self._visit_row(visit))
        due = [one for one in self._promises_of(found) if one.due_on == found.today]
        for promise in due[:_MOST_PROMISES]:
            self._today.rows.addWidget(self._due_row(promise))
        if not visits and not due:
            self._today.body.addWidget(
                PlainLabel(
                    _("Belum ada kunjungan yang tercatat, dan tidak ada janji yang jatuh tempo."), "quiet"
                )
            )

    def _visit_row(self, visit: VisitLine) -> QPushButton:
        return row_button(
            short_name(visit.cooperative_name),
            view.visit_detail(visit),
            partial(self._go, "visit", visit.id, visit.cooperative_id),
        )

    def _show_promises(self, found: Overview) -> None:
        emptied(self._promises.rows)
        emptied(self._promises.body)
        promises = [one for one in self._promises_of(found) if one.due_on != found.today]
        for promise in promises[:_MOST_PROMISES]:
            self._promises.rows.addWidget(self._promise_row(promise, found))
        if not promises:
            told = _("Tidak ada janji yang jatuh tempo dalam 7 hari.")
            self._promises.body.addWidget(PlainLabel(told, "quiet"))
        elif len(promises) > _MOST_PROMISES:
            more = _("{n} lagi").format(n=counted(len(promises) - _MOST_PROMISES, "follow_up"))
            self._promises.body.addWidget(link(more, partial(self._go_to, "follow_ups")))

    def _due_row(self, promise: Promise) -> QPushButton:
        return row_button(
            promise.text,
            _("janji jatuh tempo · {cooperative}").format(cooperative=short_name(promise.cooperative_name)),
            partial(self._go, "follow_up", promise.id, promise.cooperative_id),
        )

    def _promises_of(self, found: Overview) -> list[Promise]:
        return [one for one in found.promises if self._in_focus(one.cooperative_id)]

    def _promise_row(self, promise: Promise, found: Overview) -> QPushButton:
        made = row_button(
            promise.text,
            f"{view.promise_due(promise, found.today)} · {short_name(promise.cooperative_name)}",
            partial(self._go, "follow_up", promise.id, promise.cooperative_id),
            tone=view.promise_tone(promise, found.today),
        )
        return made

    def _show_checks(self, checks: tuple[Check, ...]) -> None:
        emptied(self._ready.body)
        now, zone = self._session.program.now(), self._session.zone
        for check in checks:
            subject, since = view.check_told(check, now, zone)
            self._ready.body.addWidget(Light("good" if check.is_ready else "warning", subject, since))
        if any(not check.is_ready for check in checks):
            self._ready.body.addWidget(plain(_("Sinkronkan"), partial(self._go_to, "syncing"), "sync"))

    @property
    def _fitting(self) -> int:
        return max(1, (self.width() - 2 * WIDE) // (_CARD_WIDTH + LARGE))

    def _show_cards(self, found: Overview) -> None:
        emptied(self._grid)
        self._columns = self._fitting
        cards = [one for one in found.cooperatives if self._in_focus(one.id)]
        cards.sort(key=lambda one: one.visited_on or date.min)
        for at, one in enumerate(cards):
            self._grid.addWidget(self._card(one, found), at // self._columns, at % self._columns)
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 1)
        if not cards:
            self._grid.addWidget(
                EmptyState(
                    "cooperative",
                    _("Belum ada koperasi"),
                    _("Koperasi dampingan Anda muncul di sini setelah sinkron dengan pusat."),
                    plain(_("Sinkronkan"), partial(self._go_to, "syncing"), "sync"),
                ),
                0,
                0,
                1,
                self._columns,
            )

    def _card(self, one: CooperativeCard, found: Overview) -> Card:
        card = Card()
        card.body.addWidget(link(one.name, partial(self._go, "cooperative", one.id, one.id)))
        place = ", ".join(filter(None, (one.village, one.subdistrict)))
        card.body.addWidget(LineLabel(place, "small"))
        for light in view.lights(one, found.today):
            card.body.addWidget(Light(light.tone, light.subject, light.since))
        return card

    def _legend(self) -> QWidget:
        """What the shapes mean, and in which order the cooperatives stand."""
        signs = (("good", _("baik")), ("warning", _("perlu diperhatikan")), ("bad", _("tertinggal")))
        order = LineLabel(_("Yang paling lama tidak dikunjungi di depan."), "small")
        parts = [row(Lamp(tone), _short(told), gap=TIGHT) for tone, told in signs]
        return widget_of(row(order, *parts, gap=LARGE, wide=0, margin=(0, 0, GUTTER, 0)))

    def _column(self, card: Card) -> QVBoxLayout:
        return column(card, None, gap=0)

    def _new_visit(self) -> None:
        self._window_press("new")

    def _go_to(self, page: str) -> None:
        self._session.page_requested.emit(page)

    def _window_press(self, act: str) -> None:
        self._session.act_requested.emit(act)

    def _go(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        self._session.record_requested.emit(kind, record_id, cooperative_id)


def _short(text: str) -> PlainLabel:
    made = PlainLabel(text, "small")
    made.setWordWrap(False)
    return made


def _look_up(today: date, folder: Path, desk: Desk) -> HomeState:
    return HomeState(overview(desk, today), tuple(readiness(desk, folder)))
