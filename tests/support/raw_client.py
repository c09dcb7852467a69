"""A laptop reduced to its messages: signs what it is told to, remembers nothing but its keys."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.domain.values import Value
from kopdesk.protocol.columns import LeafRow, in_columns, rows_of
from kopdesk.protocol.messages import (
    PROTOCOL,
    Batch,
    ChannelChanges,
    Cursor,
    EnrolRequest,
    EnrolResponse,
    Heartbeat,
    Origin,
    Receipt,
    Request,
    Response,
    Shown,
    Signed,
)
from kopdesk.protocol.service import SyncService
from kopdesk.protocol.signing import SigningKey, enrolment_proof, verified_body
from kopdesk.server.coding import Coding, decode, encode

Rows = Sequence[tuple[RecordKey, str, Value, int]]
"""Record, path, value, base."""


def enrolment(login: str, password: str, seed: bytes, device_name: str = "laptop") -> EnrolRequest:
    key = SigningKey(seed, b"")
    proof = key.signature(enrolment_proof(login))
    return EnrolRequest(login, password, device_name, key.public_key, proof)


class RawClient:
    """One device. Every request can be changed before it is signed: `request(want_bytes=…)`."""

    def __init__(
        self,
        service: SyncService,
        login: str,
        password: str,
        *,
        seed: int = 1,
        coding: Coding = Coding.MSGPACK,
    ) -> None:
        self.service = service
        self.coding = coding
        self.key = SigningKey(bytes([seed]) * 32, b"")
        self.me: EnrolResponse = service.enrol(enrolment(login, password, bytes([seed]) * 32))
        self.replica = bytes([seed]) * 16
        self.token = self.me.token
        self.nonce = 0

    @property
    def user_id(self) -> UUID:
        return UUID(bytes=self.me.user_id)

    def request(self, **changes: Any) -> Request:
        self.nonce += 1
        request = Request(
            protocol=PROTOCOL,
            schema=schema(),
            device=self.me.device_id,
            replica=self.replica,
            nonce=self.nonce.to_bytes(16, "big"),
            cursors=[],
            grants_seen=0,
            receipt_seq=0,
            receipt_hash=b"",
            batch=None,
            want_bytes=1024 * 1024,
            heartbeat=Heartbeat("0.1.0", 1_700_000_000_000),
        )
        return msgspec.structs.replace(request, **changes)

    def batch(
        self,
        seq: int,
        channels: Mapping[str, Rows],
        *,
        shown: Sequence[Shown] = (),
        origins: Sequence[Origin] = (),
        **changes: Any,
    ) -> Signed:
        """The rows of each channel, frozen. Places run through the channels in the order of the columns."""
        place = 0
        messages = []
        for name, rows in channels.items():
            blocks, places = in_columns((LeafRow(*row) for row in rows), first_place=place)
            place += len(places)
            messages.append(ChannelChanges(packed_channel(name), blocks, list(shown), list(origins)))
        made_at = 1_700_000_000_000 + seq
        batch = Batch(PROTOCOL, schema(), self.replica, seq, made_at, "WITA", False, messages)
        return self.sign(msgspec.structs.replace(batch, **changes))

    def sign(self, message: msgspec.Struct) -> Signed:
        return self.key.sign(encode(message, self.coding))

    def body(self, request: Request) -> bytes:
        return encode(self.sign(request), self.coding)

    def send(self, request: Request) -> Response:
        """One exchange in this process; the answer is verified as a laptop would."""
        return self.believed(self.service.exchange(self.token, self.body(request)))

    def believed(self, answer: bytes) -> Response:
        response = decode(Response, verified_body(decode(Signed, answer), self._server_keys()))
        assert response.nonce == self.nonce.to_bytes(16, "big")
        return response

    def receipt(self, response: Response) -> Receipt:
        assert response.receipt is not None
        return decode(Receipt, verified_body(response.receipt, self._server_keys()))

    def _server_keys(self) -> dict[bytes, bytes]:
        return {key.id: key.public_key for key in self.me.server_keys}


def leaves_of(response: Response) -> dict[tuple[RecordKey, str], Value]:
    """Everything in the pages of an answer."""
    return {(row.key, row.path): row.value for page in response.pages for row in rows_of(page.blocks)}


def cursor_for(response: Response, channel: str) -> Cursor:
    return next(cursor for cursor in response.cursors if cursor.channel == packed_channel(channel))
