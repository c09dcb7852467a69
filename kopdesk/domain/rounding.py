"""Whole rupiah out of exact fractions: multiplied before divided, rounded half up, once."""

from fractions import Fraction

MONTHS = 12
BASIS_POINTS = 10_000


def ratio(numerator: int, denominator: int) -> int:
    """The nearest whole number to a quotient; a half goes up, also below nought (−0,5 is 0)."""
    return (2 * numerator + denominator) // (2 * denominator)


def half_up(value: Fraction) -> int:
    """The same of a fraction."""
    return ratio(value.numerator, value.denominator)


def rounded_to(value: Fraction, step: int) -> int:
    """The nearest multiple of `step`, a half up; a step of 0 or 1 is whole rupiah."""
    return half_up(value / step) * step if step > 1 else half_up(value)


def share(amount: int, basis_points: int) -> int:
    """So many basis points of an amount."""
    return ratio(amount * basis_points, BASIS_POINTS)


def even_parts(amount: int, parts: int) -> list[int]:
    """So many parts that differ by a rupiah at most and add up to the amount, as depreciation needs them."""
    return [amount * (at + 1) // parts - amount * at // parts for at in range(parts)]
