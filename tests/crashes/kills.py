"""Kills: SIGKILL at the beginning of every call of a scenario that changes a disk or talks to somebody.

strace kills the process before the n-th call of a name is done, for every n that the recorded run had.
What the process had said until then must hold, nothing may be half done, and life has to go on by itself.
"""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from tests.crashes.history import Event, Fact, Said, Talked
from tests.crashes.nursery import Order
from tests.crashes.rig import Recording, Rig, kind_of
from tests.crashes.scenarios import SAVING_ON, scenario_named
from tests.crashes.tracing import Call, last_call

KILLED = -9


@dataclass
class Kills:
    """What was fired, by kind of call, and what was lost by it."""

    fired: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: "Kills") -> None:
        self.fired += other.fired
        self.losses += other.losses
        self.seconds += other.seconds


def points_of(recording: Recording) -> Iterator[Event]:
    """Every call that has an effect anywhere in the scenario's world, once."""
    seen: set[tuple[str, int]] = set()
    for event in recording.history.events:
        point = (event.call.name, event.call.ordinal)
        if point not in seen:
            seen.add(point)
            yield event


def kill_at(rig: Rig, recording: Recording, point: Event) -> Kills:
    """Play the scenario anew until this call; fails if the kill did not come exactly there."""
    started = monotonic()
    root, log = rig.fresh(recording), rig.folder / "strace"
    name, ordinal = point.call.name, point.call.ordinal
    strace = (
        "-f", "-y", "-xx", "-s", "16", "-e", f"trace={name}",
        "-e", f"inject={name}:signal=SIGKILL:when={ordinal}", "-o", str(log),
    )  # fmt: skip
    life = rig.nursery.life(Order("play", recording.name, str(root), strace))
    assert life.ended == KILLED, f"{recording.name}: the kill at {name} {ordinal} did not fire"
    _check_place(last_call(log.read_text(encoding="ascii").splitlines()), point)
    kills = Kills(Counter([kind_of(point)]))
    try:
        recording.scenario.check(root, life.said)
        recording.scenario.go_on(root, life.said)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this kill did
        kills.losses.append(
            f"{recording.name}, at {name} {ordinal} {point.path}: {type(error).__name__}: {error}"
        )
    kills.seconds = monotonic() - started
    return kills


def kill_at_any_moment(rig: Rig, count: int, seed: int) -> tuple[Kills, int]:
    """Kill a process that saves and saves, again and again on the same files; also, how many saves were said.

    Between two calls the index of the WAL changes in memory, which no call shows.
    """
    started, chance, kills = monotonic(), random.Random(seed), Kills()
    root = rig.folder / SAVING_ON
    shutil.copytree(rig.before(SAVING_ON), root)
    scenario, said = scenario_named(SAVING_ON), list[Fact]()
    for number in range(count):
        facts, seconds = chance.randrange(6), chance.uniform(0, 0.03)
        order = Order("play", SAVING_ON, str(root), seed=number + 2, facts=facts, seconds=seconds)
        life = rig.nursery.life(order)
        assert life.ended == KILLED
        kills.fired["any moment"] += 1
        said += life.said
        try:
            scenario.check(root, said)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this kill did
            kills.losses.append(f"kill {number}: {type(error).__name__}: {error}")
    kills.seconds = monotonic() - started
    return kills, sum(fact["what"] == "saved" for fact in said)


def _check_place(last: Call, point: Event) -> None:
    """Both runs did the same until then: the call that was not done is the one that was recorded."""
    assert (last.name, last.ordinal) == (point.call.name, point.call.ordinal)
    if isinstance(point.change, Said | Talked):
        return
    assert last.arguments[0] == point.call.arguments[0] or last.name == "openat", (
        f"{last} is not {point.call}"
    )
    if last.name in ("openat", "rename", "link"):
        assert last.arguments[1] == point.call.arguments[1], f"{last} is not {point.call}"
