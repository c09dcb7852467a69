"""What holds for every type of record."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.errors import UnknownRecordType
from kopdesk.domain.fields import DELETED, Kind, MergeClass, patterns
from kopdesk.domain.record_types import TYPES, RecordType, type_named
from kopdesk.domain.records import changed, document_of, is_name, is_path, leaves_from_document
from kopdesk.domain.values import Value
from kopdesk.domain.visit import Visit
from tests.support.leaves import leaves_of

ID = UUID("01890000-0000-7000-8000-000000000001")
COOPERATIVE = UUID("01890000-0000-7000-8000-000000000002")

types = pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES.keys())
any_record = st.sampled_from(sorted(TYPES)).flatmap(
    lambda name: st.tuples(st.just(TYPES[name]), leaves_of(TYPES[name].form))
)


def no_new_key() -> str:
    raise AssertionError("rows given under their keys need no new ones")


@given(any_record)
def test_leaves_become_a_record_and_leaves_again(drawn: tuple[RecordType, dict[str, Value]]) -> None:
    record_type, leaves = drawn
    record = record_type.form.from_leaves(ID, COOPERATIVE, leaves)
    assert record.to_leaves() == leaves


@given(any_record)
def test_a_document_is_read_back_as_the_leaves_it_shows(drawn: tuple[RecordType, dict[str, Value]]) -> None:
    record_type, leaves = drawn
    assert leaves_from_document(record_type.form, document_of(leaves), no_new_key) == leaves


@given(any_record, st.data())
def test_the_changes_between_two_records_lead_from_one_to_the_other(
    drawn: tuple[RecordType, dict[str, Value]], data: st.DataObject
) -> None:
    record_type, old = drawn
    new = data.draw(leaves_of(record_type.form))
    before = record_type.form.from_leaves(ID, COOPERATIVE, old)
    after = record_type.form.from_leaves(ID, COOPERATIVE, new)
    merged = old | changed(before, after)
    assert record_type.form.from_leaves(ID, COOPERATIVE, merged) == after


@types
def test_a_record_without_leaves_is_empty(record_type: RecordType) -> None:
    assert record_type.form(id=ID).to_leaves() == {}


@types
def test_names_are_english_snake_case(record_type: RecordType) -> None:
    for pattern in patterns(record_type.form):
        for part in pattern.split("/"):
            assert part in ("*", DELETED) or re.fullmatch(r"[a-z][a-z0-9_]*", part)


@types
def test_an_older_centre_takes_every_name_for_one(record_type: RecordType) -> None:
    """Whoever declares a longer name has to wait until the centres know that there are such."""
    assert is_name(record_type.name)
    for pattern in patterns(record_type.form):
        assert is_path(pattern.replace("*", "a-Key.1"))


@types
def test_what_follows_from_the_channel_is_no_leaf(record_type: RecordType) -> None:
    assert not {"id", "cooperative_id", "deleted"} & patterns(record_type.form).keys()


@types
def test_key_leaves_are_declared_and_wait_for_a_person(record_type: RecordType) -> None:
    for name in record_type.key:
        assert patterns(record_type.form)[name].merge is MergeClass.DECIDE


@types
def test_money_counts_dates_and_states_wait_for_a_person(record_type: RecordType) -> None:
    decided = {Kind.MONEY, Kind.COUNT, Kind.DATE, Kind.MONTH, Kind.CODE, Kind.DIGITS, Kind.REFERENCE}
    for pattern, spec in patterns(record_type.form).items():
        if spec.kind in decided:
            assert spec.merge is MergeClass.DECIDE, pattern


@types
def test_numbers_addresses_and_phones_of_people_are_marked_personal(record_type: RecordType) -> None:
    for pattern, spec in patterns(record_type.form).items():
        if spec.format in ("phone", "email", "personal_nik"):
            assert spec.personal, pattern
    if record_type.name == "officer":
        personal = {name for name, spec in patterns(record_type.form).items() if spec.personal}
        assert {"nik", "npwp", "phone", "email", "address", "born_on"} <= personal


def test_a_type_nobody_declared_is_an_expected_failure() -> None:
    with pytest.raises(UnknownRecordType):
        type_named("spaceship")


def test_a_choice_from_a_newer_schema_is_kept() -> None:
    record = type_named("outlet").form.from_leaves(ID, None, {"type": "submarine"})
    assert record.to_leaves() == {"type": "submarine"}


def test_a_deleted_row_is_not_in_the_record() -> None:
    leaves: dict[str, Value] = {
        "findings/a/text": "Kas kurang",
        f"findings/a/{DELETED}": True,
        "findings/b/text": "Stok",
    }
    record = type_named("visit").form.from_leaves(ID, None, leaves)
    assert record.to_leaves() == {"findings/b/text": "Stok"}


def test_dates_instants_and_references_are_read_as_such() -> None:
    leaves: dict[str, Value] = {
        "visited_on": "2026-03-09",
        "sealed_at": "2026-03-09T06:00:00Z",
        "signed_photo_id": str(ID),
    }
    visit = Visit.from_leaves(ID, None, leaves)
    assert visit.visited_on == date(2026, 3, 9)
    assert visit.sealed_at == datetime(2026, 3, 9, 6, tzinfo=UTC)
    assert visit.signed_photo_id == ID
