"""Whether a value fits its declared leaf. The same check at the form, in the command and on the server."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from kopdesk.domain import identifiers
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import Kind, Leaf
from kopdesk.domain.values import Value

MAX_LINE_LENGTH = 500

_LINE_ENDS = frozenset("\n\u2028\u2029")
_CONTROLS = frozenset(map(chr, range(0x7F, 0xA0)))
"""Commands to terminals, or letters of another code page. `values` keeps out the older ones."""
_DIRECTIONS = frozenset(map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""They turn what follows around: in a name, one could be read that is not there."""


def check_leaf(path: str, spec: Leaf, value: Value) -> None:
    """Raise InvalidField if `value` (not None, already through `checked`) does not fit `spec`."""
    if not has_type_of(spec, value):
        raise InvalidField(path, "wrong_kind", spec.kind.value)
    if spec.kind is Kind.VALUE:
        return
    if isinstance(value, str):
        _check_text(path, spec, value)
    elif isinstance(value, int) and not isinstance(value, bool):
        _check_number(path, spec, value)


_PYTHON_TYPE: Mapping[Kind, type] = {
    Kind.MONEY: int,
    Kind.COUNT: int,
    Kind.BASIS_POINTS: int,
    Kind.COORDINATE: int,
    Kind.FLAG: bool,
}


def has_type_of(spec: Leaf, value: Value) -> bool:
    """Whether the value is of the type the leaf's kind is stored in."""
    return spec.kind is Kind.VALUE or type(value) is _PYTHON_TYPE.get(spec.kind, str)


def _check_number(path: str, spec: Leaf, value: int) -> None:
    if spec.kind is Kind.COUNT and value < 0:
        raise InvalidField(path, "negative_count")
    farthest = 90_000_000 if path.endswith("latitude") else 180_000_000
    if spec.kind is Kind.COORDINATE and abs(value) > farthest:
        raise InvalidField(path, "outside_earth")
    if spec.least is not None and value < spec.least:
        raise InvalidField(path, "negative_amount")


def _check_text(path: str, spec: Leaf, text: str) -> None:
    if spec.kind is Kind.LINE and (not _LINE_ENDS.isdisjoint(text) or len(text) > MAX_LINE_LENGTH):
        raise InvalidField(path, "line_too_long")
    if not _CONTROLS.isdisjoint(text) or (spec.kind is Kind.LINE and not _DIRECTIONS.isdisjoint(text)):
        raise InvalidField(path, "control_character")
    if spec.kind is Kind.CODE and text not in spec.choices:
        raise InvalidField(path, "unknown_choice", ", ".join(spec.choices))
    if spec.kind is Kind.DIGITS and not (text.isascii() and text.isdigit() and _length_fits(spec, text)):
        raise InvalidField(path, "wrong_digits", " / ".join(map(str, spec.lengths)))
    parse = _PARSE.get(spec.kind)
    if parse is not None and not _parses(parse, text):
        raise InvalidField(path, f"not_a_{spec.kind.value}")
    if spec.format and not FORMATS[spec.format](text):
        raise InvalidField(path, f"not_a_{spec.format}")


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "personal_nik": identifiers.is_personal_nik,
    "village_code": identifiers.is_village_code,
    "phone": identifiers.is_phone,
    "email": identifiers.is_email,
    "sha256": identifiers.is_sha256,
}
"""What the `format` of a leaf may be, and the check behind it."""

_NORMALISE: Mapping[str, Callable[[str], str]] = {
    "village_code": identifiers.village_code,
    "phone": identifiers.phone,
    "email": identifiers.email,
}


def normalised(spec: Leaf, value: Value) -> Value:
    """What a person typed, as it is kept: a phone number with its country, a village code with dots."""
    normalise = _NORMALISE.get(spec.format)
    return normalise(value) if normalise and isinstance(value, str) else value


def _length_fits(spec: Leaf, text: str) -> bool:
    return not spec.lengths or len(text) in spec.lengths


def _matches(pattern: str, parse: Callable[[str], object]) -> Callable[[str], object]:
    """Python's parsers are more generous than the stored form may be."""

    def strict(text: str) -> object:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(text)
        return parse(text)

    return strict


_PARSE: Mapping[Kind, Callable[[str], object]] = {
    Kind.DATE: _matches(r"\d{4}-\d{2}-\d{2}", date.fromisoformat),
    Kind.MONTH: _matches(r"\d{4}-\d{2}", lambda text: date.fromisoformat(text + "-01")),
    Kind.TIME: _matches(r"([01]\d|2[0-3]):[0-5]\d", str),
    Kind.INSTANT: _matches(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", datetime.fromisoformat),
    Kind.REFERENCE: _matches(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", UUID),
}


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
