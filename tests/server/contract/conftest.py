"""One centre behind three doors: a model store and SQLite called in this process, SQLite asked over HTTP."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kopdesk.protocol.service import SyncService
from kopdesk.server.opening import Server, open_server
from kopdesk.server.serving import answering
from tests.support.doors import InProcess, OverHttp, RevolvingDoor
from tests.support.model_server import model_server
from tests.support.raw_client import RawClient
from tests.support.server_parts import PASSWORD, PERIDAN, Counter, TestClock, a_person, two_cooperatives


@pytest.fixture(params=["model", "sqlite", "http"])
def way(request: pytest.FixtureRequest) -> str:
    """How the centre keeps its history, and how it is reached."""
    way: str = request.param
    return way


@pytest.fixture
def server(way: str, tmp_path: Path, clock: TestClock) -> Iterator[Server]:
    """The office's side of the centre. Two cooperatives; nobody has them yet."""
    dice = Counter().take
    if way == "model":
        server = model_server(clock.now, dice)
    else:
        server = open_server(tmp_path / "server", name="Dinas Koperasi", now=clock.now, random_bytes=dice)
    two_cooperatives(server)
    yield server
    if way != "model":
        server.close()


@pytest.fixture
def service(way: str, server: Server, request: pytest.FixtureRequest) -> Iterator[SyncService]:
    """The laptops' side of it: everything that differs by the way is in here."""
    if way != "http":
        yield InProcess(server.centre)
        return
    door: RevolvingDoor = request.getfixturevalue("door")
    door.service = server.centre
    with closing(OverHttp(request.getfixturevalue("url"))) as over_http:
        yield over_http


@pytest.fixture(scope="session")
def door() -> RevolvingDoor:
    return RevolvingDoor()


@pytest.fixture(scope="session")
def url(door: RevolvingDoor) -> Iterator[str]:
    with answering(door) as url:
        yield url


@pytest.fixture
def siti(server: Server, service: SyncService) -> RawClient:
    """An assistant of Peridan, enrolled."""
    a_person(server, "siti", PERIDAN)
    return RawClient(service, "siti", PASSWORD)


@pytest.fixture
def budi(server: Server, service: SyncService) -> RawClient:
    """Another one, on another laptop."""
    a_person(server, "budi", PERIDAN)
    return RawClient(service, "budi", PASSWORD, seed=2)
