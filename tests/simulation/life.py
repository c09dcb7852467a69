"""Plays one plan to its end: step by step, with all rules checked after every step; then the world heals."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from kopdesk.domain.errors import KopdeskError
from kopdesk.domain.values import Value
from kopdesk.protocol.codec import decode
from kopdesk.protocol.messages import Cursor, GrantKind
from tests.simulation.accounting import check_everything_arrived
from tests.simulation.disk import Died
from tests.simulation.facts import Broken, Place
from tests.simulation.happenings import HAPPENINGS
from tests.simulation.held import Held
from tests.simulation.laptop import SimulatedLaptop
from tests.simulation.plan import Step
from tests.simulation.world import World
from tests.support.schemas import N_PLUS_1, as_of

ROUNDS = 3
"""After healing, everybody has everything after so many rounds of syncs."""


class Life(World):
    """One world from its beginning to its end."""

    def play(self) -> None:
        """Raises Broken where a rule does not hold."""
        for step in self.plan.steps:
            self.do(step)
        self.heal()
        if self.plan.schemas:
            self.update_all()
            self.heal()

    def do(self, step: Step) -> None:
        """One step and what must be so after it."""
        random = Random(step.seed)
        laptop = self._one_of_family(step.laptop, random)
        self.time_ms += random.choice((1, 1000, 60_000, 20 * 60_000))
        commits = laptop.store.commits
        try:
            with as_of(laptop.schema):
                told = HAPPENINGS[step.what](self, laptop, random)
        except Died as error:
            laptop.kill()
            told = f"died {error}"
        except KopdeskError as error:
            told = f"{type(error).__name__} {error}"
        self.trace.append(f"{len(self.trace)} {step.what} {step.laptop}: {told}")
        if laptop.store.commits != commits:
            self.check_laptop(laptop, by_engine=False)

    # The end.

    def _one_of_family(self, index: int, random: Random) -> SimulatedLaptop:
        """A laptop, or one of those that were copied from it."""
        family = [self.laptops[at] for at, of in enumerate(self.oracle.families) if of == index]
        return family[0] if len(family) == 1 else random.choice(family)

    def heal(self) -> None:
        """No more faults: after a few rounds everybody has everything, and nothing waits."""
        self.centre.store.disarm()
        for laptop in self.laptops:
            laptop.store.disarm()
            self.centre.set_disabled(laptop.user, False)
            if not self.centre.is_served(laptop.device_id, laptop.device_key):
                self.log_in_again(laptop)
        for _ in range(ROUNDS):
            for laptop in self.laptops:
                for _ in range(1 if laptop.is_idle else 2):
                    self.trace.append(f"healed {laptop.index}: {self.sync(laptop)}")
            if all(map(self._has_everything, self.laptops)):
                break
        with self.centre.store.reading() as tx:
            aside = [entry.leaf.row for entry in (*tx.quarantined(), *tx.decided_quarantined())]
        quarantined = [(Place(row.key, row.path), row.value) for row in aside]
        for laptop in self.laptops:
            self._check_is_whole(laptop)
            missing = _told(self._held[laptop.index].put_aside.items()) - _told(quarantined)
            if missing:
                raise Broken(f"said to be put aside, and is not at the centre: {laptop.index} {missing}")
        check_everything_arrived(self.oracle, quarantined)

    def update_all(self) -> None:
        """The newest schema arrives everywhere at last: nothing is left that nobody could judge."""
        for laptop in self.laptops:
            self.update_laptop(laptop, N_PLUS_1)
        self.update_centre(N_PLUS_1)
        if self.centre.unchecked():
            raise Broken(f"left unchecked by the newest schema: {self.centre.unchecked()}")

    def _check_is_whole(self, laptop: SimulatedLaptop) -> None:
        if laptop.finished[-1] is not None:
            raise Broken(f"laptop {laptop.index} still fails when all is well: {laptop.finished[-1]!r}")
        held: Held = self._held[laptop.index]
        if held.unsent:
            raise Broken(f"laptop {laptop.index} still has {held.unsent} leaves unsent")
        told = {name: int(kind) for name, kind in self.centre.granted[laptop.user.id].items()}
        if dict(held.grants) != told:
            raise Broken(f"told of other grants than the centre knows: {laptop.index} {held.grants} {told}")
        self.trace.append(
            f"{laptop.index} holds {sum(1 for _ in held.leaves())} leaves, {sorted(held.digests.values())}"
        )
        with self.centre.store.reading() as tx:
            for channel in self._readable(tx, laptop):
                there = {
                    Place(key, path): (leaf.value, leaf.rev)
                    for _, key, leaves in tx.records_after(channel, None)
                    for path, leaf in leaves.items()
                }
                here = {
                    place: (leaf.central.value, leaf.central.rev)
                    for name, place, leaf in held.leaves()
                    # Rev 0 is the centre's word that there is nothing.
                    if name == channel and leaf.central and leaf.central.rev
                }
                if repr(sorted(here.items())) != repr(sorted(there.items())):
                    raise Broken(
                        f"laptop {laptop.index} differs from the centre in {_difference(here, there)}"
                    )

    def _readable(self, tx: Any, laptop: SimulatedLaptop) -> list[str]:
        granted = self.centre.granted[laptop.user.id]
        known = tx.heads(granted)
        return sorted(n for n, kind in granted.items() if kind is not GrantKind.WITHDRAWN and n in known)

    def _has_everything(self, laptop: SimulatedLaptop) -> bool:
        """Nothing waits, and every channel is held up to its head: another sync would bring nothing."""
        if laptop.finished[-1] is not None or self._held[laptop.index].unsent:
            return False
        with laptop.store.reading() as work:
            held = {name: decode(Cursor, cursor) for name, cursor in work.channels.cursors().items()}
        with self.centre.store.reading() as tx:
            readable = self._readable(tx, laptop)
            heads = tx.heads(readable)
        return all(
            name in held and (held[name].tip, held[name].digest) == (heads[name].tip, heads[name].digest)
            for name in readable
        )


def _told(leaves: Iterable[tuple[Place, Value]]) -> set[tuple[Place, str]]:
    return {(place, repr(value)) for place, value in leaves}


def _difference(here: Mapping[Place, object], there: Mapping[Place, object]) -> str:
    places = sorted(p for p in here.keys() | there.keys() if here.get(p) != there.get(p))
    return "; ".join(f"{place}: {here.get(place)} not {there.get(place)}" for place in places[:4])
