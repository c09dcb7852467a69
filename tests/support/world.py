"""A real server and real laptops in one process; only clock, key store and network edge are ours."""

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import GrantKind
from kopdesk.server.errors import Refused
from kopdesk.server.office import OfficeChange, change
from kopdesk.server.opening import DATABASE, Server, open_server
from kopdesk.server.operations import add_user, assign
from kopdesk.storage.keychain import TOKEN, Keychain
from kopdesk.sync.batches import Laptop
from kopdesk.sync.errors import LinkFailed, ServerRefused
from kopdesk.sync.run import SyncRun, SyncSummary
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.enrolment import device_key, enrol, open_desk
from kopdesk.usecases.records import dump, get_record, put_record

PASSWORD = "rahasia-sekali"
START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class MemoryKeyStore:
    """The operating system's key store, in memory."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password


@dataclass
class Clock:
    """Moves when it is told to, and a little by itself."""

    time: datetime = START

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def ms(self) -> int:
        return int(self.now().timestamp() * 1000)


@dataclass
class DirectLink:
    """The server called in this process. `meanwhile` runs while it answers; `faults` may cut the line."""

    server: Server
    keychain: Keychain
    meanwhile: Callable[[], None] = lambda: None
    lose_answers: int = 0
    offline: bool = False
    change_answer: Callable[[bytes], bytes] = lambda answer: answer
    sent_bytes: int = 0
    received_bytes: int = 0
    round_trips: int = 0
    requests: list[bytes] = field(default_factory=list)

    def exchange(self, request: bytes) -> bytes:
        if self.offline:
            raise LinkFailed("no_network")
        self.round_trips += 1
        self.requests.append(request)
        token = self.keychain.get(TOKEN) or b""
        try:
            answer = self.server.centre.exchange(token.decode(), request)
        except Refused as error:
            raise ServerRefused(error.status, error.reason, error.retry_after) from error
        self.meanwhile()
        if self.lose_answers:
            self.lose_answers -= 1
            raise LinkFailed("cut_off")
        self.sent_bytes += len(request)
        self.received_bytes += len(answer)
        return self.change_answer(answer)

    def renew_token(self, token: str) -> None:
        self.keychain.put(TOKEN, token.encode())


@dataclass
class TestLaptop:
    """One profile of one person."""

    __test__ = False

    folder: Path
    desk: Desk
    keychain: Keychain
    link: DirectLink
    clock: Clock
    key_store: MemoryKeyStore
    want_bytes: int = 256 * 1024

    def sync(self, patience: int = 0) -> SyncSummary:
        return self.run(patience).until_done()

    def run(self, patience: int = 0) -> SyncRun:
        owner = self.desk.owner
        return SyncRun(
            store=self.desk.database,
            link=self.link,
            laptop=Laptop(
                user_id=owner.user_id,
                user_name=owner.name,
                device_id=owner.device_id,
                device_key=device_key(self.keychain),
                app_version="0.1.0",
                zone="WITA",
                random_bytes=self.desk.random_bytes,
                want_bytes=self.want_bytes,
            ),
            server_keys={bytes.fromhex(i): bytes.fromhex(k) for i, k in owner.server_keys.items()},
            now_ms=self.clock.ms,
            dice=lambda: 0.5,
            sleep=lambda seconds: None,
            patience=patience,
        )

    def put(self, type_name: str, /, **fields: Any) -> UUID:
        return put_record(self.desk, type_name, fields).key.id

    def get(self, type_name: str, record_id: UUID) -> dict[str, Any]:
        return get_record(self.desk, type_name, record_id)

    def dump(self) -> list[dict[str, Any]]:
        return dump(self.desk)

    def unsent(self) -> int:
        with self.desk.database.reading() as work:
            return work.records.unsent_count()

    def close(self) -> None:
        self.desk.database.close()


class World:
    """Everything lives below one folder; the same seed gives the same ids."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder = folder
        self.clock = Clock()
        self._random = random.Random(seed)
        self.server = self._opened_server()
        self.laptops: list[TestLaptop] = []

    def _opened_server(self) -> Server:
        return open_server(
            self.folder / "server", name="Dinas Koperasi", now=self.clock.ms, random_bytes=self.random_bytes
        )

    def random_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)

    def person(self, login: str, *cooperatives: UUID, role: Role = Role.ASSISTANT) -> None:
        add_user(self.server, login, name=login.title(), role=role, password=PASSWORD)
        for cooperative in cooperatives:
            assign(self.server, login, str(cooperative), GrantKind.READ_WRITE)

    def cooperative(self, name: str = "Koperasi Desa Merah Putih Peridan") -> UUID:
        record_id = UUID(bytes=self.random_bytes(16), version=4)
        self.office_change(
            record_id, "cooperative", record_id, {"name": name, "village_code": "64.08.05.2003"}
        )
        return record_id

    def office_change(
        self,
        cooperative_id: UUID,
        type_name: str,
        record_id: UUID,
        leaves: Mapping[str, Value],
        login: str | None = None,
    ) -> OfficeChange:
        key = RecordKey(type_name, record_id)
        with self.server.store.writing() as tx:
            user = tx.user_named(login) if login else None
            return change(tx, self.server.office(user), coop_channel(cooperative_id), {key: leaves})

    def laptop(self, login: str, name: str = "laptop") -> TestLaptop:
        folder = self.folder / f"{login}-{name}"
        key_store = MemoryKeyStore()
        enrol(
            folder,
            self.server.centre,
            server_url="http://127.0.0.1:1",
            login=login,
            password=PASSWORD,
            device_name=name,
            key_store=key_store,
            passphrase=None,
            now=self.clock.now,
            random_bytes=self.random_bytes,
        )
        return self._opened(folder, key_store)

    def _opened(self, folder: Path, key_store: MemoryKeyStore) -> TestLaptop:
        desk, keychain = open_desk(
            folder,
            key_store=key_store,
            passphrase=None,
            now=self.clock.now,
            random_bytes=self.random_bytes,
        )
        link = DirectLink(self.server, keychain)
        laptop = TestLaptop(folder, desk, keychain, link, self.clock, key_store)
        self.laptops.append(laptop)
        return laptop

    def copy_of(self, laptop: TestLaptop, name: str) -> TestLaptop:
        """A clone of the disk: same files, same keys, going its own way from now on."""
        folder = self.folder / name
        laptop.close()  # a checkpoint, so that one file holds everything
        shutil.copytree(laptop.folder, folder)
        key_store = MemoryKeyStore()
        key_store.entries |= laptop.key_store.entries
        return self._opened(folder, key_store)

    def backup(self) -> Path:
        """A copy of the server's database as it is now."""
        self.server.close()  # a checkpoint, so that one file holds everything
        copy = self.folder / f"backup-{len(list(self.folder.glob('backup-*')))}.db"
        shutil.copy(self.folder / "server" / DATABASE, copy)
        return copy

    def restore(self, backup: Path) -> None:
        """Put an old database back behind the server's back, and start it again."""
        self.server.close()
        for file in (self.folder / "server").glob(f"{DATABASE}*"):
            file.unlink()
        shutil.copy(backup, self.folder / "server" / DATABASE)
        self.server = self._opened_server()
        for laptop in self.laptops:
            laptop.link.server = self.server

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.close()
        self.server.close()
