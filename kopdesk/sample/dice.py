"""Chance from a seed that rolls the same in every version of Python."""

import hashlib
import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Dice:
    """Only `random()` is promised to stay the same between Pythons, so everything here is made from it."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._random = random.Random(int.from_bytes(hashlib.sha256(label.encode()).digest()))

    def fork(self, label: str) -> "Dice":
        """Dice of their own for one part of the story: another text there moves nothing here."""
        return Dice(f"{self._label}/{label}")

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def amount(self, low: int, high: int, step: int) -> int:
        """A multiple of `step` between the two, as people pay and write it down."""
        return self.number(low // step, high // step) * step

    def chance(self, percent: int) -> bool:
        return self.number(1, 100) <= percent

    def pick(self, items: Sequence[T]) -> T:
        return items[self.number(0, len(items) - 1)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        result = list(items)
        for place in range(len(result) - 1, 0, -1):
            other = self.number(0, place)
            result[place], result[other] = result[other], result[place]
        return result

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items (or all there are), in their own order."""
        chosen = sorted(self.shuffled(range(len(items)))[:count])
        return [items[place] for place in chosen]

    def digits(self, count: int) -> str:
        return "".join(str(self.number(0, 9)) for _ in range(count))

    def clock(self, low: int, high: int) -> time:
        """A time of day between two hours, as people note it: in steps of five minutes."""
        minutes = self.amount(low * 60, high * 60, 5)
        return time(min(minutes // 60, 23), minutes % 60)

    def day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.number(0, max(0, (last - first).days)))

    def uuid7(self, at: datetime) -> UUID:
        """The id a device would have made at that moment (RFC 9562)."""
        milliseconds = int(at.timestamp()) * 1000 + self.number(0, 999)
        low = self._bits(62)
        value = milliseconds << 80 | 7 << 76 | self._bits(12) << 64 | 2 << 62 | low
        return UUID(int=value)

    def key(self) -> str:
        """A short random row key, as forms make them."""
        return "".join(self.pick("abcdefghjkmnpqrstvwxyz23456789") for _ in range(6))

    def _bits(self, count: int) -> int:
        value = 0
        for start in range(0, count, 16):
            width = min(16, count - start)
            value = value << width | self.number(0, (1 << width) - 1)
        return value
