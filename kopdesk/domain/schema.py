"""The schema this program is of, and tables of what it declares.

A schema only adds: leaves, types, known words, states. The tests run laptops and centres of several schemas
in one process; while one of them acts, `instead` lets everything here say what its program would.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

SCHEMA = 3
"""Goes up with whatever is added; a laptop and a centre may differ by some."""

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class Declared(Generic[T]):
    """Something that depends on the schema: called, it gives what the program at work declares."""

    def __init__(self, own: T) -> None:
        self._said = ContextVar("declared", default=own)

    def __call__(self) -> T:
        return self._said.get()

    @contextmanager
    def instead(self, other: T) -> Iterator[None]:
        """Say what a program of another schema declares until the block ends, in this thread."""
        token = self._said.set(other)
        try:
            yield
        finally:
            self._said.reset(token)


class DeclaredTable(Declared[Mapping[K, V]], Mapping[K, V]):
    """The same for a table; reads like the table itself."""

    def __getitem__(self, key: K) -> V:
        return self()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self())

    def __len__(self) -> int:
        return len(self())


schema = Declared(SCHEMA)
"""The number of the schema of the program at work."""
