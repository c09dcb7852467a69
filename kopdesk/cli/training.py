"""The training world behind the window: sample cooperatives and a centre of this machine, nothing real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kopdesk.app import App
from kopdesk.cli.sample_world import LAPTOP, PASSWORD, SampleWorld, make_centre, port_of, sample_district
from kopdesk.sample.field_day import field_day
from kopdesk.usecases.desk import OpenProfile
from kopdesk.usecases.enrolment import is_enrolled


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(App):
    """The program on a world of its own in `folder`: made the first time, its centre up while it is open."""

    folder: Path
    district_name: str
    today: date

    @property
    def is_training(self) -> bool:
        """Said on every window and print."""
        return True

    @property
    def laptop(self) -> Path:
        """The profile of the person one plays."""
        return self.folder / LAPTOP

    @contextmanager
    def profile(self, folder: Path, passphrase: str | None) -> Iterator[OpenProfile]:
        """Open it together with its centre; the passphrase is everybody's."""
        if not is_enrolled(folder):
            self._make(folder)
        world = SampleWorld(self, self.folder, title="")
        with closing(world.server), App.profile(self, folder, PASSWORD) as opened:
            world.port = port_of(opened.desk.owner.server_url)
            with world.online():
                yield opened

    def start_training(self) -> None:
        """It is open already."""

    def _make(self, laptop: Path) -> None:
        sample = sample_district(self.district_name, self.today)
        make_centre(self, self.folder / "server", sample)
        world = SampleWorld(self, self.folder, title=sample.title)
        with closing(world.server), world.online():
            world.enrol(laptop.name, field_day(sample, self.today).assistant)
