"""The long forms: `python -m tests.crashes powerloss` and `python -m tests.crashes kills`.

How it works, in five minutes. A **scenario** (`laptop_scenarios`, `server_scenarios`) is a small program
on the real classes: it saves, syncs, migrates, backs up. Whenever somebody may rely on something it
**says** so on a pipe. `nursery` forks a process for it and puts strace on it; `tracing` reads strace's
lines as calls; `history` turns calls into what happened to which file, with the facts that were said in
their place among them.

**Power loss**: `disk` takes in a history change by change and knows at every moment what is certain
(synced) and what is not, and makes images of the disk: without the uncertain part, with all of it, with
any torn part of it. `powerloss` looks into each image (`peeking`: cheap, every image) and opens some as
the program does (`laptop_checks`, `server_checks`): sound, nothing half done, every fact there. From some
life goes on (`aftermath`).

**Kills**: `kills` plays the scenario once for every call it made, and strace kills it at that call. The
same checks follow on the folder as it was left, and life goes on.

Nothing here is a switch in the product. The planted bug, another `PRAGMA synchronous`, is an argument of
the worker.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from time import monotonic

from tests.crashes.kills import Kills, kill_at, kill_at_any_moment, points_of
from tests.crashes.powerloss import WAYS_TO_LOSE, Figures, Plan, lose_power
from tests.crashes.rig import BOUNDARIES, CALLS, Rig, missing, rig
from tests.crashes.scenarios import SCENARIOS

FEWEST_IMAGES = 10_000
RANDOM_KILLS = 300
PLANTED = ("save", "receipt", "checkpoint", "accepting")
"""The scenarios in which somebody is told that something is safe, again and again."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crashes", description=__doc__.splitlines()[0])
    parser.add_argument("suite", choices=("powerloss", "kills"))
    parser.add_argument("--chances", type=int, default=24, help="images by chance for each boundary")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS), help="only this one")
    chosen = parser.parse_args()
    names = chosen.scenario or list(SCENARIOS)
    with rig() as opened:
        if chosen.suite == "kills":
            return kills(opened, names, chosen.seed)
        return powerloss(opened, names, Plan(chances=chosen.chances, seed=chosen.seed))


def powerloss(opened: Rig, names: Sequence[str], plan: Plan) -> int:
    """Exit code 0 if nothing was lost, every kind of boundary came, and the planted bugs were seen."""
    total = Figures()
    for name in names:
        figures = lose_power(opened, opened.recording(name), plan)
        total.add(figures)
        _line(name, f"{figures.boundaries.total():5} boundaries {figures.images:7} images", figures.losses)
    _line("together", f"{total.boundaries.total():5} boundaries {total.images:7} images", total.losses)
    print(
        f"{total.images / total.seconds:.0f} images/s, {total.images / total.cpu_seconds:.0f} a second of CPU"
    )
    print(f"{total.opened} opened by the program itself, life went on from {total.went_on}")
    _print_kinds(total.boundaries)
    if len(names) < len(SCENARIOS):
        return 1 if total.losses else 0
    unseen = missing(total.boundaries, BOUNDARIES)
    seen = [_planted(opened, synchronous, plan) for synchronous in ("NORMAL", "OFF")]
    is_good = not total.losses and not unseen and all(seen) and total.images >= FEWEST_IMAGES
    return 0 if is_good else 1


def _planted(opened: Rig, synchronous: str, plan: Plan) -> bool:
    total = Figures()
    for name in PLANTED:
        recording = opened.recording(name, synchronous)
        total.add(lose_power(opened, recording, Plan(chances=plan.chances, opening=0, seed=plan.seed)))
    ways = ", ".join(f"{way} {sum(way in loss for loss in total.losses)}" for way in WAYS_TO_LOSE)
    print(f"planted synchronous={synchronous}: {len(total.losses)} of {total.images} images lost: {ways}")
    return bool(total.losses)


def kills(opened: Rig, names: Sequence[str], seed: int) -> int:
    """Exit code 0 if nothing was lost and a kill came at every kind of call."""
    started, total = monotonic(), Kills()
    for name in names:
        recording, figures = opened.recording(name), Kills()
        for point in points_of(recording):
            figures.add(kill_at(opened, recording, point))
        total.add(figures)
        _line(name, f"{figures.fired.total():5} kills", figures.losses)
    random_kills, saved = kill_at_any_moment(opened, RANDOM_KILLS, seed)
    total.add(random_kills)
    _line("any moment", f"{random_kills.fired.total():5} kills, {saved} saves said", random_kills.losses)
    _line("together", f"{total.fired.total():5} kills in {monotonic() - started:.0f} s", total.losses)
    _print_kinds(total.fired)
    unseen = missing(total.fired, CALLS) if len(names) == len(SCENARIOS) else []
    return 1 if total.losses or unseen else 0


def _line(name: str, figures: str, losses: Sequence[str]) -> None:
    print(f"{name:12} {figures}, {len(losses)} lost", flush=True)
    for loss in losses[:20]:
        print(f"    {loss}", flush=True)


def _print_kinds(kinds: Counter[str]) -> None:
    print("; ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))


if __name__ == "__main__":
    sys.exit(main())
