"""Identities: UUIDv7 for what is made on a device, derived ids for what exists once by nature."""

from collections.abc import Iterable
from uuid import UUID, uuid5

_DERIVED = UUID("6b9d2c14-61e5-5f6e-9a07-7d1f0c8be2a4")  # Kopdesk's own name space, never to be changed
_KEY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters and digits that look alike on paper
_IN_ORDER = "".join(sorted(_KEY_ALPHABET))
_PLACES = {letter: place for place, letter in enumerate(_IN_ORDER)}
_LAST = len(_IN_ORDER) - 1


def uuid7(milliseconds: int, random_bits: bytes) -> UUID:
    """A UUIDv7 from Unix milliseconds and ten random bytes. A clock that is years off does no harm."""
    number = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(random_bits[:10], "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def derived_id(record_type: str, owner: UUID | str, *key: str) -> UUID:
    """The id of what exists once per owner (a cooperative) and natural key: two devices make one record."""
    return uuid5(_DERIVED, "\x1f".join((record_type, str(owner), *key)))


def short_key(random_bits: bytes) -> str:
    """A key for a row without a natural one: eight letters, enough within one record."""
    number = int.from_bytes(random_bits[:8], "big")
    letters = []
    for _ in range(8):
        number, letter = divmod(number, len(_KEY_ALPHABET))
        letters.append(_KEY_ALPHABET[letter])
    return "".join(letters)


def next_key(others: Iterable[str], random_bits: bytes) -> str:
    """A key that comes after those of the other rows, so that rows stay in the order they were added.

    Its first letter counts; after the last one of the alphabet the next three do, which is enough for
    29,791 more rows. The rest is chance: rows that two laptops add at once stay two.
    """
    place = max(map(_place, others), default=-1) + 1
    letters = short_key(random_bits)
    if place < _LAST:
        return _IN_ORDER[place] + letters[1:]
    counted = min(place - _LAST, len(_IN_ORDER) ** 3 - 1)
    three = (
        counted // len(_IN_ORDER) ** 2,
        counted // len(_IN_ORDER) % len(_IN_ORDER),
        counted % len(_IN_ORDER),
    )
    return _IN_ORDER[_LAST] + "".join(_IN_ORDER[one] for one in three) + letters[4:]


def _place(key: str) -> int:
    """Which row a key was made for; -1 for a key of another kind."""
    first = _PLACES.get(key[:1], -1)
    if first < _LAST or len(key) < 4:
        return first
    counted = 0
    for letter in key[1:4]:
        counted = counted * len(_IN_ORDER) + _PLACES.get(letter, 0)
    return _LAST + counted
