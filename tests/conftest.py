import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.world import World

# The same examples in every run, however slow the machine: a red run is red again when somebody looks.
settings.register_profile(
    "kopdesk", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kopdesk")


def pytest_configure() -> None:
    """A run started in the background ignores Ctrl+C, and so would every program the tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A server without people or cooperatives."""
    world = World(tmp_path)
    yield world
    world.close()
