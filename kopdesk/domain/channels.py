"""Channels: the unit of replication and of the right to read."""

from uuid import UUID

REF = "ref"
"""Catalogues, rule packs and announcements, for everybody."""

_LETTERS = {"coop": b"c", "user": b"u"}
_NAMES = {letter: name for name, letter in _LETTERS.items()}


def coop_channel(cooperative_id: UUID) -> str:
    """The channel of one cooperative."""
    return f"coop/{cooperative_id}"


def user_channel(user_id: UUID) -> str:
    """The channel of a person's own things."""
    return f"user/{user_id}"


def cooperative_of(channel: str) -> UUID | None:
    """The cooperative a channel belongs to, if it is one's."""
    kind, _, rest = channel.partition("/")
    return UUID(rest) if kind == "coop" else None


def packed_channel(channel: str) -> bytes:
    """A channel's name on the wire: 17 bytes, or none for `ref`."""
    if channel == REF:
        return b""
    kind, _, rest = channel.partition("/")
    return _LETTERS[kind] + UUID(rest).bytes


def unpacked_channel(packed: bytes) -> str:
    """The reverse of `packed_channel`; raises ValueError on anything else."""
    if not packed:
        return REF
    kind = _NAMES.get(packed[:1])
    if kind is None or len(packed) != 17:
        raise ValueError("not a channel")
    return f"{kind}/{UUID(bytes=packed[1:])}"
