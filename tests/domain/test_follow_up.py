from datetime import date
from uuid import UUID

import pytest

from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.follow_up import FollowUp, FollowUpState
from kopdesk.domain.records import changed
from kopdesk.domain.states import Role, check_change

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)
PROMISE = FollowUp(
    id=UUID("01890000-0000-7000-8000-000000000001"), promise="Setor selisih kas", due_on=MONDAY
)


def test_a_promise_is_late_from_the_day_after_it_was_due() -> None:
    assert PROMISE.overdue_days(date(2026, 3, 1)) == 0
    assert PROMISE.overdue_days(MONDAY) == 0
    assert PROMISE.overdue_days(TUESDAY) == 1


def test_a_kept_promise_is_never_late() -> None:
    assert PROMISE.close(TUESDAY, "Disetor").overdue_days(date(2027, 1, 1)) == 0


def test_a_promise_ends_once() -> None:
    for ended in (PROMISE.close(TUESDAY), PROMISE.drop(TUESDAY, "Pindah")):
        with pytest.raises(ForbiddenChange, match="no_such_step"):
            ended.close(TUESDAY)
        with pytest.raises(ForbiddenChange, match="no_such_step"):
            ended.drop(TUESDAY, "Pindah")


def test_a_promise_is_given_up_with_a_reason() -> None:
    with pytest.raises(ForbiddenChange) as error:
        PROMISE.drop(TUESDAY, " ")
    assert (error.value.path, error.value.reason) == ("drop_reason", "needs_reason")
    assert PROMISE.drop(TUESDAY, "Pindah").state == FollowUpState.DROPPED


def test_closing_without_words_keeps_what_was_written() -> None:
    written = FollowUp(id=PROMISE.id, result="Sebagian disetor")
    assert written.close(TUESDAY).result == "Sebagian disetor"


def test_every_end_is_one_the_state_table_allows() -> None:
    for ended in (PROMISE.close(TUESDAY, "Disetor"), PROMISE.drop(TUESDAY, "Pindah")):
        assert check_change("follow_up", PROMISE.to_leaves(), changed(PROMISE, ended), Role.ASSISTANT) == {}
