from datetime import timedelta
from uuid import UUID

import pytest

from kopdesk.domain.conflict import Choice
from kopdesk.domain.errors import InvalidField
from kopdesk.usecases.conflicts import ConflictCase, list_conflicts, resolve_conflict
from kopdesk.usecases.errors import NotShown
from kopdesk.usecases.records import delete_record, list_records
from kopdesk.usecases.seen import parse_seen
from tests.support.world import TestLaptop, World


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    for login in ("ani", "budi", "citra"):
        world.person(login, coop)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    return _synced(world.laptop("ani"))


@pytest.fixture
def budi(world: World, coop: UUID) -> TestLaptop:
    return _synced(world.laptop("budi"))


@pytest.fixture
def citra(world: World, coop: UUID) -> TestLaptop:
    return _synced(world.laptop("citra"))


def _synced(laptop: TestLaptop) -> TestLaptop:
    assert laptop.sync().error is None
    return laptop


def _amounts_differ(ani: TestLaptop, budi: TestLaptop, coop: UUID) -> ConflictCase:
    """Ani's 100,000 stands, Budi's 50,000 is offered."""
    ani.put("cooperative", id=str(coop), principal_saving=100_000)
    budi.put("cooperative", id=str(coop), principal_saving=50_000)
    ani.sync()
    budi.sync()
    (case,) = list_conflicts(budi.desk)
    return case


def _amount(laptop: TestLaptop, coop: UUID) -> object:
    return laptop.get("cooperative", coop).get("principal_saving")


