"""What the pages show: the overview, the finder, the dossier, what is unsent, ready for the field."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.errors import RecordNotFound
from kopdesk.server.operations import unassign
from kopdesk.usecases.dossier import dossier
from kopdesk.usecases.finding import find_anything
from kopdesk.usecases.overview import list_cooperatives, list_promises, list_visits, overview
from kopdesk.usecases.readiness import readiness
from kopdesk.usecases.records import delete_record
from kopdesk.usecases.unsent import list_confirmed, list_unsent
from tests.support.histories import synced
from tests.support.world import TestLaptop, World

TODAY = date(2026, 11, 22)


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("ani", coop, world.cooperative("Koperasi Desa Merah Putih Tadoan"))
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "ani", coop)


def test_the_overview_has_todays_visits_and_the_promises_of_the_week(ani: TestLaptop, coop: UUID) -> None:
    for day, place in (("2026-11-22", "Balai desa"), ("2026-11-21", "Gerai")):
        ani.put("visit", cooperative_id=str(coop), visited_on=day, place=place)
    for due in ("2026-11-20", "2026-11-29", "2026-11-30", None):
        ani.put("follow_up", cooperative_id=str(coop), promise=f"Sampai {due}", due_on=due)
    done = ani.put("follow_up", cooperative_id=str(coop), promise="Sudah", due_on="2026-11-20")
    ani.put("follow_up", id=str(done), state="done", closed_on="2026-11-21")
    found = overview(ani.desk, TODAY)
    assert [one.place for one in found.visits] == ["Balai desa"]
    assert [one.text for one in found.promises] == ["Sampai 2026-11-20", "Sampai 2026-11-29"]
    assert [one.is_overdue(TODAY) for one in found.promises] == [True, False]
    assert [one.text for one in list_promises(ani.desk)][-1] == "Sampai None"


def test_a_card_says_how_old_everything_is(ani: TestLaptop, coop: UUID) -> None:
    for day in ("2026-10-01", "2026-11-05", "2026-12-24"):
        ani.put("visit", cooperative_id=str(coop), visited_on=day)
    ani.put("book_check", cooperative_id=str(coop), period="2026-09")
    ani.put("plan", cooperative_id=str(coop), title="Gerai sembako")
    ani.put("follow_up", cooperative_id=str(coop), promise="Buku diisi", due_on="2026-11-01")
    ani.put("problem", cooperative_id=str(coop), text="Jalan rusak")
    peridan, tadoan = list_cooperatives(ani.desk, TODAY)
    assert (peridan.name, tadoan.name) == (
        "Koperasi Desa Merah Putih Peridan",
        "Koperasi Desa Merah Putih Tadoan",
    )
    assert (peridan.visited_on, peridan.checked_month, peridan.plan_state) == (
        date(2026, 11, 5),  # not the one that is planned for December
        "2026-09",
        "draft",
    )
    assert (peridan.open_promises, peridan.overdue_promises, peridan.open_problems) == (1, 1, 1)
    assert peridan.unsent > 0
    assert (tadoan.visited_on, tadoan.checked_month, tadoan.plan_state, tadoan.unsent) == (
        None,
        None,
        None,
        0,
    )


def test_what_was_deleted_is_in_no_list(ani: TestLaptop, coop: UUID) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", place="Balai desa")
    ani.sync()
    delete_record(ani.desk, "visit", visit)
    assert list_visits(ani.desk) == []
    assert find_anything(ani.desk, "balai") == []
    assert overview(ani.desk, TODAY).visits == ()


def test_visits_are_listed_newest_first_and_by_cooperative(ani: TestLaptop, coop: UUID) -> None:
    for day in ("2026-11-20", "2026-11-22", "2026-11-21"):
        ani.put("visit", cooperative_id=str(coop), visited_on=day)
    assert [str(one.visited_on) for one in list_visits(ani.desk, coop)] == [
        "2026-11-22",
        "2026-11-21",
        "2026-11-20",
    ]
    other = next(card.id for card in list_cooperatives(ani.desk, TODAY) if card.id != coop)
    assert list_visits(ani.desk, other) == []


def test_anything_is_found_by_the_first_letters_of_its_words(ani: TestLaptop, coop: UUID) -> None:
    ani.put(
        "officer",
        cooperative_id=str(coop),
        name="Hj. Nurhayati Palewai",
        position="chair",
        phone="0852-0000-9215",
    )
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", place="Balai desa")

    def kinds(text: str) -> list[str]:
        return [one.kind for one in find_anything(ani.desk, text)]

    assert kinds("nur pal") == ["officer"]
    assert kinds("+62852") == ["officer"]
    assert kinds("bendahara") == []
    said = {"chair": "Ketua", "+6285200009215": "0852-0000-9215"}
    for text in ("ketua", "0852-0000", "0852 nur"):
        (found,) = find_anything(ani.desk, text, said=lambda kind, leaf: said.get(leaf, leaf))
        assert found.leaves[0] == "Hj. Nurhayati Palewai"
    assert kinds("balai peridan") == ["visit"]
    assert kinds("PERIDAN") == ["cooperative", "officer", "visit"]
    assert kinds("2026-11") == ["visit"]
    assert kinds("") == ["cooperative", "cooperative"]
    assert kinds("tidak ada") == []


def test_every_figure_of_the_dossier_says_from_whom_and_since_when(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("cooperative", id=str(coop), principal_saving=100_000)
    ani.sync()
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    found = dossier(ani.desk, coop)
    assert found.name == "Koperasi Desa Merah Putih Peridan"
    (profile,) = found.records["cooperative"]
    saving = profile.sources["principal_saving"]
    assert (saving.author, saving.is_unsent) == ("Ani", False)
    assert saving.at is not None
    assert abs(saving.at - world.clock.time) < timedelta(hours=1)
    assert profile.sources["name"].author == "Dinas Koperasi"
    (visit,) = found.records["visit"]
    assert visit.sources["visited_on"].is_unsent
    with pytest.raises(RecordNotFound):
        dossier(ani.desk, UUID(int=9))


def test_a_withdrawn_cooperative_is_shown_last_and_as_such(world: World, ani: TestLaptop, coop: UUID) -> None:
    unassign(world.server, "ani", str(coop))
    ani.sync()
    assert [card.is_withdrawn for card in list_cooperatives(ani.desk, TODAY)] == [False, True]
    assert dossier(ani.desk, coop).is_withdrawn


def test_what_is_unsent_is_listed_by_record_and_what_is_confirmed_by_batch(
    ani: TestLaptop, coop: UUID
) -> None:
    confirmed = len(list_confirmed(ani.desk))
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", place="Balai desa")
    (waiting,) = list_unsent(ani.desk)
    assert (waiting.key.type, waiting.leaves, waiting.in_flight) == ("visit", 2, 0)
    assert waiting.named.cooperative_name == "Koperasi Desa Merah Putih Peridan"
    ani.link.lose_answers = 1
    assert ani.sync().error is not None
    assert [(one.leaves, one.in_flight) for one in list_unsent(ani.desk)] == [(2, 2)]
    ani.sync()
    assert list_unsent(ani.desk) == []
    assert [one.leaves for one in list_confirmed(ani.desk)][: len(list_confirmed(ani.desk)) - confirmed] == [
        2
    ]


def test_ready_for_the_field_says_what_would_be_missed_there(
    ani: TestLaptop, coop: UUID, tmp_path: Path
) -> None:
    def not_ready() -> set[str]:
        return {check.subject for check in readiness(ani.desk, tmp_path) if not check.is_ready}

    assert not_ready() == {"copies"}  # no contact was noted yet
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22")
    assert not_ready() == {"copies", "unsent"}
    subjects = [check.subject for check in readiness(ani.desk, tmp_path)]
    assert subjects == ["copies", "unsent", "decisions", "clock", "disk"]
