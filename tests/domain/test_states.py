"""The state table: what it allows is exactly what it lists."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.fields import DELETED, patterns
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.requirements import REQUIREMENTS
from kopdesk.domain.states import FIXED, STATES, WRITERS, Role, check_change, missing, steps_from
from kopdesk.domain.values import Value
from tests.support.leaves import leaves_of

READY_VISIT: Mapping[str, Value] = {
    "visited_on": "2026-03-09",
    "attendees/a/name": "Siti Aminah",
    "purposes/plans": True,
}
SEALED_VISIT: Mapping[str, Value] = {**READY_VISIT, "state": "sealed", "notes": "Kas dihitung."}

# A record of each type with everything any state asks for.
READY: Mapping[str, Mapping[str, Value]] = {
    "visit": READY_VISIT,
    "book_check": {"checked_on": "2026-03-09", "conclusion": "orderly"},
    "follow_up": {"drop_reason": "Bendahara pindah"},
    "remark": {"answer": "Sudah diperbaiki"},
}

roles = pytest.mark.parametrize("role", Role)
tables = pytest.mark.parametrize("record_type", STATES)


@tables
def test_a_table_speaks_of_a_declared_leaf_and_its_choices(record_type: str) -> None:
    table = STATES[record_type]
    spec = patterns(TYPES[record_type].form)[table.leaf]
    assert spec.choices == tuple(table.states)
    assert {step.source for step in table.steps} | {step.target for step in table.steps} <= {
        "",
        *spec.choices,
    }


def test_everything_the_table_names_is_declared() -> None:
    for record_type, writers in WRITERS.items():
        assert writers.keys() <= patterns(TYPES[record_type].form).keys()
    for record_type, states in FIXED.items():
        assert set(states) <= set(STATES[record_type].states)
        for opening in states.values():
            assert opening.leaves <= patterns(TYPES[record_type].form).keys()
    for record_type, state in REQUIREMENTS:
        assert state in list(STATES[record_type].states)


@pytest.mark.parametrize(
    ("record_type", "source", "target", "may"),
    [
        ("visit", "draft", "sealed", {Role.ASSISTANT}),
        ("visit", "sealed", "draft", set()),
        ("follow_up", "open", "done", {Role.ASSISTANT}),
        ("follow_up", "open", "dropped", {Role.ASSISTANT}),
        ("follow_up", "done", "open", {Role.ASSISTANT}),
        ("follow_up", "dropped", "open", {Role.ASSISTANT}),
        ("follow_up", "dropped", "done", {Role.ASSISTANT}),  # of steps between two syncs the last is sent
        ("book_check", "draft", "concluded", {Role.ASSISTANT}),
        ("plan", "draft", "submitted", {Role.ASSISTANT}),
        ("plan", "draft", "approved", set()),
        ("plan", "submitted", "in_review", {Role.PMO, Role.DINAS}),
        ("plan", "submitted", "approved", set()),
        ("plan", "in_review", "returned", {Role.PMO, Role.DINAS}),
        ("plan", "in_review", "approved", {Role.PMO, Role.DINAS}),
        ("plan", "returned", "draft", {Role.ASSISTANT}),
        ("plan", "approved", "draft", set()),
        ("remark", "open", "answered", {Role.ASSISTANT}),
        ("remark", "answered", "resolved", {Role.PMO, Role.DINAS}),
        ("partnership", "processed", "approved", {Role.DINAS, Role.OPERATOR}),
        ("partnership", None, "rejected", {Role.DINAS, Role.OPERATOR}),
        ("financing_request", "draft", "requested", {Role.DINAS, Role.OPERATOR}),
    ],
)
def test_the_table_of_the_design_holds(
    record_type: str, source: str | None, target: str, may: set[Role]
) -> None:
    leaf = STATES[record_type].leaf
    before = {**READY.get(record_type, {}), leaf: source}
    allowed = {role for role in Role if not check_change(record_type, before, {leaf: target}, role)}
    assert allowed == may


@given(st.data())
def test_a_step_that_is_not_listed_does_not_exist(data: st.DataObject) -> None:
    record_type = data.draw(st.sampled_from(sorted(STATES)))
    table = STATES[record_type]
    source, target = data.draw(st.tuples(*[st.sampled_from([None, *table.states])] * 2))
    role = data.draw(st.sampled_from(Role))
    before = {**READY.get(record_type, {}), table.leaf: source}
    start, end = source or table.initial, target or table.initial
    listed = any(
        (step.source, step.target) == (start or "", end or "") and role in step.roles for step in table.steps
    )
    forbidden = table.leaf in check_change(record_type, before, {table.leaf: target}, role)
    assert forbidden == (start != end and not listed)


@tables
def test_an_unknown_state_is_refused_to_everybody(record_type: str) -> None:
    leaf = STATES[record_type].leaf
    for role in Role:
        assert check_change(record_type, {}, {leaf: "teleported"}, role) == {leaf: "unknown_state"}


@tables
@roles
def test_what_stays_as_it_is_needs_no_right(record_type: str, role: Role) -> None:
    state = next(iter(STATES[record_type].states))
    record = {**READY.get(record_type, {}), STATES[record_type].leaf: str(state)}
    assert check_change(record_type, record, record, role) == {}


def test_a_new_record_is_in_its_initial_state_without_saying_so() -> None:
    assert check_change("visit", READY_VISIT, {"state": "draft"}, Role.ASSISTANT) == {}
    assert check_change("visit", {}, SEALED_VISIT, Role.ASSISTANT) == {}
    assert steps_from("visit", {}, Role.ASSISTANT) == ("sealed",)
    assert steps_from("visit", {}, Role.PMO) == ()
    assert steps_from("officer", {}, Role.PMO) == ()


@pytest.mark.parametrize(
    ("gone", "reason"),
    [
        ("visited_on", "needs_date"),
        ("attendees/a/name", "needs_attendee"),
        ("purposes/plans", "needs_purpose_or_finding"),
    ],
)
def test_a_visit_is_sealed_with_date_attendee_and_purpose(gone: str, reason: str) -> None:
    before = {path: value for path, value in READY_VISIT.items() if path != gone}
    assert check_change("visit", before, {"state": "sealed"}, Role.ASSISTANT) == {"state": reason}


def test_a_finding_is_as_good_as_a_purpose_but_a_deleted_one_is_not() -> None:
    found = {**READY_VISIT, "purposes/plans": False, "findings/f/text": "Buku kas kosong"}
    assert missing("visit", "sealed", found) == ()
    deleted = {**found, f"findings/f/{DELETED}": True}
    assert missing("visit", "sealed", deleted) == ("purpose_or_finding",)


def test_blank_text_fills_nothing() -> None:
    assert missing("visit", "sealed", {**READY_VISIT, "attendees/a/name": " "}) == ("attendee",)
    assert missing("follow_up", "dropped", {"drop_reason": "\n"}) == ("reason",)


def test_what_is_missing_may_come_in_the_same_change() -> None:
    assert check_change("visit", {}, {**READY_VISIT, "state": "sealed"}, Role.ASSISTANT) == {}


def test_leaves_of_a_newer_schema_do_not_hinder_a_seal() -> None:
    strange: Mapping[str, Value] = {**READY_VISIT, "visited_on/by/car": True, "weather": "hujan"}
    assert check_change("visit", strange, {"state": "sealed"}, Role.ASSISTANT) == {}


def test_a_promise_is_dropped_only_with_a_reason_and_keeps_it() -> None:
    assert check_change("follow_up", {}, {"state": "dropped"}, Role.ASSISTANT) == {"state": "needs_reason"}
    dropped = {"state": "dropped", "drop_reason": "Pengurus berganti"}
    assert check_change("follow_up", dropped, {"drop_reason": None}, Role.ASSISTANT) == {
        "drop_reason": "needs_reason"
    }
    assert check_change("follow_up", dropped, {"drop_reason": "Ketua berganti"}, Role.ASSISTANT) == {}


@given(leaves_of(TYPES["visit"].form), st.sampled_from(Role))
def test_nobody_changes_the_content_of_a_sealed_visit(new: dict[str, Value], role: Role) -> None:
    open_groups = ("corrections/", "additions/")
    faults = check_change("visit", SEALED_VISIT, new, role)
    for path, value in new.items():
        may = path == "signed_photo_id" or path.startswith(open_groups) or SEALED_VISIT.get(path) == value
        assert (path in faults) == (not may)


def test_a_correction_is_only_ever_added() -> None:
    before = {**SEALED_VISIT, "corrections/k/reason": "Salah tulis"}
    more: dict[str, Value] = {"corrections/k/by": "Siti", "additions/a/text": "Foto menyusul"}
    assert check_change("visit", before, more, Role.ASSISTANT) == {}
    for path in ("corrections/k/reason", f"corrections/k/{DELETED}"):
        assert check_change("visit", before, {path: True}, Role.ASSISTANT) == {path: "only_added"}


def test_a_group_that_takes_rows_takes_nothing_in_its_own_place() -> None:
    faults = check_change("visit", SEALED_VISIT, {"additions": "x"}, Role.ASSISTANT)
    assert faults == {"additions": "content_is_fixed"}


def test_a_sealed_visit_is_not_deleted() -> None:
    assert check_change("visit", SEALED_VISIT, {DELETED: True}, Role.ASSISTANT) == {
        DELETED: "content_is_fixed"
    }
    assert check_change("visit", READY_VISIT, {DELETED: True}, Role.ASSISTANT) == {}


def test_a_plan_stands_still_while_it_is_reviewed() -> None:
    for state in ("submitted", "in_review", "approved"):
        faults = check_change("plan", {"state": state}, {"title": "Baru"}, Role.ASSISTANT)
        assert faults == {"title": "content_is_fixed"}
    assert check_change("plan", {"state": "returned"}, {"title": "Baru"}, Role.ASSISTANT) == {}


def test_a_fault_names_its_leaf_and_leaves_the_others_alone() -> None:
    changes: dict[str, Value] = {"status": "approved", "commodity": "LPG"}
    assert check_change("partnership", {}, changes, Role.ASSISTANT) == {"status": "role_may_not"}


def test_the_assistant_edits_legal_numbers_but_not_the_registration() -> None:
    changes: dict[str, Value] = {"nib": "1234567890123", "registration_status": "approved"}
    assert check_change("cooperative", {}, changes, Role.ASSISTANT) == {"registration_status": "role_may_not"}
    assert check_change("cooperative", {}, changes, Role.OPERATOR) == {}


def test_a_reviewer_remarks_and_the_assistant_answers() -> None:
    remark: dict[str, Value] = {"text": "Lampiran kurang", "about_type": "plan"}
    assert check_change("remark", {}, remark, Role.PMO) == {}
    assert set(check_change("remark", {}, remark, Role.ASSISTANT)) == {"text", "about_type"}
    answer: dict[str, Value] = {"answer": "Sudah", "state": "answered"}
    assert check_change("remark", remark, answer, Role.ASSISTANT) == {}
    assert check_change("remark", remark, {"state": "answered"}, Role.ASSISTANT) == {"state": "needs_answer"}


def test_a_conflict_takes_nothing_but_decisions() -> None:
    conflict: dict[str, Value] = {"about_path": "nib", "kept_value": "1"}
    assert check_change("conflict", {}, conflict, Role.ASSISTANT) == {}
    decision: dict[str, Value] = {"decisions/k/choice": "kept"}
    assert check_change("conflict", conflict, decision, Role.ASSISTANT) == {}
    faults = check_change("conflict", conflict | decision, {"decisions/k/choice": "offered"}, Role.PMO)
    assert faults == {"decisions/k/choice": "only_added"}
    for path in ("kept_value", "base_value", DELETED):
        assert check_change("conflict", conflict, {path: True}, Role.OPERATOR) == {path: "content_is_fixed"}


@roles
def test_types_without_states_are_free(role: Role) -> None:
    assert check_change("officer", {}, {"name": "Budi"}, role) == {}
    assert check_change("from_a_newer_schema", {}, {"name": "Budi"}, role) == {}


def test_steps_that_one_person_took_between_two_syncs_arrive_as_one() -> None:
    """A returned plan is set to draft, mended and submitted again while offline."""
    returned: dict[str, Value] = {"state": "returned"}
    assert check_change("plan", returned, {"state": "submitted"}, Role.ASSISTANT) == {}
    assert check_change("plan", returned, {"state": "approved"}, Role.ASSISTANT) != {}
    assert check_change("visit", {"state": "sealed"}, {"state": "draft"}, Role.ASSISTANT) != {}
