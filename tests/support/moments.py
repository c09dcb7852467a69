"""A short story of two laptops and a centre, all in dictionaries, kept exchange by exchange.

Each moment has everything that an answer could damage: the laptop before it, the centre before it, and the
messages. Between them they hold nearly everything a message can say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import RecordKey
from kopdesk.protocol.messages import EnrolResponse, Verdict
from kopdesk.protocol.signing import SigningKey
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from kopdesk.server.operations import disable_user
from kopdesk.storage.profile import Owner
from kopdesk.sync.batches import Laptop
from kopdesk.sync.prepare import PreparedRequest, prepare
from kopdesk.sync.recover import rewind
from kopdesk.sync.settle import believed, take_in
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.records import delete_record, get_record, put_record
from tests.support.model_laptop_store import ModelLaptopStore
from tests.support.model_server import SERVER_KEY, model_server
from tests.support.model_server_store import ModelServerStore
from tests.support.raw_client import enrolment
from tests.support.server_parts import (
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    Counter,
    TestClock,
    a_person,
    two_cooperatives,
)

SERVER_KEYS: Mapping[bytes, bytes] = {SERVER_KEY.key_id: SERVER_KEY.public_key}


@dataclass(frozen=True, slots=True)
class Moment:
    """One exchange: both sides before it, what was sent, what was answered."""

    name: str
    laptop: "ModelLaptop"
    held: ModelLaptopStore
    centre: ModelServerStore
    prepared: PreparedRequest
    answer: bytes


@dataclass
class ModelLaptop:
    """A laptop without an engine: it does one step of an exchange at a time."""

    me: EnrolResponse
    login: str
    key: SigningKey
    clock: TestClock
    random_bytes: Callable[[int], bytes]
    store: ModelLaptopStore = field(default_factory=ModelLaptopStore)
    want_bytes: int = 256 * 1024

    def __post_init__(self) -> None:
        with self.store.writing() as work:
            work.outbox.start_replica(UUID(bytes=self.random_bytes(16)), self.clock.ms)

    @property
    def identity(self) -> Laptop:
        return Laptop(
            user_id=UUID(bytes=self.me.user_id),
            user_name=self.me.name,
            device_id=UUID(bytes=self.me.device_id),
            device_key=self.key,
            app_version="0.1.0",
            zone="WITA",
            random_bytes=self.random_bytes,
            want_bytes=self.want_bytes,
        )

    @property
    def desk(self) -> Desk:
        in_memory: Any = self.store
        return Desk(
            database=in_memory,
            attachments=in_memory,
            owner=Owner(
                server_url="http://127.0.0.1:1",
                server_id=UUID(bytes=self.me.server_id),
                server_name=self.me.server_name,
                server_keys={},
                user_id=UUID(bytes=self.me.user_id),
                login=self.login,
                name=self.me.name,
                role=self.me.role,
                device_id=UUID(bytes=self.me.device_id),
            ),
            now=lambda: datetime.fromtimestamp(self.clock.ms / 1000, UTC),
            random_bytes=self.random_bytes,
        )

    def put(self, type_name: str, **fields: Any) -> UUID:
        return put_record(self.desk, type_name, {"cooperative_id": str(PERIDAN), **fields}).key.id

    def edit(self, type_name: str, record_id: UUID, **fields: Any) -> None:
        rev = get_record(self.desk, type_name, record_id)["rev"]
        put_record(self.desk, type_name, {"id": str(record_id), "rev": rev, **fields})

    def prepared(self) -> PreparedRequest:
        with self.store.writing() as work:
            return prepare(work, self.identity, self.clock.ms)

    def take(self, store: ModelLaptopStore, answer: bytes, prepared: PreparedRequest) -> Verdict:
        """What `SyncRun` does with an answer; raises NotBelieved."""
        response = believed(answer, prepared, SERVER_KEYS)
        me = self.identity
        with store.writing() as work:
            taken = take_in(work, response, prepared, SERVER_KEYS, self.clock.ms, me.user_id, me.user_name)
        if taken.verdict in (Verdict.REWOUND, Verdict.FORKED):
            with store.writing() as work:
                rewind(work, me, taken.lost, self.clock.ms)
        return taken.verdict


@dataclass
class Story:
    """Collects moments while two people work."""

    clock: TestClock = field(default_factory=TestClock)
    dice: Counter = field(default_factory=Counter)
    moments: list[Moment] = field(default_factory=list)
    store: ModelServerStore = field(default_factory=ModelServerStore)

    def __post_init__(self) -> None:
        self.server: Server = model_server(self.clock.now, self.dice.take, self.store)
        two_cooperatives(self.server)

    def laptop(self, login: str, seed: int) -> ModelLaptop:
        a_person(self.server, login, PERIDAN)
        me = self.server.centre.enrol(enrolment(login, PASSWORD, bytes([seed]) * 32))
        return ModelLaptop(me, login, SigningKey(bytes([seed]) * 32, b""), self.clock, self.dice.take)

    def exchange(self, name: str, laptop: ModelLaptop) -> None:
        prepared, held, centre = laptop.prepared(), laptop.store.copied(), self.store.copied()
        answer = self.server.centre.exchange(laptop.me.token, prepared.body)
        self.moments.append(Moment(name, laptop, held, centre, prepared, answer))
        laptop.take(laptop.store, answer, prepared)


@cache
def moments() -> tuple[Moment, ...]:
    """The story; told once, always the same."""
    story = Story()
    siti, budi = story.laptop("siti", 1), story.laptop("budi", 2)
    story.exchange("snapshot", siti)
    story.exchange("idle", siti)
    story.exchange("snapshot for another", budi)
    visit = siti.put("visit", visited_on="2026-11-20", notes="Kas cocok. Buku ada. Stok kurang.")
    siti.put("visit", visited_on="2026-11-21", findings={"a": {"text": "Kas kurang.", "weight": "medium"}})
    siti.edit("cooperative", PERIDAN, rt="02", principal_saving=100_000)
    story.exchange("a batch", siti)
    story.exchange("a page", budi)
    siti.edit("visit", visit, notes="Kas lebih. Buku ada. Stok kurang.", place="Balai desa")
    siti.edit("cooperative", PERIDAN, rt="03")
    budi.edit("visit", visit, notes="Kas cocok. Buku ada. Stok cukup.", place="Pasar")
    budi.edit("cooperative", PERIDAN, rt="04", nib="1234567890123")
    story.exchange("first of two", siti)
    story.exchange("merged and in conflict", budi)
    delete_record(budi.desk, "visit", visit, get_record(budi.desk, "visit", visit)["rev"])
    story.exchange("a deletion", budi)
    _in_small_pages(story, siti)
    _a_lost_past(story, siti, budi, visit)
    budi.put("problem", text="Listrik padam.")
    disable_user(story.server, "budi")
    story.exchange("a closed account", budi)
    return tuple(story.moments)


def _in_small_pages(story: Story, siti: ModelLaptop) -> None:
    for number in range(6):
        key = RecordKey("visit", UUID(int=number + 1))
        with story.store.writing() as tx:
            change(tx, story.server.office(), PERIDAN_CHANNEL, {key: {"notes": "x" * 900, DELETED: None}})
    siti.want_bytes = 1024
    siti.put("problem", text="Jalan putus.")
    story.exchange("a batch in an open pull", siti)
    story.exchange("an open pull", siti)
    siti.want_bytes = 256 * 1024
    story.exchange("the end of a pull", siti)


def _a_lost_past(story: Story, siti: ModelLaptop, budi: ModelLaptop, visit: UUID) -> None:
    backup = story.store.copied()
    siti.put("visit", visited_on="2026-11-23", notes="Hari yang hilang.")
    siti.edit("cooperative", PERIDAN, rw="05")
    story.exchange("a batch that will be lost", siti)
    story.store.put_back(backup)
    budi.edit("cooperative", PERIDAN, rw="06")
    story.exchange("after the loss", budi)
    siti.edit("cooperative", PERIDAN, rt="07")
    story.exchange("rewound", siti)
    story.exchange("offers", siti)
    story.exchange("after the offers", siti)
