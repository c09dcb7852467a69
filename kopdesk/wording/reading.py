"""What people type, read back as values: dates as they are said, amounts as they are written."""

import contextlib
import re
from datetime import date, timedelta

from kopdesk.domain.errors import InvalidField
from kopdesk.wording.dates import MONTHS, SHORT_MONTHS

_AMOUNT = re.compile(
    r"(-?)(?:Rp\.? ?)?(-?)(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,-|,00)?", re.IGNORECASE
)
_TWO_WAYS = re.compile(r"-?(?:Rp\.?)?\d{1,3}(?:,\d{3})+|-?(?:Rp\.?)?\d+\.\d{1,2}", re.IGNORECASE)
_BRACKETED = re.compile(r"\((.+)\)")
_IN_WORDS = re.compile(
    r"(-?)(?:Rp\.? ?)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))? ?(rb|ribu|jt|juta|m|miliar|t|triliun)",
    re.IGNORECASE,
)
_SIZES = {("rb", "ribu"): 3, ("jt", "juta"): 6, ("m", "miliar"): 9, ("t", "triliun"): 12}
_DECIMAL = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_LARGEST = 10**15
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})[- ]([a-z]+)(?:[- ](\d{2}|\d{4}))?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?(?: ?(?:wib|wita|wit))?", re.IGNORECASE)
_DAYS = {"hari ini": 0, "kemarin": -1, "kemarin dulu": -2, "besok": 1, "lusa": 2, "today": 0, "yesterday": -1}


def read_amount(text: str) -> int | None:
    """Whole rupiah (or a whole number) as Indonesians write it; None for nothing.

    Raises InvalidField: "1,500" may be fifteen hundred or one and a half, and is never guessed.
    """
    typed = text.strip()
    if not typed:
        return None
    if (bracketed := _BRACKETED.fullmatch(typed)) and not bracketed[1].startswith("-"):
        typed = f"-{bracketed[1]}"  # as statements write what is owed
    if found := _IN_WORDS.fullmatch(typed):
        return _sized(found)
    found = _AMOUNT.fullmatch(typed)
    if found is None or (found[1] and found[2]):
        raise InvalidField("", "number_two_ways" if _TWO_WAYS.fullmatch(typed) else "not_a_whole_number")
    amount = int(found[3].replace(".", "").replace(" ", ""))
    if amount > _LARGEST:
        raise InvalidField("", "number_too_large")
    return -amount if found[1] or found[2] else amount


def read_scaled(text: str, places: int) -> int | None:
    """A number with a comma, as a whole number of its smallest unit: "12,5" with three places is 12500.

    None for nothing. Raises InvalidField, also for more decimals than there are places.
    """
    typed = text.strip()
    if not typed:
        return None
    found = _DECIMAL.fullmatch(typed)
    if found is None:
        raise InvalidField("", "number_two_ways" if _TWO_WAYS.fullmatch(typed) else "not_a_number")
    decimals = found[3] or ""
    if len(decimals) > places:
        raise InvalidField("", "too_many_decimals", str(places))
    value = int(found[2].replace(".", "") + decimals.ljust(places, "0"))
    if value > _LARGEST:
        raise InvalidField("", "number_too_large")
    return -value if found[1] else value


def _sized(found: re.Match[str]) -> int:
    """1,25 jt, Rp3 M: M is a milliard. Only what comes out in whole rupiah."""
    zeros = next(number for words, number in _SIZES.items() if found[4].lower() in words)
    whole, decimals = found[2].replace(".", ""), (found[3] or "").rstrip("0")
    if len(decimals) > zeros:
        raise InvalidField("", "not_a_whole_number")
    amount = int(whole + decimals.ljust(zeros, "0"))
    if amount > _LARGEST:
        raise InvalidField("", "number_too_large")
    return -amount if found[1] else amount


