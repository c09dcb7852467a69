"""Passwords as Argon2id hashes that carry their own parameters."""

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_MEMORY_KIB, _ITERATIONS, _LANES = 19 * 1024, 2, 1
"""OWASP's floor: a server answers many; the laptop's own passphrase is stretched harder."""

NO_PASSWORD = ""
"""Stored for an account into which no password leads."""


def hashed_password(password: str) -> str:
    """A new hash of a password, to be stored."""
    salt = secrets.token_bytes(16)
    return _format(salt, _derive(password, salt, _MEMORY_KIB, _ITERATIONS, _LANES))


def is_password(password: str, stored: str) -> bool:
    """Whether the password is the one that was hashed."""
    if stored == NO_PASSWORD:
        spend_as_much_time(password)
        return False
    kind, memory, iterations, lanes, salt, digest = stored.split("$")
    if kind != "argon2id":
        return False
    derived = _derive(password, base64.b64decode(salt), int(memory), int(iterations), int(lanes))
    return hmac.compare_digest(derived, base64.b64decode(digest))


def spend_as_much_time(password: str) -> None:
    """For a name that does not exist: the answer must not come sooner."""
    _derive(password, bytes(16), _MEMORY_KIB, _ITERATIONS, _LANES)


def _derive(password: str, salt: bytes, memory: int, iterations: int, lanes: int) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory)
    return kdf.derive(password.encode())


def _format(salt: bytes, digest: bytes) -> str:
    parts = [base64.b64encode(salt).decode(), base64.b64encode(digest).decode()]
    return "$".join(["argon2id", str(_MEMORY_KIB), str(_ITERATIONS), str(_LANES), *parts])
