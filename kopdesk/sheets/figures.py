"""Figures in the cells of a spreadsheet: how a column writes them, and what is asked instead of guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from kopdesk.domain.errors import InvalidField
from kopdesk.sheets.reading import Cell
from kopdesk.wording.reading import read_amount


class Writing(StrEnum):
    """What separates thousands: 1.250.000,00 as Indonesians do, or 1,250,000.00."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the cells of a column say of how it is written.

    `writing` None: nothing proves it. `ambiguous`: texts such as "1.500" that mean two things then; where
    some cells prove one writing and others the other, all of them are.
    """

    writing: Writing | None
    ambiguous: tuple[str, ...]


_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+,\d{1,2}")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d{1,2}|\d+\.\d{1,2}")
_EITHER = re.compile(r"\d{1,3}[.,]\d{3}")
_DRESS = re.compile(r"^\(?\s*-?\s*(?:rp\.?|idr)?\s*-?|,-$|\)$", re.IGNORECASE)


def column_writing(cells: Iterable[Cell]) -> Evidence:
    """From all cells of a column that were text in the file; numbers prove nothing of how texts are meant."""
    texts = [_bare(cell.text) for cell in cells if cell.text and not cell.is_number]
    found = {
        writing
        for text in texts
        for writing, pattern in ((Writing.POINT, _POINTS), (Writing.COMMA, _COMMAS))
        if pattern.fullmatch(text)
    }
    if len(found) == 1:
        return Evidence(found.pop(), ())
    doubtful = dict.fromkeys(text for text in texts if _EITHER.fullmatch(text) or (found and _dressed(text)))
    return Evidence(None, tuple(doubtful))


def _dressed(text: str) -> bool:
    return bool(_POINTS.fullmatch(text) or _COMMAS.fullmatch(text))


def _bare(text: str) -> str:
    """Without Rp, brackets and the dash that some write for no cents."""
    return _DRESS.sub("", _DRESS.sub("", text.strip())).strip()


def read_figure(cell: Cell, writing: Writing | None) -> int | None:
    """Whole rupiah; None for nothing. Raises InvalidField: `number_two_ways` where nothing proves which,
    `has_cents` for a part of a rupiah, `formula_without_value`, `formula_error`, `not_a_whole_number`.
    """
    if cell.formula == "none":
        raise InvalidField("", "formula_without_value")
    if cell.formula == "error":
        raise InvalidField("", "formula_error")
    if not cell.text or cell.text in ("-", "–"):
        return None
    if cell.is_number:
        return _whole(cell.text)
    bare = _bare(cell.text)
    if writing is None and _EITHER.fullmatch(bare):
        raise InvalidField("", "number_two_ways")
    if writing is Writing.COMMA:
        return _as_comma(cell.text, bare)
    if writing is Writing.POINT and re.fullmatch(r"[\d.]+,\d*[1-9]\d*", bare):
        raise InvalidField("", "has_cents")
    return read_amount(re.sub(r",0+(?=\)?$)", "", cell.text))


def _whole(text: str) -> int:
    """Spreadsheets keep figures in binary: what differs by less than a hundredth of a sen is the same."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise InvalidField("", "not_a_whole_number") from None
    nearest = int(value.to_integral_value())
    if abs(value - nearest) > Decimal("0.0001"):
        raise InvalidField("", "has_cents")
    if abs(nearest) > 10**15:
        raise InvalidField("", "number_too_large")
    return nearest


def _as_comma(text: str, bare: str) -> int | None:
    if re.fullmatch(r"[\d,]+\.\d*[1-9]\d*", bare):
        raise InvalidField("", "has_cents")
    if "." in bare and not re.fullmatch(r"[\d,]+\.0*", bare):
        raise InvalidField("", "not_a_whole_number")
    if "," in bare and not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.0*)?", bare):
        raise InvalidField("", "not_a_whole_number")
    plain = bare.partition(".")[0].replace(",", "")
    amount = read_amount(plain)
    is_owed = text.strip().startswith(("-", "(", "Rp-", "Rp -"))
    return -amount if amount and is_owed else amount
