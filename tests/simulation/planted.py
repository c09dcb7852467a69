"""Bugs put into the product on purpose, one at a time: a simulation that does not see them proves nothing.

Each function, given a pytest MonkeyPatch, makes the product wrong. The product itself knows nothing of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain import merge
from kopdesk.domain.fields import MergeClass
from kopdesk.domain.layers import LeafLayers, dissolve
from kopdesk.domain.merge import APPLIED, Change
from kopdesk.domain.records import RecordKey
from kopdesk.protocol.codec import decode
from kopdesk.protocol.digest import record_hash
from kopdesk.protocol.messages import Receipt, Response, Signed
from kopdesk.server import change_set, service
from kopdesk.server.applying import Application
from kopdesk.storage.errors import DiskFull
from kopdesk.sync import prepare, settle
from kopdesk.sync import run as sync_run
from kopdesk.usecases import conflicts, editing, records
from tests.simulation import users

Plant = Callable[[pytest.MonkeyPatch], None]


def base_taken_at_save(patch: pytest.MonkeyPatch) -> None:
    """Whatever the editor showed, an edit counts as typed over what is there when it is saved."""
    real = editing.save_leaves

    def save(desk: Any, work: Any, channel: Any, key: Any, values: Any, seen: Any = None) -> bool:
        return real(desk, work, channel, key, values, None)

    patch.setattr(records, "save_leaves", save)


def decided_by_what_is_there_now(patch: pytest.MonkeyPatch) -> None:
    """Whatever the list of conflicts showed, a decision counts as made in sight of what is there."""
    real = editing.save_leaves

    def save(desk: Any, work: Any, channel: Any, key: Any, values: Any, seen: Any = None) -> bool:
        return real(desk, work, channel, key, values, None)

    patch.setattr(conflicts, "save_leaves", save)


def one_base_per_record(patch: pytest.MonkeyPatch) -> None:
    """The newest rev of any leaf of a record counts as the base of all its edits."""
    real = merge.merge_record

    def merged(key: RecordKey, leaves: Any, changes: Sequence[Change], **others: Any) -> Any:
        newest = max((change.base for change in changes), default=0)
        return real(key, leaves, [replace(change, base=newest) for change in changes], **others)

    patch.setattr(change_set, "merge_record", merged)


def own_replica_wins(patch: pytest.MonkeyPatch) -> None:
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

    patch.setattr(change_set.ChannelChange, "apply_record", apply)


def last_writer_wins_on_money(patch: pytest.MonkeyPatch) -> None:
    """What a person should decide goes to whoever came last."""
    real = merge._merge_leaf

    def merged(change: Change, current: Any, merge_class: MergeClass, value_at: Any) -> Any:
        outcome = real(change, current, merge_class, value_at)
        return APPLIED if outcome is None and merge_class is MergeClass.DECIDE else outcome

    patch.setattr(merge, "_merge_leaf", merged)


def rights_of_the_first_channel_only(patch: pytest.MonkeyPatch) -> None:
    """Whoever may write in the first channel of a batch may write in all of them."""
    real = Application._refusal

    def refusal(self: Any, name: str) -> Any:
        return real(self, name) if not self.revs else None

    patch.setattr(Application, "_refusal", refusal)


def batch_rebuilt_at_retry(patch: pytest.MonkeyPatch) -> None:
    """A batch without an answer is made anew, with the same number, from what there is now."""
    real = prepare.prepare

    def prepared(work: Any, laptop: Any, now_ms: int) -> Any:
        if work.outbox.in_flight() is not None:
            for record in work.records.find_many(work.records.frozen_keys()):
                after = {path: _thawed(leaf) for path, leaf in record.layers.items()}
                work.records.keep(record.channel, record.key, record.layers, after)
            work.outbox.ground()
            replica = work.outbox.replica()
            work.outbox._save(replica._replace(last_seq=replica.last_seq - 1))
        return real(work, laptop, now_ms)

    patch.setattr(sync_run, "prepare", prepared)


def _thawed(leaf: LeafLayers) -> LeafLayers:
    result = dissolve(leaf, bytes(32))
    if not isinstance(result, LeafLayers):
        result = LeafLayers(central=leaf.central, edited=result.kept)
    edited = result.edited
    return replace(result, edited=replace(edited, origin=None) if edited else None)


def digest_over_edited_leaves(patch: pytest.MonkeyPatch) -> None:
    """The digest is kept over what people see instead of over what the centre said."""

    def share(key: RecordKey, layers: Mapping[str, LeafLayers]) -> int:
        return record_hash(key, {path: leaf.shown for path, leaf in layers.items()})

    patch.setattr(settle, "central_share", share)


def page_stored_after_its_cursor(patch: pytest.MonkeyPatch) -> None:
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
    patch.setattr(sync_run.SyncRun, "_stored", stored)


def edit_in_a_second_transaction(patch: pytest.MonkeyPatch) -> None:
    """Saving is two commits: some leaves of a form first, then the others."""
    real = records.put_record

    def put(desk: Any, type_name: str, document: Mapping[str, Any]) -> Any:
        fields = [name for name in document if name not in ("id", "rev", "cooperative_id", "period")]
        saved = real(desk, type_name, {k: v for k, v in document.items() if k not in fields[1:]})
        for name in fields[1:]:
            real(desk, type_name, {"id": str(saved.key.id), name: document[name]})
        return saved

    patch.setattr(users, "put_record", put)


def saved_before_commit(patch: pytest.MonkeyPatch) -> None:
    """The screen says "saved", and the commit that should have come first never comes if the disk is full."""
    real = records.put_record

    def put(desk: Any, type_name: str, document: Mapping[str, Any]) -> Any:
        try:
            return real(desk, type_name, document)
        except DiskFull:
            key = RecordKey(type_name, _id_of(document))
            return records.Saved(key)

    patch.setattr(users, "put_record", put)


def _id_of(document: Mapping[str, Any]) -> Any:
    return UUID(str(document.get("id", UUID(int=1))))


def receipt_for_any_batch(patch: pytest.MonkeyPatch) -> None:
    """Neither side looks at the hash of a batch: a number is enough."""

    def known(tx: Any, batch: Any, batch_hash: bytes) -> Any:
        return tx.receipt(UUID(bytes=batch.replica), batch.seq)

    def receipt(work: Any, signed: Any, prepared: Any, server_keys: Any) -> Any:
        return decode(Receipt, signed.body)

    patch.setattr(service, "known_receipt", known)
    patch.setattr(settle, "_receipt", receipt)


def conflicts_kept_to_oneself(patch: pytest.MonkeyPatch) -> None:
    """A conflict is reported, and its record forgotten."""
    patch.setattr(change_set.ChannelChange, "_store_conflict", lambda *given: None)


def outbox_emptied_without_a_receipt(patch: pytest.MonkeyPatch) -> None:
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

    patch.setattr(sync_run, "take_in", take)
    patch.setattr(sync_run, "believed", believed)


def deletion_without_what_was_shown(patch: pytest.MonkeyPatch) -> None:
    """A deletion goes through whatever its editor saw."""
    patch.setattr(merge, "_hides_unseen", lambda *given: False)


PLANTED: Sequence[Plant] = (
    base_taken_at_save,
    decided_by_what_is_there_now,
    one_base_per_record,
    own_replica_wins,
    last_writer_wins_on_money,
    rights_of_the_first_channel_only,
    batch_rebuilt_at_retry,
    digest_over_edited_leaves,
    page_stored_after_its_cursor,
    edit_in_a_second_transaction,
    saved_before_commit,
    conflicts_kept_to_oneself,
    outbox_emptied_without_a_receipt,
    deletion_without_what_was_shown,
    receipt_for_any_batch,
)
