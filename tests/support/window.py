"""The window on a test laptop: real widgets, real threads, real use cases; the program around it is ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kopdesk.sync.run import SyncSummary
from kopdesk.ui.session import OpenProfile
from tests.support.world import TestLaptop


@dataclass
class TestProgram:
    """What `app` is to the window, on one laptop of the world. `locked`: what opening it raises."""

    __test__ = False

    laptop: TestLaptop
    locked: Exception | None = None

    @property
    def now(self) -> Callable[[], datetime]:
        return self.laptop.clock.now

    @property
    def random_bytes(self) -> Callable[[int], bytes]:
        return self.laptop.desk.random_bytes

    @property
    def zone(self) -> str:
        return "WITA"

    @contextmanager
    def profile(self, folder: Path, passphrase: str | None) -> Iterator[OpenProfile]:
        if self.locked is not None:
            raise self.locked
        yield self.laptop

    def sync(
        self, profile: OpenProfile, *, on_progress: Callable[[SyncSummary], None], patience: int
    ) -> SyncSummary:
        return self.laptop.sync()

    def enrol(
        self, folder: Path, *, server_url: str, login: str, password: str, passphrase: str | None
    ) -> bool:
        raise NotImplementedError
