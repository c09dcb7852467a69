"""The dossier of a cooperative: what matters first, then a tab for each part that has something in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.officer import Body, Position
from kopdesk.domain.problem import ProblemStatus
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.ui.cooperatives.history import history_card
from kopdesk.ui.cooperatives.record_card import RecordCard
from kopdesk.ui.cooperatives.record_editor import ADDED_HERE, CHANGED_HERE, RecordEditor
from kopdesk.ui.cooperatives.summary import Summary
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, WIDE
from kopdesk.ui.widgets.buttons import leading, link, plain
from kopdesk.ui.widgets.frames import GUTTER, Scroll
from kopdesk.ui.widgets.labels import LineLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.tabs import Tabs
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.dossier import Dossier, DossierRecord, dossier
from kopdesk.usecases.overview import CooperativeCard, list_cooperatives
from kopdesk.wording.catalogue import N_, NN_, _, many
from kopdesk.wording.figures import counted
from kopdesk.wording.labels import lowered, type_label


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the dossier: its title and the types of record in it."""

    title: str
    types: tuple[str, ...]


TABS = (
    Tab(N_("Profil & legalitas"), ("cooperative", "legal_document", "member_count")),
    Tab(NN_("Pengurus"), ("officer",)),
    Tab(N_("Gerai & aset"), ("outlet", "asset", "competitor")),
    Tab(NN_("Kunjungan"), ("visit",)),
    Tab(N_("Pembukuan"), ("book_check", "statement", "rapb")),
    Tab(N_("Rencana"), ("plan", "approval")),
    Tab(NN_("Tindak lanjut"), ("follow_up", "problem")),
    Tab(NN_("Kemitraan"), ("partnership", "financing_request")),
    Tab(NN_("Catatan"), ("remark",)),
)
_AT_ONCE = 6
_OWN_PAGE = ("visit", "book_check", "follow_up", "plan")


@dataclass(frozen=True, slots=True)
class _Found:
    dossier: Dossier
    card: CooperativeCard | None
    today: date


