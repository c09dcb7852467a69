"""Ed25519 signatures of devices and of the server. Hashes are SHA-256 over uncompressed bytes."""

from collections.abc import Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import Signed


class SigningKey:
    """A private key with the id under which the other side knows its public half."""

    def __init__(self, seed: bytes, key_id: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.key_id = key_id

    @property
    def public_key(self) -> bytes:
        """32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, body: bytes) -> Signed:
        """Wrap a message with its signature."""
        return Signed(body, self.key_id, self.signature(body))

    def signature(self, body: bytes) -> bytes:
        """The bare signature, 64 bytes."""
        return self._key.sign(body)


def key_id_of(public_key: bytes) -> bytes:
    """Eight bytes that name a public key."""
    return sha256(public_key).digest()[:8]


def is_signed_by(public_key: bytes, signature: bytes, body: bytes) -> bool:
    """Whether the holder of the key signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, body)
    except (InvalidSignature, ValueError):
        return False
    return True


def verified_body(signed: Signed, public_keys: Mapping[bytes, bytes]) -> bytes:
    """The body of a message signed by one of `public_keys` (id → key); raises BadMessage otherwise."""
    public_key = public_keys.get(signed.key_id)
    if public_key is None or not is_signed_by(public_key, signed.signature, signed.body):
        raise BadMessage("bad_signature")
    return signed.body


def message_hash(body: bytes) -> bytes:
    """Names a message by its content: 32 bytes."""
    return sha256(body).digest()


def enrolment_proof(login: str) -> bytes:
    """What a device signs to show that it holds its key."""
    return b"kopdesk enrolment\x00" + login.encode()
