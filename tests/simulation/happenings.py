"""What can happen in a simulated life: one function for every kind of step."""

from collections.abc import Callable, Mapping
from random import Random

from tests.simulation import happenings_laptop as laptop
from tests.simulation import happenings_line as line
from tests.simulation import happenings_office as office
from tests.simulation.faults import Fault
from tests.simulation.laptop import SimulatedLaptop
from tests.simulation.plan import Does
from tests.simulation.users import NOTHING_TO_DECIDE
from tests.simulation.world import World
from tests.support.schemas import N_PLUS_1, as_of

Happening = Callable[[World, SimulatedLaptop, Random], str]


def _edit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.people.edit(laptop, random)


def _delete(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.people.delete(laptop, random)


def _decide(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """Where there is nothing to decide, two people may begin to differ."""
    told = _decide_one(life, laptop, random)
    others = [other for other in life.laptops if other is not laptop]
    if told != NOTHING_TO_DECIDE or not others or random.random() < 0.7:
        return told
    told = _differ(life, laptop, random.choice(others), random)
    return f"{told}; {_decide_one(life, laptop, random)}"


def _decide_one(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """Now and then somebody else decides the same without knowing, or corrects what it is about."""
    told, was_overtaken = life.people.decide(laptop, random)
    life.fired[Fault.OLD_LIST] += was_overtaken
    others = [other for other in life.laptops if other is not laptop]
    if not others or told == NOTHING_TO_DECIDE or random.random() < 0.4:
        return told
    other = random.choice(others)
    if told.startswith("saved"):
        also = _done_by(life, other, lambda: life.people.decide_what(other, laptop, random))
        return f"{told} and {also}"
    listed = laptop.listed[-1]
    corrected = _done_by(life, other, lambda: life.people.correct(other, listed.case, random))
    told = f"{told} and {corrected}, {life.sync(other)}, {life.sync(laptop)}"
    if laptop.listed and random.random() < 0.6:
        also, was_overtaken = life.people.decide_listed(laptop, random)
        life.fired[Fault.OLD_LIST] += was_overtaken
        told += f" and {also}"
    return told


def _differ(life: World, laptop: SimulatedLaptop, other: SimulatedLaptop, random: Random) -> str:
    """Two people write into one leaf without knowing of each other, and find that out."""
    synced = f"{life.sync(other)}, {life.sync(laptop)}"
    place = life.people.some_leaf(laptop, random)
    if place is None:
        return f"{synced}, nothing to differ about"
    mine = _done_by(life, laptop, lambda: life.people.write_one_leaf(laptop, *place, random))
    theirs = _done_by(life, other, lambda: life.people.write_one_leaf(other, *place, random))
    return f"{synced}, {mine} and {theirs}, {life.sync(other)}, {life.sync(laptop)}"


def _done_by(life: World, laptop: SimulatedLaptop, does: Callable[[], str]) -> str:
    try:
        with as_of(laptop.schema):
            return does()
    finally:
        life.check_laptop(laptop, by_engine=False)


def _open(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.people.open(laptop, random)


def _save_opened(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    told, was_overtaken = life.people.save_opened(laptop, random)
    if was_overtaken:
        life.fired[Fault.OLD_EDITOR] += 1
    return told


def _advance(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.advance(laptop)


def _sync(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.sync(laptop)


def _upgraded(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """A newer program is installed, on a laptop or at the centre."""
    side = life.centre if random.random() < 0.3 else laptop
    if side.schema == N_PLUS_1:
        return "-"
    if side is laptop:
        life.update_laptop(laptop, laptop.schema + 1)
    else:
        life.update_centre(side.schema + 1)
    life.fired[Fault.SCHEMA_UPGRADED] += 1
    return f"{'laptop' if side is laptop else 'centre'} to schema {side.schema}"


HAPPENINGS: Mapping[Does | Fault, Happening] = {
    Does.EDIT: _edit,
    Does.DELETE: _delete,
    Does.DECIDE: _decide,
    Does.OPEN: _open,
    Does.SAVE_OPENED: _save_opened,
    Fault.LOST_REQUEST: line.lost_request,
    Fault.LOST_ANSWER: line.lost_answer,
    Fault.CUT_ANSWER: line.cut_answer,
    Fault.FORGED_ANSWER: line.forged_answer,
    Fault.STALE_ANSWER: line.stale_answer,
    Fault.FOREIGN_ANSWER: line.foreign_answer,
    Fault.DUPLICATED: line.duplicated,
    Fault.DELAYED: line.delayed,
    Fault.KILLED: laptop.killed,
    Fault.KILLED_BEFORE_COMMIT: laptop.killed_before_commit,
    Fault.KILLED_AFTER_COMMIT: laptop.killed_after_commit,
    Fault.DISK_FULL: laptop.disk_full,
    Fault.CENTRE_DIED_BEFORE_COMMIT: office.centre_died_before_commit,
    Fault.CENTRE_DIED_AFTER_COMMIT: office.centre_died_after_commit,
    Fault.CLOCK_JUMPED: laptop.clock_jumped,
    Fault.CLOCK_YEARS_OFF: laptop.clock_years_off,
    Does.ASSIGN: office.assign,
    Does.SUPERVISE: office.supervise,
    Does.LOG_IN: laptop.log_in,
    Fault.DEVICE_REVOKED: office.device_revoked,
    Fault.FORGOTTEN: laptop.forgotten,
    Fault.CENTRE_DISK_FULL: office.centre_disk_full,
    Fault.REFUSED: laptop.poisoned,
    Fault.WITHDRAWN: office.withdrawn,
    Fault.DISABLED: office.disabled,
    Fault.OFFICE_EDIT: office.office_edit,
    Does.ADVANCE: _advance,
    Does.SYNC: _sync,
    Fault.LAPTOP_CLONED: laptop.laptop_cloned,
    Fault.LAPTOP_RESTORED: laptop.laptop_restored,
    Fault.SCHEMA_UPGRADED: _upgraded,
    Fault.CENTRE_RESTORED: office.centre_restored,
    Fault.CENTRE_ROLLED_BACK: office.centre_rolled_back,
}