class DossierView(QWidget):
    """Every figure says since when it is so and from whom. Cards become editors where they stand."""

    back_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: _Found | None = None
        self._waiting: _Found | None = None
        self._wanted = ""
        self._wanted_record: UUID | None = None
        self.editor: RecordEditor | None = None
        self._title = LineLabel("", "title")
        self._place = LineLabel("", "quiet")
        back = leading(_("Semua koperasi"), self.back_requested.emit, "left")
        new = plain(_("Kunjungan baru"), lambda: session.act_requested.emit("new"), "plus")
        head = row(column(self._title, self._place, gap=2), new, wide=0)
        self.tabs = Tabs(_("Bagian berkas koperasi"))
        self.tabs.currentChanged.connect(self._on_tab)
        above = column(row(back, None), head, gap=MEDIUM, margin=(0, 0, GUTTER, 0))
        self.setLayout(column(above, self.tabs, gap=MEDIUM, margin=(WIDE, WIDE, WIDE - GUTTER, 0), wide=1))
        session.records_changed.connect(self.load_again)

    def open(self, cooperative_id: UUID, kind: str, record_id: UUID | None = None) -> None:
        """Look it up; `kind`: the type of record whose tab is wanted, `record_id`: the one to be in sight."""
        self.leave()
        self._wanted, self._wanted_record = kind, record_id if kind else None
        self._session.ask(partial(_look_up, cooperative_id, self._session.today), self._show, owner=self)

    def open_record(self) -> tuple[str, UUID, UUID] | None:
        """A type of record in the part that is open, and the cooperative; no type: the summary."""
        part = self.tabs.currentWidget()
        if self._shown is None or not isinstance(part, _Part):
            return None
        cooperative_id = self._shown.dossier.cooperative_id
        return (
            part.tab.types[-1] if part.tab is not None and part.tab.types else "",
            cooperative_id,
            cooperative_id,
        )

    def leave(self) -> None:
        """What is being typed is saved."""
        if self.editor is not None:
            self.editor.leave()

    def act(self, key: str) -> bool:
        """F2 changes the first record in sight, Ctrl+Del deletes the one that is being changed."""
        if key == "edit" and self.editor is None:
            self._edit_first()
        elif key == "delete" and self.editor is not None:
            self.editor.delete()
        else:
            return False
        return True

    def edit(self, card: RecordCard) -> None:
        """An editor in the place of a card."""
        self._when_free(partial(self._edit, card))

    def _edit(self, card: RecordCard) -> None:
        key = card.record.key
        self._begin(key.type, card).presenter.open(key)
        card.hide()

    def add(self, record_type: str) -> None:
        """An editor for a new record, above the others; the record is there once something is typed."""
        self._when_free(partial(self._add, record_type))

    def _add(self, record_type: str) -> None:
        part = self.tabs.currentWidget()
        if self._shown is not None and isinstance(part, _Part) and part.buttons is not None:
            editor = self._begin(record_type, part.buttons)
            begun = {"period": f"{self._session.today:%Y-%m}"} if record_type == "member_count" else {}
            editor.presenter.begin(record_type, self._shown.dossier.cooperative_id, begun)

    def _when_free(self, then: Callable[[], object]) -> None:
        """Once the record that is open, if any, is saved; what could not be saved of it comes first."""
        if self.editor is None:
            then()
        else:
            self.editor.when_saved(then)

    def _begin(self, record_type: str, place: QWidget) -> RecordEditor:
        """Behind `place`, with the keyboard in its first field."""
        if self.editor is not None:
            self._put_away(self.editor)
        self.editor = RecordEditor(self._session, record_type)
        self.editor.finished.connect(self.stop_editing, Qt.ConnectionType.QueuedConnection)
        holder = place.parentWidget()
        layout = holder.layout() if holder is not None else None
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(place) + 1, self.editor)
        self.editor.first.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.editor

    def stop_editing(self, editor: RecordEditor) -> None:
        """The card comes back, with what is so now. Told late of one that another has replaced: nothing."""
        if self.editor is not editor:
            return
        self._put_away(self.editor)
        if (form := self.editor.presenter.form) is not None:
            self._wanted_record = form.key.id
        self.editor = None
        assert self._shown is not None
        found, self._waiting = self._waiting or self._shown, None
        self._build(found, self.tabs.currentIndex())
        self.load_again()

    def _put_away(self, editor: RecordEditor) -> None:
        editor.leave()
        editor.tell_dropped()
        editor.hide()
        editor.deleteLater()

    def load_again(self) -> None:
        """What may have changed on other pages, while it is in sight."""
        if self._shown is not None and self.isVisible():
            look_up = partial(_look_up, self._shown.dossier.cooperative_id, self._session.today)
            self._session.ask(look_up, self._show, owner=self)

    def _show(self, found: _Found) -> None:
        if found == self._shown:
            self._go_to_wanted()
            return
        is_same = (
            self._shown is not None and self._shown.dossier.cooperative_id == found.dossier.cooperative_id
        )
        if self.editor is not None and is_same:
            self._waiting = found  # nothing moves under the hands of somebody who types
            return
        self.editor = None
        self._build(found, self.tabs.currentIndex() if is_same else 0)
        self._go_to_wanted()

    def _build(self, found: _Found, at: int) -> None:
        self._shown = found
        profile = found.dossier.records.get("cooperative", ())
        self._title.setText(found.dossier.name)
        self._place.setText(_place_of(profile[0]) if profile else "")
        self.tabs.blockSignals(True)
        while self.tabs.count():
            gone = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if gone is not None:
                gone.deleteLater()
        self.tabs.addTab(_Part(None), _("Ringkasan"))
        for tab in TABS:
            if self._records(tab) or self._added_in(tab):
                self.tabs.addTab(_Part(tab), many(tab.title).replace("&", "&&"))
        self.tabs.addTab(_Part(_HISTORY), _("Riwayat"))
        self.tabs.setCurrentIndex(min(at, self.tabs.count() - 1))
        self.tabs.blockSignals(False)
        self._on_tab(self.tabs.currentIndex())

    def _go_to_wanted(self) -> None:
        for at in range(self.tabs.count()):
            part = self.tabs.widget(at)
            if isinstance(part, _Part) and part.tab is not None and self._wanted in part.tab.types:
                self.tabs.setCurrentIndex(at)
        self._wanted = ""
        part = self.tabs.currentWidget()
        if self._wanted_record is not None and isinstance(part, _Part):  # its tab was open already
            part.clear()
            self._on_tab(self.tabs.currentIndex())

    def _on_tab(self, at: int) -> None:
        """A part is filled when it is looked at, and let go when another is: dossiers are long."""
        part = self.tabs.widget(at)
        if self.editor is not None and (part is None or self.editor not in part.findChildren(RecordEditor)):
            self.stop_editing(self.editor)  # what it changed is to be seen in the other parts
            return
        for other in (self.tabs.widget(place) for place in range(self.tabs.count()) if place != at):
            if isinstance(other, _Part) and self.editor not in other.findChildren(RecordEditor):
                other.clear()
        if not isinstance(part, _Part) or part.is_filled or self._shown is None:
            return
        if part.tab is None:
            summary = Summary(self._session, self._shown.dossier, self._shown.card, self._shown.today)
            part.fill(summary)
            self._session.feeder.feed(summary, summary.filling())
        elif part.tab is _HISTORY:
            history = history_card(self._shown.dossier, self._session.zone)
            part.fill(Scroll(widget_of(column(history, None, margin=(0, MEDIUM, 0, WIDE)))))
        else:
            self._fill_records(part, part.tab, _AT_ONCE)

    def _fill_records(self, part: "_Part", tab: Tab, most: int) -> None:
        cards = column(gap=LARGE, margin=(0, MEDIUM, 0, WIDE))
        if added := self._added_in(tab):
            part.buttons = widget_of(row(*map(self._add_button, added), None))
            cards.addWidget(part.buttons)
        cards.addStretch(1)
        content = Scroll(widget_of(cards))
        part.fill(content)
        wanted, self._wanted_record = (
            self._wanted_record,
            None,
        )  # taken at once, not by a filling that was let go
        self._session.feeder.feed(content, self._filling(cards, tab, most, wanted))

    def _filling(self, cards: QVBoxLayout, tab: Tab, most: int, wanted: UUID | None) -> Iterator[None]:
        """Card by card, each line by line; no longer than what they stand in is there."""
        records = self._records(tab)
        most = max(most, *(at + 1 for at, one in enumerate(records) if one.key.id == wanted), 0)
        for record in records[:most]:
            card = self._card(record)
            cards.insertWidget(cards.count() - 1, card)
            yield
            yield from card.filling()
            if record.key.id == wanted and card.button is not None:
                card.button.setFocus(Qt.FocusReason.OtherFocusReason)
        if len(records) > most:
            told = _("Tampilkan {n} lagi").format(n=counted(len(records) - most, "record"))
            cards.insertWidget(cards.count() - 1, link(told, partial(self._show_all, tab)))

    def _add_button(self, record_type: str) -> QPushButton:
        told = _("Tambah {what}").format(what=lowered(type_label(record_type)))
        return plain(told, partial(self.add, record_type), "plus")

    def _show_all(self, tab: Tab) -> None:
        part = self.tabs.currentWidget()
        if isinstance(part, _Part) and part.tab is tab:
            self._fill_records(part, tab, len(self._records(tab)))

    def _card(self, record: DossierRecord) -> RecordCard:
        key = record.key
        if key.type in _OWN_PAGE:
            return RecordCard(record, self._session.zone, partial(self._go, key), _("Buka"))
        if key.type not in CHANGED_HERE or self._is_read_only:
            return RecordCard(record, self._session.zone)
        card = RecordCard(record, self._session.zone, lambda: self.edit(card))
        return card

    def _edit_first(self) -> None:
        part = self.tabs.currentWidget()
        if not isinstance(part, _Part) or part.tab is None or self._is_read_only:
            return
        cards = [one for one in part.findChildren(RecordCard) if one.record.key.type in CHANGED_HERE]
        if cards:
            self.edit(cards[0])

    @property
    def _is_read_only(self) -> bool:
        return self._shown is None or self._shown.dossier.is_withdrawn

    def _added_in(self, tab: Tab) -> list[str]:
        return [] if self._is_read_only else [name for name in tab.types if name in ADDED_HERE]

    def _records(self, tab: Tab) -> list[DossierRecord]:
        assert self._shown is not None
        records = self._shown.dossier.records
        return sorted((one for name in tab.types for one in records.get(name, ())), key=_order)

    def _go(self, key: RecordKey) -> None:
        assert self._shown is not None
        self._session.record_requested.emit(key.type, key.id, self._shown.dossier.cooperative_id)


