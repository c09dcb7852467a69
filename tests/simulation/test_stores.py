"""What a simulated world asks of its stores, of the model and of real files alike."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain.states import Role
from kopdesk.server.ports import User
from tests.simulation.stores import ModelStores, SqliteStores, Stores


@pytest.fixture(params=[ModelStores, SqliteStores])
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    made: Stores = request.param()
    yield made
    made.close()


def test_a_centre_whose_copy_was_put_back_knows_what_it_knew_then(stores: Stores) -> None:
    centre = stores.centre()
    _enter(centre, "siti")
    copy = stores.copied_centre(centre)
    _enter(centre, "budi")
    assert _logins(centre) == ["budi", "siti"]
    stores.put_back(centre, copy)
    assert _logins(centre) == ["siti"]


def test_what_happens_after_a_return_is_kept_and_not_in_the_copy(stores: Stores) -> None:
    centre = stores.centre()
    _enter(centre, "siti")
    copy = stores.copied_centre(centre)
    stores.put_back(centre, copy)
    _enter(centre, "tono")
    assert _logins(centre) == ["siti", "tono"]
    stores.put_back(centre, copy)
    assert _logins(centre) == ["siti"]


def test_a_laptop_and_its_copy_go_their_own_ways(stores: Stores) -> None:
    laptop = stores.laptop()
    _start_replica(laptop, 1)
    copy = stores.copied(laptop)
    _start_replica(laptop, 2)
    _start_replica(copy, 3)
    assert _replica(laptop) == 2
    assert _replica(copy) == 3


@pytest.mark.parametrize("new_stores", [ModelStores, SqliteStores])
def test_a_later_life_finds_nothing_of_an_earlier_one(new_stores: Callable[[], Stores]) -> None:
    for _ in range(2):
        stores = new_stores()
        centre, laptop = stores.centre(), stores.laptop()
        assert _logins(centre) == []
        assert _digest(laptop) == 0
        _enter(centre, "siti")
        with laptop.writing() as work:
            work.channels.save_digest("ref", 1)
        stores.close()


@pytest.mark.parametrize("new_stores", [ModelStores, SqliteStores])
def test_two_lives_at_a_time_share_nothing(new_stores: Callable[[], Stores]) -> None:
    one, other = new_stores(), new_stores()
    centres = one.centre(), other.centre()
    _enter(centres[0], "siti")
    one.close()
    assert _logins(centres[1]) == []
    other.close()


def _enter(centre: Any, login: str) -> None:
    user_id = UUID(int=sum(login.encode()))
    user = User(id=user_id, login=login, name=login, role=Role.ASSISTANT, password="")
    with centre.writing() as tx:
        tx.save_user(user)


def _logins(centre: Any) -> list[str]:
    with centre.reading() as tx:
        return [user.login for user in tx.users()]


def _digest(laptop: Any) -> int:
    with laptop.reading() as work:
        digest: int = work.channels.digest("ref")
    return digest


def _start_replica(laptop: Any, number: int) -> None:
    with laptop.writing() as work:
        work.outbox.start_replica(UUID(int=number), number)


def _replica(laptop: Any) -> int:
    with laptop.reading() as work:
        replica: UUID = work.outbox.replica().id
    return replica.int
