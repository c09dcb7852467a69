"""Where every scenario plays: a real centre and a real laptop below one folder, joined by a real socket.

Whatever a person may rely on from now on is said at that moment, one fact a line, on a pipe: the recorder
sees it in its place among the writes, and after the accident exactly these facts have to hold.
"""

import json
import os
import random
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.messages import (
    EnrolRequest,
    EnrolResponse,
    GrantKind,
    Receipt,
    Request,
    Response,
    Signed,
)
from kopdesk.protocol.signing import SigningKey, message_hash
from kopdesk.server.office import change
from kopdesk.server.opening import Server, open_server
from kopdesk.server.operations import add_user, assign
from kopdesk.storage.database import UnitOfWork
from kopdesk.sync.recover import fork
from kopdesk.sync.settle import Taken
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.enrolment import enrol, log_in_again, open_desk
from kopdesk.usecases.records import delete_record, put_record
from tests.support.world import PASSWORD, START, Clock, DirectLink, MemoryKeyStore, TestLaptop

LAPTOP, SERVER = "laptop/profil", "server"
LOGIN, PASSPHRASE = "rina", "kebun kopi pagi"
COOP = UUID("0190a5a2-0000-7000-8000-000000000001")
PROFILE = RecordKey("cooperative", COOP)

Say = Callable[..., None]


def say_nothing(what: str, **facts: Any) -> None:
    """For whoever prepares or looks on."""


def say_on(pipe: int) -> Say:
    """One fact, one line, one write."""

    def say(what: str, **facts: Any) -> None:
        os.write(pipe, json.dumps({"what": what, **facts}).encode() + b"\n")

    return say


@dataclass(kw_only=True)
class Wire(DirectLink):
    """Requests and answers pass a socket, so that an accident can come between sending and receiving.

    A batch that was sent once has to be sent like this until it is answered; an answer that was given once
    is given for ever: both are said before the bytes leave.
    """

    say: Say

    def exchange(self, request: bytes) -> bytes:
        batch = decode(Request, decode(Signed, request).body).batch
        if batch is not None:
            self.say("sending", batch=message_hash(batch.body).hex())
        answer = super().exchange(self._passed(request))
        signed = decode(Response, decode(Signed, answer).body).receipt
        if signed is not None:
            receipt = decode(Receipt, signed.body)
            self.say("answered", replica=receipt.replica.hex(), seq=receipt.seq, bytes=encode(signed).hex())
        return self._passed(answer)

    def enrol(self, request: EnrolRequest) -> EnrolResponse:
        answer = self.server.centre.enrol(decode(EnrolRequest, self._passed(encode(request))))
        return decode(EnrolResponse, self._passed(encode(answer)))

    def _passed(self, message: bytes) -> bytes:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with here, there:
            assert here.send(message) == len(message)
            return there.recv(len(message) + 1)


class Stage:
    """`later` and another `seed`: for who comes back after the accident."""

    def __init__(
        self, root: Path, say: Say = say_nothing, *, seed: int = 1, later: timedelta = timedelta()
    ) -> None:
        self.root = root
        self.say = say
        self.clock = Clock(START + later)
        self._random = random.Random(seed)

    def random_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)

    def now(self) -> datetime:
        return self.clock.now()

    def server(self, folder: str = SERVER) -> Server:
        """The centre, open; made if there is none."""
        return open_server(
            self.root / folder, name="Dinas Koperasi", now=self.clock.ms, random_bytes=self.random_bytes
        )

    def enrol(self, server: Server, password: str = PASSWORD) -> None:
        enrol(
            self.root / LAPTOP,
            Wire(server=server, keychain=_NoKeychain(), say=self.say),
            server_url="http://127.0.0.1:1",
            login=LOGIN,
            password=password,
            device_name="laptop",
            key_store=None,
            passphrase=PASSPHRASE,
            now=self.now,
            random_bytes=self.random_bytes,
        )

    def laptop(self, server: Server) -> TestLaptop:
        """The profile, open."""
        desk, keychain = open_desk(
            self.root / LAPTOP,
            key_store=None,
            passphrase=PASSPHRASE,
            now=self.now,
            random_bytes=self.random_bytes,
        )
        link = Wire(server=server, keychain=keychain, say=self.say)
        return TestLaptop(self.root / LAPTOP, desk, keychain, link, self.clock, MemoryKeyStore())

    def log_in_again(self, laptop: TestLaptop) -> None:
        """Whose device is not served any more makes the profile a new one."""

        def forked(work: UnitOfWork, desk: Desk, key: SigningKey) -> None:
            sender = replace(laptop.run().laptop, device_id=desk.owner.device_id, device_key=key)
            fork(work, sender, desk.now_ms)

        assert isinstance(laptop.link, Wire)
        laptop.desk = log_in_again(
            laptop.desk,
            laptop.keychain,
            laptop.link,
            server_url=laptop.desk.owner.server_url,
            login=LOGIN,
            password=PASSWORD,
            device_name="laptop",
            fork=forked,
        )

    def sync(self, laptop: TestLaptop) -> None:
        """Sync to the end; whatever is taken in is said as soon as it is stored."""
        run = laptop.run()
        run.on_changed = lambda taken: self._say_taken(laptop, taken)
        error = run.until_done().error
        assert error is None, repr(error)

    def _say_taken(self, laptop: TestLaptop, taken: Taken) -> None:
        with laptop.desk.database.reading() as work:
            cursors = {name: cursor.hex() for name, cursor in work.channels.cursors().items()}
            self.say("taken in", receipt=work.outbox.replica().receipt_seq, cursors=cursors)

    def save(self, laptop: TestLaptop, type_name: str, **fields: Value) -> UUID:
        """Create a record (or edit the one with this "id"): said before, and once it is saved."""
        self.say("saving", type=type_name, **fields)
        document = fields if "id" in fields else {"cooperative_id": str(COOP), **fields}
        record_id = put_record(laptop.desk, type_name, document).key.id
        self.say("saved", **{**fields, "type": type_name, "id": str(record_id)})
        return record_id

    def delete(self, laptop: TestLaptop, type_name: str, record_id: UUID) -> None:
        self.say("deleting", type=type_name, id=str(record_id))
        delete_record(laptop.desk, type_name, record_id)
        self.say("deleted", type=type_name, id=str(record_id))


class _NoKeychain:
    """An enrolment has no token yet."""

    def get(self, name: str) -> bytes | None:
        return None

    def put(self, name: str, secret: bytes) -> None:
        raise AssertionError(name)


# What a scenario finds when it begins.


def found_centre(stage: Stage) -> Server:
    """A centre with a cooperative, and an assistant who accompanies it."""
    server = stage.server()
    office_writes(server, PROFILE, name="Koperasi Desa Merah Putih Peridan", village_code="64.08.05.2003")
    add_user(server, LOGIN, name="Rina", role=Role.ASSISTANT, password=PASSWORD)
    assign(server, LOGIN, str(COOP), GrantKind.READ_WRITE)
    return server


def office_writes(server: Server, key: RecordKey, **leaves: Value) -> None:
    """The centre itself writes into the cooperative's channel."""
    with server.store.writing() as tx:
        change(tx, server.office(), coop_channel(COOP), {key: leaves})


def a_visit(number: int) -> dict[str, Value]:
    """The fields of a visit, unlike those of any other."""
    notes = f"Kunjungan {number}: kas dihitung bersama bendahara, selisih Rp{number * 12_500}."
    return {"visited_on": f"2026-11-{number % 28 + 1:02}", "notes": notes}
