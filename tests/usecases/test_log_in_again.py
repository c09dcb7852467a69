"""A person logs in again on his laptop: a new device with the same records, and all unsent work sent once."""

from dataclasses import replace
from uuid import UUID

import pytest

from kopdesk.domain.errors import KopdeskError
from kopdesk.domain.states import Role
from kopdesk.protocol.messages import EnrolRequest, EnrolResponse
from kopdesk.protocol.signing import SigningKey
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.operations import disable_user, revoke_device
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.keychain import DATABASE_KEY, TOKEN
from kopdesk.sync import recover
from kopdesk.sync.errors import ServerRefused
from kopdesk.sync.run import SyncSummary
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.enrolment import Enrolling, Fork, device_key, log_in_again, open_desk
from kopdesk.usecases.errors import DeviceKeyMissing, OtherCentre, OtherPerson
from tests.support.world import PASSWORD, TestLaptop, World

NOTES = "Kas cocok."


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    for login in ("ani", "budi"):
        world.person(login, coop)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    ani = world.laptop("ani")
    ani.sync()
    return ani


def logged_in(
    laptop: TestLaptop,
    service: Enrolling,
    login: str = "ani",
    password: str = PASSWORD,
    fork: Fork | None = None,
) -> None:
    def new_replica(work: UnitOfWork, desk: Desk, key: SigningKey) -> None:
        now_laptop = replace(laptop.run().laptop, device_id=desk.owner.device_id, device_key=key)
        recover.fork(work, now_laptop, desk.now_ms)

    laptop.desk = log_in_again(
        laptop.desk,
        laptop.keychain,
        service,
        server_url="http://127.0.0.1:2",
        login=login,
        password=password,
        device_name="laptop",
        fork=fork or new_replica,
    )


def refused_for(summary: SyncSummary) -> str:
    assert isinstance(summary.error, ServerRefused)
    return summary.error.reason


def replica_of(laptop: TestLaptop) -> UUID:
    with laptop.desk.database.reading() as work:
        return work.outbox.replica().id


def values_at_centre(world: World, coop: UUID) -> set[object]:
    with world.server.store.reading() as tx:
        records = tx.records_after(f"coop/{coop}", None)
        return {leaf.value for _, _, leaves in records for leaf in leaves.values()}


