"""Slows down the guessing of passwords: every wrong one doubles the wait for that name."""

import threading
from collections.abc import Callable

from kopdesk.server.errors import Refused

_FREE_ATTEMPTS = 4
_LONGEST_WAIT_S = 15 * 60
_MAX_NAMES = 10_000


class Attempts:
    """Kept in memory: a restart forgives, an attacker cannot cause one."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures: dict[str, tuple[int, int]] = {}

    def check(self, login: str) -> None:
        """Raise Refused while this name has to wait."""
        with self._lock:
            count, last = self._failures.get(login.lower(), (0, 0))
        if count < _FREE_ATTEMPTS:
            return
        wait_s = min(2 ** (count - _FREE_ATTEMPTS) * 5, _LONGEST_WAIT_S)
        remaining_ms = last + wait_s * 1000 - self._now()
        if remaining_ms > 0:
            raise Refused(429, "too_many_attempts", retry_after=remaining_ms // 1000 + 1)

    def failed(self, login: str) -> None:
        """Note a wrong password."""
        with self._lock:
            while len(self._failures) >= _MAX_NAMES:
                del self._failures[next(iter(self._failures))]  # the oldest
            count, _ = self._failures.get(login.lower(), (0, 0))
            self._failures[login.lower()] = count + 1, self._now()

    def succeeded(self, login: str) -> None:
        """Forget the wrong ones."""
        with self._lock:
            self._failures.pop(login.lower(), None)
