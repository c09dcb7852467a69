"""What a leaf may hold, and the one check that keeps everything else out."""

import unicodedata
from typing import TypeAlias

from kopdesk.domain.errors import InvalidField

Value: TypeAlias = bool | int | str | None
"""Coordinates are integers in 10⁻⁶ degrees, money whole rupiah, dates and times ISO strings."""

INT_MIN, INT_MAX = -(2**63), 2**63 - 1
MAX_TEXT_BYTES = 32 * 1024

_FORBIDDEN_CONTROLS = {chr(code) for code in range(32)} - {"\n", "\t"}


def checked(path: str, value: object) -> Value:
    """Return `value` as a leaf holds it (text in NFC, Unix line ends), or raise InvalidField."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if not INT_MIN <= value <= INT_MAX:
            raise InvalidField(path, "number_too_large")
        return value
    if isinstance(value, str):
        return _checked_text(path, value)
    raise InvalidField(path, "wrong_kind")


def _checked_text(path: str, text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if any(char in _FORBIDDEN_CONTROLS for char in text):
        raise InvalidField(path, "control_character")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:  # a lone surrogate from a broken keyboard driver or JSON escape
        raise InvalidField(path, "control_character") from None
    if size > MAX_TEXT_BYTES:
        raise InvalidField(path, "text_too_long")
    return text


def same(left: Value, right: Value) -> bool:
    """Equality of leaf values: True is not 1, which Python would say."""
    return type(left) is type(right) and left == right
