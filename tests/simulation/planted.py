"""Bugs put into the product on purpose, one at a time: a simulation that does not see them proves nothing.

Beside each stand some words of the rule that is there to see it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from kopdesk.domain import merge
from kopdesk.domain.fields import MergeClass
from kopdesk.domain.layers import LeafLayers
from kopdesk.domain.merge import APPLIED, Change
from kopdesk.domain.records import RecordKey
from kopdesk.protocol.codec import decode
from kopdesk.protocol.digest import record_hash
from kopdesk.protocol.messages import Receipt, Response, Signed
from kopdesk.server import change_set, service
from kopdesk.server.applying import Application
from kopdesk.storage.errors import DiskFull
from kopdesk.sync import prepare, recover, settle
from kopdesk.sync import run as sync_run
from kopdesk.usecases import conflicts, editing, records
from tests.simulation import users
from tests.simulation.catching import Plant, Planting


def base_taken_at_save(planting: Planting) -> None:
    """Whatever the editor showed, an edit counts as typed over what is there when it is saved."""
    real = editing.save_leaves

    def save(desk: Any, work: Any, channel: Any, key: Any, values: Any, seen: Any = None) -> bool:
        return real(desk, work, channel, key, values, None)

    planting.put(records, "save_leaves", save)


def decided_by_what_is_there_now(planting: Planting) -> None:
    """Whatever the list of conflicts showed, a decision counts as made in sight of what is there."""
    real = editing.save_leaves

    def save(desk: Any, work: Any, channel: Any, key: Any, values: Any, seen: Any = None) -> bool:
        return real(desk, work, channel, key, values, None)

    planting.put(conflicts, "save_leaves", save)


def one_base_per_record(planting: Planting) -> None:
    """The newest rev of any leaf of a record counts as the base of all its edits."""
    real = merge.merge_record

    def merged(key: RecordKey, leaves: Any, changes: Sequence[Change], **others: Any) -> Any:
        newest = max((change.base for change in changes), default=0)
        return real(key, leaves, [replace(change, base=newest) for change in changes], **others)

    planting.put(change_set, "merge_record", merged)


def own_replica_wins(planting: Planting) -> None:
    """A leaf whose last writer was the same replica is overwritten whatever the base."""
    real = change_set.ChannelChange.apply_record

    def apply(self: Any, key: RecordKey, changes: Sequence[Change]) -> None:
        leaves = self._tx.leaves(self._state.name, key)
        forged = []
        for change in changes:
            leaf = leaves.get(change.path)
            revision = self._tx.revision(self._state.name, leaf.rev) if leaf else None
            own = revision is not None and revision.replica_id == self._source.replica_id
            forged.append(replace(change, base=leaf.rev) if own and leaf else change)
        real(self, key, forged)

    planting.put(change_set.ChannelChange, "apply_record", apply)


def last_writer_wins_on_money(planting: Planting) -> None:
    """What a person should decide goes to whoever came last."""
    real = merge._merge_leaf

    def merged(change: Change, current: Any, merge_class: MergeClass, value_at: Any) -> Any:
        outcome = real(change, current, merge_class, value_at)
        return APPLIED if outcome is None and merge_class is MergeClass.DECIDE else outcome

    planting.put(merge, "_merge_leaf", merged)


def rights_of_the_first_channel_only(planting: Planting) -> None:
    """Whoever may write in the first channel of a batch may write in all of them."""
    real = Application._refusal

    def refusal(self: Any, name: str) -> Any:
        return real(self, name) if not self.revs else None

    planting.put(Application, "_refusal", refusal)


def batch_rebuilt_at_retry(planting: Planting) -> None:
    """A batch without an answer is made anew, with the same number, from what there is now."""
    real = prepare.prepare

    def prepared(work: Any, laptop: Any, now_ms: int) -> Any:
        if work.outbox.in_flight() is not None:
            recover.dissolve_flight(work, laptop.user_name, now_ms)
            replica = work.outbox.replica()
            work.outbox._save(replica._replace(last_seq=replica.last_seq - 1))
        return real(work, laptop, now_ms)

    planting.put(sync_run, "prepare", prepared)


def digest_over_edited_leaves(planting: Planting) -> None:
    """The digest is kept over what people see instead of over what the centre said."""

    def share(key: RecordKey, layers: Mapping[str, LeafLayers]) -> int:
        return record_hash(key, {path: leaf.shown for path, leaf in layers.items()})

    planting.put(settle, "central_share", share)


def page_stored_after_its_cursor(planting: Planting) -> None:
    """The cursor is committed first, the page in a unit of work of its own."""

    def stored(self: Any, effect: Any) -> Any:
        response = settle.believed(effect.body, effect.request, self.server_keys)
        if response.token:
            self.link.renew_token(response.token)
        with self.store.writing() as work:
            for cursor in response.cursors:
                settle._save_cursor(work, cursor)
        return real(self, effect)

    real = sync_run.SyncRun._stored
    planting.put(sync_run.SyncRun, "_stored", stored)


def edit_in_a_second_transaction(planting: Planting) -> None:
    """An edit is committed first, in a second commit that its number is taken. A kill comes between them."""
    real = records.put_record

    def put(desk: Any, type_name: str, document: Mapping[str, Any]) -> Any:
        return real(replace(desk, database=_TwoCommits(desk.database)), type_name, document)

    planting.put(users, "put_record", put)


class _TwoCommits:
    """A database whose units of work keep the numbers they gave only in a unit of work of their own."""

    def __init__(self, database: Any) -> None:
        self._database = database

    @contextmanager
    def writing(self) -> Iterator[Any]:
        with self._database.writing() as work:
            before = work.outbox.replica()
            yield work
            numbered = work.outbox.replica()
            work.outbox._save(before)
        with self._database.writing() as work:
            work.outbox._save(numbered)


def saved_before_commit(planting: Planting) -> None:
    """The screen says "saved", and the commit that should have come first never comes if the disk is full."""
    real = records.put_record

    def put(desk: Any, type_name: str, document: Mapping[str, Any]) -> Any:
        try:
            return real(desk, type_name, document)
        except DiskFull:
            key = RecordKey(type_name, _id_of(document))
            return records.Saved(key)

    planting.put(users, "put_record", put)


def _id_of(document: Mapping[str, Any]) -> Any:
    return UUID(str(document.get("id", UUID(int=1))))


def receipt_for_any_batch(planting: Planting) -> None:
    """Neither side looks at the hash of a batch: a number is enough."""

    def known(tx: Any, batch: Any, batch_hash: bytes) -> Any:
        return tx.receipt(UUID(bytes=batch.replica), batch.seq)

    def receipt(work: Any, signed: Any, prepared: Any, server_keys: Any) -> Any:
        return decode(Receipt, signed.body)

    planting.put(service, "known_receipt", known)
    planting.put(settle, "_receipt", receipt)


def conflicts_kept_to_oneself(planting: Planting) -> None:
    """A conflict is reported, and its record forgotten."""
    planting.put(change_set.ChannelChange, "_store_conflict", lambda *given: None)


def outbox_emptied_without_a_receipt(planting: Planting) -> None:
    """An answer without a word about the batch counts as its receipt."""
    real = settle.take_in

    def take(work: Any, response: Any, prepared: Any, *others: Any) -> Any:
        taken = real(work, response, prepared, *others)
        for record in work.records.find_many(work.records.frozen_keys()):
            after = {path: replace(leaf, frozen=None) for path, leaf in record.layers.items()}
            work.records.keep(record.channel, record.key, record.layers, after)
        return taken

    def believed(body: bytes, prepared: Any, server_keys: Any) -> Any:
        return decode(Response, decode(Signed, body).body)

    planting.put(sync_run, "take_in", take)
    planting.put(sync_run, "believed", believed)


def deletion_without_what_was_shown(planting: Planting) -> None:
    """A deletion goes through whatever its editor saw."""
    planting.put(merge, "_hides_unseen", lambda *given: False)


PLANTED: Mapping[Plant, str] = MappingProxyType(
    {
        base_taken_at_save: "nobody who saw it replaced",
        decided_by_what_is_there_now: "nobody who saw it replaced",
        one_base_per_record: "nobody who saw it replaced",
        own_replica_wins: "nobody who saw it replaced",
        last_writer_wins_on_money: "nobody who saw it replaced",
        rights_of_the_first_channel_only: "written without the right to",
        batch_rebuilt_at_retry: "told of a broken history where there is none",
        digest_over_edited_leaves: "the digest of",
        page_stored_after_its_cursor: "told that its content is not the centre's",
        edit_in_a_second_transaction: "AssertionError: two edits have one number",
        saved_before_commit: "saved and lost",
        conflicts_kept_to_oneself: "a deletion vanished without a word",
        outbox_emptied_without_a_receipt: "in flight and gone without a receipt",
        deletion_without_what_was_shown: "deleted unseen",
        receipt_for_any_batch: "told that its content is not the centre's",
    }
)
