"""The pages there are, in the order of the navigation. Each is built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kopdesk.wording.catalogue import N_

if TYPE_CHECKING:
    from uuid import UUID

    from kopdesk.ui.session import Session


class Page(QWidget):
    """What the frame asks of a page."""

    def open_first(self) -> None:
        """It is shown: put the keyboard where one begins, and load what has changed meanwhile."""

    def leave(self) -> None:
        """It is about to be hidden: take over what is being typed."""

    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        """Somebody wants to see this one."""

    def open_record(self) -> tuple[str, UUID, UUID] | None:
        """Kind, id and cooperative of what is open, for `show_record` of a page built anew."""
        return None

    def act(self, key: str) -> bool:
        """One of the keys of the list on F1 ("new", "print", …); False if it means nothing here."""
        return False


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`label` carries the mnemonic; `place` names the module and class."""

    word: str
    label: str
    symbol: str
    place: str

    def fetch(self) -> None:
        """Import what it is made of, before somebody waits for it."""
        import_module(f"kopdesk.ui.{self.place.partition(':')[0]}")

    def build(self, session: Session) -> Page:
        """Import and make it."""
        module, _, name = self.place.partition(":")
        make: Callable[[Session], Page] = getattr(import_module(f"kopdesk.ui.{module}"), name)
        return make(session)


PAGES = (
    PageEntry("home", N_("&Beranda"), "home", "home.page:HomePage"),
    PageEntry("cooperatives", N_("&Koperasi"), "cooperative", "cooperatives.page:CooperativesPage"),
    PageEntry("visits", N_("K&unjungan"), "visit", "visits.page:VisitsPage"),
    PageEntry("books", N_("Pe&mbukuan"), "books", "books.page:BooksPage"),
    PageEntry("plans", N_("&Rencana usaha"), "plan", "plans.page:PlansPage"),
    PageEntry("follow_ups", N_("&Tindak lanjut"), "promise", "follow_ups.page:FollowUpsPage"),
    PageEntry("syncing", N_("&Sinkronisasi"), "sync", "syncing.page:SyncPage"),
)
SETTINGS = PageEntry("settings", N_("&Pengaturan"), "settings", "settings.page:SettingsPage")
EVERY_PAGE = (*PAGES, SETTINGS)
