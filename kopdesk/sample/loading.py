"""Puts a sample district into a server: people, cooperatives, and their history write by write."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import GrantKind
from kopdesk.sample.district import District, SampleCooperative
from kopdesk.sample.tale import SampleRecord
from kopdesk.server.office import Office, change
from kopdesk.server.opening import Server
from kopdesk.server.operations import enter_user, new_user, say, user_named
from kopdesk.server.ports import User


def load(server: Server, district: District, *, password: str) -> None:
    """Everybody gets the same password; who has left is disabled. One transaction for each cooperative."""
    users = _enter_people(server, district, password)
    for cooperative in district.cooperatives:
        _load_cooperative(server, cooperative, users)
    with server.store.writing() as tx:
        for login, cooperatives in district.assignments.items():
            for cooperative_id in cooperatives:
                channel = coop_channel(cooperative_id)
                say(tx, user_named(tx, login), channel, GrantKind.READ_WRITE, server.now())
        for person in district.people:
            if not person.active:
                tx.save_user(replace(users[person.user_name], disabled=True))


def _enter_people(server: Server, district: District, password: str) -> Mapping[str, User]:
    users = {
        person.user_name: new_user(
            server, person.user_name, name=person.full_name, role=person.role, password=password
        )
        for person in district.people
    }
    with server.store.writing() as tx:
        for user in users.values():
            enter_user(tx, user, server.now())
    return users


def _load_cooperative(server: Server, cooperative: SampleCooperative, users: Mapping[str, User]) -> None:
    channel = coop_channel(cooperative.id)
    with server.store.writing() as tx:
        for login, at_ms, edits in _sittings(cooperative.records):
            office = Office(
                user=users[login],
                server_id=server.identity.server_id,
                now=partial(int, at_ms),
                random_bytes=server.random_bytes,
            )
            change(tx, office, channel, edits)


def _sittings(
    records: tuple[SampleRecord, ...],
) -> Iterator[tuple[str, int, Mapping[RecordKey, Mapping[str, Value]]]]:
    """Writes of one person on one day that touch different records: one change set, as one sync would."""
    for (login, _), writes in groupby(records, key=lambda write: (write.author, write.at.date())):
        sitting: dict[RecordKey, dict[str, Value]] = {}
        at_ms = 0
        for write in writes:
            key = RecordKey(write.type, write.id)
            if key in sitting:  # a second write of the same record is a step of its own
                yield login, at_ms, sitting
                sitting = {}
            sitting[key] = dict(write.leaves)
            at_ms = int(write.at.timestamp() * 1000)
        yield login, at_ms, sitting
