"""Whoever guesses passwords is slowed down, and with him nobody else for as long as that can be."""

import pytest

from kopdesk.server import attempts
from kopdesk.server.attempts import Attempts
from kopdesk.server.errors import Refused
from tests.support.server_parts import TestClock

DAY_S = 24 * 3600


@pytest.fixture
def guessing(clock: TestClock) -> Attempts:
    return Attempts(clock.now)


def wait_s(guessing: Attempts, login: str, caller: str) -> int:
    """How long somebody has to wait now."""
    try:
        guessing.check(login, caller)
    except Refused as refused:
        return refused.retry_after or 0
    return 0


def guess(guessing: Attempts, login: str, caller: str) -> int:
    """A wrong password, where one is taken; how long the next one has to wait."""
    if not wait_s(guessing, login, caller):
        guessing.failed(login, caller)
    return wait_s(guessing, login, caller)


def test_each_wrong_password_doubles_the_wait_up_to_a_quarter_of_an_hour(
    guessing: Attempts, clock: TestClock
) -> None:
    waits = []
    for _ in range(14):
        waits.append(guess(guessing, "siti", "a"))
        clock.ms += waits[-1] * 1000
    assert waits == [0, 0, 0, 6, 11, 21, 41, 81, 161, 321, 641, 901, 901, 901]


def test_a_guesser_who_never_rests_keeps_nobody_else_waiting(guessing: Attempts, clock: TestClock) -> None:
    end, taken = clock.ms + 3 * DAY_S * 1000, 0
    while clock.ms < end:
        waiting = guess(guessing, "siti", "the guesser")
        taken += 1
        assert wait_s(guessing, "siti", "siti's own laptop") == 0
        clock.ms += waiting * 1000
    assert taken < 3 * 24 * 4 + 14


def test_guesses_from_everywhere_are_slow_in_sum(guessing: Attempts, clock: TestClock) -> None:
    end, taken = clock.ms + DAY_S * 1000, 0
    while clock.ms < end:
        waiting = guess(guessing, "siti", f"machine {taken}")
        taken += 1
        assert waiting <= 121
        clock.ms += waiting * 1000
    assert taken <= 30 + 24 * 30
    assert wait_s(guessing, "budi", "machine 1") == 0  # another name


def test_a_right_password_makes_the_way_of_that_caller_free(guessing: Attempts) -> None:
    for caller in ("a", "b"):
        for _ in range(5):
            guess(guessing, "siti", caller)
    guessing.succeeded("SITI", "a")
    assert wait_s(guessing, "siti", "a") == 0
    assert wait_s(guessing, "siti", "b") > 0


def test_a_clock_that_is_put_back_makes_no_wait_longer(guessing: Attempts, clock: TestClock) -> None:
    for number in range(40):
        guess(guessing, "siti", "a" if number < 5 else f"machine {number}")
    waiting = wait_s(guessing, "siti", "a"), wait_s(guessing, "siti", "b")
    clock.pass_minutes(-24 * 60)
    assert (wait_s(guessing, "siti", "a"), wait_s(guessing, "siti", "b")) == waiting


def test_whoever_floods_the_counts_does_not_get_rid_of_his_own(
    guessing: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "_MAX_COUNTS", 50)
    for _ in range(4):
        guess(guessing, "siti", "a")
    for number in range(200):
        guess(guessing, f"nobody-{number}", "a")
    assert wait_s(guessing, "siti", "a") > 0
    assert len(guessing._by_caller) <= 50
    assert len(guessing._by_name) <= 50
