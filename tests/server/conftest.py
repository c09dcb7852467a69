"""Stores for the server's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kopdesk.server.engine import sqlite_engine
from kopdesk.server.opening import Server, open_server
from kopdesk.server.ports import ServerStore
from kopdesk.server.store import SqlStore
from tests.support.model_server_store import ModelServerStore
from tests.support.server_parts import Counter, TestClock, two_cooperatives


@pytest.fixture
def sql_store(tmp_path: Path) -> Iterator[SqlStore]:
    store = SqlStore(sqlite_engine(tmp_path / "server.db"))
    yield store
    store.close()


@pytest.fixture(params=["sql", "model"])
def store(request: pytest.FixtureRequest) -> ServerStore:
    """Both stores, one after the other: what holds for one holds for the other."""
    if request.param == "model":
        return ModelServerStore()
    sql: ServerStore = request.getfixturevalue("sql_store")
    return sql


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def server(tmp_path: Path, clock: TestClock) -> Iterator[Server]:
    """Two cooperatives; nobody has them yet."""
    server = open_server(
        tmp_path / "server", name="Dinas Koperasi", now=clock.now, random_bytes=Counter().take
    )
    two_cooperatives(server)
    yield server
    server.close()