def read_date(text: str, today: date) -> date | None:
    """12/11/2025, 12-11, 12 Nov, 12 November 2025, kemarin; None for nothing. Raises InvalidField.

    Without a year it is the one that brings the day nearest to today.
    """
    typed = " ".join(text.split()).lower()
    if not typed:
        return None
    if typed in _DAYS:
        return today + timedelta(days=_DAYS[typed])
    if found := _ISO.fullmatch(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(typed):
        return _dated(int(found[1]), int(found[2]), found[3], today)
    if (found := _WORDS.fullmatch(typed)) and (month := _month(found[2])):
        return _dated(int(found[1]), month, found[3], today)
    raise InvalidField("", "not_a_date")


def read_typed_date(text: str, today: date) -> date | None:
    """The same on a form, where the day alone will do: the nearest of that number. Raises InvalidField."""
    if re.fullmatch(r"\s*\d{1,2}\s*", text):
        return _nearest(int(text), today)
    try:
        return read_date(text, today)
    except InvalidField:
        raise InvalidField("", "date_not_understood") from None


def read_month(text: str, today: date) -> str | None:
    """Oktober 2026, okt, 10/2026, 2026-10: as 2026-10; None for nothing. Raises InvalidField.

    Without a year it is the last one that has begun: books are looked at afterwards.
    """
    typed = " ".join(text.split()).lower()
    if not typed:
        return None
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", typed):
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d{1,2})(?:[-/. ](\d{4}))?", typed):
        month, year = int(found[1]), int(found[2] or 0)
    elif found := re.fullmatch(r"([a-z]+)(?: (\d{4}))?", typed):
        month, year = _month(found[1]) or 0, int(found[2] or 0)
    else:
        month = year = 0
    if not 1 <= month <= 12 or (year and not 1900 <= year <= 2999):
        raise InvalidField("", "month_not_understood")
    year = year or (today.year if month <= today.month else today.year - 1)
    return f"{year}-{month:02}"


def read_time(text: str) -> str | None:
    """14.30, 14:30, 1430, 9: as HH:MM; None for nothing. Raises InvalidField."""
    typed = text.strip()
    if not typed:
        return None
    found = _CLOCK.fullmatch(typed)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise InvalidField("", "not_a_time")
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"


def read_degrees(text: str, limit: int) -> int | None:
    """Degrees with point or comma, as millionths; None for nothing. Raises InvalidField beyond ±`limit`."""
    typed = text.strip().removesuffix("°").replace(",", ".")
    if not typed:
        return None
    found = re.fullmatch(r"(-?)(\d{1,3})(?:\.(\d{1,12}))?", typed)
    if found is None:
        raise InvalidField("", "not_a_coordinate")
    millionths = int(found[2]) * 10**6 + int(f"{found[3] or '':0<6}"[:6])
    if millionths > limit * 10**6:
        raise InvalidField("", "outside_earth")
    return -millionths if found[1] else millionths


def _nearest(day: int, today: date) -> date:
    for away in range(62):
        for found in (today - timedelta(days=away), today + timedelta(days=away)):
            if found.day == day:
                return found
    raise InvalidField("", "date_not_understood")


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = []
    for near in (today.year, today.year - 1, today.year + 1):
        with contextlib.suppress(ValueError):
            found.append(date(near, month, day))
    if not found:
        raise InvalidField("", "not_a_date")
    return min(found, key=lambda candidate: abs(candidate - today))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidField("", "not_a_date") from None


def _month(word: str) -> int | None:
    """By its first letters, in either language; at least three, or two that only one month has."""
    names = [name.lower() for name in (*MONTHS, *SHORT_MONTHS)]
    english = ["january", "february", "march", "april", "may", "june", "july", "august", "september"]
    names += [*english, "october", "november", "december"]
    if len(word) < 3:
        return None
    hits = {index % 12 + 1 for index, name in enumerate(names) if name.startswith(word)}
    return hits.pop() if len(hits) == 1 else None
