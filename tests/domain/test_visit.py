from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.finding import Finding
from kopdesk.domain.records import changed
from kopdesk.domain.states import Role, check_change
from kopdesk.domain.visit import Attendee, Duty, Visit, VisitState

NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 4, tzinfo=UTC)
PHOTO = UUID("01890000-0000-7000-8000-00000000000f")


def a_visit() -> Visit:
    return Visit(
        id=UUID("01890000-0000-7000-8000-000000000001"),
        visited_on=date(2026, 3, 9),
        attendees={"a": Attendee(name="Siti Aminah", position="Bendahara")},
        purposes={Duty.OUTLET_GOVERNANCE: True},
        notes="Kas dihitung.",
    )


def test_a_visit_is_sealed_once() -> None:
    sealed = a_visit().seal(NOON)
    assert (sealed.state, sealed.sealed_at) == (VisitState.SEALED, NOON)
    with pytest.raises(ForbiddenChange) as error:
        sealed.seal(LATER)
    assert error.value.reason == "already_sealed"


def test_a_seal_names_everything_that_is_missing() -> None:
    with pytest.raises(ForbiddenChange) as error:
        Visit(id=a_visit().id).seal(NOON)
    assert (error.value.reason, error.value.detail) == ("needs_date", "date attendee purpose_or_finding")


def test_a_finding_alone_is_reason_enough_for_a_visit() -> None:
    found = replace(a_visit(), purposes={Duty.PLANS: False}, findings={"f": Finding(text="Kas kurang")})
    assert found.missing_to_seal() == ()


def test_blank_words_are_no_finding() -> None:
    blank = replace(a_visit(), purposes={}, findings={"f": Finding(text=" ", recommendation="Buku baru")})
    assert blank.missing_to_seal() == ("purpose_or_finding",)


def test_an_officer_chosen_from_the_list_needs_no_name() -> None:
    assert replace(a_visit(), attendees={"a": Attendee(officer_id=PHOTO)}).missing_to_seal() == ()


def test_nothing_is_corrected_or_signed_before_the_seal() -> None:
    draft = a_visit()
    changes: tuple[Callable[[], Visit], ...] = (
        lambda: draft.correct("k", "notes", "x", reason="Salah", by="Ana", at=NOON),
        lambda: draft.add("k", "x", by="Ana", at=NOON),
        lambda: draft.sign(PHOTO),
    )
    for change in changes:
        with pytest.raises(ForbiddenChange) as error:
            change()
        assert error.value.reason == "not_sealed"


def test_a_correction_stands_beside_the_sealed_value() -> None:
    sealed = a_visit().seal(NOON)
    corrected = sealed.correct("k", "attendees/a/name", "Siti Aminah S.", reason="Nama", by="Ana", at=LATER)
    assert corrected.attendees == sealed.attendees
    assert corrected.corrections["k"].value == "Siti Aminah S."


@pytest.mark.parametrize("path", ["state", "sealed_at", "corrections/k/reason", "weather", "attendees/a"])
def test_only_content_is_corrected(path: str) -> None:
    with pytest.raises(ForbiddenChange) as error:
        a_visit().seal(NOON).correct("k", path, "x", reason="Salah", by="Ana", at=LATER)
    assert error.value.reason == "not_correctable"


def test_a_correction_needs_a_reason_and_an_addition_a_text() -> None:
    sealed = a_visit().seal(NOON)
    with pytest.raises(ForbiddenChange, match="needs_reason"):
        sealed.correct("k", "notes", "x", reason=" ", by="Ana", at=LATER)
    with pytest.raises(ForbiddenChange, match="needs_text"):
        sealed.add("k", " ", by="Ana", at=LATER)


def test_an_addition_is_never_replaced() -> None:
    added = a_visit().seal(NOON).add("k", "Foto menyusul.", by="Ana", at=LATER)
    with pytest.raises(ForbiddenChange, match="only_added"):
        added.add("k", "Tidak jadi.", by="Ana", at=LATER)


def test_the_photo_of_the_signed_page_makes_a_visit_signed() -> None:
    sealed = a_visit().seal(NOON)
    assert not sealed.is_signed
    assert sealed.sign(PHOTO).is_signed


def test_every_rule_of_a_visit_makes_a_change_the_state_table_allows() -> None:
    draft, sealed = a_visit(), a_visit().seal(NOON)
    for before, after in (
        (draft, sealed),
        (sealed, sealed.correct("k", "notes", "x", reason="Salah", by="Ana", at=LATER)),
        (sealed, sealed.add("k", "x", by="Ana", at=LATER)),
        (sealed, sealed.sign(PHOTO)),
    ):
        changes = changed(before, after)
        assert changes
        assert check_change("visit", before.to_leaves(), changes, Role.ASSISTANT) == {}
