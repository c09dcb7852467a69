"""From the text of a cell to the value of a leaf: dates, numbers and words as people write them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from kopdesk.domain import cooperative
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.field_checks import check_leaf, normalised
from kopdesk.domain.fields import Kind, Leaf
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.simkopdes_words import choice_of
from kopdesk.domain.values import Value, checked
from kopdesk.sheets.reading import Cell

_ROUNDED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_MOST_DIGITS_OF_A_NUMBER = 15
"""A spreadsheet keeps no more digits of a number: the rest of a NIK became zeros."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul",
            "agustus agu agt", "september sep", "oktober okt", "november nov", "desember des",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DATE = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]+)\.?[\s./-]+(\d{4})")

_CHOICES: Mapping[str, type[StrEnum]] = {
    "form": cooperative.Form,
    "pattern": cooperative.Pattern,
    "registration_type": cooperative.RegistrationType,
    "registration_status": cooperative.RegistrationStatus,
    "filling_method": cooperative.FillingMethod,
}
_ALSO = {"disetujui": "approved"}


def cooperative_value(path: str, cell: Cell) -> Value:
    """The value for a leaf of a cooperative; raises InvalidField."""
    spec = leaf_at("cooperative", path)
    assert spec is not None
    if cell.text.startswith("="):
        raise InvalidField(path, "formula")
    value = normalised(spec, checked(path, _read(path, spec, cell)))
    check_leaf(path, spec, value)
    return value


def _read(path: str, spec: Leaf, cell: Cell) -> Value:
    text = " ".join(cell.text.split())
    match spec.kind:
        case Kind.DIGITS:
            return official_number(path, cell)
        case Kind.DATE:
            return _date(path, text)
        case Kind.MONEY:
            return _rupiah(path, text)
        case Kind.COUNT:
            return _whole(path, text)
        case Kind.COORDINATE:
            return _coordinate(path, text)
        case Kind.CODE:
            return _choice(path, text)
        case _:
            return _phone(cell) if spec.format == "phone" else text


def official_number(path: str, cell: Cell) -> str:
    """Digits as they were written; raises InvalidField where the spreadsheet has lost some."""
    text = re.sub(r"[\s.\-']", "", cell.text)
    if _ROUNDED.fullmatch(cell.text) or (cell.is_number and len(text) > _MOST_DIGITS_OF_A_NUMBER):
        raise InvalidField(path, "digits_lost", cell.text)
    return text


def _phone(cell: Cell) -> str:
    if _ROUNDED.fullmatch(cell.text):
        raise InvalidField("phone", "digits_lost", cell.text)
    # 0812… as a number lost its zero, and nothing else.
    return f"0{cell.text}" if cell.is_number and cell.text.startswith("8") else cell.text


def _date(path: str, text: str) -> str:
    iso, written = _ISO_DATE.fullmatch(text), _DATE.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if written:
            month = written[2]
            number = int(month) if month.isdigit() else _MONTHS[month.casefold()]
            return date(int(written[3]), number, int(written[1])).isoformat()
    except (ValueError, KeyError):
        pass
    raise InvalidField(path, "not_a_date", text)


def _rupiah(path: str, text: str) -> int:
    """Rp 1.500.000,00 and 1500000 alike; parts of a rupiah are an error."""
    bare = re.sub(r"^rp\.?\s*", "", text, flags=re.IGNORECASE)
    bare = re.sub(r",(00?|-)$", "", bare)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", bare):
        bare = bare.replace(".", "")
    return _whole(path, bare)


def _whole(path: str, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise InvalidField(path, "not_a_whole_number", text)
    return int(text)


def _coordinate(path: str, text: str) -> int:
    try:
        degrees = Decimal(text.replace(",", "."))
        if not degrees.is_finite() or abs(degrees) > 180:
            raise InvalidField(path, "outside_earth", text)
        return int((degrees * 1_000_000).to_integral_value())
    except InvalidOperation:
        raise InvalidField(path, "not_a_coordinate", text) from None


def _choice(path: str, text: str) -> str:
    choices = _CHOICES.get(path)
    if choices is None:
        return text
    word = _ALSO.get(text.casefold(), text)
    return choice_of(choices, word) or word.casefold()
