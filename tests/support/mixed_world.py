"""A world whose centre and laptops are of different schemas, and can be updated in mid-life."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from kopdesk.domain.conflict import Choice
from kopdesk.domain.states import Role
from kopdesk.server.listing import dump as dump_centre
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.ports import Unchecked
from kopdesk.sync.run import SyncSummary
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.enrolment import open_desk
from kopdesk.usecases.records import delete_record
from tests.support.schemas import as_of
from tests.support.world import DirectLink, MemoryKeyStore, TestLaptop, World


@dataclass
class MixedLink(DirectLink):
    """The centre answers as a program of its own schema."""

    world: Any = None

    def exchange(self, request: bytes) -> bytes:
        with as_of(self.world.schema):
            return super().exchange(request)


@dataclass
class MixedLaptop(TestLaptop):
    """Works as a program of its schema."""

    schema: int = 0

    def sync(self, patience: int = 0) -> SyncSummary:
        with as_of(self.schema):
            return super().sync(patience)

    def put(self, type_name: str, /, **fields: Any) -> UUID:
        with as_of(self.schema):
            return super().put(type_name, **fields)

    def get(self, type_name: str, record_id: UUID) -> dict[str, Any]:
        with as_of(self.schema):
            return super().get(type_name, record_id)

    def delete(self, type_name: str, record_id: UUID, rev: str | None = None) -> None:
        with as_of(self.schema):
            delete_record(self.desk, type_name, record_id, rev)

    def decide(self, choice: Choice) -> None:
        """Every conflict there is."""
        with as_of(self.schema):
            for case in list_conflicts(self.desk):
                resolve_conflict(self.desk, case.conflict.id, choice)

    def dump(self) -> list[dict[str, Any]]:
        with as_of(self.schema):
            return super().dump()

    def leaves(self, record_id: UUID) -> dict[str, Any]:
        """What `dump` shows of one record."""
        (line,) = [line for line in self.dump() if line["id"] == str(record_id)]
        return dict(line["leaves"])

    def update(self, schema: int) -> None:
        """Install a newer program: it opens the file that the older one left."""
        self.close()
        self.schema = schema
        self.reopen()

    def reopen(self) -> None:
        with as_of(self.schema):
            self.desk, self.keychain = open_desk(
                self.folder,
                key_store=self.key_store,
                passphrase=None,
                now=self.clock.now,
                random_bytes=self.desk.random_bytes,
            )


class MixedWorld(World):
    """`schema` is the centre's."""

    laptops: list[TestLaptop]

    def __init__(self, folder: Path, schema: int, seed: int = 1) -> None:
        self.schema = schema
        self._opening = schema
        with as_of(schema):
            super().__init__(folder, seed)

    def person(self, login: str, *cooperatives: UUID, role: Role = Role.ASSISTANT) -> None:
        with as_of(self.schema):
            super().person(login, *cooperatives, role=role)

    def cooperative(self, name: str = "Koperasi Desa Merah Putih Peridan") -> UUID:
        with as_of(self.schema):
            return super().cooperative(name)

    def mixed_laptop(self, login: str, schema: int, name: str = "laptop", **changes: Any) -> MixedLaptop:
        """A new laptop of this person."""
        self._opening = schema
        with as_of(schema):
            laptop = self.laptop(login, name)
        assert isinstance(laptop, MixedLaptop)
        vars(laptop).update(changes)
        return laptop

    def _opened(self, folder: Path, key_store: MemoryKeyStore) -> MixedLaptop:
        plain = super()._opened(folder, key_store)
        self.laptops.remove(plain)
        link = MixedLink(self.server, plain.keychain, world=self)
        laptop = MixedLaptop(
            folder, plain.desk, plain.keychain, link, self.clock, key_store, schema=self._opening
        )
        self.laptops.append(laptop)
        return laptop

    def update(self, schema: int) -> None:
        """Install a newer program at the centre."""
        self.schema = schema
        with as_of(schema):
            self.restart()

    def restart(self) -> None:
        self.server.close()
        with as_of(self.schema):
            self.server = self._opened_server()
        for laptop in self.laptops:
            laptop.link.server = self.server

    def restore(self, backup: Path) -> None:
        with as_of(self.schema):
            super().restore(backup)
        self.restart()

    def backup(self) -> Path:
        copy = super().backup()
        self.restart()
        return copy

    def dump(self) -> list[dict[str, Any]]:
        """What the centre holds."""
        with as_of(self.schema):
            return dump_centre(self.server)

    def quarantine(self) -> list[dict[str, Any]]:
        with as_of(self.schema):
            return list_quarantine(self.server)

    def unchecked(self) -> list[Unchecked]:
        """What waits for a newer schema."""
        with self.server.store.reading() as tx:
            return [leaf for state in tx.channels() for leaf in tx.unchecked(state.name)]
