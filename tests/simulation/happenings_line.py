"""What can happen to messages on their way."""

from collections.abc import Callable
from random import Random

from tests.simulation.faults import Fault
from tests.simulation.laptop import Call, SimulatedLaptop
from tests.simulation.network import cut, forged
from tests.simulation.world import World, size_of

_MOST_HOPS = 8


def _call_of(life: World, laptop: SimulatedLaptop, random: Random, *, answered: bool) -> Call | None:
    """Go on until a request, or its answer, is on its way."""
    for _ in range(_MOST_HOPS):
        if laptop.call and (laptop.call.answer is not None) == answered:
            return laptop.call
        life.advance(laptop)
    return None


def lost_request(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    call = _call_of(life, laptop, random, answered=False)
    if call is None:
        return "-"
    life.network.calls.append(call)  # it may still arrive one day
    life.fired[Fault.LOST_REQUEST] += 1
    return laptop.cut_off()


def lost_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
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


def cut_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(life, laptop, Fault.CUT_ANSWER, random, lambda call, answer: cut(answer, random))


def forged_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(
        life, laptop, Fault.FORGED_ANSWER, random, lambda call, answer: forged(answer, call.body, random)
    )


def stale_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(
        life,
        laptop,
        Fault.STALE_ANSWER,
        random,
        lambda call, answer: life.network.stale(laptop.index, random),
    )


def foreign_answer(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    return _changed_answer(
        life,
        laptop,
        Fault.FOREIGN_ANSWER,
        random,
        lambda call, answer: life.network.foreign(laptop.index, random),
    )


def duplicated(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    call = _call_of(life, laptop, random, answered=True)
    if call is None:
        return "-"
    second = life.network.deliver(call, laptop)
    if random.random() < 0.5:
        call.answer = second
    life.fired[Fault.DUPLICATED] += 1
    return f"delivered twice {size_of(second)}"


def delayed(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    earlier = [call for call in life.network.calls if call is not laptop.call]
    if not earlier:
        return "-"
    call = random.choice(earlier)
    answer = life.network.deliver(call, life.laptops[call.laptop])
    life.fired[Fault.DELAYED] += 1
    return f"arrived late, of laptop {call.laptop} {size_of(answer)}"
