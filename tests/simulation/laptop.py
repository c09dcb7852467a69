"""One simulated laptop: the real engine, use cases and sync functions, driven effect by effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, NamedTuple, cast
from uuid import UUID

from kopdesk.domain.errors import KopdeskError
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.signing import SigningKey
from kopdesk.server.ports import User
from kopdesk.storage.profile import Owner
from kopdesk.sync.batches import Laptop
from kopdesk.sync.engine import Answered, Effect, Event, Failed, Finish, Send, Started, State, step
from kopdesk.sync.errors import LinkFailed, ServerRefused
from kopdesk.sync.run import SyncRun
from kopdesk.sync.settle import Taken
from kopdesk.usecases.conflicts import ConflictCase
from kopdesk.usecases.contact import note_contact
from kopdesk.usecases.desk import Desk
from tests.simulation.centre import SERVER_ID, signing_key
from tests.simulation.disk import FailingStore
from tests.support.schemas import N_MINUS_2, as_of


@dataclass
class Call:
    """A request on its way. Without an answer it has not reached the centre yet."""

    laptop: int
    token: str
    body: bytes
    answer: bytes | KopdeskError | None = None


@dataclass(frozen=True, slots=True)
class Editor:
    """A window somebody opened: what it shows of a record, the `rev` it will give back, what was seen so far.

    `seen` has for every leaf the values (as `repr`) its person has had before his eyes.
    """

    key: RecordKey
    rev: str
    shown: Mapping[str, Value]
    seen: Mapping[str, frozenset[str]]


class Listed(NamedTuple):
    """A conflict in a list that somebody has read, and what he has seen by that."""

    case: ConflictCase
    editor: Editor


class _NoLink:
    """Messages travel through the simulated network; only a renewed token comes this way."""

    sent_bytes = received_bytes = round_trips = 0

    def __init__(self, laptop: "SimulatedLaptop") -> None:
        self._laptop = laptop

    def exchange(self, request: bytes) -> bytes:
        raise AssertionError("the network carries messages")

    def renew_token(self, token: str) -> None:
        self._laptop.token = token


@dataclass
class SimulatedLaptop:
    """What survives a kill: the store, the token, the clock's error. The rest is the process."""

    index: int
    user: User
    device_id: UUID
    device_key: SigningKey
    store: FailingStore
    random: Random
    centre_now: Callable[[], int]
    centre_keys: Mapping[bytes, bytes]
    want_bytes: int
    patience: int
    schema: int = N_MINUS_2
    """Of its program."""
    token: str = ""
    clock_error_ms: int = 0
    editors: list[Editor] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    call: Call | None = None
    state: State | None = None
    effects: list[Effect] = field(default_factory=list)
    finished: list[KopdeskError | None] = field(default_factory=list)
    """How each sync ended."""
    heard_at: int | None = None
    """The centre's time in the last answer of this sync that was believed."""

    def __post_init__(self) -> None:
        self.desk = Desk(
            database=cast(Any, self.store),
            attachments=cast(Any, None),  # no photo is taken in these lives
            owner=Owner(
                server_url="http://127.0.0.1:1",
                server_id=SERVER_ID,
                server_name="Dinas",
                server_keys={},
                user_id=self.user.id,
                login=self.user.login,
                name=self.user.name,
                role=self.user.role.value,
                device_id=self.device_id,
            ),
            now=lambda: datetime.fromtimestamp(self.now_ms() / 1000, UTC),
            random_bytes=self.random.randbytes,
        )
        self.run = self._new_run()

    def _new_run(self) -> SyncRun:
        return SyncRun(
            store=self.store,
            link=_NoLink(self),
            laptop=Laptop(
                user_id=self.user.id,
                user_name=self.user.name,
                device_id=self.device_id,
                device_key=self.device_key,
                app_version="0.1.0",
                zone="WITA",
                random_bytes=self.random.randbytes,
                want_bytes=self.want_bytes,
            ),
            server_keys=self.centre_keys,
            now_ms=self.now_ms,
            dice=lambda: 0.5,
            sleep=lambda seconds: None,
            on_changed=self._heard,
        )

    def _heard(self, taken: Taken) -> None:
        self.heard_at = taken.server_at

    def take_key(self, number: int) -> None:
        """Keep the key of a new device, in a process that begins anew. It is known by it only afterwards."""
        self.kill()
        self.device_key, self.token = device_key(number), ""
        self.run = self._new_run()

    def be_device(self, device: UUID) -> None:
        """The database says so now."""
        self.device_id = device
        self.run = self._new_run()

    def now_ms(self) -> int:
        return self.centre_now() + self.clock_error_ms

    @property
    def is_idle(self) -> bool:
        return not self.effects

    def kill(self) -> None:
        """The process is gone with everything it knew; requests on their way stay on their way."""
        self.state, self.effects, self.call = None, [], None
        self.editors.clear()
        self.listed.clear()

    def advance(self) -> str:
        """Do the next effect that is no message; an idle engine starts. Returns what was done."""
        with as_of(self.schema):
            return self._advance()

    def _advance(self) -> str:
        if self.is_idle:
            self.state, self.effects = step(State(self.patience), Started())
        effect = self.effects[0]
        name = type(effect).__name__
        if isinstance(effect, Finish):
            self.finished.append(effect.error)
            self.state, self.effects = None, []
            refused = effect.error.reason if isinstance(effect.error, ServerRefused) else ""
            heard_at, self.heard_at = self.heard_at, None
            note_contact(self.desk, server_at=heard_at, refused=refused)
            return f"{name} {effect.error!r}"
        if isinstance(effect, Send):
            self.call = Call(self.index, self.token, effect.request.body)
            return name
        event = self.run._done(effect)
        self.take(event)
        return f"{name} {type(event).__name__} {getattr(event, 'error', '')!r}"

    def take(self, event: Event) -> None:
        """Hand an event to the engine."""
        assert self.state is not None
        self.state, self.effects = step(self.state, event)

    def answered(self, answer: bytes | KopdeskError) -> str:
        """Something came back over the line."""
        self.call = None
        if isinstance(answer, bytes):
            self.take(Answered(answer))
            return f"Answered {len(answer)}"
        self.take(Failed(answer, 0.5))
        return f"Failed {answer!r}"

    def cut_off(self) -> str:
        return self.answered(LinkFailed("cut_off"))


def device_key(index: int) -> SigningKey:
    return signing_key(f"device {index}")
