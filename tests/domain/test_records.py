from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from kopdesk.domain.book_check import Book, BookCheck
from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.field_checks import check_leaf
from kopdesk.domain.fields import DELETED, Kind, Leaf, MergeClass, leaf, rows, values
from kopdesk.domain.records import (
    Record,
    changed,
    document_of,
    leaves_from_document,
    nested,
    revived,
    written,
)
from kopdesk.domain.values import Value

ID = UUID("01890000-0000-7000-8000-000000000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    balance: int | None = leaf(Kind.MONEY)
    note: Mapping[str, int] = values(Kind.COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Record):
    held_on: date | None = leaf(Kind.DATE)
    remark: str | None = leaf(Kind.TEXT)
    phone: str | None = leaf(Kind.LINE, format="phone")
    cash: Mapping[str, Count] = rows(Count)


def leaves(document: Mapping[str, object], *new_keys: str) -> dict[str, object]:
    return dict(leaves_from_document(Check, document, iter(new_keys).__next__))


def test_a_document_nests_rows_and_keyed_values_under_their_keys() -> None:
    given = {"held_on": "2026-03-09", "cash": {"main": {"balance": -5, "note": {"1000": 3}}}}
    assert leaves(given) == {"held_on": "2026-03-09", "cash/main/balance": -5, "cash/main/note/1000": 3}


def test_rows_in_a_list_get_new_keys() -> None:
    given = {"cash": [{"balance": 1}, {"balance": 2}]}
    assert leaves(given, "k1", "k2") == {"cash/k1/balance": 1, "cash/k2/balance": 2}


def test_null_empties_a_leaf_and_deletes_a_row() -> None:
    given = {"remark": None, "cash": {"main": None, "shop": {"balance": None, "note": {"500": None}}}}
    assert leaves(given) == {
        "remark": None,
        f"cash/main/{DELETED}": True,
        "cash/shop/balance": None,
        "cash/shop/note/500": None,
    }


def test_what_a_person_typed_is_kept_in_its_one_form() -> None:
    assert leaves({"phone": "0812-3456-7890", "remark": "a\r\nb"}) == {
        "phone": "+6281234567890",
        "remark": "a\nb",
    }


@pytest.mark.parametrize(
    ("given", "path", "reason"),
    [
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"id": str(ID)}, "id", "unknown_field"),
        ({DELETED: True}, DELETED, "unknown_field"),
        ({"held_on": "tomorrow"}, "held_on", "not_a_date"),
        ({"held_on": 20260309}, "held_on", "wrong_kind"),
        ({"remark": 1.5}, "remark", "wrong_kind"),
        ({"remark": "\x00"}, "remark", "control_character"),
        ({"cash": 7}, "cash", "wrong_kind"),
        ({"cash": {"main": 7}}, "cash/main", "wrong_kind"),
        ({"cash": {"": {}}}, "cash/", "bad_key"),
        ({"cash": {"a/b": {}}}, "cash/a/b", "bad_key"),
        ({"cash": {DELETED: {}}}, f"cash/{DELETED}", "bad_key"),
        ({"cash": {"x" * 41: {}}}, "cash/" + "x" * 41, "bad_key"),
        ({"cash": {"main": {"note": [1]}}}, "cash/main/note", "wrong_kind"),
        ({"cash": {"main": {"note": {"500": -1}}}}, "cash/main/note/500", "negative_count"),
        ({"cash": {"main": {"total": 1}}}, "cash/main/total", "unknown_field"),
    ],
)
def test_a_fault_in_a_document_is_named_by_its_path(
    given: Mapping[str, object], path: str, reason: str
) -> None:
    with pytest.raises(InvalidField) as error:
        leaves(given)
    assert (error.value.path, error.value.reason) == (path, reason)


def test_a_document_shows_neither_empty_leaves_nor_deleted_rows() -> None:
    stored = {
        "remark": None,
        "cash/main/balance": 1,
        f"cash/main/{DELETED}": True,
        "cash/mainland/balance": 2,
        f"cash/mainland/{DELETED}": None,
    }
    assert document_of(stored) == {"cash": {"mainland": {"balance": 2}}}


