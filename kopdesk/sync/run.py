"""Runs the engine to its end: does what it asks for, on the real store and the real link."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kopdesk.domain.errors import KopdeskError
from kopdesk.protocol.messages import Verdict
from kopdesk.storage.noticed import Noticed, note_noticed
from kopdesk.sync.batches import Laptop
from kopdesk.sync.engine import (
    Answered,
    Event,
    Failed,
    Finish,
    Prepare,
    Prepared,
    Recover,
    Recovered,
    Send,
    Started,
    State,
    Store,
    Stored,
    TimeCame,
    Wait,
    step,
)
from kopdesk.sync.ports import LaptopStore
from kopdesk.sync.prepare import prepare
from kopdesk.sync.recover import rewind
from kopdesk.sync.settle import Taken, believed, take_in


class Link(Protocol):
    """The way to the centre. `sent_bytes` and `received_bytes` count everything, headers included."""

    sent_bytes: int
    received_bytes: int
    round_trips: int

    def exchange(self, request: bytes) -> bytes:
        """Raises LinkFailed or ServerRefused."""
        ...

    def renew_token(self, token: str) -> None:
        """Use and keep this token from now on."""
        ...


@dataclass(slots=True)
class SyncSummary:
    """What one sync did. Counts are leaves; bytes are those on the wire, headers included."""

    sent: int = 0
    received: int = 0
    conflicts: int = 0
    rejected: int = 0
    quarantined: int = 0
    merged: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    round_trips: int = 0
    remaining: int = 0
    owed: int = 0
    """Leaves the centre has perhaps lost and does not have again, as they were counted last."""
    noticed: list[Noticed] = field(default_factory=list)
    """Broken histories that were mended on the way."""
    error: KopdeskError | None = None


@dataclass
class SyncRun:
    """One sync until nothing is left to do. Needs the profile's lock to be held by this process."""

    store: LaptopStore
    link: Link
    laptop: Laptop
    server_keys: Mapping[bytes, bytes]
    now_ms: Callable[[], int]
    dice: Callable[[], float]
    on_progress: Callable[[SyncSummary], None] = lambda summary: None
    on_changed: Callable[[Taken], None] = lambda taken: None
    sleep: Callable[[float], None] = time.sleep
    patience: int = 2
    summary: SyncSummary = field(default_factory=SyncSummary)

    def until_done(self) -> SyncSummary:
        """Drive the engine; expected failures end up in the summary, not in an exception."""
        before = (self.link.sent_bytes, self.link.received_bytes, self.link.round_trips)
        state, effects = step(State(self.patience), Started())
        while effects:
            effect = effects[0]
            if isinstance(effect, Finish):
                self.summary.error = effect.error
                break
            state, effects = step(state, self._done(effect))
            self._count(before)
            self.on_progress(self.summary)
        self._count(before)
        return self.summary

    def _done(self, effect: Prepare | Send | Store | Recover | Wait) -> Event:
        try:
            match effect:
                case Prepare():
                    with self.store.writing() as work:
                        return Prepared(prepare(work, self.laptop, self.now_ms()))
                case Send(request):
                    return Answered(self.link.exchange(request.body))
                case Store():
                    return self._stored(effect)
                case Recover(taken):
                    self._recover(taken)
                    return Recovered()
                case Wait(seconds):
                    self.sleep(seconds)
                    return TimeCame()
        except KopdeskError as error:
            return Failed(error, self.dice())

    def _recover(self, taken: Taken) -> None:
        word, at = taken.verdict.name.lower(), self.now_ms()
        with self.store.writing() as work:
            given_back = rewind(work, self.laptop, taken.lost, at)
            note_noticed(work, Noticed(word, at, given_back))
            self.summary.owed = work.records.owed_count()
        earlier = [one for one in self.summary.noticed if one.word != word]
        self.summary.noticed = [*earlier, Noticed(word, at, given_back)]

    def _stored(self, effect: Store) -> Stored:
        response = believed(effect.body, effect.request, self.server_keys)
        if response.token:
            self.link.renew_token(response.token)
        with self.store.writing() as work:
            taken = take_in(
                work,
                response,
                effect.request,
                self.server_keys,
                self.now_ms(),
                self.laptop.user_id,
                self.laptop.user_name,
            )
            unsent = work.records.unsent_count()
            self.summary.owed = work.records.owed_count()
        if taken.verdict is Verdict.OK:
            self._add(taken)
            self.on_changed(taken)
        return Stored(taken, unsent)

    def _add(self, taken: Taken) -> None:
        summary = self.summary
        summary.sent += taken.sent
        summary.received += taken.received
        summary.conflicts += taken.conflicts
        summary.rejected += taken.rejected
        summary.quarantined += taken.quarantined
        summary.merged += taken.merged
        summary.remaining = taken.remaining

    def _count(self, before: tuple[int, int, int]) -> None:
        self.summary.bytes_up = self.link.sent_bytes - before[0]
        self.summary.bytes_down = self.link.received_bytes - before[1]
        self.summary.round_trips = self.link.round_trips - before[2]
