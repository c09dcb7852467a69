import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kopdesk.app import App
from kopdesk.cli.main import main
from kopdesk.server.serving import running_server
from kopdesk.settings import Settings
from tests.support.world import PASSWORD, MemoryKeyStore, World

PIN = "kopi-pagi-di-sangatta"


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """What an expected failure says: one line, no more."""
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.strip()


@dataclass
class Desk:
    """A profile folder and the commands on it, in this process or in one of their own."""

    folder: Path
    app: App
    pin: str | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, given: object = None) -> Ran:
        """In this process: fast."""
        out, err = io.StringIO(), io.StringIO()
        code = main(self._words(words), io.BytesIO(self._text(given)), out, err, app=self.app)
        return Ran(code, out.getvalue(), err.getvalue())

    def process(self, *words: str, given: object = None, before: Sequence[str] = ()) -> Ran:
        """As it happens on a laptop."""
        ended = subprocess.run(
            [*before, *self.command(*words)],
            input=self._text(given),
            capture_output=True,
            env=self.env,
            timeout=60,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "kopdesk", *self._words(words)]

    @property
    def env(self) -> dict[str, str]:
        return {**os.environ, "PYTHONWARNINGS": "error", **self.environment}

    def enrol(self, url: str, user: str = "sari", password: str = PASSWORD) -> Ran:
        text = password + "\n" + (f"{self.pin}\n" if self.pin else "")
        words = ["enrol", "--profile", str(self.folder), "--server", url, "--user", user]
        out, err = io.StringIO(), io.StringIO()
        code = main(words, io.BytesIO(text.encode()), out, err, app=self.app)
        return Ran(code, out.getvalue(), err.getvalue())

    def put(self, type_name: str, **fields: Any) -> dict[str, Any]:
        ran = self.run("put", type_name, given=fields)
        assert ran.code == 0, ran.err
        saved: dict[str, Any] = ran.json
        return saved

    def sync(self) -> dict[str, Any]:
        ran = self.run("sync", "--json", "--patience", "0")
        assert ran.code == 0, ran.err
        summary: dict[str, Any] = ran.json
        return summary

    def unsent(self) -> int:
        unsent: int = self.run("status", "--json").json["unsent"]
        return unsent

    def _words(self, words: tuple[str, ...]) -> list[str]:
        return [*words, "--profile", str(self.folder), *(["--pin-stdin"] if self.pin else [])]

    def _text(self, given: object) -> bytes:
        record = given if isinstance(given, str) else "" if given is None else json.dumps(given)
        return (f"{self.pin}\n{record}" if self.pin else record).encode()


class Village:
    """A running centre with one cooperative, its assistant Sari, and what is needed to work there."""

    def __init__(self, world: World, url: str, folder: Path) -> None:
        self.world, self.url, self.folder = world, url, folder
        self.cooperative: UUID = world.cooperative()
        world.person("sari", self.cooperative)
        self.app = App(
            settings=Settings(app_version="0.1.0", data=folder / "data", device_name="laptop-uji"),
            dice=lambda: 0.0,
            key_store=MemoryKeyStore,
        )

    def new_desk(self, name: str = "sari", pin: str | None = None) -> Desk:
        """With a PIN other processes can open it, too; without one it is quick."""
        key_store = MemoryKeyStore()
        return Desk(self.folder / name, replace(self.app, key_store=lambda: key_store), pin)

    def desk(self, name: str = "sari", url: str | None = None, pin: str | None = None) -> Desk:
        """Enrolled and synchronised."""
        desk = self.new_desk(name, pin)
        ran = desk.enrol(url or self.url)
        assert ran.code == 0, ran.err
        desk.sync()
        return desk

    def visit(self, **fields: Any) -> dict[str, Any]:
        given = {
            "cooperative_id": str(self.cooperative),
            "visited_on": "2026-11-22",
            "notes": "Kas dihitung.",
        }
        return given | fields


@contextmanager
def _a_village(folder: Path) -> Iterator[Village]:
    world = World(folder)
    with running_server(folder / "server") as url:
        yield Village(world, url, folder)
    world.close()


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    with _a_village(tmp_path) as village:
        yield village


@pytest.fixture
def desk(village: Village) -> Desk:
    """Sari's laptop."""
    return village.desk()


@pytest.fixture
def pin_desk(village: Village) -> Desk:
    """Sari's laptop without a key store: what other processes open, too."""
    return village.desk(pin=PIN)


@pytest.fixture(scope="module")
def idle_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For tests in which nothing may happen."""
    with _a_village(tmp_path_factory.mktemp("idle")) as village:
        yield village.desk()
