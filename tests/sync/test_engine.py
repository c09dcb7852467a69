import ast
from pathlib import Path

import pytest

from kopdesk.domain.errors import KopdeskError
from kopdesk.protocol.messages import Verdict
from kopdesk.sync import engine
from kopdesk.sync.engine import (
    LONGEST_WAIT_S,
    Answered,
    Effect,
    Event,
    Failed,
    Finish,
    Phase,
    Prepare,
    Prepared,
    Recover,
    Recovered,
    Send,
    Started,
    State,
    Stopped,
    Store,
    Stored,
    TimeCame,
    Wait,
    step,
)
from kopdesk.sync.errors import HistoryBroken, LinkFailed, NotBelieved, ServerRefused
from kopdesk.sync.prepare import PreparedRequest
from kopdesk.sync.settle import Taken

REQUEST = PreparedRequest(b"request", bytes(16), 1)
DONE = Stored(Taken(), unsent=0)


def played(*events: Event, patience: int = 2) -> tuple[State, list[Effect]]:
    state, effects = State(patience), list[Effect]()
    for event in events:
        state, effects = step(state, event)
    return state, effects


TO_SEND = (Started(), Prepared(REQUEST))
TO_STORE = (*TO_SEND, Answered(b"answer"))


def test_a_sync_prepares_sends_stores_and_ends() -> None:
    assert played(Started())[1] == [Prepare()]
    assert played(*TO_SEND)[1] == [Send(REQUEST)]
    assert played(*TO_STORE)[1] == [Store(REQUEST, b"answer")]
    assert played(*TO_STORE, DONE)[1] == [Finish(None)]


@pytest.mark.parametrize("stored", [Stored(Taken(more=True), 0), Stored(Taken(), unsent=3)])
def test_it_goes_on_while_there_is_more_to_fetch_or_to_send(stored: Stored) -> None:
    assert played(*TO_STORE, stored)[1] == [Prepare()]


@pytest.mark.parametrize("error", [LinkFailed("cut_off"), NotBelieved("truncated")])
def test_a_bad_link_is_tried_again_and_given_up_after_some_patience(error: KopdeskError) -> None:
    events: list[Event] = [*TO_SEND]
    for _ in range(2):
        events.append(Failed(error, 0.5))
        assert isinstance(played(*events)[1][0], Wait)
        events += [TimeCame(), Prepared(REQUEST)]
    assert played(*events, Failed(error, 0.5))[1] == [Finish(error)]


def test_waits_double_are_spread_and_have_a_limit() -> None:
    def waits(dice: float) -> list[float]:
        found: list[float] = []
        events: list[Event] = [*TO_SEND]
        for _ in range(12):
            events.append(Failed(LinkFailed("cut_off"), dice))
            (wait,) = played(*events, patience=99)[1]
            assert isinstance(wait, Wait)
            found.append(wait.seconds)
            events += [TimeCame(), Prepared(REQUEST)]
        return found

    assert waits(1.0)[:4] == [2, 4, 8, 16]
    assert max(waits(1.0)) == LONGEST_WAIT_S
    assert waits(0.5) == [seconds / 2 for seconds in waits(1.0)]


def test_a_success_forgets_earlier_failures() -> None:
    events: list[Event] = [
        *TO_SEND,
        Failed(LinkFailed("cut_off"), 0.5),
        TimeCame(),
        Prepared(REQUEST),
        Answered(b"x"),
    ]
    state, _ = played(*events, Stored(Taken(more=True), 0))
    assert state.failures == 0


def test_a_refusal_ends_it_at_once() -> None:
    refused = ServerRefused(403, "account_disabled")
    assert played(*TO_SEND, Failed(refused, 0.5))[1] == [Finish(refused)]


def test_a_busy_server_is_given_the_time_it_asks_for() -> None:
    (wait,) = played(*TO_SEND, Failed(ServerRefused(503, "busy", retry_after=40), 0.1))[1]
    assert wait == Wait(40.0)


def test_a_bug_or_a_full_disk_is_not_tried_again() -> None:
    error = KopdeskError("disk")
    assert played(*TO_STORE, Failed(error, 0.5))[1] == [Finish(error)]


FORKED = Stored(Taken(verdict=Verdict.FORKED), 5)


def test_a_copy_makes_itself_a_name_of_its_own_and_sends_again() -> None:
    assert played(*TO_STORE, FORKED)[1] == [Recover(FORKED.taken)]
    assert played(*TO_STORE, FORKED, Recovered())[1] == [Prepare()]


def test_a_laptop_that_is_told_again_and_again_that_it_is_a_copy_gives_up() -> None:
    again = (Recovered(), Prepared(REQUEST), Answered(b"answer"), FORKED)
    (finish,) = played(*TO_STORE, FORKED, *again, *again, *again)[1]
    assert isinstance(finish, Finish)
    assert isinstance(finish.error, HistoryBroken)


@pytest.mark.parametrize("verdict", [Verdict.EARLY])
def test_a_broken_history_ends_it_and_is_named(verdict: Verdict) -> None:
    (finish,) = played(*TO_STORE, Stored(Taken(verdict=verdict), 5))[1]
    assert isinstance(finish, Finish)
    assert isinstance(finish.error, HistoryBroken)
    assert finish.error.verdict == verdict.name.lower()


def test_it_can_be_stopped_at_any_time_and_only_once() -> None:
    for events in ((), (Started(),), TO_SEND, TO_STORE):
        state, effects = played(*events, Stopped())
        assert isinstance(effects[0], Finish)
        assert state.phase is Phase.ENDED
        assert step(state, Stopped()) == (state, [])


def test_an_event_that_does_not_fit_changes_nothing() -> None:
    state, _ = played(*TO_SEND)
    for event in (Started(), Prepared(REQUEST), DONE, TimeCame()):
        assert step(state, event) == (state, [])


def test_the_engine_itself_has_no_clock_no_chance_and_no_edge() -> None:
    tree = ast.parse(Path(engine.__file__).read_text(encoding="utf-8"))
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported <= {
        "dataclasses",
        "enum",
        "typing",
        "kopdesk.domain.errors",
        "kopdesk.protocol.messages",
        "kopdesk.sync.errors",
        "kopdesk.sync.prepare",
        "kopdesk.sync.settle",
    }
