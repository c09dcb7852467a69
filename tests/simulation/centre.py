"""The real server logic over a model or a real store, with people, cooperatives and devices in it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from random import Random
from typing import cast
from uuid import UUID

from kopdesk.domain.channels import coop_channel, user_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import GrantKind, ServerKey
from kopdesk.protocol.signing import SigningKey, key_id_of
from kopdesk.server.accounts import Accounts, Identity
from kopdesk.server.office import Office, change
from kopdesk.server.opening import Server
from kopdesk.server.operations import enter_user, say
from kopdesk.server.passwords import NO_PASSWORD
from kopdesk.server.ports import (
    Device,
    Quarantined,
    QuarantineEntry,
    ServerStore,
    StoredIdentity,
    Transaction,
    Unchecked,
    User,
)
from kopdesk.server.releasing import drop, entry_of, release
from kopdesk.server.service import Centre
from kopdesk.server.unchecked import judge_unchecked
from tests.simulation.disk import FailingStore
from tests.support.schemas import N_MINUS_2, as_of

SERVER_ID = UUID(int=0x5E)


@cache
def signing_key(name: str) -> SigningKey:
    """Keys are the same in every life: making one costs as much as an exchange."""
    seed = sha256(name.encode()).digest()
    return SigningKey(seed, key_id_of(SigningKey(seed, b"").public_key))


def cooperative_id(index: int) -> UUID:
    return UUID(int=0xC0 + index)


def cooperative_key(index: int) -> RecordKey:
    return RecordKey("cooperative", cooperative_id(index))


def device_id(index: int) -> UUID:
    return UUID(int=0xD0 + index)


def a_user(index: int) -> User:
    return User(
        id=UUID(int=0xA0 + index),
        login=f"user{index}",
        name=f"Rina {index}",
        role=Role.ASSISTANT,
        password=NO_PASSWORD,
    )


@dataclass
class SimulatedCentre:
    """One server. `granted` and `disabled` are what the office said, kept outside the product."""

    store: FailingStore
    now: Callable[[], int]
    random: Random
    operator: User = field(init=False)
    supervisor: User = field(init=False)
    centre: Centre = field(init=False)
    schema: int = N_MINUS_2
    """Of its program."""
    granted: dict[UUID, dict[str, GrantKind]] = field(default_factory=dict)
    disabled: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.operator = replace(a_user(0x0F), login="operator", name="Dinas", role=Role.OPERATOR)
        self.supervisor = replace(a_user(0x0E), login="dinas", name="Kepala Dinas", role=Role.DINAS)
        key = signing_key("centre")
        identity = Identity(SERVER_ID, "Dinas", (ServerKey(key.key_id, key.public_key),))
        store: ServerStore = self.store
        self.accounts = Accounts(store, identity, now=self.now, random_bytes=self.random.randbytes)
        self.centre = Centre(store, self.accounts, key, now=self.now, random_bytes=self.random.randbytes)
        with store.writing() as tx:
            tx.save_identity(StoredIdentity(SERVER_ID, "Dinas", key.public_key))
            tx.save_user(self.operator)
            tx.save_user(self.supervisor)

    @property
    def keys(self) -> dict[bytes, bytes]:
        key = signing_key("centre")
        return {key.key_id: key.public_key}

    def exchange(self, token: str, request: bytes) -> bytes:
        with as_of(self.schema):
            return self.centre.exchange(token, request)

    def open_with(self, schema: int) -> None:
        """A program of this schema opens what is there: it judges what no older one could."""
        self.schema = schema
        with as_of(schema):
            judge_unchecked(self.store, self.office())

    def unchecked(self) -> list[Unchecked]:
        with self.store.reading() as tx:
            return [leaf for state in tx.channels() for leaf in tx.unchecked(state.name)]

    def add_cooperative(self, index: int) -> None:
        name = f"Koperasi Desa {index}"
        self.edit(index, cooperative_key(index), {"name": name, "principal_saving": 100_000})

    def add_user(self, index: int, cooperatives: Iterable[int]) -> User:
        user = a_user(index)
        with self.store.writing() as tx:
            enter_user(tx, user, self.now())
        self.granted[user.id] = {user_channel(user.id): GrantKind.READ_WRITE}
        for cooperative in cooperatives:
            self.grant(user, cooperative, GrantKind.READ_WRITE)
        return user

    def add_device(self, user: User, index: int) -> None:
        device = Device(
            id=device_id(index),
            user_id=user.id,
            name=f"Laptop {index}",
            public_key=signing_key(f"device {index}").public_key,
        )
        with self.store.writing() as tx:
            tx.add_device(device, self.now())

    def grant(self, user: User, cooperative: int, kind: GrantKind) -> None:
        channel = coop_channel(cooperative_id(cooperative))
        with self._told(lambda: self.granted[user.id].update({channel: kind})) as tx:
            say(tx, user, channel, kind, self.now())

    def revoke(self, device: UUID) -> None:
        with self.store.writing() as tx:
            tx.revoke_device(device)

    def is_served(self, device: UUID, key: SigningKey) -> bool:
        with self.store.reading() as tx:
            found = tx.device(device)
            return found is not None and not found.revoked and found.public_key == key.public_key

    def set_disabled(self, user: User, disabled: bool) -> None:
        note = self.disabled.add if disabled else self.disabled.discard
        with self._told(lambda: note(user.id)) as tx:
            tx.save_user(replace(user, disabled=disabled))

    @contextmanager
    def _told(self, note: Callable[[], None]) -> Iterator[Transaction]:
        """What the office said counts as soon as it is committed, whatever dies afterwards."""
        commits = self.store.commits
        try:
            with self.store.writing() as tx:
                yield tx
        finally:
            if self.store.commits != commits:
                note()

    def random_bytes(self, count: int) -> bytes:
        return self.random.randbytes(count)

    def office(self, user: User | None = None) -> Office:
        return Office(
            user=user or self.operator, server_id=SERVER_ID, now=self.now, random_bytes=self.random_bytes
        )

    def quarantined(self) -> list[QuarantineEntry]:
        with self.store.reading() as tx:
            found: list[QuarantineEntry] = tx.quarantined()
            return found

    def release(self, leaves: Iterable[Quarantined]) -> None:
        with as_of(self.schema):
            release(cast(Server, self), map(entry_of, leaves), by=self.supervisor.login)

    def drop(self, leaves: Iterable[Quarantined]) -> None:
        drop(
            cast(Server, self), map(entry_of, leaves), reason="Sudah tidak berlaku.", by=self.supervisor.login
        )

    def edit(self, cooperative: int, key: RecordKey, leaves: dict[str, Value]) -> None:
        """Somebody at the centre, who sees it as it is, writes."""
        with as_of(self.schema), self.store.writing() as tx:
            change(tx, self.office(), coop_channel(cooperative_id(cooperative)), {key: leaves})
