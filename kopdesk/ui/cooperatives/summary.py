"""What one wants to know of a cooperative before going there."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.officer import Body, Position
from kopdesk.domain.records import RecordKey
from kopdesk.domain.visit import Mode
from kopdesk.ui.home import view
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, WIDE
from kopdesk.ui.widgets.frames import Card, Scroll
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.lights import Light
from kopdesk.ui.widgets.row_button import row_button
from kopdesk.usecases.dossier import Dossier, DossierRecord
from kopdesk.usecases.overview import CooperativeCard, Promise
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import day_age, short_date
from kopdesk.wording.values import field_text

_MOST_PROMISES, _MOST_VISITS = 6, 5
_SPOKEN_TO = (Position.CHAIR, Position.SECRETARY, Position.TREASURER)


class Summary(QWidget):
    """Lights and people on the left, promises and visits on the right."""

    def __init__(self, session: Session, dossier: Dossier, card: CooperativeCard | None, today: date) -> None:
        super().__init__()
        self._session, self._dossier, self._today = session, dossier, today
        self._card = card
        self._left, self._right = column(None, gap=LARGE), column(None, gap=LARGE)
        both = row(self._left, self._right, gap=LARGE, margin=(0, MEDIUM, 0, WIDE))
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        self.setLayout(column(Scroll(widget_of(both))))

    def filling(self) -> Iterator[None]:
        """Card by card."""
        for place, make in (
            (self._left, partial(self._lights, self._card)),
            (self._right, self._promises),
            (self._left, self._people),
            (self._right, self._visits),
        ):
            place.insertWidget(place.count() - 1, make())
            yield

    def _lights(self, card: CooperativeCard | None) -> Card:
        made = Card(_("Keadaan"))
        for light in view.lights(card, self._today) if card is not None else ():
            made.body.addWidget(Light(light.tone, light.subject, light.since))
        return made

    def _people(self) -> Card:
        made = Card(_("Yang dihubungi"))
        officers = self._dossier.records.get("officer", ())
        board = [one for one in officers if one.leaves.get("body") == Body.BOARD]
        found = [one for position in _SPOKEN_TO for one in board if one.leaves.get("position") == position]
        for one in found:
            position = choice_label(Position, str(one.leaves["position"]))
            name, phone = str(one.leaves.get("name") or ""), one.leaves.get("phone")
            told = field_text("officer", "phone", phone) if phone else _("belum ada nomor telepon")
            made.body.addWidget(PlainLabel(f"{name}, {position}"))
            label = PlainLabel(told, "small")
            made.body.addWidget(label)
        if not found:
            made.body.addWidget(PlainLabel(_("Pengurus belum diisi."), "quiet"))
        return made

    def _promises(self) -> Card:
        made = Card(_("Janji yang terbuka"))
        promises = sorted(
            (self._promise(one) for one in self._dossier.records.get("follow_up", ())),
            key=lambda one: str(one.due_on or "9999"),
        )
        found = [one for one in promises if one.state == FollowUpState.OPEN]
        for one in found[:_MOST_PROMISES]:
            detail = " · ".join(filter(None, (view.promise_due(one, self._today), one.responsible)))
            go = partial(self._go, RecordKey("follow_up", one.id))
            made.rows.addWidget(row_button(one.text, detail, go, tone=view.promise_tone(one, self._today)))
        if not found:
            made.body.addWidget(PlainLabel(_("Tidak ada janji yang terbuka."), "quiet"))
        return made

    def _promise(self, record: DossierRecord) -> Promise:
        leaves = record.leaves
        return Promise(
            id=record.key.id,
            cooperative_id=self._dossier.cooperative_id,
            cooperative_name=self._dossier.name,
            text=str(leaves.get("promise") or ""),
            responsible=str(leaves.get("responsible") or ""),
            due_on=_day(leaves.get("due_on")),
            state=str(leaves.get("state") or FollowUpState.OPEN),
        )

    def _visits(self) -> Card:
        made = Card(_("Kunjungan terakhir"))
        visits = sorted(
            self._dossier.records.get("visit", ()),
            key=lambda one: str(one.leaves.get("visited_on") or ""),
            reverse=True,
        )
        for one in visits[:_MOST_VISITS]:
            day = _day(one.leaves.get("visited_on"))
            title = f"{short_date(day)}, {day_age(day, self._today)}" if day else _("tanpa tanggal")
            go = partial(self._go, one.key)
            made.rows.addWidget(row_button(title, _where(one), go))
        if not visits:
            made.body.addWidget(PlainLabel(_("Belum pernah dikunjungi."), "quiet"))
        return made

    def _go(self, key: RecordKey) -> None:
        self._session.record_requested.emit(key.type, key.id, self._dossier.cooperative_id)


def _where(visit: DossierRecord) -> str:
    """The place; without one, how they met."""
    mode = str(visit.leaves.get("mode") or "")
    return str(visit.leaves.get("place") or "") or (choice_label(Mode, mode) if mode else _("tanpa tempat"))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:  # of a newer schema
        return None
