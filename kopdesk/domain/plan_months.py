"""Months of a plan, counted from its first one; and how its parts begin, end and repeat."""

from kopdesk.domain.errors import InvalidField

MOST_MONTHS = 600
"""Fifty years: longer than any loan or building here; what comes from outside is not computed beyond."""

_LAST_YEAR = 9_900
"""So that fifty years later are still in the calendar."""


def month_number(month: str, path: str = "starts_in") -> int:
    """Months since the year 0 of "2027-03". Raises InvalidField naming `path`."""
    year, dash, number = month.partition("-")
    is_month = dash and year.isdigit() and number.isdigit() and 1 <= int(number) <= 12
    if not is_month or int(year) > _LAST_YEAR:
        raise InvalidField(path, "not_a_month")
    return int(year) * 12 + int(number) - 1


def month_name(number: int) -> str:
    """The other way round."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def checked_months(months: int | None, path: str) -> int:
    """So many months; 0 where nothing is said. Raises InvalidField naming `path`."""
    if months is not None and months > MOST_MONTHS:
        raise InvalidField(path, "too_many_months", str(MOST_MONTHS))
    return months or 0


def offset_of(month: str | None, first: str, path: str) -> int:
    """How many months after the first one; 0 where nothing is said."""
    return month_number(month, path) - month_number(first) if month else 0
