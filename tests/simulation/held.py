"""What a laptop holds between two steps, and what must be so of it and of how it came to be.

Looked at after every commit: what has not changed since is not looked at again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kopdesk.domain.layers import LeafLayers
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.digest import MODULUS, record_hash
from kopdesk.storage.records import StoredRecord
from tests.simulation.facts import Broken, Place
from tests.simulation.oracle import Oracle
from tests.simulation.texts import tokens

_EMPTY = LeafLayers()


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record as it is stored, its share of the digest, and how many of its leaves are unsent."""

    stored: StoredRecord
    share: int
    unsent: int


@dataclass(frozen=True, slots=True)
class Held:
    """All records of a laptop, its digests, its receipts."""

    records: Mapping[RecordKey, HeldRecord]
    digests: Mapping[str, int]
    pasts: Mapping[str, int]
    """How often each channel was rewound."""
    receipts: int
    to_mend: Mapping[Place, Value]
    put_aside: Mapping[Place, Value]
    """What the centre is said to have put aside for a supervisor."""
    grants: Mapping[str, int]
    """The centre's last word about each channel, as this laptop knows it."""

    @property
    def unsent(self) -> int:
        return sum(record.unsent for record in self.records.values())

    def leaves(self) -> Iterator[tuple[str, Place, LeafLayers]]:
        for key, record in self.records.items():
            for path, leaf in record.stored.layers.items():
                yield record.stored.channel, Place(key, path), leaf


def held_by(store: Any, before: Held | None = None) -> Held:
    known = before.records if before else {}
    with store.reading() as work:
        records = {s.key: _held(s, known.get(s.key)) for s in work.records.list_all()}
        names = {record.stored.channel for record in records.values()}
        rows = work.outbox.to_mend()
        return Held(
            records=records,
            digests={name: work.channels.digest(name) for name in names},
            pasts={name: work.channels.past(name) for name in names},
            receipts=len(work.outbox.receipts()),
            to_mend={Place(row.key, row.path): row.value for row in rows},
            put_aside={Place(r.key, r.path): r.value for r in rows if r.kind == _PUT_ASIDE and not r.lost},
            grants={grant.channel: grant.kind for grant in work.channels.grants()},
        )


_PUT_ASIDE = 5


def _held(stored: StoredRecord, known: HeldRecord | None) -> HeldRecord:
    if known is not None and known.stored == stored:
        return known
    layers = stored.layers.values()
    central = {path: leaf.central.value for path, leaf in stored.layers.items() if leaf.central}
    return HeldRecord(
        stored,
        record_hash(stored.key, central),
        sum((leaf.edited, leaf.frozen, leaf.to_offer) != (None, None, None) for leaf in layers),
    )


def centrals(held: Held) -> Iterator[tuple[str, Place, Value]]:
    """What this laptop holds of the centre, or of a past that the centre has lost, with its channel."""
    for channel, place, leaf in held.leaves():
        if leaf.offered:
            yield channel, place, leaf.offered.value
        elif leaf.central:
            yield channel, place, leaf.central.value


def check_digests(held: Held) -> None:
    """The digest kept step by step is the digest of what is there."""
    sums: dict[str, int] = defaultdict(int)
    for record in held.records.values():
        sums[record.stored.channel] += record.share
    for channel, digest in held.digests.items():
        if digest != sums[channel] % MODULUS:
            raise Broken(f"the digest of {channel} is not that of its central leaves")


def _changed(before: Held, after: Held) -> Iterator[tuple[str, Place, LeafLayers, LeafLayers]]:
    """Channel, place, layers before and after, of the leaves of records that changed or went."""
    for key, record in before.records.items():
        now = after.records.get(key)
        if now is record:
            continue
        layers = now.stored.layers if now else {}
        for path, leaf in record.stored.layers.items():
            yield record.stored.channel, Place(key, path), leaf, layers.get(path, _EMPTY)


def check_revs(before: Held, after: Held) -> None:
    """Within one past no rev sinks and no central leaf goes."""
    for channel, place, leaf, now in _changed(before, after):
        is_of_one_past = after.pasts.get(channel) == before.pasts[channel]
        if leaf.central and is_of_one_past and (now.central is None or now.central.rev < leaf.central.rev):
            raise Broken(f"a rev sank: {place} from {leaf.central.rev}")


def check_unsent(before: Held, after: Held) -> None:
    """Unsent work shrinks only by a receipt."""
    landed = after.receipts > before.receipts
    conflicts = None
    for _, place, leaf, now in _changed(before, after):
        if not (leaf.edited or leaf.frozen or leaf.to_offer):
            continue
        conflicts = _in_conflict(after) if conflicts is None else conflicts
        still = {repr(unsent.value) for unsent in (now.edited, now.frozen) if unsent}
        was_replaced = leaf.edited and leaf.frozen and leaf.edited.over == leaf.frozen.number
        kept = still | conflicts[place]
        if leaf.frozen and not landed and not was_replaced and repr(leaf.frozen.value) not in kept:
            raise Broken(f"in flight and gone without a receipt: {place}")
        rose = landed and leaf.edited and leaf.frozen and _rose(leaf.edited.value, leaf.frozen.value, now)
        if leaf.edited and not rose and repr(leaf.edited.value) not in kept:
            raise Broken(f"edited and gone: {place}")
        if leaf.to_offer and not landed and repr(leaf.to_offer.value) != repr(_offered(now)):
            raise Broken(f"offered and gone without a receipt: {place}")


def _offered(leaf: LeafLayers) -> Value:
    return leaf.to_offer.value if leaf.to_offer else None


def _rose(value: Value, in_flight: Value, now: LeafLayers) -> bool:
    """Whether a text that was typed over one in flight was merged with what the centre made of that.

    What somebody else took out of the one in flight is not in the merged text either.
    """
    top, central = tokens(now.shown), tokens(now.central.value if now.central else None)
    taken_out = tokens(in_flight) - central
    return tokens(value) - taken_out <= top or top == central


def _in_conflict(held: Held) -> Mapping[Place, set[str]]:
    found: dict[Place, set[str]] = defaultdict(set)
    for key, record in held.records.items():
        if key.type != "conflict":
            continue
        shown = record.stored.shown
        if not shown.keys() >= {"about_type", "about_id", "about_path"}:  # taken apart by a bad leaf in it
            continue
        about = RecordKey(str(shown["about_type"]), UUID(str(shown["about_id"])))
        for path in ("kept_value", "offered_value"):  # one that is not there says that the leaf was empty
            found[Place(about, str(shown["about_path"]))].add(repr(shown.get(path)))
    return found


def note_to_mend(oracle: Oracle, held: Held) -> None:
    for place, value in held.to_mend.items():
        oracle.note_to_mend(place, value)
