"""The window: frame and pages put together, keys handed to whoever they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QStackedWidget, QWidget

from kopdesk.ui.frame.keys import KEYS
from kopdesk.ui.frame.navigation import Navigation
from kopdesk.ui.frame.pages import EVERY_PAGE, Page
from kopdesk.ui.frame.placing import placed
from kopdesk.ui.frame.sync_view import SyncView, pill
from kopdesk.ui.frame.top_bar import TopBar
from kopdesk.ui.preferences import Preferences
from kopdesk.ui.session import Session
from kopdesk.ui.theme.theme import dress, use_scheme
from kopdesk.ui.theme.tokens import SMALL, TIGHT, WIDE, Scheme
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.wording.catalogue import Language, _, use_language

if TYPE_CHECKING:
    from uuid import UUID

    from kopdesk.ui.first_start.entrance import Entrance
    from kopdesk.ui.frame.finder import Finder
    from kopdesk.ui.widgets.frames import Banner
    from kopdesk.ui.widgets.labels import LineLabel
    from kopdesk.usecases.status import Status
    from kopdesk.usecases.unsent import UnsentRecord

SMALLEST = (1024, 600)
DESIGNED = (1366, 728)
_NARROW = 1200
_FOOT_HEIGHT = 22
_LONG_MS = 700
_TOLD_MS = 8000
_PAGE_OF = {"visit": "visits", "book_check": "books", "follow_up": "follow_ups", "plan": "plans"}


def _fetching() -> Iterator[None]:
    """The other pages, while nobody waits for them."""
    for entry in EVERY_PAGE:
        yield
        entry.fetch()


class MainWindow(QMainWindow):
    """Pages are built when they are first opened; another language or scheme builds everything anew."""

    painted = Signal()
    closing = Signal(object)

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session, self._preferences = session, preferences
        self._pages: dict[str, Page] = {}
        self._open = ""
        self._is_painted = self.is_opening = False
        self._told_until = QTimer(self)
        self._told_until.setSingleShot(True)
        self._told_until.setInterval(_TOLD_MS)
        self._told_until.timeout.connect(self._on_told_long)
        self.setWindowTitle("Kopdesk")
        self.setMinimumSize(640, 400)
        session.opened.connect(self._on_opened)
        session.sync_changed.connect(self._on_sync_changed)
        session.cooperative_changed.connect(self._on_cooperative_changed)
        session.told.connect(self._on_told)
        session.failed.connect(self.tell_failure)
        session.page_requested.connect(self.show_page)
        session.record_requested.connect(self.show_record)
        session.act_requested.connect(self.press)
        session.language_requested.connect(self._on_language_requested)
        session.scheme_requested.connect(self._on_scheme_requested)
        self.painted.connect(self._make_keys)
        self._build()
        dress(self)
        self._place()

    @property
    def preferences(self) -> Preferences:
        """As they are now."""
        size = self.normalGeometry()
        return replace(
            self._preferences,
            page=self._open or self._preferences.page,
            geometry=(size.x(), size.y(), size.width(), size.height()),
            is_maximised=self.isMaximized(),
            is_open=False,
        )

    @property
    def page(self) -> Page | None:
        """The one that is open."""
        return self._pages.get(self._open)

    def open_profile(self, passphrase: str | None) -> None:
        """Ask for it in its thread; the page follows when it is there, or what is needed to open it."""
        self.is_opening = True
        QTimer.singleShot(_LONG_MS, self._on_long_opening)
        self.session.open_profile(passphrase, self._on_not_open)

    def show_page(self, word: str) -> None:
        """Open a page; whatever is being typed on the one before is taken over first."""
        if not self.session.is_open:
            self._open = word
            return
        if (before := self.page) is not None and self._open != word:
            before.leave()
        self._open = word
        self._stack.setCurrentWidget(self._built(word))
        self._navigation.show_page(word)
        self._pages[word].open_first()

    def _built(self, word: str) -> Page:
        if word not in self._pages:
            entry = next(one for one in EVERY_PAGE if one.word == word)
            self._pages[word] = entry.build(self.session)
            self._stack.addWidget(self._pages[word])
        return self._pages[word]

    def use_language(self, language: Language) -> None:
        """At once: nothing that is shown stays in the other language."""
        use_language(language)
        self._preferences = replace(self._preferences, language=language)
        self._build_anew()

    def use_scheme(self, scheme: Scheme) -> None:
        """Light or dark, at once."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        use_scheme(application, scheme)
        dress(self)
        self._preferences = replace(self._preferences, scheme=scheme)
        self._build_anew()

    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        """Go to a record, on the page where records of its kind are."""
        if cooperative_id is not None and self.session.cooperative not in (None, cooperative_id):
            self.session.focus_cooperative(None, "")  # its list shows it as well
        self.show_page(_PAGE_OF.get(kind, "cooperatives"))
        if self.page is not None:
            self.page.show_record(kind, record_id, cooperative_id)

    def press(self, act: str) -> None:
        """As if its key had been pressed."""
        self._on_key(act)

    def show_in_place(self) -> None:
        """Where it was when it was closed last."""
        if self._fills_screen:
            self.showMaximized()
        else:
            self.show()

    def tell_failure(self, error: Exception) -> None:
        """One sentence above the page, with what to do."""
        from kopdesk.wording.sentences import sentence_for

        self.banner.tell("bad", sentence_for(error))

    def raise_up(self) -> None:
        """Another start of the program asks for this window."""
        from PySide6.QtCore import Qt  # a fifth of the start, and nothing before the first picture needs it

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first time is told: whatever is heavy comes after it."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows have icons alone on the left."""
        super().resizeEvent(event)
        self._navigation.narrow(self.width() < _NARROW)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab comes by everything on the page."""
        from kopdesk.ui.widgets.reading_order import go_to_next_stop  # not before the first picture

        return go_to_next_stop(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never asks and never loses: what is being typed is saved like everything before it."""
        if self.page is not None:
            self.page.leave()
        self.closing.emit(self.preferences)
        self.session.close()
        super().closeEvent(event)

    def _build(self) -> None:
        self._navigation = Navigation()
        self._navigation.page_requested.connect(self.show_page)
        self.top_bar = TopBar()
        self.top_bar.switch_requested.connect(self._switch_cooperative)
        self.top_bar.find_requested.connect(self.open_finder)
        self.top_bar.sync_page_requested.connect(lambda: self.show_page("syncing"))
        self.top_bar.show_cooperative(self.session.cooperative_name)
        if self.session.program.is_training:
            self.top_bar.show_training()
        self._banner: Banner | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._foot = row(margin=(WIDE, 0, WIDE, TIGHT))
        foot = widget_of(self._foot)
        foot.setFixedHeight(_FOOT_HEIGHT)
        self._content = column(self.top_bar, self._stack, foot, gap=0, wide=1)
        frame = row(self._navigation, self._content, gap=0, wide=1)
        self._frame = widget_of(frame)
        self._entrance: Entrance | None = None
        self._outer = QStackedWidget()
        self._outer.addWidget(self._frame)
        edge = QFrame()
        edge.setProperty("kind", "training" if self.session.program.is_training else "page")
        edge.setLayout(column(self._outer))
        self.setCentralWidget(edge)
        self._status: LineLabel | None = None
        self._navigation.narrow(self.width() < _NARROW)
        self._on_sync_changed(self.session.sync_view)

    def _build_anew(self) -> None:
        open_record = None
        if self.page is not None:
            self.page.leave()
            open_record = self.page.open_record()
        before = self._entrance if self._outer.currentWidget() is self._entrance else None
        self._pages.clear()
        self._build()
        if before is not None:
            self._outer.setCurrentWidget(self.entrance)
            self.entrance.continue_from(before)
        elif self.session.is_open:
            self.show_page(self._open)
            if open_record is not None and self.page is not None:
                self.page.show_record(*open_record)

    def _place(self) -> None:
        areas = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        kept = QRect(*self._preferences.geometry) if self._preferences.geometry is not None else None
        place, is_too_large = placed(kept, QSize(*DESIGNED), areas)
        if kept is None:
            self.resize(place.size())  # where, the desktop knows better
        else:
            self.setGeometry(place)
        self._fills_screen = self._preferences.is_maximised or is_too_large

    def _make_keys(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for key in KEYS:
            QShortcut(QKeySequence(key.keys), self, partial(self._on_key, key.act))
        for number, entry in enumerate(EVERY_PAGE, 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self.show_page, entry.word))

    def _on_key(self, act: str) -> None:
        own: dict[str, Callable[[], object]] = {
            "find": self.open_finder,
            "keys": self._show_keys,
            "close": self.close,
            "undo": partial(self._take_back, self.session.history.undo),
            "redo": partial(self._take_back, self.session.history.redo),
        }
        if act in own:
            own[act]()
        elif self.page is not None and not self.page.act(act):
            self._act_elsewhere(act)

    def _take_back(self, act: Callable[[], None]) -> None:
        """What is being typed counts as a change: it is the last one."""
        if self.page is not None and self.session.is_open:
            self.page.leave()
            act()

    def _act_elsewhere(self, act: str) -> None:
        """What a key means on every page that has no meaning of its own for it."""
        if act == "new":
            self.show_page("visits")
            assert self.page is not None
            self.page.act(act)
        elif act == "sync" and self.page is not None:  # also who only means to save stays where he is
            self.page.leave()
            self._built("syncing").act(act)

    def _show_keys(self) -> None:
        from kopdesk.ui.frame.key_list import KeyList

        KeyList([_(entry.label).replace("&", "") for entry in EVERY_PAGE], self).exec()

    def open_finder(self) -> Finder:
        """Ctrl+K."""
        from kopdesk.ui.frame.finder import Finder
        from kopdesk.ui.frame.searching import search_everything

        hint = _("Cari koperasi, orang, kunjungan, atau perintah")
        finder = Finder(search_everything(self.session, self), hint, self)
        finder.show()
        return finder

    def _switch_cooperative(self) -> None:
        from kopdesk.ui.frame.finder import Finder
        from kopdesk.ui.frame.searching import search_cooperatives

        Finder(search_cooperatives(self.session), _("Cari koperasi"), self).show()

    def _on_long_opening(self) -> None:
        if self.is_opening and self._outer.currentWidget() is self._frame:
            self._outer.setCurrentWidget(self.entrance)
            self.entrance.show_opening()

    def _on_opened(self) -> None:
        self.is_opening = False
        from kopdesk.usecases.status import status

        self.session.ask(status, self._on_status, owner=self)

    def _on_status(self, found: Status) -> None:
        """Without a single contact there is nothing to show: the first copies are fetched before."""
        if found.last_contact_at is None and not found.cooperatives:
            self._outer.setCurrentWidget(self.entrance)
            self.entrance.show_download()
        else:
            self._enter()

    def _enter(self) -> None:
        self._outer.setCurrentWidget(self._frame)
        self.show_page(self._open or self._preferences.page)
        self.session.feeder.feed(self, _fetching())
        if self._preferences.is_open:
            self._preferences = replace(self._preferences, is_open=False)
            self._tell_what_was_kept()

    def _tell_what_was_kept(self) -> None:
        """The last window went without being closed: by a kill, or with the power."""
        from kopdesk.usecases.unsent import list_unsent

        self.session.ask(list_unsent, self._on_kept, owner=self)

    def _on_kept(self, unsent: list[UnsentRecord]) -> None:
        from kopdesk.ui.frame.recovery import kept_told

        told = kept_told(unsent, self.session.zone)
        last = told.last
        go = (lambda: self.show_record(last.type, last.id, told.cooperative_id)) if last else None
        self.banner.tell("notice", told.sentence, _("Buka yang terakhir") if last else "", go)

    @property
    def banner(self) -> Banner:
        """Above the page; made when there is something to say."""
        if self._banner is None:
            from kopdesk.ui.widgets.frames import Banner

            self._banner = Banner()
            self._content.insertLayout(1, row(self._banner, margin=(SMALL, SMALL, SMALL, 0)))
        return self._banner

    @property
    def entrance(self) -> Entrance:
        """The steps before the desk is open; made when they are needed, which is seldom."""
        if self._entrance is None:
            from kopdesk.ui.first_start.entrance import Entrance

            self._entrance = Entrance(self.session)
            self._entrance.enrolled.connect(lambda pin: self.open_profile(pin or None))
            self._entrance.unlocked.connect(self.open_profile)
            self._entrance.finished.connect(self._enter)
            self._outer.addWidget(self._entrance)
        return self._entrance

    def _on_not_open(self, error: Exception) -> None:
        """What a person can do about it has its own step; all else is said in the window."""
        self.is_opening = False
        kind = type(error).__name__
        if kind not in ("NoProfile", "PassphraseNeeded", "WrongPassphrase"):
            self._outer.setCurrentWidget(self._frame)
            self.tell_failure(error)
            return
        self._outer.setCurrentWidget(self.entrance)
        if kind == "NoProfile":
            self.entrance.show_enrol()
        else:
            self.entrance.show_unlock(error if kind == "WrongPassphrase" else None)

    def _on_sync_changed(self, view: SyncView) -> None:
        self.top_bar.pill.show_pill(pill(view, self.session.program.now(), self.session.zone))

    def _on_cooperative_changed(self, name: str) -> None:
        self.top_bar.show_cooperative(name)
        self._on_told_long()  # what was told may have been about the one before

    def _on_told(self, sentence: str) -> None:
        from kopdesk.ui.widgets.labels import LineLabel

        if self._status is None:
            self._status = LineLabel("", "small")
            self._foot.addWidget(self._status)
        self._status.setText(sentence)
        self._told_until.start()

    def _on_told_long(self) -> None:
        if self._status is not None:
            self._status.setText("")

    def _on_language_requested(self, language: Language) -> None:
        """Once what asks for it has ended: it is built anew."""
        QTimer.singleShot(0, partial(self.use_language, language))

    def _on_scheme_requested(self, scheme: Scheme) -> None:
        QTimer.singleShot(0, partial(self.use_scheme, scheme))
