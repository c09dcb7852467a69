"""Opens every page of a window, one state after another: for pictures, and for tests that look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from kopdesk.domain.book_check import BookCheckState
from kopdesk.domain.visit import VisitState
from kopdesk.ui.books.check_form import PARTS
from kopdesk.ui.books.page import BooksPage
from kopdesk.ui.cooperatives.page import CooperativesPage
from kopdesk.ui.follow_ups.page import FollowUpsPage
from kopdesk.ui.frame.key_list import KeyList
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.frame.pages import EVERY_PAGE
from kopdesk.ui.plans.page import PlansPage
from kopdesk.ui.plans.plan_form import SECTIONS
from kopdesk.ui.syncing.page import SyncPage
from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.visits.page import VisitsPage
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.wording.catalogue import _

_LONGEST_WAIT_MS = 60_000
_SETTLING_MS = 40
_LAYOUT_PASSES = 5


def walk(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    """The name of each state, with what stands before the window in it. The profile has to be open."""
    for page in ("home", "cooperatives"):
        window.show_page(page)
        yield from _state(window, page)
    yield from _dossiers(window)
    yield from _visits(window)
    yield from _books(window)
    yield from _plans(window)
    yield from _follow_ups(window)
    yield from _syncing(window)
    window.show_page("settings")
    yield from _state(window, "settings")
    yield from _in_front(window)


def save_picture(window: MainWindow, front: QWidget | None, path: Path) -> None:
    """The window as it is, with what stands before it."""
    picture = window.grab()
    if front is not None:
        place = front.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
        _paint_over(picture, front.grab(), place, has_frame=isinstance(front, QDialog))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(path))


def settle(window: MainWindow) -> None:
    """Until everything that was asked for is there and laid out."""
    until(lambda: window.session.is_at_rest)
    for _pass in range(_LAYOUT_PASSES):
        QCoreApplication.sendPostedEvents()  # each layout may ask for another, however slow the machine is
    _pause(_SETTLING_MS)


def until(is_so: Callable[[], bool]) -> None:
    """Let the window live until something is so; raises TimeoutError if it never is."""
    loop, often, end = QEventLoop(), QTimer(), QTimer()
    often.timeout.connect(lambda: loop.quit() if is_so() else None)
    end.timeout.connect(lambda: loop.exit(1))
    often.start(10)
    end.start(_LONGEST_WAIT_MS)
    if loop.exec():
        raise TimeoutError("the window does not come to rest")


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _state(
    window: MainWindow, name: str, front: QWidget | None = None
) -> Iterator[tuple[str, QWidget | None]]:
    settle(window)
    yield name, front


def _dossiers(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    page = window.page
    assert isinstance(page, CooperativesPage)
    card = page.table.current
    if card is None:
        return
    page.open_dossier(card.id, card.name)
    settle(window)
    for at in range(page.dossier.tabs.count()):
        page.dossier.tabs.setCurrentIndex(at)
        yield from _state(window, f"dossier-{at + 1}")
    page.show_list()
    window.session.focus_cooperative(None, "")


def _visits(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    window.show_page("visits")
    yield from _state(window, "visits")
    page = window.page
    assert isinstance(page, VisitsPage)
    for state in VisitState:
        visit = next((one for one in page.visits if one.state == state), None)
        if visit is None:
            continue
        page.show_record("visit", visit.id, visit.cooperative_id)
        yield from _state(window, f"visit-{state}")
    if page.visits:
        page.form.open_folds()
        settle(window)
        for scroll in page.form.findChildren(Scroll):
            scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
        yield from _state(window, "visit-folds-open")
        page.act("print")
        yield from _state(window, "minutes")
        page.act("back")


def _books(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    window.show_page("books")
    yield from _state(window, "books")
    page = window.page
    assert isinstance(page, BooksPage)
    if page.checks:
        check = max(page.checks, key=lambda one: (one.state == BookCheckState.DRAFT, one.period))
        page.show_record("book_check", check.id, check.cooperative_id)
        settle(window)
        assert page.form is not None
        for word, _title in PARTS:
            page.form.show_part(word)
            yield from _state(window, f"check-{word}")
            if word in ("cash", "results"):
                page.act("print")
                yield from _state(window, f"check-{word}-page")
                page.act("back")
    page.act("back")
    window.session.focus_cooperative(None, "")


def _plans(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    window.show_page("plans")
    yield from _state(window, "plans")
    page = window.page
    assert isinstance(page, PlansPage)
    if page.plans:
        plan = max(page.plans, key=lambda one: sum(loan.amount or 0 for loan in one.plan.loans.values())).plan
        page.show_record("plan", plan.id, plan.cooperative_id)
        settle(window)
        assert page.form is not None
        for word, _title in SECTIONS:
            page.form.show_section(word)
            yield from _state(window, f"plan-{word}")
    page.act("back")


def _follow_ups(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    window.show_page("follow_ups")
    yield from _state(window, "follow-ups")
    page = window.page
    assert isinstance(page, FollowUpsPage)
    if page.table.current is not None:
        page.act("edit")
        yield from _state(window, "follow-up")
        page.act("back")


def _syncing(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    window.show_page("syncing")
    settle(window)
    page = window.page
    assert isinstance(page, SyncPage)
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        yield from _state(window, f"syncing-{at + 1}")


def _in_front(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    window.show_page("home")
    settle(window)
    finder = window.open_finder()
    yield from _state(window, "finder", finder)
    finder.line.setText("a")
    _pause(200)
    yield from _state(window, "finder-typed", finder)
    finder.close()
    keys = KeyList([_(entry.label).replace("&", "") for entry in EVERY_PAGE], window)
    keys.show()
    yield from _state(window, "keys", keys)
    keys.close()


def _paint_over(picture: QPixmap, front: QPixmap, place: QPoint, *, has_frame: bool) -> None:
    """`has_frame`: on a screen it has a frame of the desktop's, which no picture shows."""
    painter = QPainter(picture)
    painter.drawPixmap(place, front)
    if has_frame:
        painter.setPen(QColor(colour_of("quiet")))
        painter.drawRect(QRect(place, front.deviceIndependentSize().toSize()).adjusted(-1, -1, 0, 0))
    painter.end()
