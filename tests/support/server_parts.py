"""Servers with people and cooperatives, for tests of the centre."""

from dataclasses import dataclass, field
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import GrantKind
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from kopdesk.server.operations import add_user, assign

PASSWORD = "rahasia-sekali"
PERIDAN = UUID("0190a5a2-0000-7000-8000-000000000001")
MANUBAR = UUID("0190a5a2-0000-7000-8000-000000000002")
PERIDAN_CHANNEL, MANUBAR_CHANNEL = coop_channel(PERIDAN), coop_channel(MANUBAR)
PERIDAN_PROFILE = RecordKey("cooperative", PERIDAN)


@dataclass
class TestClock:
    """Unix milliseconds that pass only when told to."""

    __test__ = False

    ms: int = 1_763_800_000_000

    def now(self) -> int:
        return self.ms

    def pass_minutes(self, minutes: int) -> None:
        self.ms += minutes * 60_000


@dataclass
class Counter:
    """Random bytes that are not: every call gives new ones, every run the same."""

    given: int = field(default=0)

    def take(self, count: int) -> bytes:
        self.given += 1
        return self.given.to_bytes(count, "big")


def a_cooperative(server: Server, cooperative_id: UUID, **leaves: Value) -> None:
    key = RecordKey("cooperative", cooperative_id)
    with server.store.writing() as tx:
        change(tx, server.office(), coop_channel(cooperative_id), {key: leaves})


def a_person(
    server: Server,
    login: str,
    *cooperatives: UUID,
    role: Role = Role.ASSISTANT,
    kind: GrantKind = GrantKind.READ_WRITE,
) -> UUID:
    user = add_user(server, login, name=login.title(), role=role, password=PASSWORD)
    for cooperative in cooperatives:
        assign(server, login, str(cooperative), kind)
    return user.id


def two_cooperatives(server: Server) -> None:
    a_cooperative(server, PERIDAN, name="Koperasi Desa Merah Putih Peridan", nik="6408050200300001", rt="01")
    a_cooperative(server, MANUBAR, name="Koperasi Desa Merah Putih Manubar", village_code="64.08.11.2002")