def test_a_revoked_laptop_logs_in_again_and_its_unsent_work_goes_out_once(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    before, shown = ani.desk.owner, ani.dump()
    revoke_device(world.server, str(before.device_id))
    assert refused_for(ani.sync()) == "device_revoked"
    assert (ani.dump(), ani.unsent()) == (shown, 2)
    logged_in(ani, world.server.centre)
    assert ani.desk.owner.device_id != before.device_id
    assert ani.desk.owner.server_url == "http://127.0.0.1:2"
    assert (ani.dump(), ani.unsent()) == (shown, 2)
    summary = ani.sync()
    assert (summary.error, summary.sent, summary.conflicts) == (None, 2, 0)
    assert ani.sync().sent == 0
    assert NOTES in values_at_centre(world, coop)
    assert ani.get("visit", visit)["notes"] == NOTES


def test_a_batch_in_flight_whose_answer_was_lost_is_recognised_from_the_new_device(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    ani.link.lose_answers = 1
    ani.sync()
    ani.put("visit", id=str(visit), agreement="Kas ditutup tiap sore.")
    replica = replica_of(ani)
    logged_in(ani, world.server.centre)
    assert replica_of(ani) != replica
    summary = ani.sync()
    assert (summary.error, summary.conflicts) == (None, 0)
    assert ani.unsent() == 0
    assert {NOTES, "Kas ditutup tiap sore."} <= values_at_centre(world, coop)
    with world.server.store.reading() as tx:
        head = tx.channel(f"coop/{coop}")
    assert head is not None
    assert head.rev == 3  # the cooperative, the batch whose answer was lost, and what was added


def test_a_centre_that_never_heard_of_this_laptop_gets_everything_after_a_new_log_in(
    world: World, coop: UUID
) -> None:
    budi = world.laptop("budi")
    before = world.backup()
    world.restore(before)
    ani = world.laptop("ani")
    ani.sync()
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    ani.sync()
    ani.put("cooperative", id=str(coop), principal_saving=50)
    world.restore(before)
    assert refused_for(ani.sync()) == "unknown_device"
    assert ani.unsent() == 1
    logged_in(ani, world.server.centre)
    assert ani.sync().error is None
    budi.sync()
    assert budi.dump() == ani.dump()
    assert {NOTES, 50} <= values_at_centre(world, coop)


def test_a_laptop_that_lost_its_device_key_says_so_and_logs_in_again(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    for entry in [entry for entry in ani.key_store.entries if not entry[1].endswith(DATABASE_KEY)]:
        del ani.key_store.entries[entry]
    ani.close()
    ani.desk, ani.keychain = open_desk(
        ani.folder,
        key_store=ani.key_store,
        passphrase=None,
        now=world.clock.now,
        random_bytes=world.random_bytes,
    )
    ani.link.keychain = ani.keychain
    with pytest.raises(DeviceKeyMissing):
        device_key(ani.keychain)
    logged_in(ani, world.server.centre)
    assert ani.sync().sent == 2


def test_nobody_else_logs_in_and_nothing_is_touched(world: World, ani: TestLaptop, coop: UUID) -> None:
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    before = (ani.desk.owner, ani.dump(), replica_of(ani), dict(ani.key_store.entries))
    with pytest.raises(OtherPerson) as refusal:
        logged_in(ani, world.server.centre, login="budi")
    assert refusal.value.login == "ani"
    with world.server.store.reading() as tx:
        assert len(tx.devices()) == 1  # the centre was not even asked
    with pytest.raises(KopdeskError):
        logged_in(ani, world.server.centre, password="salah-semua")
    assert (ani.desk.owner, ani.dump(), replica_of(ani), dict(ani.key_store.entries)) == before
    assert ani.sync().sent == 2


class Impostor:
    """A centre that knows the login, and is not the one this profile belongs to, or gives it to another."""

    def __init__(self, service: Enrolling, **changes: bytes) -> None:
        self._service, self._changes = service, changes

    def enrol(self, request: EnrolRequest) -> EnrolResponse:
        answer = self._service.enrol(request)
        fields = {name: getattr(answer, name) for name in answer.__struct_fields__}
        return EnrolResponse(**{**fields, **self._changes})


@pytest.mark.parametrize(("changes", "kind"), [("server_id", OtherCentre), ("user_id", OtherPerson)])
def test_another_centre_or_another_owner_of_the_login_changes_nothing(
    world: World, ani: TestLaptop, changes: str, kind: type[KopdeskError]
) -> None:
    before = (ani.desk.owner, replica_of(ani), dict(ani.key_store.entries))
    with pytest.raises(kind):
        logged_in(ani, Impostor(world.server.centre, **{changes: bytes(16)}))
    assert (ani.desk.owner, replica_of(ani), dict(ani.key_store.entries)) == before


class PowerCut(Exception):
    """In the middle of a log-in."""


def test_cut_after_the_centre_has_agreed_it_is_done_again(world: World, ani: TestLaptop, coop: UUID) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    before, shown, replica = ani.desk.owner, ani.dump(), replica_of(ani)

    def cut(work: UnitOfWork, desk: Desk, key: SigningKey) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        logged_in(ani, world.server.centre, fork=cut)
    with ani.desk.database.reading() as work:
        assert work.profile.owner() == before
    assert (ani.dump(), ani.unsent(), replica_of(ani)) == (shown, 2, replica)
    assert refused_for(ani.sync()) == "unknown_device"
    logged_in(ani, world.server.centre)
    assert (ani.sync().sent, ani.unsent()) == (2, 0)
    assert ani.get("visit", visit)["notes"] == NOTES


def test_the_login_is_the_same_however_it_is_typed(world: World, ani: TestLaptop) -> None:
    logged_in(ani, world.server.centre, login=" ANI ")
    assert ani.desk.owner.login == "ani"


# A session ends, and nothing with it.


@pytest.mark.parametrize("ends", ["revoked", "closed", "foreign token", "no token", "token lost"])
def test_the_end_of_a_session_empties_nothing(world: World, ani: TestLaptop, coop: UUID, ends: str) -> None:
    world.person("hadi", role=Role.PMO)
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    shown = ani.dump()
    if ends == "revoked":
        revoke_device(world.server, str(ani.desk.owner.device_id))
    elif ends == "closed":
        disable_user(world.server, "ani")
    elif ends == "foreign token":
        ani.keychain.put(TOKEN, world.laptop("budi").keychain.get(TOKEN) or b"")
    elif ends == "no token":
        ani.keychain.put(TOKEN, b"")
    else:
        ani.key_store.entries = {e: v for e, v in ani.key_store.entries.items() if not e[1].endswith(TOKEN)}
    ani.sync()
    at_centre = values_at_centre(world, coop) | {row["value"] for row in list_quarantine(world.server)}
    assert ani.unsent() == 2 or NOTES in at_centre
    if ends == "closed":
        with ani.desk.database.reading() as work:
            assert NOTES in {row.value for row in work.outbox.to_mend()}
    else:
        assert ani.dump() == shown
