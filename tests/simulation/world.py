"""A simulated world: one centre, its people, their laptops, the line between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.protocol.messages import GrantKind
from kopdesk.sync.recover import fork
from kopdesk.usecases.withdrawn import forget_cooperative
from tests.simulation.centre import SimulatedCentre, cooperative_id, device_id
from tests.simulation.disk import FailingStore
from tests.simulation.facts import BY_OFFICE, Broken, CentreView, Survivor
from tests.simulation.faults import HISTORY_BREAKING, Fault, Fired
from tests.simulation.held import centrals, check_digests, check_revs, check_unsent, held_by, note_to_mend
from tests.simulation.laptop import SimulatedLaptop, device_key
from tests.simulation.network import Network
from tests.simulation.oracle import Oracle
from tests.simulation.plan import Plan
from tests.simulation.stores import Stores
from tests.simulation.users import People
from tests.support.schemas import N_MINUS_2, as_of


@dataclass(frozen=True, slots=True)
class CentreBackup:
    """The centre as it was, and what was known of it from outside."""

    store: Any
    view: CentreView
    heads: Mapping[str, int]
    receipts: Mapping[tuple[bytes, int], bytes]
    granted: Mapping[UUID, Mapping[str, GrantKind]]
    disabled: frozenset[UUID]


_FIRST_NEW_DEVICE = 100
_START_MS = 1_795_309_200_000
_YEAR_MS = 365 * 86_400_000
_MOST_EFFECTS = 400
_MOST_HOPS = 8
ROUNDS = 3
"""After healing, everybody has everything after so many rounds of syncs."""


class World:
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
            self.centre,
            self.oracle,
            fired=self.fired,
            breaks_histories=bool(plan.faults & HISTORY_BREAKING),
        )
        for cooperative in (0, 1):
            self.centre.add_cooperative(cooperative)
            self.network.look_at_centre(BY_OFFICE)
        self.centre.open_with(plan.centre_schema)
        self.users = [self.centre.add_user(i, own) for i, own in enumerate(plan.cooperatives)]
        self.laptops = [self._new_laptop(index, owner) for index, owner in enumerate(plan.owners)]
        self.people = People(self.oracle, plan.few_values)
        self._backups: dict[int, tuple[Any, int, UUID]] = {}
        self._new_devices = 0
        self._centre_backups: list[CentreBackup] = []
        self._held = [held_by(laptop.store) for laptop in self.laptops]

    def _new_laptop(self, index: int, owner: int) -> SimulatedLaptop:
        user = self.users[owner]
        self.oracle.families.append(index)
        others = self.network.families_of.get(user.id, frozenset())
        self.network.families_of[user.id] = others | {index}
        self.centre.add_device(user, index)
        random = Random(self._random.random())
        schema = self.plan.schemas[index] if self.plan.schemas else N_MINUS_2
        with as_of(N_MINUS_2):
            store = FailingStore(self._stores.laptop())
        with as_of(schema):
            self._stores.updated(store.inner)
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
            schema=schema,
        )

    def copy_laptop(self, laptop: SimulatedLaptop) -> SimulatedLaptop:
        """Another laptop with the same file and the same keys."""
        copy = replace(
            laptop,
            index=len(self.laptops),
            store=FailingStore(self._stores.copied(laptop.store.inner)),
            random=Random(self._random.random()),
            editors=[],
            listed=[],
            call=None,
            state=None,
            effects=[],
            finished=[],
        )
        self.oracle.families.append(self.oracle.families[laptop.index])
        self.laptops.append(copy)
        self._held.append(self._held[laptop.index])
        return copy

    def put_back_or_back_up(self, laptop: SimulatedLaptop) -> bool:
        """Make the laptop's backup, or put back the one there is and return True."""
        backup = self._backups.pop(laptop.index, None)
        if backup is None:
            file = self._stores.copied(laptop.store.inner)
            self._backups[laptop.index] = file, self.oracle.saved_count, laptop.device_id
            return False
        laptop.kill()
        laptop.store.inner, saved_count, device = backup
        laptop.be_device(device)  # whose key it may have no more
        with as_of(laptop.schema):
            self._stores.updated(laptop.store.inner)
        self.oracle.disk_lost(laptop.index, saved_count)
        self._held[laptop.index] = held_by(laptop.store)
        return True

    def back_up_centre(self) -> None:
        """Remember the centre as it is now."""
        centre = self.centre
        backup = CentreBackup(
            store=self._stores.copied_centre(centre.store.inner),
            view=self.oracle.view.copied(),
            heads=dict(self.network.heads),
            receipts=dict(self.network.receipts),
            granted={user: dict(grants) for user, grants in centre.granted.items()},
            disabled=frozenset(centre.disabled),
        )
        self._centre_backups.append(backup)

    @property
    def centre_backups(self) -> int:
        return len(self._centre_backups)

    def put_back_centre(self, number: int) -> None:
        """Put an old centre in the place of the present one, which goes on from there."""
        backup, centre = self._centre_backups[number], self.centre
        self._stores.put_back(centre.store.inner, backup.store)
        centre.granted = {user: dict(grants) for user, grants in backup.granted.items()}
        centre.disabled = set(backup.disabled)
        self.network.heads, self.network.receipts = dict(backup.heads), dict(backup.receipts)
        survivors = [
            Survivor(laptop.index, channel, place, value, self.oracle.saved_count)
            for laptop in self.laptops
            for channel, place, value in centrals(self._held[laptop.index])
            if repr(backup.view.current.get(place)) != repr(value)
        ]
        self.oracle.past_lost(backup.view, survivors)
        self.update_centre(centre.schema)

    def update_laptop(self, laptop: SimulatedLaptop, schema: int) -> None:
        """The program is closed, and a newer one opens the file."""
        laptop.kill()
        laptop.schema = schema
        with as_of(schema):
            self._stores.updated(laptop.store.inner)

    def update_centre(self, schema: int) -> None:
        try:
            self.centre.open_with(schema)
        finally:
            self.network.look_at_centre(BY_OFFICE)

    def forget(self, laptop: SimulatedLaptop, cooperative: int) -> None:
        """Raises what the use case raises where the copy has to stay."""
        forget_cooperative(laptop.desk, cooperative_id(cooperative))
        self.oracle.copy_forgotten(laptop.index, coop_channel(cooperative_id(cooperative)))
        self.look_anew_at(laptop)

    def look_anew_at(self, laptop: SimulatedLaptop) -> None:
        """What it holds now is not compared with what it held before."""
        self._held[laptop.index] = held_by(laptop.store)

    def log_in_again(self, laptop: SimulatedLaptop) -> None:
        """A new device with a new key, as whoever logs in again in the same profile gets it."""
        number = _FIRST_NEW_DEVICE + self._new_devices
        self._new_devices += 1
        self.centre.add_device(laptop.user, number)
        laptop.take_key(number)
        commits = laptop.store.commits
        try:
            with as_of(laptop.schema), laptop.store.writing() as work:
                fork(work, laptop.run.laptop, laptop.now_ms())
        finally:
            if laptop.store.commits != commits:
                laptop.be_device(device_id(number))

    @property
    def operations(self) -> int:
        """Steps, deliveries and saved values."""
        return len(self.trace) + self.network.deliveries + self.oracle.saved_count

    def trace_hash(self) -> str:
        return sha256("\n".join(self.trace).encode()).hexdigest()

    def check_laptop(self, laptop: SimulatedLaptop, *, by_engine: bool) -> None:
        before, after = self._held[laptop.index], held_by(laptop.store, self._held[laptop.index])
        self._held[laptop.index] = after
        check_digests(after)
        check_revs(before, after)
        note_to_mend(self.oracle, after)
        if by_engine:
            check_unsent(before, after)

    # What engines and the network do.

    def advance(self, laptop: SimulatedLaptop) -> str:
        call = laptop.call
        if call is None:
            return self._worked(laptop)
        if call.answer is None:
            call.answer = self.network.deliver(call, laptop)
            return f"delivered {size_of(call.answer)}"
        return laptop.answered(call.answer)

    def sync(self, laptop: SimulatedLaptop) -> str:
        for count in range(_MOST_EFFECTS):
            told = self.advance(laptop)
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
                self.check_laptop(laptop, by_engine=True)


def size_of(answer: object) -> str:
    return f"{len(answer)} bytes" if isinstance(answer, bytes) else repr(answer)
