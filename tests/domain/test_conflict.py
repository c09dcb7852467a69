from datetime import UTC, datetime
from uuid import UUID

import pytest

from kopdesk.domain.conflict import Choice, Conflict
from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.records import changed
from kopdesk.domain.states import Role, check_change

NOW = datetime(2026, 3, 9, 4, tzinfo=UTC)
CONFLICT = Conflict(
    id=UUID("01890000-0000-7000-8000-000000000001"),
    about_type="book_check",
    about_path="cash/main/book_balance",
    kept_value=2_530_000,
    offered_value=2_350_000,
)


def test_a_conflict_is_open_until_somebody_decides() -> None:
    assert CONFLICT.open
    decided = CONFLICT.decide("k", Choice.OFFERED, by="Ana", at=NOW, reason="Dihitung bersama")
    assert not decided.open
    assert decided.decisions["k"].reason == "Dihitung bersama"


def test_a_decision_says_what_the_leaf_shall_hold() -> None:
    assert CONFLICT.decided_value(Choice.KEPT) == 2_530_000
    assert CONFLICT.decided_value(Choice.OFFERED) == 2_350_000
    assert CONFLICT.decided_value(Choice.VALUE, 2_400_000) == 2_400_000


def test_a_third_value_belongs_to_the_third_choice() -> None:
    with pytest.raises(ForbiddenChange, match="value_not_asked"):
        CONFLICT.decide("k", Choice.KEPT, 2_400_000, by="Ana", at=NOW)


def test_who_sees_a_decision_does_not_decide_again() -> None:
    decided = CONFLICT.decide("k", Choice.KEPT, by="Ana", at=NOW)
    with pytest.raises(ForbiddenChange, match="already_decided"):
        decided.decide("l", Choice.OFFERED, by="Budi", at=NOW)


def test_deciding_is_a_change_the_state_table_allows_to_all() -> None:
    decided = CONFLICT.decide("k", Choice.VALUE, 2_400_000, by="Ana", at=NOW)
    for role in Role:
        assert check_change("conflict", CONFLICT.to_leaves(), changed(CONFLICT, decided), role) == {}
