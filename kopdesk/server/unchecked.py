"""What programs of newer schemas wrote is judged when a centre of that schema opens the store.

As its author's: by declarations, rights and states, in the order in which it was written. What passes loses
its mark. What fails is taken back by a change set like any other, and put aside for a supervisor under its
author's name. What still only a newer schema can judge goes on waiting.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from kopdesk.domain.merge import ABSENT, Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.domain.values import Value, same
from kopdesk.protocol.columns import LeafRow
from kopdesk.server.change_set import ChannelChange, Source
from kopdesk.server.checking import Fault, has_known_state, last_known_state, leaf_fault, record_faults
from kopdesk.server.office import Office
from kopdesk.server.ports import Quarantined, ServerStore, Transaction, Unchecked


def judge_unchecked(store: ServerStore, office: Office) -> None:
    """Judge what no centre of this schema has looked at yet; one transaction for each channel."""
    with store.reading() as tx:
        channels = tx.unchecked_channels(schema())
    for channel in channels:
        with store.writing() as tx:
            _judge_channel(tx, office, channel)


def _judge_channel(tx: Transaction, office: Office, channel: str) -> None:
    """Somebody else may have been here since: then there is nothing left to do."""
    now = office.now()
    source = Source(user=office.user, replica_id=office.server_id, made_at=now, accepted_at=now)
    change = ChannelChange(tx, channel, source, office.random_bytes)
    records = []
    for key, group in groupby(tx.unchecked(channel), key=lambda leaf: leaf.key):
        record = _Record(tx, channel, key, list(group))
        record.judge()
        change.put_back(key, {path: stood.value for path, stood in record.put_back.items()})
        records.append(record)
    rev = change.finish()
    for record in records:
        record.note_put_back(rev)
        for leaf, value, reason in record.failed:
            aside = Quarantined(
                channel=channel,
                # Based on what took it back: that is no word of another person.
                row=LeafRow(leaf.key, leaf.path, value, rev),
                batch_hash=leaf.batch_hash,
                place=leaf.place,
                author_id=leaf.author_id,
                reason=reason,
            )
            tx.quarantine(aside, now)


class _Record:
    """The marked leaves of one record. `put_back`: what leaves are to be again; `failed`: what they were."""

    def __init__(self, tx: Transaction, channel: str, key: RecordKey, marked: Sequence[Unchecked]) -> None:
        self._tx, self._channel, self._key = tx, channel, key
        self._marked = {(leaf.path, leaf.stands_at): leaf for leaf in marked}
        self._newest = dict(sorted(self._marked))
        self._held = tx.leaves(channel, key)
        self._instead: dict[tuple[str, int], Value] = {}
        self.put_back: dict[str, Central] = {}
        self.failed: list[tuple[Unchecked, Value, str]] = []

    def judge(self) -> None:
        """Set by set, oldest first: one that fails is not there for those who wrote after it."""
        waiting = [leaf for leaf in self._marked.values() if leaf.seen_by < schema()]
        for rev, group in groupby(waiting, key=lambda leaf: leaf.rev):
            self._judge_set(rev, list(group))

    def note_put_back(self, rev: int) -> None:
        """What stands again since this rev may itself still wait for its judge."""
        for path, stood in self.put_back.items():
            waiting = self._marked.get((path, stood.rev))
            if waiting is not None:
                self._tx.save_unchecked(replace(waiting, stands_at=rev))

    def _judge_set(self, rev: int, marked: Sequence[Unchecked]) -> None:
        earlier = self._at(rev - 1)
        before = {path: leaf.value for path, leaf in earlier.items()}
        new = {path: leaf.value for path, leaf in self._at(rev).items() if leaf.rev == rev}
        author = self._tx.user(marked[0].author_id)
        assert author is not None  # accounts are closed, never deleted
        is_known = has_known_state(self._key.type, before)
        if not is_known:
            before |= last_known_state(self._tx, self._channel, self._key, earlier)
        together = record_faults(
            author, self._channel, self._key, before, new, from_unknown_state=not is_known
        )
        for leaf in marked:
            alone = leaf_fault(self._channel, self._key, before, leaf.path, new[leaf.path])
            self._settle(leaf, _surer(alone, together.get(leaf.path)), earlier.get(leaf.path, ABSENT))

    def _settle(self, leaf: Unchecked, fault: Fault | None, stood: Central) -> None:
        held = self._held[leaf.path]
        is_beyond_us = fault is not None and fault.of_schema and not 0 < leaf.schema <= schema()
        if is_beyond_us and held.rev == self._newest[leaf.path]:  # nothing that could be judged replaced it
            waiting = self._marked[leaf.path, leaf.stands_at] = replace(leaf, seen_by=schema())
            self._tx.save_unchecked(waiting)
            return
        del self._marked[leaf.path, leaf.stands_at]
        self._tx.unmark(leaf)
        if fault is None or is_beyond_us:
            return
        self._instead |= {(leaf.path, leaf.rev): stood.value, (leaf.path, leaf.stands_at): stood.value}
        is_there = held.rev == leaf.stands_at  # otherwise whoever came after had seen it and replaced it
        if is_there and not same(held.value, stood.value):
            self.put_back[leaf.path] = stood
            self.failed.append((leaf, held.value, fault.reason))

    def _at(self, rev: int) -> dict[str, Central]:
        """The record as of a rev, with what stands instead of what has failed."""
        return {
            path: Central(self._instead.get((path, leaf.rev), leaf.value), leaf.rev)
            for path, leaf in self._tx.leaves_at(self._channel, self._key, rev).items()
        }


def _surer(one: Fault | None, other: Fault | None) -> Fault | None:
    """The fault that no newer schema can undo, if one of them is such."""
    faults = [fault for fault in (one, other) if fault is not None]
    return min(faults, key=lambda fault: fault.of_schema, default=None)