def test_a_document_is_sorted_and_keeps_what_it_does_not_know() -> None:
    stored = {"zebra": 1, "cash/b/x": 1, "cash/a/y/k": True}
    assert str(nested(stored)) == str({"cash": {"a": {"y": {"k": True}}, "b": {"x": 1}}, "zebra": 1})


def test_a_value_of_a_newer_schema_is_not_shown_and_does_no_harm() -> None:
    record = Check.from_leaves(ID, None, {"held_on": "someday", "weather": "hujan", "cash/main/odour": "x"})
    assert record == Check(id=ID)


def test_a_value_of_another_type_is_not_shown() -> None:
    stored: dict[str, Value] = {
        "held_on": 7,
        "remark": True,
        "cash/main/balance": "5",
        "cash/main/note/500": "x",
    }
    assert Check.from_leaves(ID, None, stored) == Check(id=ID, cash={"main": Count()})


def test_a_name_that_is_leaf_here_and_group_elsewhere_does_no_harm() -> None:
    stored: dict[str, Value] = {"remark": "x", "remark/k/text": "y", "cash": 5, "cash/main/balance": 1}
    assert Check.from_leaves(ID, None, stored) == Check(id=ID, remark="x", cash={"main": Count(balance=1)})
    assert document_of(stored) == stored


def test_a_deleted_record_says_so() -> None:
    record = Check.from_leaves(ID, None, {DELETED: True, "remark": "x"})
    assert record.deleted
    assert record.to_leaves() == {DELETED: True, "remark": "x"}


def test_times_are_written_in_utc() -> None:
    wita = timezone(timedelta(hours=8))
    assert written(datetime(2026, 3, 9, 7, 30, tzinfo=wita)) == "2026-03-08T23:30:00Z"
    assert written(datetime(2026, 3, 9, tzinfo=UTC)) == "2026-03-09T00:00:00Z"
    assert written(date(2026, 3, 9)) == "2026-03-09"
    assert written(True) is True


def test_a_row_that_is_gone_becomes_deleted_and_an_emptied_leaf_null() -> None:
    before = Check(
        id=ID,
        remark="x",
        cash={"a": Count(balance=1, note={"500": 2}), "b": Count(balance=1, note={"500": 2})},
    )
    after = Check(id=ID, cash={"b": Count(balance=1)})
    assert changed(before, after) == {"remark": None, f"cash/a/{DELETED}": True, "cash/b/note/500": None}


def test_what_is_entered_again_after_its_deletion_is_seen_again() -> None:
    stored = {"books/kas/exists": False, f"books/kas/{DELETED}": True, "cash/main/book_balance": 1}
    before = BookCheck.from_leaves(ID, None, stored)
    after = BookCheck(id=ID, cash=before.cash, books={"kas": Book(exists=True)})
    changes = revived(stored, changed(before, after))
    assert changes == {"books/kas/exists": True, f"books/kas/{DELETED}": None}
    assert BookCheck.from_leaves(ID, None, stored | changes) == after


def test_writing_into_a_deleted_record_brings_it_back() -> None:
    assert revived({DELETED: True}, {"remark": "x"}) == {"remark": "x", DELETED: None}


def test_emptying_and_deleting_bring_nothing_back() -> None:
    stored = {f"cash/main/{DELETED}": True, DELETED: True}
    for changes in ({"cash/main/balance": None}, {f"cash/shop/{DELETED}": True}, {}):
        assert revived(stored, changes) == changes


def test_what_is_deleted_in_the_same_change_stays_deleted() -> None:
    changes = {"cash/main/balance": 1, f"cash/main/{DELETED}": True}
    assert revived({f"cash/main/{DELETED}": True}, changes) == changes


def test_rows_inside_rows_are_read() -> None:
    check = BookCheck.from_leaves(ID, None, {"cash/main/others/k/amount": 6_000, "cash/main/note/1000": 2})
    assert isinstance(check.cash["main"], CashCount)
    assert check.cash["main"].others["k"].amount == 6_000
    assert check.cash["main"].note == {"1000": 2}


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
        (datetime(999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), "0999-12-31T23:59:59Z"),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "9999-12-31T23:59:59Z"),
    ],
)
def test_an_instant_is_written_in_one_form_however_far_off_a_clock_is(moment: datetime, text: str) -> None:
    assert written(moment) == text
    check_leaf("at", Leaf(kind=Kind.INSTANT, merge=MergeClass.DECIDE), text)
