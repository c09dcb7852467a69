"""Bases of a past that the server has lost, in work that was put aside: they overwrite nothing unseen."""

from uuid import UUID

import pytest

from kopdesk.domain.fields import DELETED
from kopdesk.domain.states import Role
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.operations import assign, disable_user, unassign
from kopdesk.server.releasing import release
from kopdesk.usecases.records import delete_record
from tests.support.world import TestLaptop, World

VISIT = UUID("0190a5a2-0000-7000-8000-0000000000aa")


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    for login in ("ani", "budi"):
        world.person(login, coop)
    world.person("hadi", role=Role.PMO)
    world.office_change(coop, "visit", VISIT, {"notes": "Kas cocok."})
    return coop


@pytest.fixture
def budi(world: World, coop: UUID) -> TestLaptop:
    budi = world.laptop("budi")
    budi.sync()
    return budi


@pytest.fixture
def ani(world: World, coop: UUID, budi: TestLaptop) -> TestLaptop:
    """She holds a day that the server has lost; Budi has written since, under the same revs."""
    ani = world.laptop("ani")
    before = world.backup()
    lost = [
        world.office_change(coop, "cooperative", coop, {"principal_saving": 10}),
        world.office_change(coop, "visit", VISIT, {"place": "Balai desa"}),
    ]
    ani.sync()
    world.restore(before)
    budi.put("cooperative", id=str(coop), principal_saving=77)
    budi.sync()
    budi.put("visit", id=str(VISIT), place="Rumah ketua")
    budi.sync()
    with world.server.store.reading() as tx:
        head = tx.channel(f"coop/{coop}")
    assert head is not None
    assert head.rev == lost[-1].rev
    return ani


def reasons(world: World) -> set[str]:
    return {row["reason"] for row in list_quarantine(world.server)}


def released(world: World) -> dict[tuple[str, object], str]:
    """Release everything that waits; what became of each leaf, by path and value."""
    handled = release(world.server, [row["entry"] for row in list_quarantine(world.server)])
    return {
        (one.leaf.row.path, one.leaf.row.value): one.decision.outcome.value if one.decision else one.rejected
        for one in handled
    }


def test_an_edit_of_a_closed_account_overwrites_nothing_unseen_even_where_the_revs_agree(
    world: World, coop: UUID, ani: TestLaptop, budi: TestLaptop
) -> None:
    ani.put("cooperative", id=str(coop), principal_saving=50)
    disable_user(world.server, "ani")
    ani.sync()
    assert reasons(world) == {"disabled_account"}
    became = released(world)
    assert (became["principal_saving", 50], became["principal_saving", 10]) == ("conflict", "conflict")
    budi.sync()
    assert budi.get("cooperative", coop)["principal_saving"] == 77


def test_a_deletion_of_a_closed_account_hides_nothing_that_was_written_since(
    world: World, ani: TestLaptop, budi: TestLaptop
) -> None:
    delete_record(ani.desk, "visit", VISIT)
    disable_user(world.server, "ani")
    ani.sync()
    assert released(world)[DELETED, True] == "conflict"
    budi.sync()
    assert budi.get("visit", VISIT)["place"] == "Rumah ketua"


def test_a_deletion_under_a_lost_assignment_hides_nothing_that_was_written_since(
    world: World, coop: UUID, budi: TestLaptop
) -> None:
    world.person("citra")
    citra = world.laptop("citra")
    before = world.backup()
    assign(world.server, "citra", str(coop))
    world.office_change(coop, "visit", VISIT, {"place": "Balai desa"})
    citra.sync()
    delete_record(citra.desk, "visit", VISIT)
    world.restore(before)
    budi.put("visit", id=str(VISIT), place="Rumah ketua")
    budi.sync()
    citra.sync()
    assert reasons(world) == {"lost_grant"}
    assert released(world)[DELETED, True] == "conflict"
    budi.sync()
    assert budi.get("visit", VISIT)["place"] == "Rumah ketua"


def test_a_closed_account_of_this_past_keeps_the_bases_it_wrote_on(
    world: World, coop: UUID, budi: TestLaptop
) -> None:
    world.office_change(coop, "cooperative", coop, {"principal_saving": 10})
    budi.sync()
    budi.put("cooperative", id=str(coop), principal_saving=50)
    delete_record(budi.desk, "visit", VISIT)
    disable_user(world.server, "budi")
    assert budi.sync().quarantined == 2
    assert reasons(world) == {"disabled_account"}
    assert released(world) == {("principal_saving", 50): "applied", (DELETED, True): "applied"}


def test_work_for_a_withdrawn_cooperative_is_fitted_to_this_past_before_it_is_put_aside(
    world: World, coop: UUID, ani: TestLaptop, budi: TestLaptop
) -> None:
    ani.put("cooperative", id=str(coop), principal_saving=50)
    delete_record(ani.desk, "visit", VISIT)
    unassign(world.server, "ani", str(coop))
    assert ani.sync().error is None
    became = released(world)
    assert (became["principal_saving", 50], became[DELETED, True]) == ("conflict", "conflict")
    budi.sync()
    assert budi.get("cooperative", coop)["principal_saving"] == 77
    assert budi.get("visit", VISIT)["place"] == "Rumah ketua"
