"""What the office and its server do."""

from random import Random

from kopdesk.domain.channels import coop_channel
from kopdesk.protocol.messages import GrantKind
from kopdesk.server.errors import StoreFailed
from tests.simulation.centre import cooperative_id, cooperative_key
from tests.simulation.facts import BY_OFFICE
from tests.simulation.faults import Fault
from tests.simulation.happenings_laptop import firing
from tests.simulation.laptop import SimulatedLaptop
from tests.simulation.world import World


def centre_died_before_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.store.die_before_commit(firing(life, Fault.CENTRE_DIED_BEFORE_COMMIT))
    return "armed"


def centre_died_after_commit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.store.die_after_commit(firing(life, Fault.CENTRE_DIED_AFTER_COMMIT))
    return "armed"


def assign(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.set_disabled(laptop.user, False)
    life.centre.grant(laptop.user, random.randrange(2), GrantKind.READ_WRITE)
    return "-"


def withdrawn(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    cooperative = random.randrange(2)
    kind = random.choice((GrantKind.WITHDRAWN, GrantKind.WITHDRAWN, GrantKind.READ_ONLY))
    if coop_channel(cooperative_id(cooperative)) in life.centre.granted[laptop.user.id]:
        life.centre.grant(laptop.user, cooperative, kind)
        life.fired[Fault.WITHDRAWN] += 1
    return f"{cooperative} {kind.name}"


def disabled(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.set_disabled(laptop.user, True)
    life.fired[Fault.DISABLED] += 1
    return "-"


def office_edit(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    cooperative, amount = random.randrange(2), random.randrange(1, 4 if life.plan.few_values else 10**6)
    path = random.choice(("principal_saving", "mandatory_saving"))
    try:
        life.centre.edit(cooperative, cooperative_key(cooperative), {path: amount})
    finally:
        life.network.look_at_centre(BY_OFFICE)
    life.fired[Fault.OFFICE_EDIT] += 1
    return f"{cooperative} {path} {amount}"


def centre_restored(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """The operator makes a backup, or puts the newest one back: what was accepted since is gone there."""
    if not life.centre_backups or random.random() < 0.4:
        life.back_up_centre()
        return f"backup {life.centre_backups}"
    life.put_back_centre(life.centre_backups - 1)
    life.fired[Fault.CENTRE_RESTORED] += 1
    return f"put back backup {life.centre_backups}"


def centre_rolled_back(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """Somebody copies any old file over the present one; perhaps a newer past comes back that way."""
    if not life.centre_backups or random.random() < 0.4:
        life.back_up_centre()
        return f"file {life.centre_backups}"
    number = random.randrange(life.centre_backups)
    life.put_back_centre(number)
    life.fired[Fault.CENTRE_ROLLED_BACK] += 1
    return f"put back file {number + 1}"


def centre_disk_full(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    life.centre.store.be_full(firing(life, Fault.CENTRE_DISK_FULL), StoreFailed("full"))
    return "armed"


def supervise(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    """Somebody of the Dinas decides about what one batch brought and was put aside."""
    waiting = [entry.leaf for entry in life.centre.quarantined()]
    if not waiting:
        return "nothing was put aside"
    one = random.choice(waiting)
    leaves = [leaf for leaf in waiting if (leaf.channel, leaf.batch_hash) == (one.channel, one.batch_hash)]
    if random.random() < 0.25:
        life.centre.drop(leaves)
        return f"dropped {len(leaves)}"
    cause = life.network.cause_of_release(leaves)
    try:
        life.centre.release(leaves)
    finally:
        life.network.look_at_centre(cause)
    return f"released {len(leaves)}"


def device_revoked(life: World, laptop: SimulatedLaptop, random: Random) -> str:
    if not life.centre.is_served(laptop.device_id, laptop.device_key):
        return "not known"
    life.centre.revoke(laptop.device_id)
    life.fired[Fault.DEVICE_REVOKED] += 1
    return str(laptop.index)
