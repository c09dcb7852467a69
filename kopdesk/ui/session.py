"""What all pages share while a profile is open: the threads, the cooperative in focus, what has changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from kopdesk.domain.zones import Zone, business_date
from kopdesk.ui.background import Background, is_there
from kopdesk.ui.collecting import Collector
from kopdesk.ui.feeding import Feeder
from kopdesk.ui.frame.sync_view import SyncView
from kopdesk.ui.history import History

if TYPE_CHECKING:
    from uuid import UUID

    from kopdesk.sync.run import SyncSummary
    from kopdesk.usecases.desk import Desk, OpenProfile

Result = TypeVar("Result")


class Program(Protocol):
    """What the windows need of the program around them; `app` is it."""

    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def random_bytes(self) -> Callable[[int], bytes]: ...
    @property
    def zone(self) -> str: ...
    @property
    def templates(self) -> Path: ...
    @property
    def rules(self) -> Path: ...
    @property
    def is_training(self) -> bool: ...
    def start_training(self) -> None: ...
    def profile(self, folder: Path, passphrase: str | None) -> AbstractContextManager[OpenProfile]: ...
    def sync(
        self, profile: OpenProfile, *, on_progress: Callable[[SyncSummary], None], patience: int
    ) -> SyncSummary: ...
    def enrol(
        self, folder: Path, *, server_url: str, login: str, password: str, passphrase: str | None
    ) -> bool: ...


class Session(QObject):
    """Asks use cases in the threads where they belong, and tells every page what came of it."""

    opened = Signal()
    records_changed = Signal()
    sync_changed = Signal(object)
    cooperative_changed = Signal(str)
    page_requested = Signal(str)
    record_requested = Signal(str, object, object)
    act_requested = Signal(str)
    language_requested = Signal(str)
    scheme_requested = Signal(str)
    told = Signal(str)
    failed = Signal(Exception)

    def __init__(self, program: Program, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.program, self.folder = program, folder
        self._collector = Collector(self)
        self.feeder = Feeder(self)
        self.history = History(self)
        self.work = Background("work", self)
        self.network = Background("sync", self)
        self._counting: Background | None = None
        self.sync_view = SyncView()
        self.cooperative: UUID | None = None
        self.cooperative_name = ""
        self._home_zone: str = Zone.WIB
        self._held = ExitStack()
        self._profile: OpenProfile | None = None

    @property
    def today(self) -> date:
        """By the laptop's clock and zone."""
        return business_date(self.program.now(), self.zone)

    @property
    def zone(self) -> str:
        """The laptop's; where that is none of Indonesia's, the one most of its cooperatives are in."""
        return self.program.zone if self.program.zone in tuple(Zone) else self._home_zone

    @property
    def owner_name(self) -> str:
        """Under which what is written here is signed."""
        return self._profile.desk.owner.name if self._profile is not None else ""

    @property
    def is_at_rest(self) -> bool:
        """Nothing is asked, saved, sent or built at the moment."""
        is_counted = self._counting is None or self._counting.is_idle
        return self.work.is_idle and self.network.is_idle and self.feeder.is_idle and is_counted

    @property
    def counting(self) -> Background:
        """For what takes long to compute and needs no database: saving does not wait for it."""
        if self._counting is None:
            self._counting = Background("count", self)
        return self._counting

    @property
    def is_open(self) -> bool:
        """Whether the profile is open and can be asked."""
        return self._profile is not None

    def open_profile(self, passphrase: str | None, failed: Callable[[Exception], None]) -> None:
        """Open it in the thread it will be used in; `opened` follows."""
        from kopdesk.usecases.home_zone import home_zone

        def opening() -> OpenProfile:
            profile = self._held.enter_context(self.program.profile(self.folder, passphrase))
            self._home_zone = home_zone(profile.desk)
            return profile

        self.work.run(opening, self._on_opened, failed)

    def ask(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Look something up. The answer is dropped if `owner` is gone by then."""
        self.work.run(partial(self._with_desk, use_case), done, failed or self.failed.emit, owner=owner)

    def change(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None] = lambda _: None,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Save something; then every open page loads anew what it shows."""

        def saved(result: Result) -> None:
            if owner is None or is_there(owner):
                done(result)
            self.records_changed.emit()
            self.refresh_sync()

        def not_saved(error: Exception) -> None:
            is_told = failed is not None and (owner is None or is_there(owner))
            (failed if failed is not None and is_told else self.failed.emit)(error)

        self.work.run(partial(self._with_desk, use_case), saved, not_saved)

    def focus_cooperative(self, cooperative_id: UUID | None, name: str) -> None:
        """From now on this one is in focus, or all of them."""
        if cooperative_id != self.cooperative:
            self.cooperative, self.cooperative_name = cooperative_id, name
            self.cooperative_changed.emit(name)

    def synchronise(
        self,
        on_progress: Callable[[SyncSummary], None],
        done: Callable[[SyncSummary], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """One exchange in the thread for it; `on_progress` is called there. Then all is loaded anew.

        `done` is told once what is unsent has been counted: nobody reads "sent" beside the count of before.
        """
        from kopdesk.ui.syncing.state import read_sync_view
        from kopdesk.usecases.home_zone import home_zone

        def synchronised(summary: SyncSummary) -> None:
            def counted(view: SyncView) -> None:
                self._on_counted(view)
                done(summary)

            self.records_changed.emit()
            self.ask(home_zone, self._on_home_zone)
            self.ask(read_sync_view, counted, lambda error: done(summary))

        def exchange() -> SyncSummary:
            assert self._profile is not None, "nothing is sent before the profile is open"
            return self.program.sync(self._profile, on_progress=on_progress, patience=2)

        self.network.run(exchange, synchronised, failed)

    def start_training(self) -> None:
        """Open the training world beside this one."""
        self.program.start_training()

    def refresh_sync(self) -> None:
        """Count anew what is unsent and what waits for somebody."""
        from kopdesk.ui.syncing.state import read_sync_view

        self.ask(read_sync_view, self._on_counted, owner=self)

    def close(self) -> None:
        """Let everything that was asked for be done, and give the profile back."""
        self.network.stop()
        self.work.run(self._held.close)
        self.work.stop()
        if self._counting is not None:
            self._counting.stop()
        self._collector.stop()
        self._profile = None

    def _with_desk(self, use_case: Callable[[Desk], Result]) -> Result:
        assert self._profile is not None, "nothing is asked before the profile is open"
        return use_case(self._profile.desk)

    def _on_opened(self, profile: OpenProfile) -> None:
        self._profile = profile
        self.opened.emit()
        self.refresh_sync()

    def _on_home_zone(self, zone: str) -> None:
        self._home_zone = zone

    def _on_counted(self, view: SyncView) -> None:
        self.show_sync(replace(view, sending=self.sync_view.sending, reached=self.sync_view.reached))

    def show_sync(self, view: SyncView) -> None:
        """What is known now of how things stand with the centre."""
        self.sync_view = view
        self.sync_changed.emit(view)
