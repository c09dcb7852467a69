from uuid import UUID, uuid4

import pytest

from kopdesk.domain.errors import ForbiddenChange, InvalidField, RecordNotFound, UnknownRecordType
from kopdesk.domain.ids import derived_id
from kopdesk.usecases.conflicts import list_conflicts
from kopdesk.usecases.errors import MadeByCentre, NotYourCooperative, RecordExists
from kopdesk.usecases.records import delete_record, get_record, list_records, put_record
from kopdesk.usecases.seen import parse_seen, seen_text
from kopdesk.usecases.status import status
from tests.support.world import TestLaptop, World


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("rina", coop)
    return coop


@pytest.fixture
def laptop(world: World, coop: UUID) -> TestLaptop:
    laptop = world.laptop("rina")
    assert laptop.sync().error is None
    return laptop


def test_a_record_comes_back_as_it_was_put(laptop: TestLaptop, coop: UUID) -> None:
    visit = laptop.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="Kas cocok.")
    got = laptop.get("visit", visit)
    assert got.pop("rev")
    assert got == {
        "id": str(visit),
        "cooperative_id": str(coop),
        "visited_on": "2026-11-20",
        "notes": "Kas cocok.",
    }


def test_only_the_given_fields_change(laptop: TestLaptop, coop: UUID) -> None:
    visit = laptop.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="Kas cocok.")
    laptop.put("visit", id=str(visit), notes=None)
    assert "notes" not in laptop.get("visit", visit)
    assert laptop.get("visit", visit)["visited_on"] == "2026-11-20"


def test_rows_given_as_a_list_get_keys_of_their_own(laptop: TestLaptop, coop: UUID) -> None:
    visit = laptop.put("visit", cooperative_id=str(coop), findings=[{"text": "a"}, {"text": "b"}])
    findings = laptop.get("visit", visit)["findings"]
    assert sorted(row["text"] for row in findings.values()) == ["a", "b"]
    assert all(len(key) == 8 for key in findings)


def test_what_exists_once_by_nature_has_the_same_id_on_every_laptop(laptop: TestLaptop, coop: UUID) -> None:
    count = laptop.put("member_count", cooperative_id=str(coop), period="2026-10", members=12)
    assert count == derived_id("member_count", coop, "2026-10")
    with pytest.raises(InvalidField, match="period"):
        laptop.put("member_count", id=str(count), period="2026-11")
    with pytest.raises(InvalidField, match="period"):
        laptop.put("member_count", cooperative_id=str(coop), members=12)


