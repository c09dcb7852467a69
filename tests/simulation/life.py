"""Plays one plan to its end: step by step, with all rules checked after every step; then the world heals."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from random import Random
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.errors import KopdeskError
from kopdesk.protocol.messages import GrantKind
from tests.simulation.centre import SimulatedCentre, cooperative_id, cooperative_key, device_id
from tests.simulation.disk import Died, FailingStore
from tests.simulation.faults import HISTORY_BREAKING, Fault, Fired
from tests.simulation.held import Held, check_digests, check_revs, check_unsent, held_by, note_to_mend
from tests.simulation.laptop import Call, SimulatedLaptop, device_key
from tests.simulation.network import Network, cut, forged
from tests.simulation.oracle import Broken, Cause, Oracle, Place
from tests.simulation.plan import Does, Plan, Step
from tests.simulation.stores import Stores
from tests.simulation.users import People

_START_MS = 1_795_309_200_000
_YEAR_MS = 365 * 86_400_000
_MOST_EFFECTS = 400
_MOST_HOPS = 8
ROUNDS = 3
"""After healing, everybody has everything after so many rounds of syncs."""


class Life:
    """One world from its beginning. `trace` is the same whenever the same plan is played."""

    def __init__(self, plan: Plan, stores: Stores) -> None:
        self.plan = plan
        self.fired = Fired()
        self.trace: list[str] = []
        self.time_ms = _START_MS
        self._stores = stores
        self._random = Random(f"{plan.seed}/product")
        self.oracle = Oracle()
        self.centre = SimulatedCentre(
            FailingStore(stores.centre()), lambda: self.time_ms, Random(self._random.random())
        )
        self.network = Network(
            self.centre, self.oracle, breaks_histories=bool(plan.faults & HISTORY_BREAKING)
        )
        for cooperative in (0, 1):
            self.centre.add_cooperative(cooperative)
            self.network.look_at_centre(Cause(None))
        self.users = [self.centre.add_user(i, own) for i, own in enumerate(plan.cooperatives)]
        self.laptops = [self._new_laptop(index, owner) for index, owner in enumerate(plan.owners)]
        self.people = People(self.oracle, plan.few_values)
        self._held = [held_by(laptop.store) for laptop in self.laptops]

    def _new_laptop(self, index: int, owner: int) -> SimulatedLaptop:
        user = self.users[owner]
        self.oracle.families.append(index)
        self.centre.add_device(user, index)
        random = Random(self._random.random())
        store = FailingStore(self._stores.laptop())
        with store.writing() as work:
            work.outbox.start_replica(UUID(bytes=random.randbytes(16)), self.time_ms)
        return SimulatedLaptop(
            index=index,
            user=user,
            device_id=device_id(index),
            device_key=device_key(index),
            store=store,
            random=random,
            centre_now=lambda: self.time_ms,
            centre_keys=self.centre.keys,
            want_bytes=self.plan.want_bytes[index],
            patience=self.plan.patience,
        )

    @property
    def operations(self) -> int:
        """Steps, deliveries and saved values."""
        return len(self.trace) + self.network.deliveries + self.oracle.saved_count

    def trace_hash(self) -> str:
        return sha256("\n".join(self.trace).encode()).hexdigest()

    # Playing.

    def play(self) -> None:
        """Raises Broken where a rule does not hold."""
        for step in self.plan.steps:
            self.do(step)
        self.heal()

    def do(self, step: Step) -> None:
        """One step and what must be so after it."""
        random = Random(step.seed)
        laptop = self.laptops[step.laptop]
        self.time_ms += random.choice((1, 1000, 60_000, 20 * 60_000))
        commits = laptop.store.commits
        try:
            told = self._doing(step.what)(laptop, random)
        except Died as error:
            laptop.kill()
            told = f"died {error}"
        except KopdeskError as error:
            told = f"{type(error).__name__} {error}"
        self.trace.append(f"{len(self.trace)} {step.what} {step.laptop}: {told}")
        if laptop.store.commits != commits:
            self._check_laptop(laptop, by_engine=False)

    def _doing(self, what: Does | Fault) -> Callable[[SimulatedLaptop, Random], str]:
        found: Callable[[SimulatedLaptop, Random], str] = getattr(self, f"_{what.value}")
        return found

    def _check_laptop(self, laptop: SimulatedLaptop, *, by_engine: bool) -> None:
        before, after = self._held[laptop.index], held_by(laptop.store)
        self._held[laptop.index] = after
        check_digests(after)
        check_revs(before, after)
        note_to_mend(self.oracle, after)
        if by_engine:
            check_unsent(before, after)

    # What people do.

    def _edit(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self.people.edit(laptop, random)

    def _delete(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self.people.delete(laptop, random)

    def _decide(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self.people.decide(laptop, random)

    def _open(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self.people.open(laptop, random)

    def _save_opened(self, laptop: SimulatedLaptop, random: Random) -> str:
        told, was_overtaken = self.people.save_opened(laptop, random)
        if was_overtaken:
            self.fired[Fault.OLD_EDITOR] += 1
        return told

    # What engines and the network do.

    def _advance(self, laptop: SimulatedLaptop, random: Random) -> str:
        call = laptop.call
        if call is None:
            return self._worked(laptop)
        if call.answer is None:
            call.answer = self.network.deliver(call, laptop)
            return f"delivered {_size(call.answer)}"
        return laptop.answered(call.answer)

    def _sync(self, laptop: SimulatedLaptop, random: Random) -> str:
        for count in range(_MOST_EFFECTS):
            told = self._advance(laptop, random)
            if laptop.is_idle:
                return f"{told} after {count}"
            if told.startswith("Store Stored") and laptop.state and laptop.state.phase.name == "PREPARING":
                self.fired[Fault.SMALL_PAGES] += laptop.want_bytes == 1024
        raise Broken("a sync that does not end")

    def _worked(self, laptop: SimulatedLaptop) -> str:
        commits = laptop.store.commits
        try:
            return laptop.advance()
        finally:
            if laptop.store.commits != commits:
                self._check_laptop(laptop, by_engine=True)

    def _call_of(self, laptop: SimulatedLaptop, random: Random, *, answered: bool) -> Call | None:
        """Go on until a request, or its answer, is on its way."""
        for _ in range(_MOST_HOPS):
            if laptop.call and (laptop.call.answer is not None) == answered:
                return laptop.call
            self._advance(laptop, random)
        return None

    def _lost_request(self, laptop: SimulatedLaptop, random: Random) -> str:
        call = self._call_of(laptop, random, answered=False)
        if call is None:
            return "-"
        self.network.calls.append(call)  # it may still arrive one day
        self.fired[Fault.LOST_REQUEST] += 1
        return laptop.cut_off()

    def _lost_answer(self, laptop: SimulatedLaptop, random: Random) -> str:
        if self._call_of(laptop, random, answered=True) is None:
            return "-"
        self.fired[Fault.LOST_ANSWER] += 1
        return laptop.cut_off()

    def _changed_answer(
        self,
        laptop: SimulatedLaptop,
        fault: Fault,
        random: Random,
        change: Callable[[Call, bytes], bytes | None],
    ) -> str:
        call = self._call_of(laptop, random, answered=True)
        if call is None or not isinstance(call.answer, bytes):
            return "-"
        answer = change(call, call.answer)
        if answer is None or answer == call.answer:
            return "-"
        self.fired[fault] += 1
        return laptop.answered(answer)

    def _cut_answer(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self._changed_answer(
            laptop, Fault.CUT_ANSWER, random, lambda call, answer: cut(answer, random)
        )

    def _forged_answer(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self._changed_answer(
            laptop, Fault.FORGED_ANSWER, random, lambda call, answer: forged(answer, call.body, random)
        )

    def _stale_answer(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self._changed_answer(
            laptop,
            Fault.STALE_ANSWER,
            random,
            lambda call, answer: self.network.stale(laptop.index, random),
        )

    def _foreign_answer(self, laptop: SimulatedLaptop, random: Random) -> str:
        return self._changed_answer(
            laptop,
            Fault.FOREIGN_ANSWER,
            random,
            lambda call, answer: self.network.foreign(laptop.index, random),
        )

    def _duplicated(self, laptop: SimulatedLaptop, random: Random) -> str:
        call = self._call_of(laptop, random, answered=True)
        if call is None:
            return "-"
        second = self.network.deliver(call, laptop)
        if random.random() < 0.5:
            call.answer = second
        self.fired[Fault.DUPLICATED] += 1
        return f"delivered twice {_size(second)}"

    def _delayed(self, laptop: SimulatedLaptop, random: Random) -> str:
        earlier = [call for call in self.network.calls if call is not laptop.call]
        if not earlier:
            return "-"
        call = random.choice(earlier)
        answer = self.network.deliver(call, self.laptops[call.laptop])
        self.fired[Fault.DELAYED] += 1
        return f"arrived late, of laptop {call.laptop} {_size(answer)}"

    # What disks, processes and clocks do.

    def _killed(self, laptop: SimulatedLaptop, random: Random) -> str:
        laptop.kill()
        self.fired[Fault.KILLED] += 1
        return "-"

    def _firing(self, fault: Fault) -> Callable[[], None]:
        def fired() -> None:
            self.fired[fault] += 1

        return fired

    def _killed_before_commit(self, laptop: SimulatedLaptop, random: Random) -> str:
        laptop.store.die_before_commit(self._firing(Fault.KILLED_BEFORE_COMMIT))
        return "armed"

    def _killed_after_commit(self, laptop: SimulatedLaptop, random: Random) -> str:
        laptop.store.die_after_commit(self._firing(Fault.KILLED_AFTER_COMMIT))
        return "armed"

    def _disk_full(self, laptop: SimulatedLaptop, random: Random) -> str:
        laptop.store.be_full(self._firing(Fault.DISK_FULL))
        return "armed"

    def _centre_died_before_commit(self, laptop: SimulatedLaptop, random: Random) -> str:
        self.centre.store.die_before_commit(self._firing(Fault.CENTRE_DIED_BEFORE_COMMIT))
        return "armed"

    def _centre_died_after_commit(self, laptop: SimulatedLaptop, random: Random) -> str:
        self.centre.store.die_after_commit(self._firing(Fault.CENTRE_DIED_AFTER_COMMIT))
        return "armed"

    def _clock_jumped(self, laptop: SimulatedLaptop, random: Random) -> str:
        laptop.clock_error_ms += random.randint(-86_400_000, 86_400_000)
        self.fired[Fault.CLOCK_JUMPED] += 1
        return f"{laptop.clock_error_ms}"

    def _clock_years_off(self, laptop: SimulatedLaptop, random: Random) -> str:
        laptop.clock_error_ms = random.randint(-50, 60) * _YEAR_MS
        self.fired[Fault.CLOCK_YEARS_OFF] += 1
        return f"{laptop.clock_error_ms}"

    # What the office does.

    def _assign(self, laptop: SimulatedLaptop, random: Random) -> str:
        self.centre.set_disabled(laptop.user, False)
        self.centre.grant(laptop.user, random.randrange(2), GrantKind.READ_WRITE)
        return "-"

    def _withdrawn(self, laptop: SimulatedLaptop, random: Random) -> str:
        cooperative = random.randrange(2)
        kind = random.choice((GrantKind.WITHDRAWN, GrantKind.WITHDRAWN, GrantKind.READ_ONLY))
        if coop_channel(cooperative_id(cooperative)) in self.centre.granted[laptop.user.id]:
            self.centre.grant(laptop.user, cooperative, kind)
            self.fired[Fault.WITHDRAWN] += 1
        return f"{cooperative} {kind.name}"

    def _disabled(self, laptop: SimulatedLaptop, random: Random) -> str:
        self.centre.set_disabled(laptop.user, True)
        self.fired[Fault.DISABLED] += 1
        return "-"

    def _office_edit(self, laptop: SimulatedLaptop, random: Random) -> str:
        cooperative, amount = random.randrange(2), random.randrange(1, 4 if self.plan.few_values else 10**6)
        path = random.choice(("principal_saving", "mandatory_saving"))
        try:
            self.centre.edit(cooperative, cooperative_key(cooperative), {path: amount})
        finally:
            self.network.look_at_centre(Cause(None))
        self.fired[Fault.OFFICE_EDIT] += 1
        return f"{cooperative} {path} {amount}"

    # The end.

    def heal(self) -> None:
        """No more faults: after a few rounds everybody has everything, and nothing waits."""
        self.centre.store.disarm()
        for laptop in self.laptops:
            laptop.store.disarm()
            self.centre.set_disabled(laptop.user, False)
        for _ in range(ROUNDS):
            for laptop in self.laptops:
                self.do(Step(Does.SYNC, laptop.index, 0))
                if not laptop.is_idle:
                    self.do(Step(Does.SYNC, laptop.index, 0))
        for laptop in self.laptops:
            self._check_is_whole(laptop)
        with self.centre.store.reading() as tx:
            quarantined = [
                (Place(e.leaf.row.key, e.leaf.row.path), e.leaf.row.value) for e in tx.quarantined()
            ]
        self.oracle.check_everything_arrived(quarantined)

    def _check_is_whole(self, laptop: SimulatedLaptop) -> None:
        if laptop.finished[-1] is not None:
            raise Broken(f"laptop {laptop.index} still fails when all is well: {laptop.finished[-1]!r}")
        held: Held = self._held[laptop.index]
        if held.unsent:
            raise Broken(f"laptop {laptop.index} still has {held.unsent} leaves unsent")
        self.trace.append(f"{laptop.index} holds {len(held.leaves)} leaves, {sorted(held.digests.values())}")
        with self.centre.store.reading() as tx:
            for channel, kind in sorted(self.centre.granted[laptop.user.id].items()):
                if kind is GrantKind.WITHDRAWN or tx.channel(channel) is None:
                    continue
                there = {
                    Place(key, path): (leaf.value, leaf.rev)
                    for _, key, leaves in tx.records_after(channel, None)
                    for path, leaf in leaves.items()
                }
                here = {
                    place: (leaf.central.value, leaf.central.rev)
                    for place, leaf in held.leaves.items()
                    if held.channels[place] == channel and leaf.central
                }
                if repr(sorted(here.items())) != repr(sorted(there.items())):
                    raise Broken(
                        f"laptop {laptop.index} differs from the centre in {_difference(here, there)}"
                    )


def _difference(here: Mapping[Place, object], there: Mapping[Place, object]) -> str:
    places = sorted(p for p in here.keys() | there.keys() if here.get(p) != there.get(p))
    return "; ".join(f"{place}: {here.get(place)} not {there.get(place)}" for place in places[:4])


def _size(answer: object) -> str:
    return f"{len(answer)} bytes" if isinstance(answer, bytes) else repr(answer)
