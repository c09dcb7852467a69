"""A server of one schema and raw laptops of others, for tests of what newer programs write."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import LeafOutcome, Shown, Signed
from kopdesk.server.listing import dump
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.office import change
from kopdesk.server.opening import Server, open_server
from kopdesk.server.ports import Unchecked
from tests.support.raw_client import RawClient, Rows
from tests.support.schemas import N_MINUS_2, N_PLUS_1, as_of
from tests.support.server_parts import (
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    Counter,
    TestClock,
    a_person,
    two_cooperatives,
)

VISIT = RecordKey("visit", UUID("0190a5a2-0000-7000-8000-0000000000aa"))
TRAINING = RecordKey("training", UUID("0190a5a2-0000-7000-8000-0000000000bb"))
READY: Mapping[str, Value] = {
    "visited_on": "2026-11-20",
    "attendees/a/name": "Bu Rina",
    "purposes/plans": True,
}


@dataclass
class MixedCentre:
    """A server of one schema, and the raw laptops of its people; it can be updated."""

    folder: Path
    clock: TestClock
    schema: int
    chance: Counter = field(default_factory=Counter)
    server: Server = field(init=False)
    laptops: dict[str, RawClient] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._open()
        with as_of(self.schema):
            two_cooperatives(self.server)

    def _open(self) -> None:
        with as_of(self.schema):
            self.server = open_server(self.folder, now=self.clock.now, random_bytes=self._random)

    def _random(self, count: int) -> bytes:
        return self.chance.take(count)

    def update(self, schema: int) -> None:
        """Stop, and start again as a newer program."""
        self.server.close()
        self.schema = schema
        self._open()
        for laptop in self.laptops.values():
            laptop.service = self.server.centre

    def person(self, login: str, role: Role = Role.ASSISTANT) -> RawClient:
        with as_of(self.schema):
            a_person(self.server, login, PERIDAN, role=role)
            seed = len(self.laptops) + 1
            self.laptops[login] = RawClient(self.server.centre, login, PASSWORD, seed=seed)
        return self.laptops[login]

    def frozen(self, login: str, rows: Rows, schema: int, shown: list[Shown] | None = None) -> Signed:
        """A batch as the laptop's program writes it."""
        self.seqs[login] = self.seqs.get(login, 0) + 1
        with as_of(schema):
            return self.laptops[login].batch(
                self.seqs[login], {PERIDAN_CHANNEL: rows}, shown=shown or (), schema=schema
            )

    def push(
        self, login: str, rows: Rows, schema: int = N_PLUS_1, shown: list[Shown] | None = None
    ) -> list[LeafOutcome]:
        """Send rows as a program of a schema would; what was not simply applied."""
        laptop, batch = self.laptops[login], self.frozen(login, rows, schema, shown)
        with as_of(self.schema):
            receipt = laptop.receipt(
                laptop.send(laptop.request(batch=batch, batch_seq=self.seqs[login], schema=schema))
            )
        assert receipt.refused == ""
        return receipt.outcomes

    def write(self, key: RecordKey, leaves: Mapping[str, Value], login: str | None = None) -> int:
        """Somebody at the centre writes; the rev it got."""
        with as_of(self.schema), self.server.store.writing() as tx:
            user = tx.user_named(login) if login else None
            return change(tx, self.server.office(user), PERIDAN_CHANNEL, {key: leaves}).rev

    def leaves(self, key: RecordKey) -> dict[str, Value]:
        found = [row for row in dump(self.server) if (row["type"], row["id"]) == (key.type, str(key.id))]
        return dict(found[0]["leaves"]) if found else {}

    def head(self) -> int:
        with self.server.store.reading() as tx:
            state = tx.channel(PERIDAN_CHANNEL)
        assert state is not None
        return state.rev

    def marked(self) -> list[Unchecked]:
        with self.server.store.reading() as tx:
            return tx.unchecked(PERIDAN_CHANNEL)

    def aside(self) -> list[dict[str, Any]]:
        return list_quarantine(self.server)

    def told(self) -> list[tuple[str, str, Value, str]]:
        """Who, which leaf, what, and why it waits."""
        return [(row["author"], row["path"], row["value"], row["reason"]) for row in self.aside()]


def rows(
    key: RecordKey, leaves: Mapping[str, Value], base: int = 0
) -> list[tuple[RecordKey, str, Value, int]]:
    return [(key, path, value, base) for path, value in leaves.items()]


def siti_and_hadi(folder: Path, clock: TestClock) -> MixedCentre:
    """Of N−2; Siti is an assistant, Hadi of the PMO."""
    centre = MixedCentre(folder, clock, N_MINUS_2)
    centre.person("siti")
    centre.person("hadi", role=Role.PMO)
    return centre
