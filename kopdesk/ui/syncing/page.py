"""Sinkronisasi: what waits, what has to be decided or mended, and what the centre has signed for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from kopdesk.domain.fields import DELETED
from kopdesk.ui.frame.pages import Page
from kopdesk.ui.frame.sync_view import SyncView, pill
from kopdesk.ui.session import Session
from kopdesk.ui.syncing.deciding import ConflictCard
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL, WIDE
from kopdesk.ui.widgets.buttons import plain, primary, quiet
from kopdesk.ui.widgets.frames import GUTTER, Card, EmptyState, Scroll
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.ui.widgets.tabs import Tabs
from kopdesk.usecases.conflicts import ConflictCase, list_conflicts
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.mending import Waiting, take_off, waiting_to_be_mended
from kopdesk.usecases.status import Status, status
from kopdesk.usecases.unsent import Confirmed, UnsentRecord, list_confirmed, list_unsent
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_instant
from kopdesk.wording.figures import bytes_text, counted, number
from kopdesk.wording.labels import path_label
from kopdesk.wording.notices import noticed_sentence, warning_sentence, withdrawn_sentence
from kopdesk.wording.reasons import reason_sentence
from kopdesk.wording.sentences import sentence_for
from kopdesk.wording.titles import record_heading
from kopdesk.wording.values import field_text

if TYPE_CHECKING:
    from kopdesk.sync.run import SyncSummary


@dataclass(frozen=True, slots=True)
class SyncState:
    """All that the page shows."""

    status: Status
    unsent: tuple[UnsentRecord, ...]
    conflicts: tuple[ConflictCase, ...]
    to_mend: tuple[Waiting, ...]
    confirmed: tuple[Confirmed, ...]


class SyncPage(Page):
    """Ctrl+S synchronises from every page; what it did is told here."""

    progress = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._state: SyncState | None = None
        self._is_running = False
        self._title = PlainLabel("", "title")
        self._told = PlainLabel("", "quiet")
        self._told.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._button = primary(_("Sinkronkan"), self.synchronise)
        self._notices = column(gap=SMALL)
        self.tabs = Tabs(_("Bagian sinkronisasi"))
        self._bodies = {word: column(gap=MEDIUM, margin=(0, MEDIUM, 0, WIDE)) for word in self._titles()}
        for word, body in self._bodies.items():
            self.tabs.addTab(Scroll(widget_of(body)), self._titles()[word])
        head = row(column(self._title, self._told, gap=2), self._button, gap=LARGE, wide=0)
        above = column(head, self._bar, self._notices, gap=MEDIUM, margin=(0, 0, GUTTER, 0))
        self.setLayout(column(above, self.tabs, gap=MEDIUM, margin=(WIDE, WIDE, WIDE - GUTTER, 0), wide=1))
        self.progress.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        session.records_changed.connect(self._load)
        session.sync_changed.connect(self._on_view)

    def open_first(self) -> None:
        """The primary action has the keyboard."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tabs.setCurrentIndex(0)
        self._on_view(self._session.sync_view)
        self._load()

    def act(self, key: str) -> bool:
        """Synchronise, or look everything up anew."""
        if key == "sync":
            self.synchronise()
        elif key == "refresh":
            self._load()
        return key in ("sync", "refresh")

    def synchronise(self) -> None:
        """One exchange until nothing is left to do; a second press while it runs is no second exchange."""
        if self._is_running:
            return
        self._is_running = True
        self._button.setText(_("Sedang sinkron …"))  # disabled, it would lose the keyboard
        self._bar.setRange(0, 0)
        self._bar.show()
        view = self._session.sync_view
        self._session.show_sync(replace(view, sending=(0, view.unsent)))
        self._session.synchronise(self.progress.emit, self._on_done, self._on_failed)

    def _titles(self) -> dict[str, str]:
        return {
            "unsent": _("Belum terkirim"),
            "conflicts": _("Perlu keputusan"),
            "mend": _("Ditolak atau dititipkan"),
            "history": _("Tanda terima"),
        }

    def _on_progress(self, summary: SyncSummary) -> None:
        done, rest = summary.sent + summary.received, summary.remaining
        if rest:
            self._bar.setRange(0, done + rest)
            self._bar.setValue(done)
        every = max(
            self._session.sync_view.sending[1] if self._session.sync_view.sending else 0, summary.sent
        )
        self._session.show_sync(replace(self._session.sync_view, sending=(summary.sent, every)))

    def _on_done(self, summary: SyncSummary) -> None:
        self._stopped(reached=summary.error is None or summary.round_trips > 0)
        exchanged = _("Terkirim {sent}, diterima {received}; {traffic}.").format(
            sent=number(summary.sent),
            received=number(summary.received),
            traffic=bytes_text(summary.bytes_up + summary.bytes_down),
        )
        asked = summary.conflicts + summary.rejected + summary.quarantined
        told = [
            noticed_sentence(one.word, given_back=one.given_back, owed=summary.owed, asked=asked)
            for one in summary.noticed
        ]
        if summary.error is not None:
            told.append(sentence_for(summary.error))
        self._tell(" ".join([exchanged, *told]))

    def _on_failed(self, error: Exception) -> None:
        self._stopped(reached=False)
        self._tell(sentence_for(error))

    def _tell(self, told: str) -> None:
        self._told.setText(told)
        self._told.show()

    def _stopped(self, *, reached: bool) -> None:
        self._is_running = False
        self._button.setText(_("Sinkronkan"))
        self._bar.hide()
        self._session.show_sync(replace(self._session.sync_view, sending=None, reached=reached))

    def _on_view(self, view: SyncView) -> None:
        self._title.setText(pill(view, self._session.program.now(), self._session.zone).text)

    def _load(self) -> None:
        self._session.ask(_look_up, self._show, owner=self)

    def _show(self, state: SyncState) -> None:
        if state == self._state:
            return
        self._state = state
        counts = {
            "unsent": state.status.unsent,
            "conflicts": len(state.conflicts),
            "mend": len(state.to_mend),
            "history": 0,
        }
        for at, (word, title) in enumerate(self._titles().items()):
            self.tabs.setTabText(at, f"{title} ({number(counts[word])})" if counts[word] else title)
        self._show_notices(state.status)
        self._fill("unsent", [self._unsent_row(one) for one in state.unsent])
        self._fill("conflicts", [ConflictCard(self._session, case) for case in state.conflicts])
        self._fill("mend", [self._mend_card(one) for one in state.to_mend])
        self._fill("history", [self._receipt_row(one) for one in state.confirmed])

    def _fill(self, word: str, widgets: list[QWidget]) -> None:
        body: QVBoxLayout = self._bodies[word]
        emptied(body)
        for widget in widgets or [self._nothing(word)]:
            body.addWidget(widget)
        body.addStretch(1)

    def _nothing(self, word: str) -> EmptyState:
        told = {
            "unsent": (
                "sent",
                _("Semua sudah terkirim"),
                _("Isian baru menunggu di sini sampai ada tanda terima pusat."),
            ),
            "conflicts": (
                "decide",
                _("Tidak ada perbedaan"),
                _("Bila dua orang mengisi hal yang sama, keduanya disimpan dan Anda memilih di sini."),
            ),
            "mend": (
                "check",
                _("Tidak ada yang ditolak"),
                _("Isian yang tidak diterima pusat muncul di sini dengan sebabnya; tidak ada yang hilang."),
            ),
            "history": (
                "history",
                _("Belum ada tanda terima"),
                _("Setiap kiriman yang diterima pusat tercatat di sini."),
            ),
        }
        return EmptyState(*told[word])

    def _show_notices(self, found: Status) -> None:
        emptied(self._notices)
        asked = found.conflicts + found.to_mend
        zone = self._session.zone
        told = [("warning", warning_sentence(word)) for word in found.warnings]
        told += [("", withdrawn_sentence(copy.name, copy.unsent, copy.may_go_on)) for copy in found.withdrawn]
        for one in found.noticed:
            sentence = noticed_sentence(one.word, given_back=one.given_back, owed=found.owed, asked=asked)
            told.append(("notice", f"{short_instant(one.at, zone)}: {sentence}"))
        for tone, sentence in told:
            self._notices.addWidget(PlainLabel(sentence, tone=tone))

    def _unsent_row(self, one: UnsentRecord) -> Card:
        card = Card()
        heading = record_heading(
            one.key.type, one.named.cooperative_name, one.named.leaves, self._session.zone
        )
        is_deleted = one.named.leaves.get(DELETED) is True
        count = PlainLabel(_("dihapus") if is_deleted else counted(one.leaves, "change"), "small")
        count.setWordWrap(False)
        line = row(LineLabel(heading), count, wide=0)
        if not is_deleted and one.cooperative_id is not None:
            line.addWidget(quiet(_("Buka"), partial(self._open, one), "right"))
        card.body.addLayout(line)
        return card

    def _open(self, one: UnsentRecord) -> None:
        self._session.record_requested.emit(one.key.type, one.key.id, one.cooperative_id)

    def _mend_card(self, one: Waiting) -> Card:
        zone = self._session.zone
        card = Card(record_heading(one.key.type, one.named.cooperative_name, one.named.leaves, zone))
        value = field_text(one.key.type, one.path, one.value, zone)
        card.body.addWidget(PlainLabel(f"{path_label(one.key.type, one.path)}: “{value}”"))
        card.body.addWidget(PlainLabel(reason_sentence(one.reason, one.words), "quiet"))
        if one.aside:
            card.body.addWidget(
                PlainLabel(_("Nomor titipan di pusat: {name}").format(name=one.aside), "small")
            )
        if not one.held_at_centre:
            done = plain(_("Turunkan dari daftar"), partial(self._take_off, one.entry))
            card.body.addLayout(row(done, None))
        return card

    def _take_off(self, entry: str) -> None:
        self._session.change(lambda desk: take_off(desk, [entry]))

    def _receipt_row(self, one: Confirmed) -> Card:
        card = Card()
        when = short_instant(one.at, self._session.zone)
        count = PlainLabel(counted(one.leaves, "change"), "small")
        count.setWordWrap(False)
        text = _("Kiriman {number}, diterima {when}").format(number=number(one.number), when=when)
        card.body.addLayout(row(LineLabel(text), count, gap=LARGE, wide=0))
        return card


def _look_up(desk: Desk) -> SyncState:
    return SyncState(
        status(desk),
        tuple(list_unsent(desk)),
        tuple(list_conflicts(desk)),
        tuple(waiting_to_be_mended(desk)),
        tuple(list_confirmed(desk)),
    )
