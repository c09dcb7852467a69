"""Tips and digests: which past this is, and whether the content is whole."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec

from kopdesk.domain.layers import LeafLayers
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import Decision

GENESIS_TIP = bytes(16)
"""The tip of a channel before its first rev."""

TAG_BYTES = 16
"""The random part of a rev that makes its tip unlike any other."""

MODULUS = 2**64

_encoder = msgspec.msgpack.Encoder()


def next_tip(tip: bytes, tag: bytes) -> bytes:
    """The tip after a rev with this random tag."""
    return blake2b(tip + tag, digest_size=16, person=b"kopdesk tip").digest()


def grants_hash(grants: Iterable[tuple[int, str, int, int]]) -> bytes:
    """Names a list of grant records (number, channel, kind, time): two pasts number theirs alike."""
    content = _encoder.encode([tuple(grant) for grant in grants])
    return blake2b(content, digest_size=8, person=b"kopdesk grants").digest()


def decision_hash(decision: Decision) -> bytes:
    """Names a decision: two pasts number theirs alike. Of these fields for ever, whatever comes to it."""
    content = _encoder.encode(
        (
            decision.number,
            decision.batch_hash,
            decision.place,
            decision.kind,
            decision.detail,
            decision.decided_at,
        )
    )
    return blake2b(content, digest_size=8, person=b"kopdesk decided").digest()


def record_hash(key: RecordKey, leaves: Mapping[str, Value]) -> int:
    """A record's share of the digest: 64 bits over its sorted leaves; emptied ones do not count."""
    filled = [(path, leaves[path]) for path in sorted(leaves) if leaves[path] is not None]
    if not filled:
        return 0
    content = _encoder.encode((key.type, key.id.bytes, filled))
    return int.from_bytes(blake2b(content, digest_size=8, person=b"kopdesk record").digest(), "big")


def central_share(key: RecordKey, layers: Mapping[str, LeafLayers]) -> int:
    """A record's share on a laptop: over the central layer only."""
    return record_hash(key, {path: leaf.central.value for path, leaf in layers.items() if leaf.central})


def moved(digest: int, before: int, after: int) -> int:
    """The digest after one record's share changed."""
    return (digest - before + after) % MODULUS
