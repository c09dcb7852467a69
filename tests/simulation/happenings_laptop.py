"""What laptops, their disks and clocks do."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from kopdesk.domain.channels import coop_channel
from kopdesk.protocol.messages import GrantKind
from kopdesk.storage.errors import DiskFull
from kopdesk.sync.errors import ServerRefused
from tests.simulation.centre import cooperative_id
from tests.simulation.facts import Place
from tests.simulation.faults import Fault
from tests.simulation.laptop import SimulatedLaptop
from tests.simulation.world import World

_YEAR_MS = 365 * 86_400_000
_MOST_LAPTOPS = 6


def killed(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.kill()
    life.fired[Fault.KILLED] += 1
    return "-"


def firing(life: World, fault: Fault) -> Callable[[], None]:
    def fired() -> None:
        life.fired[fault] += 1

    return fired


def killed_before_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.store.die_before_commit(firing(life, Fault.KILLED_BEFORE_COMMIT))
    return "armed"


def killed_after_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.store.die_after_commit(firing(life, Fault.KILLED_AFTER_COMMIT))
    return "armed"


def disk_full(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.store.be_full(firing(life, Fault.DISK_FULL), DiskFull(Path("profile")))
    return "armed"


def clock_jumped(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.clock_error_ms += random.randint(-86_400_000, 86_400_000)
    life.fired[Fault.CLOCK_JUMPED] += 1
    return f"{laptop.clock_error_ms}"


def clock_years_off(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.clock_error_ms = random.randint(-50, 60) * _YEAR_MS
    life.fired[Fault.CLOCK_YEARS_OFF] += 1
    return f"{laptop.clock_error_ms}"


def laptop_cloned(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """A disk image is put on another laptop; both go on."""
    if len(life.laptops) >= _MOST_LAPTOPS:
        return "-"
    life.fired[Fault.LAPTOP_CLONED] += 1
    return f"now also laptop {life.copy_laptop(laptop).index}"


def laptop_restored(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """The first time a backup is made, the next time it is put back: what was saved since is gone."""
    if life.put_back_or_back_up(laptop):
        life.fired[Fault.LAPTOP_RESTORED] += 1
        return "put back"
    return "backed up"


def poisoned(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """As after a fault in some program: a text too long for any centre waits among what is sent next."""
    with laptop.store.reading() as work:
        waiting = [(s, p) for s in work.records.list_all() for p, leaf in s.layers.items() if leaf.edited]
    texts = [(stored, path) for stored, path in waiting if Place(stored.key, path).is_text]
    if not texts:
        return "-"
    stored, path = random.choice(texts)
    editor, top = life.people.editor(laptop, stored.key), stored.shown
    leaf = stored.layers[path]
    too_long = replace(leaf, edited=replace(leaf.edited, value="x" * 33_000))
    with laptop.store.inner.writing() as work:
        work.records.keep(stored.channel, stored.key, stored.layers, {**stored.layers, path: too_long})
    life.look_anew_at(laptop)
    life.oracle.saved(laptop.index, editor, {path: "x" * 33_000}, top)
    return str(Place(stored.key, path))


def log_in(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """Whoever is told that his laptop is not known logs in again."""
    ended = laptop.finished[-1] if laptop.finished else None
    if not isinstance(ended, ServerRefused) or ended.reason == "account_disabled":
        return "no reason to"
    life.log_in_again(laptop)
    return "a new device"


def forgotten(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """Perhaps a month passes; then somebody takes the copy of a withdrawn cooperative off his laptop."""
    granted = life.centre.granted[laptop.user.id]
    gone = [i for i in (0, 1) if granted.get(coop_channel(cooperative_id(i))) is GrantKind.WITHDRAWN]
    cooperative = random.choice(gone or (0, 1))
    if not gone and random.random() < 0.5:
        life.centre.grant(laptop.user, cooperative, GrantKind.WITHDRAWN)
        life.sync(laptop)
    life.time_ms += random.choice((0, 40, 40)) * 86_400_000
    told = life.sync(laptop)
    life.forget(laptop, cooperative)
    life.fired[Fault.FORGOTTEN] += 1
    return f"{told}, forgot {cooperative}"
