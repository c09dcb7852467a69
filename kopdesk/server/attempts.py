"""Slows down the guessing of passwords: for whoever guesses first, and only then for everybody."""

import threading
from collections.abc import Callable
from typing import Any

from kopdesk.server.errors import Refused

_FREE_ATTEMPTS = 4
_FIRST_WAIT_S = 5
_LONGEST_WAIT_S = 15 * 60
_FREE_FOR_ALL = 30
_ONE_FOR_ALL_S = 2 * 60
_MAX_COUNTS = 10_000


class Attempts:
    """Wrong passwords, counted by name and caller, and by name alone.

    Each one doubles the wait of that caller for that name. A name as a whole takes 30 wrong ones at once and
    one more every two minutes: one caller's waits are so long that he never comes near that, and so locks out
    nobody but himself. That is the limit: four machines that work together keep a name waiting at times,
    eight all day; and whoever shares an address (a proxy before the centre, a network behind one) its wait.
    Nobody who is enrolled already is ever kept waiting: a laptop's exchanges need no password.

    Kept in memory: a restart forgives, an attacker cannot cause one.
    """

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._lock = threading.Lock()
        # How many wrong ones, and when the last one was. Those of a name pass with time.
        self._by_caller: dict[tuple[str, str], tuple[int, int]] = {}
        self._by_name: dict[str, tuple[float, int]] = {}

    def check(self, login: str, caller: str) -> None:
        """Raise Refused while this caller has to wait for this name."""
        name = login.casefold()
        with self._lock:
            wait_ms = max(self._callers_wait_ms(name, caller), self._names_wait_ms(name))
        if wait_ms > 0:
            raise Refused(429, "too_many_attempts", retry_after=wait_ms // 1000 + 1)

    def failed(self, login: str, caller: str) -> None:
        """Note a wrong password."""
        name, now = login.casefold(), self._now()
        with self._lock:
            _make_room(self._by_caller)
            _make_room(self._by_name)
            count, _ = self._by_caller.get((name, caller), (0, 0))
            self._by_caller[name, caller] = count + 1, now
            self._by_name[name] = self._left_of_name(name) + 1, now

    def succeeded(self, login: str, caller: str) -> None:
        """Forget this caller's wrong ones."""
        with self._lock:
            self._by_caller.pop((login.casefold(), caller), None)

    def _callers_wait_ms(self, name: str, caller: str) -> int:
        count, last = self._by_caller.get((name, caller), (0, 0))
        if count < _FREE_ATTEMPTS:
            return 0
        wait_s = min(_FIRST_WAIT_S << (count - _FREE_ATTEMPTS), _LONGEST_WAIT_S)
        return wait_s * 1000 - self._since(last)

    def _names_wait_ms(self, name: str) -> int:
        return int((self._left_of_name(name) - _FREE_FOR_ALL + 1) * _ONE_FOR_ALL_S * 1000)

    def _left_of_name(self, name: str) -> float:
        """How many of the wrong ones have not passed yet."""
        count, last = self._by_name.get(name, (0.0, 0))
        return max(0.0, count - self._since(last) / (_ONE_FOR_ALL_S * 1000))

    def _since(self, at: int) -> int:
        """A clock that was put back makes no wait longer."""
        return max(0, self._now() - at)


def _make_room(counts: dict[Any, Any]) -> None:
    """The smallest count goes: whoever floods us with names does not get rid of his own so."""
    while len(counts) >= _MAX_COUNTS:
        del counts[min(counts, key=counts.__getitem__)]
