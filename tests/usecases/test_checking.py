"""A bookkeeping check on the desk: what is held against it, promises and a statement made of it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain.book_tests.outcome import BookTest, Outcome
from kopdesk.domain.book_tests.report import Change
from kopdesk.domain.errors import InvalidField, RecordNotFound
from kopdesk.domain.records import RecordKey
from kopdesk.rules.current import current_rules
from kopdesk.usecases.checking import (
    CheckTold,
    PromiseWords,
    due_after,
    list_checks,
    promise_mending,
    statement_from_check,
    told_check,
)
from kopdesk.usecases.forms import open_form
from kopdesk.usecases.records import delete_record, get_record, list_records
from kopdesk.wording.proposed import Names, proposal_text
from tests.support.checks import an_orderly_check
from tests.support.histories import synced
from tests.support.world import TestLaptop, World

TODAY = date(2026, 11, 27)
RULES = current_rules()


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("ani", coop)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "ani", coop)


def put_check(laptop: TestLaptop, coop: UUID, **changes: Any) -> UUID:
    leaves = replace(an_orderly_check(), id=UUID(int=0), **changes).to_leaves()
    document: dict[str, Any] = {}
    for path, value in leaves.items():
        *groups, name = path.split("/")
        place = document
        for group in groups:
            place = place.setdefault(group, {})
        place[name] = value
    return laptop.put("book_check", cooperative_id=str(coop), **document)


def told(laptop: TestLaptop, check: UUID) -> CheckTold:
    return told_check(laptop.desk, check, RULES, TODAY)


def outcomes(found: CheckTold) -> dict[BookTest, Outcome]:
    return {result.test: result.outcome for result in found.report.results}


def test_statements_members_and_the_check_before_are_found_and_held_against_it(
    ani: TestLaptop, coop: UUID
) -> None:
    put_check(ani, coop, period="2026-09", checked_on=date(2026, 10, 4), quorum_base=100)
    ani.put("member_count", cooperative_id=str(coop), period="2026-10", in_simkopdes=118)
    ani.put(
        "statement", cooperative_id=str(coop), period_kind="year_to_date", period="2026-10",
        starts_on="2026-01-01", ends_on="2026-10-31", position={"kas_dan_setara_kas": 2_350_000},
    )  # fmt: skip
    found = told(ani, put_check(ani, coop, members_in_simkopdes=None))
    assert outcomes(found)[BookTest.POSITION] is Outcome.FAILED
    (members,) = [one for one in found.report.results if one.test is BookTest.MEMBERS]
    assert members.failed[0].difference == 2
    assert found.report.changes == {BookTest.POSITION: Change.NEW, BookTest.MEMBERS: Change.STILL}


def test_what_was_deleted_is_not_held_against_it(ani: TestLaptop, coop: UUID) -> None:
    before = put_check(ani, coop, period="2026-09", checked_on=date(2026, 10, 4), quorum_base=100)
    check = put_check(ani, coop, quorum_base=100)
    assert told(ani, check).report.changes == {BookTest.MEMBERS: Change.STILL}
    delete_record(ani.desk, "book_check", before)
    assert told(ani, check).report.changes == {}
    delete_record(ani.desk, "book_check", check)
    with pytest.raises(RecordNotFound):
        told(ani, check)


def words_of(found: CheckTold, number: int = 0) -> PromiseWords:
    names = Names(found.check, RULES.chart, {})
    proposal = found.report.open_proposals[number]
    text = proposal_text(proposal, names)
    due = due_after(proposal, TODAY)
    return PromiseWords(text.finding, text.cause, text.recommendation, text.promise, "Sri (bendahara)", due)


def test_a_proposal_becomes_a_finding_with_its_rule_and_a_promise_with_its_origin(
    ani: TestLaptop, coop: UUID
) -> None:
    check = put_check(ani, coop, quorum_base=110)
    found = told(ani, check)
    (proposal,) = found.report.open_proposals
    promise = promise_mending(ani.desk, found, proposal, words_of(found), RULES, TODAY)
    kept = get_record(ani.desk, "book_check", check)["findings"][proposal.key]
    assert kept["rule"] == "members/members_quorum"
    assert kept["rule_pack_version"] == RULES.version
    assert "120 orang" in kept["text"]
    made = get_record(ani.desk, "follow_up", promise.id)
    assert (made["origin_id"], made["origin_path"]) == (str(check), f"findings/{proposal.key}")
    assert made["due_on"] == "2026-12-27"
    assert told(ani, check).report.open_proposals == ()


def test_two_laptops_that_find_the_same_make_one_finding_of_it(ani: TestLaptop, coop: UUID) -> None:
    check = put_check(ani, coop, quorum_base=110)
    first = told(ani, check).report.proposals[0]
    ani.put("book_check", id=str(check), quorum_base=111)
    assert told(ani, check).report.proposals[0].key == first.key


def test_a_concluded_check_stays_as_it_is_and_a_promise_can_still_be_made(
    ani: TestLaptop, coop: UUID
) -> None:
    check = put_check(ani, coop, quorum_base=110)
    ani.put("book_check", id=str(check), state="concluded", conclusion="needs_mending")
    before = open_form(ani.desk, RecordKey("book_check", check)).leaves
    found = told(ani, check)
    promise_mending(ani.desk, found, found.report.open_proposals[0], words_of(found), RULES, TODAY)
    assert open_form(ani.desk, RecordKey("book_check", check)).leaves == before
    assert len(list_records(ani.desk, "follow_up", coop)) == 1


def test_a_statement_is_filled_from_the_trial_balance_and_filled_anew_when_it_changes(
    ani: TestLaptop, coop: UUID
) -> None:
    check = put_check(ani, coop)
    key = statement_from_check(ani.desk, told(ani, check))
    ani.put("statement", id=str(key.id), note="Disusun bersama bendahara.", cash_flow={"kas_awal": 5})
    made = get_record(ani.desk, "statement", key.id)
    assert made["position"]["shu_tahun_berjalan"] == 6_000_000
    assert made["units"]["sembako"]["member_revenue"] == 60_000_000
    assert (made["period_kind"], made["ends_on"]) == ("year_to_date", "2026-10-31")
    ani.put("book_check", id=str(check), lines={"1121": None})
    assert statement_from_check(ani.desk, told(ani, check)) == key
    anew = get_record(ani.desk, "statement", key.id)
    assert "piutang_usaha_simpan_pinjam" not in anew["position"]
    assert (anew["note"], anew["cash_flow"]) == ("Disusun bersama bendahara.", {"kas_awal": 5})


def test_without_a_month_there_is_no_statement_to_fill(ani: TestLaptop, coop: UUID) -> None:
    with pytest.raises(InvalidField, match="period"):
        statement_from_check(ani.desk, told(ani, put_check(ani, coop, period=None)))


def test_checks_are_listed_by_month_the_newest_first(ani: TestLaptop, coop: UUID) -> None:
    for period in ("2026-08", "2026-10", "2026-09"):
        put_check(ani, coop, period=period)
    assert [one.period for one in list_checks(ani.desk)] == ["2026-10", "2026-09", "2026-08"]
    assert list_checks(ani.desk)[0].state == "draft"
