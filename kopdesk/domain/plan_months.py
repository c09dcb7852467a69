"""Months of a plan, counted from its first one; and how its parts begin, end and repeat."""

from kopdesk.domain.errors import InvalidField


def month_number(month: str, path: str = "starts_in") -> int:
    """Months since the year 0 of "2027-03". Raises InvalidField naming `path`."""
    year, dash, number = month.partition("-")
    if not (dash and year.isdigit() and number.isdigit() and 1 <= int(number) <= 12):
        raise InvalidField(path, "not_a_month")
    return int(year) * 12 + int(number) - 1


def month_name(number: int) -> str:
    """The other way round."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def offset_of(month: str | None, first: str, path: str) -> int:
    """How many months after the first one; 0 where nothing is said."""
    return month_number(month, path) - month_number(first) if month else 0