class _Part(QWidget):
    """A tab that is empty until it is looked at. `tab`: None is the summary."""

    def __init__(self, tab: Tab | None) -> None:
        super().__init__()
        self.tab = tab
        self.buttons: QWidget | None = None
        self._content: QWidget | None = None
        self._place = column()
        self.setLayout(self._place)

    @property
    def is_filled(self) -> bool:
        """Whether it was looked at before."""
        return self._content is not None

    def _let_go(self) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()

    def clear(self) -> None:
        """Empty again."""
        self._let_go()
        self._content = self.buttons = None

    def fill(self, content: QWidget) -> None:
        """Put this in, instead of what was there."""
        self._let_go()
        self._content = content
        self._place.addWidget(content)


_HISTORY = Tab("", ())


def _look_up(cooperative_id: UUID, today: date, desk: Desk) -> _Found:
    cards = {card.id: card for card in list_cooperatives(desk, today)}
    return _Found(dossier(desk, cooperative_id), cards.get(cooperative_id), today)


def _place_of(profile: DossierRecord) -> str:
    names = ("village_name", "subdistrict_name", "district_name", "province_name")
    return ", ".join(str(profile.leaves[name]) for name in names if profile.leaves.get(name))


def _order(record: DossierRecord) -> tuple[bool, bool, int, str]:
    """Profiles before papers, what is open before what is done, the board before its supervisors.

    What has a date: newest first.
    """
    days = ("visited_on", "checked_on", "due_on", "noticed_on", "period", "issued_on")
    day = next((str(record.leaves[name]) for name in days if record.leaves.get(name)), "")
    newest_first = "".join(chr(0x10FFFF - ord(c)) for c in day)
    is_profile = record.key.type == "cooperative"
    return (not is_profile, _is_done(record), _rank(record.leaves), newest_first)


def _is_done(record: DossierRecord) -> bool:
    """A promise kept or dropped, a problem solved."""
    match record.key.type:
        case "follow_up":
            return record.leaves.get("state") not in (None, FollowUpState.OPEN)
        case "problem":
            return record.leaves.get("status") == ProblemStatus.SOLVED
    return False


def _rank(leaves: Leaves) -> int:
    """Of an officer, as the body and the position are listed."""
    bodies, positions = list(Body), list(Position)
    body, position = leaves.get("body"), leaves.get("position")
    of_body = bodies.index(Body(str(body))) if body in bodies else len(bodies)
    of_position = positions.index(Position(str(position))) if position in positions else len(positions)
    return of_body * (len(positions) + 1) + of_position
