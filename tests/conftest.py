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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long suites as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests belong to commands of their own; `python3 dev.py` lists them."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A server without people or cooperatives."""
    world = World(tmp_path)
    yield world
    world.close()
