"""The window on a test laptop: real widgets, real threads, real use cases; the program around it is ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kopdesk.sync.run import SyncSummary
from kopdesk.usecases.contact import note_contact
from kopdesk.usecases.desk import OpenProfile
from tests.support.world import TestLaptop


@dataclass
class TestProgram:
    """What `app` is to the window, on one laptop of the world. `locked`: what opening it raises,
    `refused`: what enrolling does.
    """

    __test__ = False

    laptop: TestLaptop
    locked: Exception | None = None
    refused: Exception | None = None
    enrolled: tuple[str, str, str, str | None] | None = None
    is_training: bool = False
    trainings: int = 0
    zone: str = "WITA"

    @property
    def now(self) -> Callable[[], datetime]:
        return self.laptop.clock.now

    @property
    def random_bytes(self) -> Callable[[int], bytes]:
        return self.laptop.desk.random_bytes

    @property
    def rules(self) -> Path:
        return self.laptop.folder / "rules"

    @property
    def templates(self) -> Path:
        return self.laptop.folder / "templates"

    def start_training(self) -> None:
        self.trainings += 1

    @contextmanager
    def profile(self, folder: Path, passphrase: str | None) -> Iterator[OpenProfile]:
        if self.locked is not None:
            raise self.locked
        yield OpenProfile(folder, self.laptop.desk, self.laptop.keychain)

    def sync(
        self, profile: OpenProfile, *, on_progress: Callable[[SyncSummary], None], patience: int
    ) -> SyncSummary:
        summary = self.laptop.sync()
        server_at = self.laptop.clock.ms() if summary.error is None else None
        note_contact(self.laptop.desk, server_at=server_at)
        return summary

    def enrol(
        self, folder: Path, *, server_url: str, login: str, password: str, passphrase: str | None
    ) -> bool:
        if self.refused is not None:
            raise self.refused
        self.locked, self.enrolled = None, (server_url, login, password, passphrase)
        return False
