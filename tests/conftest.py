from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A server without people or cooperatives."""
    world = World(tmp_path)
    yield world
    world.close()
