"""The engine: a pure step function. Events in, effects out; no I/O, no clock, no randomness of its own.

start → Prepare → Send → Store → (again while there is more) → Finish
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeAlias

from kopdesk.domain.errors import KopdeskError
from kopdesk.protocol.messages import Verdict
from kopdesk.sync.errors import HistoryBroken, LinkFailed, NotBelieved, ServerRefused
from kopdesk.sync.prepare import PreparedRequest
from kopdesk.sync.settle import Taken


class Phase(Enum):
    """What the engine waits for."""

    IDLE = auto()
    PREPARING = auto()
    SENDING = auto()
    STORING = auto()
    RECOVERING = auto()
    WAITING = auto()
    ENDED = auto()


# Events.


@dataclass(frozen=True, slots=True)
class Started:
    """Somebody or something wants a sync."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The request is frozen and may be sent."""

    request: PreparedRequest


@dataclass(frozen=True, slots=True)
class Answered:
    """Bytes came back with a success."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing usable came back. `dice` in [0, 1) spreads the retries of many laptops."""

    error: KopdeskError
    dice: float


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer is committed. `unsent`: leaves that were edited meanwhile or did not fit."""

    taken: Taken
    unsent: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """This laptop has made its peace with the centre's past and may send again."""


@dataclass(frozen=True, slots=True)
class TimeCame:
    """A wait is over."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person or the program wants to stop."""


Event: TypeAlias = Started | Prepared | Answered | Failed | Stored | Recovered | TimeCame | Stopped


# Effects.


@dataclass(frozen=True, slots=True)
class Prepare:
    """Freeze a batch and make the next request, in one unit of work."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request; no unit of work is open."""

    request: PreparedRequest


@dataclass(frozen=True, slots=True)
class Store:
    """Check an answer and store it, in one unit of work."""

    request: PreparedRequest
    body: bytes


@dataclass(frozen=True, slots=True)
class Recover:
    """Make the laptop's past fit the centre's again, in one unit of work; nothing is lost by it."""

    taken: Taken


@dataclass(frozen=True, slots=True)
class Wait:
    """Come back after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Finish:
    """It is over; `error` says why if it did not come to the end."""

    error: KopdeskError | None


Effect: TypeAlias = Prepare | Send | Store | Recover | Wait | Finish

FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 15 * 60.0
MOST_RECOVERIES = 3
"""In one sync. A laptop that is told again and again that it is a copy has a live twin: people must act."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything the engine remembers. `patience`: how many failures in a row it bears."""

    patience: int
    phase: Phase = Phase.IDLE
    failures: int = 0
    recoveries: int = 0
    request: PreparedRequest | None = None


_BUSY = (Phase.PREPARING, Phase.SENDING, Phase.STORING, Phase.RECOVERING)


def step(state: State, event: Event) -> tuple[State, list[Effect]]:
    """The next state and what has to be done. An event that does not fit the phase changes nothing."""
    if isinstance(event, Stopped) and state.phase is not Phase.ENDED:
        return _ended(state, LinkFailed("stopped"))
    match state.phase, event:
        case Phase.IDLE, Started():
            return _preparing(state)
        case Phase.PREPARING, Prepared(request):
            return replace(state, phase=Phase.SENDING, request=request), [Send(request)]
        case Phase.SENDING, Answered(body) if state.request is not None:
            return replace(state, phase=Phase.STORING), [Store(state.request, body)]
        case Phase.STORING, Stored(taken, unsent):
            return _after_storing(state, taken, unsent)
        case Phase.RECOVERING, Recovered():
            return _preparing(state)
        case (_, Failed(error, dice)) if state.phase in _BUSY:
            return _after_failure(state, error, dice)
        case Phase.WAITING, TimeCame():
            return _preparing(state)
    return state, []


def _preparing(state: State) -> tuple[State, list[Effect]]:
    return replace(state, phase=Phase.PREPARING, request=None), [Prepare()]


def _ended(state: State, error: KopdeskError | None) -> tuple[State, list[Effect]]:
    return replace(state, phase=Phase.ENDED, request=None), [Finish(error)]


def _after_storing(state: State, taken: Taken, unsent: int) -> tuple[State, list[Effect]]:
    curable = taken.verdict in (Verdict.FORKED, Verdict.REWOUND)
    if curable and state.recoveries < MOST_RECOVERIES:
        recovering = replace(state, phase=Phase.RECOVERING, recoveries=state.recoveries + 1)
        return recovering, [Recover(taken)]
    if taken.verdict is not Verdict.OK:
        return _ended(state, HistoryBroken(taken.verdict.name.lower()))
    if taken.closed and not unsent:
        return _ended(state, ServerRefused(403, taken.closed))
    if taken.more or unsent:
        return _preparing(replace(state, failures=0))
    return _ended(state, None)


def _after_failure(state: State, error: KopdeskError, dice: float) -> tuple[State, list[Effect]]:
    failures = state.failures + 1
    waits = isinstance(error, LinkFailed | NotBelieved) or (
        isinstance(error, ServerRefused) and error.retry_after is not None
    )
    if not waits or failures > state.patience:
        return _ended(state, error)
    seconds = min(FIRST_WAIT_S * 2 ** (failures - 1), LONGEST_WAIT_S) * dice
    if isinstance(error, ServerRefused) and error.retry_after is not None:
        seconds = max(seconds, float(error.retry_after))
    return replace(state, phase=Phase.WAITING, failures=failures, request=None), [Wait(seconds)]
