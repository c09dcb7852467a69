"""A centre of this machine with a sample district, and laptops beside it: for demo, training and tour."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from kopdesk.app import App
from kopdesk.domain.zones import business_date
from kopdesk.sample.district import District, district
from kopdesk.sample.loading import load
from kopdesk.server.opening import DATABASE, Server, open_server
from kopdesk.server.serving import answering
from kopdesk.sync.run import SyncSummary
from kopdesk.usecases.desk import OpenProfile

PASSWORD = "contoh-kopdesk"  # noqa: S105 - of invented people, on a server that only this machine can reach
SEED = 1
LAPTOP = "laptop-1"
ZONE = "WITA"


def on_day(app: App, today: date) -> App:
    """The same machine on another day."""
    shift = today - business_date(app.now(), ZONE)
    clock = app.now
    return replace(app, now=lambda: clock() + shift)


def sample_district(name: str, today: date) -> District:
    """The district every sample world is made of."""
    return district(name, seed=SEED, today=today)


class SampleWorld:
    """The folder holds the centre in `server` and each laptop in a folder of its own name."""

    def __init__(self, app: App, folder: Path, *, title: str, port: int = 0) -> None:
        self.app, self.folder, self.title = app, folder, title
        self.port = port or _free_port()
        self.server: Server = self.opened_server()

    @property
    def url(self) -> str:
        """Where the centre answers while `online`."""
        return f"http://127.0.0.1:{self.port}"

    def opened_server(self) -> Server:
        """The centre, with the machine's own clock."""
        return open_centre(self.app, self.folder / "server", self.title)

    def enrol(self, laptop: str, login: str) -> None:
        """Make a laptop known; the centre has to be online."""
        self.app.enrol(
            self.folder / laptop, server_url=self.url, login=login, password=PASSWORD, passphrase=PASSWORD
        )

    def laptop(self, name: str) -> AbstractContextManager[OpenProfile]:
        """Open one."""
        return self.app.profile(self.folder / name, PASSWORD)

    def online(self) -> AbstractContextManager[str]:
        """The centre answers; outside of it, connections are refused as where there is no network."""
        return answering(self.server.centre, port=self.port)

    def sync(
        self, laptop: OpenProfile, on_progress: Callable[[SyncSummary], None] = lambda summary: None
    ) -> SyncSummary:
        """Raises what went wrong."""
        summary = self.app.sync(laptop, on_progress=on_progress)
        if summary.error is not None:
            raise summary.error
        return summary


def open_centre(app: App, folder: Path, title: str) -> Server:
    """A sample centre, made if it is not there."""
    return open_server(folder, name=f"Dinas Koperasi {title}", now=lambda: int(app.now().timestamp() * 1000))


def make_centre(app: App, folder: Path, sample: District) -> None:
    """Fill a centre with the district: whole, or not there at all."""
    if (folder / DATABASE).exists():
        return
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    server = open_centre(app, part, sample.title)
    try:
        load(server, sample, password=PASSWORD)
    finally:
        server.close()
    part.rename(folder)


def port_of(server_url: str) -> int:
    """Where a laptop looks for its centre."""
    return urlsplit(server_url).port or _free_port()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
