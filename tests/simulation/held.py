"""What a laptop holds between two steps, and what must be so of it and of how it came to be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kopdesk.domain.layers import LeafLayers
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.digest import MODULUS, record_hash
from tests.simulation.facts import Broken, Place
from tests.simulation.oracle import Oracle
from tests.simulation.texts import tokens


@dataclass(frozen=True, slots=True)
class Held:
    """All leaves of a laptop, its digests, its receipts."""

    leaves: Mapping[Place, LeafLayers]
    channels: Mapping[Place, str]
    digests: Mapping[str, int]
    pasts: Mapping[str, int]
    """How often each channel was rewound."""
    receipts: int
    to_mend: Mapping[Place, Value]
    grants: Mapping[str, int]
    """The centre's last word about each channel, as this laptop knows it."""

    @property
    def unsent(self) -> int:
        return sum(
            (leaf.edited is not None) + (leaf.frozen is not None) + (leaf.offered is not None)
            for leaf in self.leaves.values()
        )


def held_by(store: Any) -> Held:
    with store.reading() as work:
        records = work.records.list_all()
        names = {r.channel for r in records}
        return Held(
            leaves={Place(r.key, path): leaf for r in records for path, leaf in r.layers.items()},
            channels={Place(r.key, path): r.channel for r in records for path in r.layers},
            digests={name: work.channels.digest(name) for name in names},
            pasts={name: work.channels.past(name) for name in names},
            receipts=len(work.outbox.receipts()),
            to_mend={Place(row.key, row.path): row.value for row in work.outbox.to_mend()},
            grants={grant.channel: grant.kind for grant in work.channels.grants()},
        )


def centrals(held: Held) -> Iterator[tuple[Place, Value]]:
    """What this laptop holds of the centre, or of a past that the centre has lost."""
    for place, leaf in held.leaves.items():
        if leaf.offered:
            yield place, leaf.offered.value
        elif leaf.central:
            yield place, leaf.central.value


def check_digests(held: Held) -> None:
    """The digest kept step by step is the digest of what is there."""
    central: dict[str, dict[Any, dict[str, Value]]] = defaultdict(lambda: defaultdict(dict))
    for place, leaf in held.leaves.items():
        if leaf.central:
            central[held.channels[place]][place.key][place.path] = leaf.central.value
    for channel, digest in held.digests.items():
        if digest != sum(record_hash(key, leaves) for key, leaves in central[channel].items()) % MODULUS:
            raise Broken(f"the digest of {channel} is not that of its central leaves")


def check_revs(before: Held, after: Held) -> None:
    """Within one past no rev sinks and no central leaf goes."""
    for place, leaf in before.leaves.items():
        channel = before.channels[place]
        if leaf.central and after.pasts.get(channel) == before.pasts[channel]:
            now = after.leaves.get(place)
            if now is None or now.central is None or now.central.rev < leaf.central.rev:
                raise Broken(f"a rev sank: {place} from {leaf.central.rev}")


def check_unsent(before: Held, after: Held) -> None:
    """Unsent work shrinks only by a receipt."""
    landed = after.receipts > before.receipts
    conflicts = _in_conflict(after)
    for place, leaf in before.leaves.items():
        if not (leaf.edited or leaf.frozen or leaf.offered):
            continue
        now = after.leaves.get(place, LeafLayers())
        still = {repr(unsent.value) for unsent in (now.edited, now.frozen) if unsent}
        was_replaced = leaf.edited and leaf.frozen and leaf.edited.over == leaf.frozen.number
        kept = still | conflicts[place]
        if leaf.frozen and not landed and not was_replaced and repr(leaf.frozen.value) not in kept:
            raise Broken(f"in flight and gone without a receipt: {place}")
        rose = landed and leaf.edited and leaf.frozen and _rose(leaf.edited.value, now)
        if leaf.edited and not rose and repr(leaf.edited.value) not in kept:
            raise Broken(f"edited and gone: {place}")
        if leaf.offered and not landed and repr(leaf.offered.value) != repr(_offered(now)):
            raise Broken(f"offered and gone without a receipt: {place}")


def _offered(leaf: LeafLayers) -> Value:
    return leaf.offered.value if leaf.offered else None


def _rose(value: Value, now: LeafLayers) -> bool:
    """Whether a text that was typed over one in flight was merged with what the centre made of that."""
    top = now.shown
    return tokens(value) <= tokens(top) or tokens(top) == tokens(now.central.value if now.central else None)


def _in_conflict(held: Held) -> Mapping[Place, set[str]]:
    found: dict[Place, set[str]] = defaultdict(set)
    for place, leaf in held.leaves.items():
        if place.key.type == "conflict" and place.path in ("kept_value", "offered_value"):
            found[_about(held, place)].add(repr(leaf.shown))
    return found


def _about(held: Held, place: Place) -> Place:
    def leaf(path: str) -> str:
        return str(held.leaves[Place(place.key, path)].shown)

    return Place(RecordKey(leaf("about_type"), UUID(leaf("about_id"))), leaf("about_path"))


def note_to_mend(oracle: Oracle, held: Held) -> None:
    for place, value in held.to_mend.items():
        oracle.note_to_mend(place, value)
