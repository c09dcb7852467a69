"""What an assistant and a supervisor call a leaf that lies at the centre: on the telephone, the same name."""

from hashlib import sha256

_DIGITS = 12


def aside_name(channel: str, batch_hash: bytes, place: int) -> str:
    """The short name of a leaf that was put aside, by where it lies: the same for ever, and at both ends."""
    told = f"{channel}/{batch_hash.hex()}/{place}"
    return sha256(told.encode()).hexdigest()[:_DIGITS]
