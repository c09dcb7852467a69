"""What newer programs wrote is judged as its author's when their schema arrives, and never lost."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.ids import derived_id
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import Verdict
from kopdesk.server.listing import dump
from kopdesk.server.operations import unassign
from kopdesk.server.releasing import release
from tests.support.mixed_centre import READY, TRAINING, VISIT, MixedCentre, rows, siti_and_hadi
from tests.support.raw_client import cursor_for, leaves_of
from tests.support.schemas import N_MINUS_1, N_MINUS_2, N_PLUS_1, N, as_of
from tests.support.server_parts import (
    PERIDAN,
    PERIDAN_CHANNEL,
    TestClock,
)


class PowerCut(Exception):
    """In the middle of a transaction."""


@pytest.fixture
def centre(tmp_path: Path, clock: TestClock) -> Iterator[MixedCentre]:
    centre = siti_and_hadi(tmp_path / "server", clock)
    yield centre
    centre.server.close()


def test_what_fits_loses_its_mark_and_nothing_is_changed(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {"weather": "storm", "rides/a/cost": 15_000}))
    centre.push("siti", rows(TRAINING, {"title": "Pembukuan", "seats/women": 12}))
    before, head = dump(centre.server), centre.head()
    centre.update(N_PLUS_1)
    assert centre.marked() == []
    assert (dump(centre.server), centre.head(), centre.aside()) == (before, head, [])


def test_what_still_only_a_newer_schema_knows_goes_on_waiting(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {"rides/a/cost": 15_000, "weather": "storm", "audit_note": "x"}))
    centre.update(N_MINUS_1)
    assert [(leaf.path, leaf.seen_by) for leaf in centre.marked()] == [
        ("audit_note", N_MINUS_1),
        ("weather", N_MINUS_1),
    ]
    head = centre.head()
    centre.update(N)
    assert {leaf.seen_by for leaf in centre.marked()} == {N}
    centre.update(N_PLUS_1)
    assert (centre.marked(), centre.head(), centre.aside()) == ([], head, [])


def _a_book(number: str) -> RecordKey:
    return RecordKey("savings_book", derived_id("savings_book", PERIDAN, number))


@pytest.mark.parametrize(
    ("key", "leaves", "reason"),
    [
        (VISIT, {"weather": "hail"}, "unknown_choice"),
        (VISIT, {"rides/a/cost": "free"}, "wrong_kind"),
        (VISIT, {"snow_depth": 5}, "unknown_leaf"),
        (RecordKey("spaceship", UUID(int=6)), {"name": "x"}, "unknown_type"),
        (TRAINING, {"approved_by": "Siti"}, "role_may_not"),
        (RecordKey("savings_book", UUID(int=6)), {"number": "17"}, "key_leaf"),
    ],
)
def test_what_does_not_fit_is_taken_back_and_put_aside_with_its_author_and_reason(
    centre: MixedCentre, key: RecordKey, leaves: Mapping[str, Value], reason: str
) -> None:
    centre.push("siti", rows(key, leaves))
    head = centre.head()
    centre.update(N_PLUS_1)
    ((path, value),) = leaves.items()
    assert centre.told() == [("siti", path, value, reason)]
    assert centre.leaves(key) == {}
    assert (centre.head(), centre.marked()) == (head + 1, [])
    siti = centre.laptops["siti"]
    with as_of(N_PLUS_1):
        assert leaves_of(siti.send(siti.request(schema=N_PLUS_1)))[key, path] is None


def test_a_leaf_that_was_good_before_gets_its_last_good_value_again(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {"mode": "phone", "notes": "Kas cocok."}))
    centre.push("siti", rows(VISIT, {"mode": "by_drone"}, centre.head()))
    centre.push("siti", rows(VISIT, {"mode": "by_mule"}, centre.head()))
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT) == {"mode": "phone", "notes": "Kas cocok."}
    assert centre.told() == [("siti", "mode", "by_mule", "unknown_choice")]


def test_a_state_is_judged_step_by_step_and_with_what_it_needs(centre: MixedCentre) -> None:
    note = {"audit_note": "Sesuai."}
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    for state, leaves in (("doubted", {}), ("audited", note)):
        centre.push("siti", rows(VISIT, {"state": state, **leaves}, centre.head()))
    centre.update(N_PLUS_1)
    # Only a reviewer may doubt; but what is sealed may be audited as well, so the second word is good.
    assert centre.leaves(VISIT) == {**READY, "state": "audited", **note}
    assert (centre.aside(), centre.marked()) == ([], [])


def test_who_took_a_step_that_only_others_may_take_has_not_taken_it(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    centre.push("siti", rows(VISIT, {"state": "audited"}, centre.head()))
    centre.push("siti", rows(VISIT, {"audit_note": "Terlambat."}, centre.head()))
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT)["state"] == "sealed"
    assert centre.told() == [("siti", "state", "audited", "needs_reason")]
    assert centre.leaves(VISIT)["audit_note"] == "Terlambat."


def test_a_leaf_is_judged_by_the_record_as_its_author_saw_it(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "weather": "storm"}))
    centre.push("siti", rows(VISIT, {"state": "sealed"}, centre.head()))
    centre.push("siti", rows(VISIT, {"rides/a/cost": 15_000}, centre.head()))
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT)["weather"] == "storm"
    assert centre.told() == [("siti", "rides/a/cost", 15_000, "content_is_fixed")]


def test_what_a_state_has_fixed_is_fixed_for_what_is_judged_under_an_unknown_one(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    centre.push("siti", rows(VISIT, {"state": "audited", "audit_note": "Sesuai."}, centre.head()))
    centre.push("siti", rows(VISIT, {"rides/a/cost": 15_000}, centre.head()))
    centre.update(N_MINUS_1)
    assert centre.told() == [("siti", "rides/a/cost", 15_000, "content_is_fixed")]
    assert [leaf.path for leaf in centre.marked()] == ["audit_note", "state"]


def test_what_no_schema_would_allow_does_not_wait_for_the_one_that_knows_its_word(
    centre: MixedCentre,
) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    centre.push("siti", rows(VISIT, {"weather": "storm"}))
    centre.update(N_MINUS_1)  # knows the leaf, not the word
    assert centre.told() == [("siti", "weather", "storm", "content_is_fixed")]
    assert centre.marked() == []


def test_a_state_that_fails_gives_way_to_the_one_before_it_known_or_not(centre: MixedCentre) -> None:
    audited = {"state": "audited", "audit_note": "Sesuai."}
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    centre.push("siti", rows(VISIT, audited, centre.head()))
    centre.push("siti", rows(VISIT, {"state": "burnt"}, centre.head()), N_MINUS_1)
    assert centre.leaves(VISIT)["state"] == "burnt"
    centre.update(N_MINUS_1)
    assert centre.leaves(VISIT)["state"] == "audited"
    assert centre.told() == [("siti", "state", "burnt", "unknown_choice")]
    (outcome,) = centre.push("siti", rows(VISIT, {"notes": "Diam-diam."}), N_MINUS_1)
    assert outcome.detail == "content_is_fixed"
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT) == {**READY, **audited}
    assert centre.marked() == []


def test_what_was_put_back_and_fails_in_its_turn_gives_way_as_well(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    centre.push("siti", rows(VISIT, {"state": "audited"}, centre.head()))  # without the note it needs
    centre.push("siti", rows(VISIT, {"state": "burnt"}, centre.head()), N_MINUS_1)
    centre.update(N_MINUS_1)
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT) == {**READY, "state": "sealed"}
    told = {told[2:] for told in centre.told()}  # put aside in the same second: in no order
    assert told == {("burnt", "unknown_choice"), ("audited", "needs_reason")}
    assert centre.marked() == []


def test_everybody_is_judged_by_his_own_rights(centre: MixedCentre) -> None:
    approved = {"approved_by": "Hadi"}
    centre.push("hadi", rows(TRAINING, {"title": "Pembukuan", **approved}))
    centre.push("siti", rows(RecordKey("training", UUID(int=6)), {"title": "Pajak", "approved_by": "Siti"}))
    centre.update(N)
    assert centre.leaves(TRAINING) == {"title": "Pembukuan", **approved}
    assert centre.leaves(RecordKey("training", UUID(int=6))) == {"title": "Pajak"}
    assert centre.told() == [("siti", "approved_by", "Siti", "role_may_not")]


def test_what_was_overtaken_by_something_the_centre_understood_is_not_judged(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {"mode": "by_mule"}))
    assert centre.push("siti", rows(VISIT, {"mode": "phone"}, centre.head()), N_MINUS_2) == []
    head = centre.head()
    centre.update(N_MINUS_1)  # where nobody could judge it either
    assert (centre.leaves(VISIT), centre.marked()) == ({"mode": "phone"}, [])
    assert (centre.head(), centre.aside()) == (head, [])


def test_what_was_taken_back_can_be_released_if_it_may_be_written(centre: MixedCentre) -> None:
    centre.push("siti", rows(TRAINING, {"title": "Pembukuan", "approved_by": "Siti"}))
    centre.push("siti", rows(VISIT, {"weather": "hail"}))
    centre.update(N_PLUS_1)
    entries = {row["path"]: row["entry"] for row in centre.aside()}
    with as_of(N_PLUS_1):
        handled = release(centre.server, entries.values(), by="hadi")
    assert {one.leaf.row.path: one.rejected for one in handled} == {
        "approved_by": "",
        "weather": "unknown_choice",
    }
    assert centre.leaves(TRAINING) == {"title": "Pembukuan", "approved_by": "Siti"}
    assert [row["path"] for row in centre.aside()] == ["weather"]


def test_the_judgement_is_made_once_however_often_the_centre_starts(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {"weather": "hail", "audit_note": "x"}))
    centre.update(N_PLUS_1)
    after = (dump(centre.server), centre.head(), centre.aside())
    centre.update(N_PLUS_1)
    assert (dump(centre.server), centre.head(), centre.aside()) == after


def test_a_judge_who_dies_on_his_way_has_done_nothing(
    centre: MixedCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.push("siti", rows(VISIT, {"weather": "hail", "audit_note": "x"}))
    before = (dump(centre.server), centre.head(), centre.marked())

    def cut(count: int) -> bytes:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(centre.chance, "take", cut)
        with pytest.raises(PowerCut):
            centre.update(N_PLUS_1)
    with as_of(N_MINUS_2):
        centre.update(N_MINUS_2)
    assert (dump(centre.server), centre.head(), centre.marked()) == before
    centre.update(N_PLUS_1)
    assert centre.told() == [("siti", "weather", "hail", "unknown_choice")]


def test_digest_and_tip_are_those_of_any_change(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {"weather": "hail", "notes": "x"}))
    siti = centre.laptops["siti"]
    with as_of(N_MINUS_2):
        held = cursor_for(siti.send(siti.request(schema=N_PLUS_1)), PERIDAN_CHANNEL)
    centre.update(N_PLUS_1)
    with as_of(N_PLUS_1):
        page = siti.send(siti.request(schema=N_PLUS_1, cursors=[held]))
        fresh = siti.send(siti.request(schema=N_PLUS_1))
        assert leaves_of(page) == {(VISIT, "weather"): None}
    assert page.verdict is Verdict.OK
    assert cursor_for(page, PERIDAN_CHANNEL) == cursor_for(fresh, PERIDAN_CHANNEL)


def test_nobody_releases_what_nobody_here_understands(centre: MixedCentre) -> None:
    with as_of(N_MINUS_2):
        unassign(centre.server, "siti", str(PERIDAN))
    centre.push("siti", rows(VISIT, {"weather": "storm", "notes": "Kas cocok."}))
    entries = {row["path"]: row["entry"] for row in centre.aside()}
    with as_of(N_MINUS_2):
        handled = release(centre.server, entries.values(), by="hadi")
    assert {one.leaf.row.path: one.rejected for one in handled} == {"notes": "", "weather": "unknown_leaf"}
    assert centre.leaves(VISIT) == {"notes": "Kas cocok."}
    centre.update(N_PLUS_1)
    with as_of(N_PLUS_1):
        release(centre.server, [entries["weather"]], by="hadi")
    assert centre.leaves(VISIT) == {"notes": "Kas cocok.", "weather": "storm"}
    assert centre.aside() == []
