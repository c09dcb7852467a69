"""Who is asking: passwords, devices, tokens. A device's signature counts for more than its token."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from kopdesk.domain.ids import uuid7
from kopdesk.protocol.messages import EnrolRequest, EnrolResponse, ServerKey, Signed
from kopdesk.protocol.signing import enrolment_proof, is_signed_by
from kopdesk.server.attempts import Attempts
from kopdesk.server.errors import Refused
from kopdesk.server.passwords import is_password, spend_as_much_time
from kopdesk.server.ports import Device, ServerStore, Token, Transaction, User

TOKEN_LIFE_MS = 15 * 60 * 1000
"""Short, because renewing costs nothing: an expired token with the device's signature is served."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this server is to its laptops."""

    server_id: UUID
    name: str
    keys: tuple[ServerKey, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated request. `renewed_token` is empty while the old one is good."""

    user: User
    device: Device
    renewed_token: str = ""


class Accounts:
    """Enrolment and authentication."""

    def __init__(
        self,
        store: ServerStore,
        identity: Identity,
        *,
        now: Callable[[], int],
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._identity = identity
        self._now = now
        self._random_bytes = random_bytes
        self._attempts = Attempts(now)

    def enrol(self, request: EnrolRequest, caller: str) -> EnrolResponse:
        """Check the password and make the device known. Wrong ones are answered ever more slowly."""
        self._attempts.check(request.user, caller)
        with self._store.reading() as tx:
            user = tx.user_named(request.user)
        if not _has_password(user, request.password):
            self._attempts.failed(request.user, caller)
            raise Refused(401, "wrong_password")
        assert user is not None
        self._attempts.succeeded(request.user, caller)
        if user.disabled:
            raise Refused(403, "account_disabled")
        if not is_signed_by(request.device_key, request.signature, enrolment_proof(request.user)):
            raise Refused(400, "bad_signature")
        with self._store.writing() as tx:
            device = self._device(tx, user, request)
            token = self._new_token(tx, device)
        return EnrolResponse(
            server_id=self._identity.server_id.bytes,
            server_name=self._identity.name,
            server_keys=list(self._identity.keys),
            user_id=user.id.bytes,
            name=user.name,
            role=user.role.value,
            device_id=device.id.bytes,
            token=token,
            server_at=self._now(),
        )

    def signer(self, tx: Transaction, device_id: bytes, signed: Signed) -> Device:
        """Whose device signed this request; raises Refused. A closed account may still hand in its work."""
        device = tx.device(UUID(bytes=device_id))
        if device is None or not is_signed_by(device.public_key, signed.signature, signed.body):
            raise Refused(401, "unknown_device")
        return self._person(tx, device)[1]

    def _person(self, tx: Transaction, device: Device | None) -> tuple[User, Device]:
        """Whose device it is, if it may call."""
        if device is None:
            raise Refused(401, "unknown_device")
        if device.revoked:
            raise Refused(403, "device_revoked")
        user = tx.user(device.user_id)
        if user is None:
            raise Refused(403, "account_disabled")
        return user, device

    def caller(self, tx: Transaction, token: str, signer: Device) -> Caller:
        """On whose behalf the `signer` of this request calls now; raises Refused.

        A token that expired or was forgotten is renewed.
        """
        user, device = self._person(tx, tx.device(signer.id))
        known = tx.token(token_hash(token))
        if known is not None and known.device_id != device.id:
            raise Refused(401, "foreign_token")
        is_good = known is not None and known.expires_at > self._now()
        return Caller(user, device, "" if is_good else self._new_token(tx, device))

    def _device(self, tx: Transaction, user: User, request: EnrolRequest) -> Device:
        known = tx.device_with_key(request.device_key)
        if known is not None:
            if known.user_id != user.id or known.revoked:
                raise Refused(403, "device_revoked" if known.revoked else "foreign_device")
            return known
        device = Device(
            id=uuid7(self._now(), self._random_bytes(10)),
            user_id=user.id,
            name=_printable(request.device_name),
            public_key=request.device_key,
        )
        tx.add_device(device, self._now())
        return device

    def _new_token(self, tx: Transaction, device: Device) -> str:
        token = base64.urlsafe_b64encode(self._random_bytes(32)).rstrip(b"=").decode()
        tx.add_token(token_hash(token), Token(device.id, self._now() + TOKEN_LIFE_MS))
        return token


def token_hash(token: str) -> bytes:
    """Tokens are random, so a plain hash is enough; the store never holds one that could be used."""
    return sha256(token.encode()).digest()


def _printable(name: str) -> str:
    """A name for people, on an operator's terminal: whatever else it holds is no part of it."""
    return "".join(filter(str.isprintable, name))


def _has_password(user: User | None, password: str) -> bool:
    if user is None:
        spend_as_much_time(password)
        return False
    return is_password(password, user.password)
