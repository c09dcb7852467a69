from collections.abc import Iterator

import pytest

from kopdesk.wording.catalogue import use_language


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """Each test begins in Indonesian and leaves Indonesian behind."""
    use_language("id")
    yield
    use_language("id")
