"""Stores that fail when they are told to: units of work that do not come through, processes that die."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kopdesk.domain.errors import KopdeskError


class Died(Exception):
    """The process is gone; what was committed stays."""


class FailingStore:
    """A laptop's or a server's store. The next units of work meet what was armed, one each."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.commits = 0
        self._before: Callable[[], None] | None = None
        self._after: Callable[[], None] | None = None

    @contextmanager
    def reading(self) -> Iterator[Any]:
        with self.inner.reading() as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[Any]:
        before, after = self._before, self._after
        with self.inner.writing() as work:
            yield work
            if before is not None:
                self._before = None
                before()
        self.commits += 1
        if after is not None:
            self._after = None
            after()

    def die_before_commit(self, fired: Callable[[], None]) -> None:
        self._before = _raising(fired, Died("before commit"))

    def die_after_commit(self, fired: Callable[[], None]) -> None:
        self._after = _raising(fired, Died("after commit"))

    def be_full(self, fired: Callable[[], None], error: KopdeskError) -> None:
        self._before = _raising(fired, error)

    def disarm(self) -> None:
        self._before = self._after = None


def _raising(fired: Callable[[], None], error: Exception) -> Callable[[], None]:
    def fail() -> None:
        fired()
        raise error

    return fail
