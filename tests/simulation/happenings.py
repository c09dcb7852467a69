"""What can happen in a simulated life: one function for every kind of step."""

from collections.abc import Callable, Mapping
from random import Random

from kopdesk.domain.channels import coop_channel
from kopdesk.protocol.messages import GrantKind
from tests.simulation.centre import cooperative_id, cooperative_key
from tests.simulation.facts import BY_OFFICE
from tests.simulation.faults import Fault
from tests.simulation.laptop import Call, SimulatedLaptop
from tests.simulation.network import cut, forged
from tests.simulation.plan import Does
from tests.simulation.world import World, size_of

_YEAR_MS = 365 * 86_400_000
_MOST_HOPS = 8
_MOST_LAPTOPS = 6

Happening = Callable[[World, SimulatedLaptop, Random], str]


def _edit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.people.edit(laptop, random)


def _delete(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.people.delete(laptop, random)


def _decide(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.people.decide(laptop, random)


def _open(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.people.open(laptop, random)


def _save_opened(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    told, was_overtaken = life.people.save_opened(laptop, random)
    if was_overtaken:
        life.fired[Fault.OLD_EDITOR] += 1
    return told


def _call_of(life: World, laptop: SimulatedLaptop, random: Random, *, answered: bool) -> Call | None:
    """Go on until a request, or its answer, is on its way."""
    for _ in range(_MOST_HOPS):
        if laptop.call and (laptop.call.answer is not None) == answered:
            return laptop.call
        life.advance(laptop)
    return None


def _lost_request(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    call = _call_of(life, laptop, random, answered=False)
    if call is None:
        return "-"
    life.network.calls.append(call)  # it may still arrive one day
    life.fired[Fault.LOST_REQUEST] += 1
    return laptop.cut_off()


def _lost_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    if _call_of(life, laptop, random, answered=True) is None:
        return "-"
    life.fired[Fault.LOST_ANSWER] += 1
    return laptop.cut_off()


def _changed_answer(
    life: World,
    laptop: SimulatedLaptop,
    fault: Fault,
    random: Random,
    change: Callable[[Call, bytes], bytes | None],
) -> str:
    call = _call_of(life, laptop, random, answered=True)
    if call is None or not isinstance(call.answer, bytes):
        return "-"
    answer = change(call, call.answer)
    if answer is None or answer == call.answer:
        return "-"
    life.fired[fault] += 1
    return laptop.answered(answer)


def _cut_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(life, laptop, Fault.CUT_ANSWER, random, lambda call, answer: cut(answer, random))


def _forged_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(
        life, laptop, Fault.FORGED_ANSWER, random, lambda call, answer: forged(answer, call.body, random)
    )


def _stale_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(
        life,
        laptop,
        Fault.STALE_ANSWER,
        random,
        lambda call, answer: life.network.stale(laptop.index, random),
    )


def _foreign_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(
        life,
        laptop,
        Fault.FOREIGN_ANSWER,
        random,
        lambda call, answer: life.network.foreign(laptop.index, random),
    )


def _duplicated(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    call = _call_of(life, laptop, random, answered=True)
    if call is None:
        return "-"
    second = life.network.deliver(call, laptop)
    if random.random() < 0.5:
        call.answer = second
    life.fired[Fault.DUPLICATED] += 1
    return f"delivered twice {size_of(second)}"


def _delayed(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    earlier = [call for call in life.network.calls if call is not laptop.call]
    if not earlier:
        return "-"
    call = random.choice(earlier)
    answer = life.network.deliver(call, life.laptops[call.laptop])
    life.fired[Fault.DELAYED] += 1
    return f"arrived late, of laptop {call.laptop} {size_of(answer)}"


# What disks, processes and clocks do.


def _killed(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.kill()
    life.fired[Fault.KILLED] += 1
    return "-"


def _firing(life: World, fault: Fault) -> Callable[[], None]:
    def fired() -> None:
        life.fired[fault] += 1

    return fired


def _killed_before_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.store.die_before_commit(_firing(life, Fault.KILLED_BEFORE_COMMIT))
    return "armed"


def _killed_after_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.store.die_after_commit(_firing(life, Fault.KILLED_AFTER_COMMIT))
    return "armed"


def _disk_full(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.store.be_full(_firing(life, Fault.DISK_FULL))
    return "armed"


def _centre_died_before_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.store.die_before_commit(_firing(life, Fault.CENTRE_DIED_BEFORE_COMMIT))
    return "armed"


def _centre_died_after_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.store.die_after_commit(_firing(life, Fault.CENTRE_DIED_AFTER_COMMIT))
    return "armed"


def _clock_jumped(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.clock_error_ms += random.randint(-86_400_000, 86_400_000)
    life.fired[Fault.CLOCK_JUMPED] += 1
    return f"{laptop.clock_error_ms}"


def _clock_years_off(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    laptop.clock_error_ms = random.randint(-50, 60) * _YEAR_MS
    life.fired[Fault.CLOCK_YEARS_OFF] += 1
    return f"{laptop.clock_error_ms}"


# What the office does.


def _assign(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.set_disabled(laptop.user, False)
    life.centre.grant(laptop.user, random.randrange(2), GrantKind.READ_WRITE)
    return "-"


def _withdrawn(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    cooperative = random.randrange(2)
    kind = random.choice((GrantKind.WITHDRAWN, GrantKind.WITHDRAWN, GrantKind.READ_ONLY))
    if coop_channel(cooperative_id(cooperative)) in life.centre.granted[laptop.user.id]:
        life.centre.grant(laptop.user, cooperative, kind)
        life.fired[Fault.WITHDRAWN] += 1
    return f"{cooperative} {kind.name}"


def _disabled(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.set_disabled(laptop.user, True)
    life.fired[Fault.DISABLED] += 1
    return "-"


def _office_edit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    cooperative, amount = random.randrange(2), random.randrange(1, 4 if life.plan.few_values else 10**6)
    path = random.choice(("principal_saving", "mandatory_saving"))
    try:
        life.centre.edit(cooperative, cooperative_key(cooperative), {path: amount})
    finally:
        life.network.look_at_centre(BY_OFFICE)
    life.fired[Fault.OFFICE_EDIT] += 1
    return f"{cooperative} {path} {amount}"


def _advance(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.advance(laptop)


def _sync(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return life.sync(laptop)


def _laptop_cloned(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """A disk image is put on another laptop; both go on."""
    if len(life.laptops) >= _MOST_LAPTOPS:
        return "-"
    life.fired[Fault.LAPTOP_CLONED] += 1
    return f"now also laptop {life.copy_laptop(laptop).index}"


def _laptop_restored(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """The first time a backup is made, the next time it is put back: what was saved since is gone."""
    if life.put_back_or_back_up(laptop):
        life.fired[Fault.LAPTOP_RESTORED] += 1
        return "put back"
    return "backed up"


def _centre_restored(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """The operator makes a backup, or puts the newest one back: what was accepted since is gone there."""
    if not life.centre_backups or random.random() < 0.4:
        life.back_up_centre()
        return f"backup {life.centre_backups}"
    life.put_back_centre(life.centre_backups - 1)
    life.fired[Fault.CENTRE_RESTORED] += 1
    return f"put back backup {life.centre_backups}"


def _centre_rolled_back(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """Somebody copies any old file over the present one; perhaps a newer past comes back that way."""
    if not life.centre_backups or random.random() < 0.4:
        life.back_up_centre()
        return f"file {life.centre_backups}"
    number = random.randrange(life.centre_backups)
    life.put_back_centre(number)
    life.fired[Fault.CENTRE_ROLLED_BACK] += 1
    return f"put back file {number + 1}"


HAPPENINGS: Mapping[Does | Fault, Happening] = {
    Does.EDIT: _edit,
    Does.DELETE: _delete,
    Does.DECIDE: _decide,
    Does.OPEN: _open,
    Does.SAVE_OPENED: _save_opened,
    Fault.LOST_REQUEST: _lost_request,
    Fault.LOST_ANSWER: _lost_answer,
    Fault.CUT_ANSWER: _cut_answer,
    Fault.FORGED_ANSWER: _forged_answer,
    Fault.STALE_ANSWER: _stale_answer,
    Fault.FOREIGN_ANSWER: _foreign_answer,
    Fault.DUPLICATED: _duplicated,
    Fault.DELAYED: _delayed,
    Fault.KILLED: _killed,
    Fault.KILLED_BEFORE_COMMIT: _killed_before_commit,
    Fault.KILLED_AFTER_COMMIT: _killed_after_commit,
    Fault.DISK_FULL: _disk_full,
    Fault.CENTRE_DIED_BEFORE_COMMIT: _centre_died_before_commit,
    Fault.CENTRE_DIED_AFTER_COMMIT: _centre_died_after_commit,
    Fault.CLOCK_JUMPED: _clock_jumped,
    Fault.CLOCK_YEARS_OFF: _clock_years_off,
    Does.ASSIGN: _assign,
    Fault.WITHDRAWN: _withdrawn,
    Fault.DISABLED: _disabled,
    Fault.OFFICE_EDIT: _office_edit,
    Does.ADVANCE: _advance,
    Does.SYNC: _sync,
    Fault.LAPTOP_CLONED: _laptop_cloned,
    Fault.LAPTOP_RESTORED: _laptop_restored,
    Fault.CENTRE_RESTORED: _centre_restored,
    Fault.CENTRE_ROLLED_BACK: _centre_rolled_back,
}