def test_what_was_deleted_and_exists_once_can_be_made_again(laptop: TestLaptop, coop: UUID) -> None:
    count = laptop.put("member_count", cooperative_id=str(coop), period="2026-10", members=12)
    laptop.sync()
    delete_record(laptop.desk, "member_count", count)
    assert list_records(laptop.desk, "member_count") == []
    with pytest.raises(RecordNotFound):
        laptop.put("member_count", id=str(count), members=13)
    assert laptop.put("member_count", cooperative_id=str(coop), period="2026-10", members=13) == count
    laptop.sync()
    assert [c["members"] for c in list_records(laptop.desk, "member_count")] == [13]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"visited_on": "20 November"}, "visited_on"),
        ({"visited_on": 5}, "visited_on"),
        ({"accuracy_metres": -1}, "accuracy_metres"),
        ({"no_such_field": 1}, "no_such_field"),
        ({"findings": {"a": {"weight": "huge"}}}, "findings/a/weight"),
        ({"findings": {"a/b": {"text": "x"}}}, "findings/a/b"),
        ({"findings": 5}, "findings"),
        ({"notes": "x" * 40_000}, "notes"),
        ({"notes": "nol\x00"}, "notes"),
    ],
)
def test_bad_input_is_refused_by_its_place_and_nothing_is_saved(
    laptop: TestLaptop, coop: UUID, fields: dict[str, object], path: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        laptop.put("visit", cooperative_id=str(coop), topics="Buku kas", **fields)
    assert refused.value.path == path
    assert laptop.unsent() == 0
    assert list_records(laptop.desk, "visit") == []


def test_a_cooperative_one_does_not_accompany_takes_nothing(laptop: TestLaptop, world: World) -> None:
    with pytest.raises(NotYourCooperative):
        laptop.put("visit", cooperative_id=str(uuid4()), notes="x")
    with pytest.raises(NotYourCooperative):
        laptop.put("visit", cooperative_id=str(world.cooperative("Koperasi lain")), notes="x")


def test_cooperatives_conflicts_and_remarks_are_not_made_by_hand(laptop: TestLaptop, coop: UUID) -> None:
    for name in ("cooperative", "conflict", "remark"):
        with pytest.raises(MadeByCentre):
            put_record(laptop.desk, name, {"cooperative_id": str(coop), "name": "x"})


def test_unknown_types_and_records_are_said_to_be_so(laptop: TestLaptop) -> None:
    with pytest.raises(UnknownRecordType):
        laptop.put("kunjungan", notes="x")
    with pytest.raises(RecordNotFound):
        get_record(laptop.desk, "visit", uuid4())


def test_a_likely_duplicate_is_named_and_saved_all_the_same(laptop: TestLaptop, coop: UUID) -> None:
    first = laptop.put("officer", cooperative_id=str(coop), name="H. Ahmad Yani", position="chair")
    saved = put_record(
        laptop.desk, "officer", {"cooperative_id": str(coop), "name": "Ahmad Yani", "position": "chair"}
    )
    assert [like[0] for like in saved.like] == [first]
    assert len(list_records(laptop.desk, "officer")) == 2


def test_a_sealed_visit_takes_no_other_words(laptop: TestLaptop, coop: UUID) -> None:
    visit = laptop.put(
        "visit",
        cooperative_id=str(coop),
        visited_on="2026-11-20",
        attendees={"a": {"name": "Bu Nur"}},
        findings={"f": {"text": "Kas kurang."}},
        state="sealed",
    )
    with pytest.raises(ForbiddenChange):
        laptop.put("visit", id=str(visit), notes="Tambahan belakangan.")
    laptop.put("visit", id=str(visit), additions=[{"text": "Tambahan belakangan."}])


def test_an_editor_that_saw_an_older_state_makes_a_conflict_on_the_laptop(
    laptop: TestLaptop, coop: UUID
) -> None:
    rev = laptop.get("cooperative", coop)["rev"]
    laptop.put("cooperative", id=str(coop), rev=rev, principal_saving=100_000)
    laptop.put("cooperative", id=str(coop), rev=rev, principal_saving=150_000)
    assert laptop.get("cooperative", coop)["principal_saving"] == 100_000
    (case,) = list_conflicts(laptop.desk)
    assert (case.conflict.kept_value, case.conflict.offered_value) == (100_000, 150_000)
    assert laptop.sync().error is None
    assert laptop.sync().rejected == 0
    assert len(list_conflicts(laptop.desk)) == 1


def test_an_edit_made_after_a_pull_by_an_editor_opened_before_it_meets_the_other_value(
    world: World, laptop: TestLaptop, coop: UUID
) -> None:
    rev = laptop.get("cooperative", coop)["rev"]
    other = world.laptop("rina", "dua")
    other.sync()
    other.put("cooperative", id=str(coop), principal_saving=100_000)
    other.sync()
    laptop.sync()
    laptop.put("cooperative", id=str(coop), rev=rev, principal_saving=150_000)
    assert laptop.sync().conflicts == 1


def test_what_was_seen_is_written_and_read(laptop: TestLaptop, coop: UUID) -> None:
    laptop.put("cooperative", id=str(coop), principal_saving=100_000)
    rev = laptop.get("cooperative", coop)["rev"]
    assert seen_text(parse_seen(rev)) == rev
    assert parse_seen("") == {}
    for bad in ("x", "c1", "q5:name", "c:name"):
        with pytest.raises(InvalidField):
            parse_seen(bad)


@pytest.mark.parametrize(
    "rev",
    [
        "c99999:phone",
        "c-5:phone",
        "e7:phone",
        "c1.4:phone",
        "c１:phone",
        "c1_0:phone",
        "c" + "9" * 30 + ":phone",
    ],
)
def test_nobody_has_seen_what_this_laptop_never_held(laptop: TestLaptop, coop: UUID, rev: str) -> None:
    """Such a base would stop the whole synchronisation, not only its own leaf."""
    with pytest.raises(InvalidField) as refused:
        laptop.put("cooperative", id=str(coop), rev=rev, phone="08115551234")
    assert (refused.value.path, refused.value.reason) == ("rev", "bad_mark")
    laptop.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="x")
    assert laptop.sync().error is None
    assert laptop.unsent() == 0


