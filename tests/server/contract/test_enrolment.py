"""A person makes a laptop known: who is let in, who is not, and what he is told."""

import msgspec
import pytest

from kopdesk.domain.states import Role
from kopdesk.protocol.service import SyncService
from kopdesk.protocol.signing import SigningKey
from kopdesk.server.opening import Server
from kopdesk.server.operations import disable_user
from kopdesk.sync.errors import ServerRefused
from tests.support.doors import refused
from tests.support.raw_client import RawClient, enrolment
from tests.support.server_parts import PASSWORD, TestClock, a_person

SEED, OTHER_SEED = bytes([1]) * 32, bytes([3]) * 32


@pytest.fixture(autouse=True)
def people(server: Server) -> None:
    for login in ("siti", "budi"):
        a_person(server, login)


def test_the_right_password_tells_a_laptop_all_it_needs(
    server: Server, service: SyncService, clock: TestClock
) -> None:
    answer = service.enrol(enrolment("siti", PASSWORD, SEED))
    assert (answer.server_id, answer.server_name) == (server.identity.server_id.bytes, "Dinas Koperasi")
    assert [key.public_key for key in answer.server_keys] == [key.public_key for key in server.identity.keys]
    assert (answer.name, answer.role) == ("Siti", Role.ASSISTANT.value)
    assert answer.server_at == clock.ms
    with server.store.reading() as tx:
        user, device = tx.user_named("siti"), tx.device_with_key(SigningKey(SEED, b"").public_key)
        assert user is not None
        assert device is not None
        assert (answer.user_id, answer.device_id) == (user.id.bytes, device.id.bytes)
        assert (device.user_id, device.name) == (user.id, "laptop")
    client = RawClient(service, "siti", PASSWORD)
    assert client.send(client.request()).token == ""


def test_a_login_is_the_same_in_any_case(service: SyncService) -> None:
    assert service.enrol(enrolment("SITI", PASSWORD, SEED)).name == "Siti"


@pytest.mark.parametrize(
    ("login", "password"), [("siti", "wrong"), ("siti", ""), ("nobody", PASSWORD), ("operator", "")]
)
def test_a_wrong_password_makes_no_device_known(
    server: Server, service: SyncService, login: str, password: str
) -> None:
    with refused(401, "wrong_password"):
        service.enrol(enrolment(login, password, SEED))
    with server.store.reading() as tx:
        assert tx.devices() == []


def test_wrong_passwords_are_answered_ever_more_slowly(service: SyncService, clock: TestClock) -> None:
    def attempt(login: str, password: str, seed: bytes = SEED) -> tuple[str, int | None]:
        try:
            service.enrol(enrolment(login, password, seed))
        except ServerRefused as refused:
            return refused.reason, refused.retry_after
        return "in", None

    for login in ("siti", "nobody"):
        answers = [attempt(login, "wrong") for _ in range(5)]
        assert answers == [("wrong_password", None)] * 4 + [("too_many_attempts", 6)]
    assert attempt("siti", PASSWORD) == ("too_many_attempts", 6)
    assert attempt("budi", PASSWORD, OTHER_SEED) == ("in", None)
    clock.pass_minutes(1)
    assert attempt("siti", PASSWORD) == ("in", None)


def test_another_way_of_writing_a_name_is_no_fresh_start(service: SyncService) -> None:
    for login in ("siti", "SITI", "Siti", "\u017fiti"):  # a long s folds to an s
        with refused(401, "wrong_password"):
            service.enrol(enrolment(login, "wrong", SEED))
    with refused(429, "too_many_attempts"):
        service.enrol(enrolment("siti", PASSWORD, SEED))


def test_the_same_key_is_the_same_device(service: SyncService) -> None:
    first = service.enrol(enrolment("siti", PASSWORD, SEED))
    again = service.enrol(enrolment("siti", PASSWORD, SEED))
    assert again.device_id == first.device_id
    assert again.token != first.token


def test_the_name_of_a_laptop_is_words_for_people(server: Server, service: SyncService) -> None:
    service.enrol(enrolment("siti", PASSWORD, SEED, device_name="Laptop\x1b]0;x\x07 \u202e Siti\x9b"))
    with server.store.reading() as tx:
        assert [entry.device.name for entry in tx.devices()] == ["Laptop]0;x  Siti"]


def test_another_persons_laptop_stays_his(service: SyncService) -> None:
    service.enrol(enrolment("siti", PASSWORD, SEED))
    with refused(403, "foreign_device"):
        service.enrol(enrolment("budi", PASSWORD, SEED))


def test_who_does_not_hold_the_key_does_not_enrol_it(service: SyncService) -> None:
    stolen = SigningKey(OTHER_SEED, b"").public_key
    forged = msgspec.structs.replace(enrolment("siti", PASSWORD, SEED), device_key=stolen)
    with refused(400, "bad_signature"):
        service.enrol(forged)


def test_a_proof_for_one_person_does_not_enrol_another(service: SyncService) -> None:
    foreign = msgspec.structs.replace(enrolment("budi", PASSWORD, SEED), user="siti")
    with refused(400, "bad_signature"):
        service.enrol(foreign)


def test_a_closed_account_enrols_nothing(server: Server, service: SyncService) -> None:
    disable_user(server, "siti")
    with refused(403, "account_disabled"):
        service.enrol(enrolment("siti", PASSWORD, SEED))
    with refused(401, "wrong_password"):  # and who does not know the password learns nothing of that
        service.enrol(enrolment("siti", "wrong", SEED))
