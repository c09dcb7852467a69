"""Three assistants of one cooperative, each with a laptop that has synced once."""

from uuid import UUID

import pytest

from tests.support.histories import synced
from tests.support.world import TestLaptop, World


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    for login in ("ani", "budi", "citra"):
        world.person(login, coop)
    return coop


@pytest.fixture
def a(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "ani", coop)


@pytest.fixture
def b(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "budi", coop)


@pytest.fixture
def c(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "citra", coop)
