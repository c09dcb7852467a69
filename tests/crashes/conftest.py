from collections.abc import Iterator

import pytest

from tests.crashes.rig import Rig
from tests.crashes.rig import rig as opened_rig


@pytest.fixture(scope="session")
def rig() -> Iterator[Rig]:
    """One for all, so that every scenario is prepared and recorded once."""
    with opened_rig() as opened:
        yield opened
