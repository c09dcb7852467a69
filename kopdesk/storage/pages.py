"""Tells a damaged database from one of another key: every page of SQLCipher carries a seal of its own."""

import hashlib
import hmac
from pathlib import Path

_PAGE_BYTES = 4096
_SEAL_BYTES = 64
_SALT_BYTES = 16
_SALT_MASK = 0x3A
_ROUNDS = 2  # SQLCipher's own count for the key of the seals; the database key itself is random


def is_sealed_by(path: Path, key: bytes) -> bool:
    """Whether any page of the file was written with this key."""
    with path.open("rb") as file:
        page = file.read(_PAGE_BYTES)
        salt = bytes(byte ^ _SALT_MASK for byte in page[:_SALT_BYTES])
        seal_key = hashlib.pbkdf2_hmac("sha512", key, salt, _ROUNDS, dklen=32)
        number, start = 1, _SALT_BYTES  # the first page begins with the salt, which is not sealed
        while len(page) == _PAGE_BYTES:
            sealed = page[start:-_SEAL_BYTES] + number.to_bytes(4, "little")
            if hmac.compare_digest(hmac.digest(seal_key, sealed, "sha512"), page[-_SEAL_BYTES:]):
                return True
            page, number, start = file.read(_PAGE_BYTES), number + 1, 0
    return False
