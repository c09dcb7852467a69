"""Why two figures may differ: the slips every bookkeeper knows, looked for in the amounts that are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Slip(StrEnum):
    """What somebody may have done."""

    OMITTED = "omitted"  # the amount itself: written on one side only
    WRONG_SIDE = "wrong_side"  # twice the amount: written on the other side
    SWAPPED_DIGITS = "swapped_digits"  # 54 for 45
    ZERO_SLIPPED = "zero_slipped"  # one nought too many or too few


@dataclass(frozen=True, slots=True)
class Cause:
    """A slip that would explain the whole difference, and the amount it was made in.

    `written` is what stands there, `meant` what may have been meant; both 0 where nothing was miswritten.
    """

    slip: Slip
    path: str
    written: int = 0
    meant: int = 0


_MOST = 3
"""More would be guessing."""


def likely_causes(difference: int, amounts: Mapping[str, int]) -> tuple[Cause, ...]:
    """Of all amounts that stand in the books, by path, those whose slip is exactly the difference.

    `amounts` count with their sign in it: debit above nought, credit below. So what is told would not only
    have the size of the difference, it would make it vanish.
    """
    if not difference:
        return ()
    found = list(_causes(difference, amounts))
    return tuple(sorted(found, key=lambda cause: tuple(Slip).index(cause.slip)))[:_MOST]


def _causes(difference: int, amounts: Mapping[str, int]) -> Iterator[Cause]:
    for path, amount in amounts.items():
        if difference == amount:
            yield Cause(Slip.OMITTED, path)
        if difference == 2 * amount:
            yield Cause(Slip.WRONG_SIDE, path)
        sign = 1 if amount > 0 else -1
        for slip, meant in _miswritten(abs(amount)):
            if sign * (abs(amount) - meant) == difference:
                yield Cause(slip, path, abs(amount), meant)


def _miswritten(amount: int) -> Iterator[tuple[Slip, int]]:
    """What may have been meant."""
    digits = str(amount)
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if swapped != digits and swapped[0] != "0":
            yield Slip.SWAPPED_DIGITS, int(swapped)
    if amount % 10 == 0:
        yield Slip.ZERO_SLIPPED, amount // 10
    yield Slip.ZERO_SLIPPED, amount * 10