def test_a_correction_made_since_the_list_was_read_is_asked_about_and_not_overwritten(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    read = _amounts_differ(ani, budi, coop)
    ani.put("cooperative", id=str(coop), principal_saving=110_000)
    ani.sync()
    budi.sync()
    resolve_conflict(budi.desk, read.conflict.id, Choice.OFFERED, seen=read.seen)
    budi.sync()
    ani.sync()
    assert _amount(ani, coop) == 110_000
    (again,) = list_conflicts(ani.desk)
    assert (again.conflict.kept_value, again.conflict.offered_value) == (110_000, 50_000)


def test_so_is_one_that_this_laptop_learns_of_only_after_the_decision(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    read = _amounts_differ(ani, budi, coop)
    ani.put("cooperative", id=str(coop), principal_saving=110_000)
    ani.sync()
    resolve_conflict(budi.desk, read.conflict.id, Choice.OFFERED, seen=read.seen)
    assert budi.sync().conflicts == 1
    assert _amount(budi, coop) == 110_000


def test_a_correction_the_list_shows_may_be_overruled(
    ani: TestLaptop, budi: TestLaptop, citra: TestLaptop, coop: UUID
) -> None:
    _amounts_differ(ani, budi, coop)
    citra.sync()
    citra.put("cooperative", id=str(coop), principal_saving=75_000)
    citra.sync()
    budi.sync()
    (case,) = list_conflicts(budi.desk)
    assert case.current == 75_000
    resolve_conflict(budi.desk, case.conflict.id, Choice.KEPT, seen=case.seen)
    budi.sync()
    citra.sync()
    assert (_amount(citra, coop), list_conflicts(citra.desk)) == (100_000, [])


def test_who_does_not_say_what_he_was_shown_cannot_overrule_a_third_value(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    case = _amounts_differ(ani, budi, coop)
    ani.put("cooperative", id=str(coop), principal_saving=75_000)
    ani.sync()
    budi.sync()
    for choice in (Choice.KEPT, Choice.OFFERED):
        with pytest.raises(NotShown) as refused:
            resolve_conflict(budi.desk, case.conflict.id, choice)
        assert not refused.value.deletes
    assert len(list_conflicts(budi.desk)) == 1
    resolve_conflict(
        budi.desk, case.conflict.id, Choice.VALUE, 75_000
    )  # what stands needs no sight of anything
    assert _amount(budi, coop) == 75_000
    assert list_conflicts(budi.desk) == []


def test_what_was_typed_here_since_the_list_was_read_is_kept_beside_the_decision(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    read = _amounts_differ(ani, budi, coop)
    budi.put("cooperative", id=str(coop), principal_saving=60_000)
    resolve_conflict(budi.desk, read.conflict.id, Choice.OFFERED, seen=read.seen)
    assert _amount(budi, coop) == 60_000
    (local,) = list_conflicts(budi.desk)
    assert (local.conflict.kept_value, local.conflict.offered_value) == (60_000, 50_000)


def _deletion_in_question(ani: TestLaptop, budi: TestLaptop, coop: UUID) -> UUID:
    """Budi deleted a visit without having seen what Ani wrote into it."""
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", place="Balai desa")
    ani.sync()
    budi.sync()
    ani.put("visit", id=str(visit), notes="Kas dihitung.")
    ani.sync()
    delete_record(budi.desk, "visit", visit)
    assert budi.sync().conflicts == 1
    return visit


def test_a_deletion_shows_all_it_would_take_and_takes_it_if_so_decided(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    _deletion_in_question(ani, budi, coop)
    (case,) = list_conflicts(budi.desk)
    assert case.deletes == {
        "notes": "Kas dihitung.",
        "place": "Balai desa",
        "visited_on": "2026-11-20",
    }
    resolve_conflict(budi.desk, case.conflict.id, Choice.OFFERED, seen=case.seen)
    budi.sync()
    ani.sync()
    assert list_records(ani.desk, "visit") == []
    assert list_conflicts(ani.desk) == []


def test_what_was_added_since_the_list_was_read_is_not_deleted_with_the_rest(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    visit = _deletion_in_question(ani, budi, coop)
    (read,) = list_conflicts(budi.desk)
    ani.put("visit", id=str(visit), findings={"f": {"text": "Kas kurang."}})
    ani.sync()
    resolve_conflict(budi.desk, read.conflict.id, Choice.OFFERED, seen=read.seen)
    budi.sync()
    ani.sync()
    assert ani.get("visit", visit)["findings"]["f"]["text"] == "Kas kurang."
    assert "~deleted" in {case.conflict.about_path for case in list_conflicts(ani.desk)}


def test_nor_is_anything_deleted_by_a_list_this_laptop_knows_to_be_old(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    visit = _deletion_in_question(ani, budi, coop)
    (read,) = list_conflicts(budi.desk)
    ani.put("visit", id=str(visit), findings={"f": {"text": "Kas kurang."}})
    ani.sync()
    budi.sync()
    with pytest.raises(NotShown) as refused:
        resolve_conflict(budi.desk, read.conflict.id, Choice.OFFERED, seen=read.seen)
    assert refused.value.deletes
    (again,) = list_conflicts(budi.desk)
    resolve_conflict(budi.desk, again.conflict.id, Choice.OFFERED, seen=again.seen)
    assert list_records(budi.desk, "visit") == []


@pytest.mark.parametrize("choice", [Choice.KEPT, Choice.OFFERED])
def test_who_names_a_version_that_never_was_is_told_so(
    ani: TestLaptop, budi: TestLaptop, coop: UUID, choice: Choice
) -> None:
    case = _amounts_differ(ani, budi, coop)
    for mark in ("c99", "e99", "c1.9"):
        with pytest.raises(InvalidField) as refused:
            resolve_conflict(budi.desk, case.conflict.id, choice, seen=parse_seen(f"{mark}:principal_saving"))
        assert (refused.value.path, refused.value.reason) == ("rev", "bad_mark")
    assert len(list_conflicts(budi.desk)) == 1


def test_nobody_deletes_by_a_decision_without_saying_what_he_was_shown(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    _deletion_in_question(ani, budi, coop)
    (case,) = list_conflicts(budi.desk)
    with pytest.raises(NotShown) as refused:
        resolve_conflict(budi.desk, case.conflict.id, Choice.OFFERED)
    assert refused.value.deletes
    resolve_conflict(budi.desk, case.conflict.id, Choice.KEPT)
    assert len(list_records(budi.desk, "visit")) == 1


def test_a_deletion_leaves_out_rows_that_are_gone_already(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    visit = _deletion_in_question(ani, budi, coop)
    ani.put("visit", id=str(visit), findings={"f": {"text": "Kas kurang."}})
    ani.put("visit", id=str(visit), findings={"f": None})
    ani.sync()
    budi.sync()
    (case,) = list_conflicts(budi.desk)
    assert "findings/f/text" not in case.deletes


def test_what_a_deleted_row_holds_is_told_although_all_of_the_record_is_deleted(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), findings={"f": {"text": "Kas cocok."}})
    ani.sync()
    budi.sync()
    ani.put("visit", id=str(visit), findings={"f": {"text": "Kas kurang."}})
    ani.sync()
    budi.put("visit", id=str(visit), findings={"f": None})
    assert budi.sync().conflicts == 1
    delete_record(budi.desk, "visit", visit)
    (case,) = list_conflicts(budi.desk)
    assert (case.conflict.about_path, case.deletes) == (
        "findings/f/~deleted",
        {"findings/f/text": "Kas kurang."},
    )


def test_a_decision_for_what_stands_brings_no_deleted_row_back(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), findings={"f": {"due_on": "2026-12-01"}})
    ani.sync()
    budi.sync()
    ani.put("visit", id=str(visit), findings={"f": {"due_on": "2026-12-02"}})
    budi.put("visit", id=str(visit), findings={"f": {"due_on": "2026-12-03"}})
    ani.sync()
    budi.sync()
    budi.put("visit", id=str(visit), findings={"f": None})
    (case,) = list_conflicts(budi.desk)
    resolve_conflict(budi.desk, case.conflict.id, Choice.KEPT, seen=case.seen)
    assert "findings" not in budi.get("visit", visit)


def test_the_list_begins_with_what_has_waited_longest(
    world: World, ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    paths = [
        "mandatory_saving",
        "founding_capital",
        "grant_fund",
        "principal_saving",
        "founding_participants",
    ]
    for path in paths:
        world.clock.time += timedelta(days=1)
        ani.put("cooperative", id=str(coop), **{path: 100})
        budi.put("cooperative", id=str(coop), **{path: 50})
        ani.sync()
        budi.sync()
        ani.sync()
    assert [case.conflict.about_path for case in list_conflicts(ani.desk)] == paths


def test_a_case_names_the_cooperative_and_holds_what_the_record_is_known_by(
    ani: TestLaptop, budi: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", accuracy_metres=1)
    ani.sync()
    budi.sync()
    ani.put("visit", id=str(visit), accuracy_metres=2)
    budi.put("visit", id=str(visit), accuracy_metres=3)
    ani.sync()
    budi.sync()
    (case,) = list_conflicts(budi.desk)
    assert case.cooperative_name == "Koperasi Desa Merah Putih Peridan"
    assert case.record == {"visited_on": "2026-11-20", "accuracy_metres": 2}
    assert case.deletes == {}
