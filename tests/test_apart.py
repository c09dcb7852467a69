import os
import time

import pytest

from kopdesk.apart import NotEnded, apart
from kopdesk.domain.errors import InvalidField


def doubled(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def refused() -> None:
    raise InvalidField("amount", "not_a_number", "x")


def gone() -> None:
    os._exit(1)


def endless() -> None:
    time.sleep(600)


def test_the_work_is_done_in_a_process_of_its_own() -> None:
    number, process = apart(60, doubled, 21)
    assert number == 42
    assert process != os.getpid()


def test_what_it_raises_is_raised_here() -> None:
    with pytest.raises(InvalidField) as caught:
        apart(60, refused)
    assert (caught.value.path, caught.value.reason, caught.value.detail) == ("amount", "not_a_number", "x")


def test_what_never_ends_is_ended() -> None:
    with pytest.raises(NotEnded):
        apart(0.2, endless)


def test_a_process_that_goes_is_told_at_once() -> None:
    with pytest.raises(NotEnded):
        apart(600, gone)