def test_a_base_that_nobody_can_have_does_not_stop_the_others(
    world: World, laptop: TestLaptop, coop: UUID
) -> None:
    """As after a fault in an older program: the file holds it, the laptop mends itself."""
    laptop.put("cooperative", id=str(coop), principal_saving=100_000)
    with laptop.desk.database.writing() as work:
        work.connection.exec_driver_sql("UPDATE edited_leaf SET base = 99999")
    laptop.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="x")
    assert laptop.sync().error is None
    assert laptop.unsent() == 0


def test_what_exists_once_is_not_made_twice_on_one_laptop(laptop: TestLaptop, coop: UUID) -> None:
    laptop.put("member_count", cooperative_id=str(coop), period="2026-10", members=100)
    with pytest.raises(RecordExists):
        laptop.put("member_count", cooperative_id=str(coop), period="2026-10", members=50)


def test_what_was_made_twice_on_two_laptops_is_asked_about(
    world: World, laptop: TestLaptop, coop: UUID
) -> None:
    other = world.laptop("rina", "dua")
    other.sync()
    laptop.put("member_count", cooperative_id=str(coop), period="2026-10", members=100)
    other.put("member_count", cooperative_id=str(coop), period="2026-10", members=50)
    laptop.sync()
    assert other.sync().conflicts == 1


def test_a_record_does_not_move_to_another_cooperative(world: World, laptop: TestLaptop, coop: UUID) -> None:
    visit = laptop.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="x")
    with pytest.raises(InvalidField, match="key_leaf"):
        laptop.put("visit", id=str(visit), cooperative_id=str(uuid4()), notes="y")


def test_status_counts_what_no_receipt_covers(laptop: TestLaptop, coop: UUID) -> None:
    assert status(laptop.desk).unsent == 0
    laptop.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="Kas cocok.")
    now = status(laptop.desk)
    assert now.unsent == 2
    assert now.oldest_unsent_at is not None
    laptop.sync()
    assert status(laptop.desk).unsent == 0


def test_a_rejected_leaf_waits_to_be_mended_and_a_new_edit_mends_it(
    world: World, laptop: TestLaptop, coop: UUID
) -> None:
    """A visit sealed on another laptop rejects a late edit; it is not lost."""
    visit = laptop.put(
        "visit",
        cooperative_id=str(coop),
        visited_on="2026-11-20",
        attendees={"a": {"name": "Bu Nur"}},
        findings={"f": {"text": "Kas kurang."}},
    )
    laptop.sync()
    other = world.laptop("rina", "dua")
    other.sync()
    other.put("visit", id=str(visit), state="sealed")
    other.sync()
    laptop.put("visit", id=str(visit), notes="Terlambat ditulis.")
    assert laptop.sync().rejected == 1
    with laptop.desk.database.reading() as work:
        (row,) = work.outbox.to_mend()
    assert (row.path, row.value, row.reason) == ("notes", "Terlambat ditulis.", "content_is_fixed")
    assert status(laptop.desk).to_mend == 1
    assert "notes" not in laptop.get("visit", visit)
