"""More bugs put into the product on purpose: of lost pasts, grants, copies that leave, and questions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from kopdesk.domain.channels import unpacked_channel
from kopdesk.domain.record_types import leaf_at
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.messages import ChannelChanges, GrantKind, Offer, Verdict
from kopdesk.server import checking, service
from kopdesk.server.service import Centre
from kopdesk.sync import offering, recover, settle
from kopdesk.sync import run as sync_run
from kopdesk.usecases import conflicts

Plant = Callable[[pytest.MonkeyPatch], None]


def seq_reused_after_a_restore(patch: pytest.MonkeyPatch) -> None:
    """A file that was put back, or whose centre was, keeps its name and counts its batches from 1 again."""

    def same_name(work: Any, laptop: Any, now_ms: int) -> None:
        recover.dissolve_flight(work, laptop.user_name, now_ms)
        replica = work.outbox.replica()
        work.outbox._save(replica._replace(last_seq=0, receipt_seq=0, receipt_hash=b""))

    patch.setattr(recover, "fork", same_name)


def applying_before_comparing_cursors(patch: pytest.MonkeyPatch) -> None:
    """A batch is applied first, and only then is it asked of which past the laptop speaks."""
    patch.setattr(Centre, "_rewound_channels", lambda *given: ())
    patch.setattr(service, "holds_receipt_of_another_past", lambda tx, request: False)


def offered_again_without_old_revs(patch: pytest.MonkeyPatch) -> None:
    """What the centre has lost is offered as if it had no order."""
    real = offering._batch

    def batch(*given: Any) -> Any:
        made, places = real(*given)
        for changes in made.channels:
            assert isinstance(changes, ChannelChanges)
            changes.chain.clear()
            changes.offers[:] = [Offer(offer.place, 0) for offer in changes.offers]
        return made, places

    patch.setattr(offering, "_batch", batch)


def conflicts_on_the_conflict(patch: pytest.MonkeyPatch) -> None:
    """A decision has a fixed place in its conflict, and two of them meet there like any two edits."""
    real = checking.leaf_fault

    def fault(channel: str, key: Any, before: Any, path: str, value: Any) -> Any:
        found = real(channel, key, before, path, value)
        return None if found == checking.Fault("only_added") else found

    patch.setattr(conflicts, "short_key", lambda random_bytes: "keputusan")
    patch.setattr("kopdesk.server.change_set.leaf_fault", fault)


def absence_taken_for_withdrawal(patch: pytest.MonkeyPatch) -> None:
    """A channel of which an answer says nothing is believed to be somebody else's now, and leaves."""
    real = settle.take_in

    def take(work: Any, response: Any, *others: Any) -> Any:
        taken = real(work, response, *others)
        named = {cursor.channel for cursor in response.cursors}
        if response.verdict is Verdict.OK and named:
            for name in set(work.channels.cursors()) - set(map(unpacked_channel, named)):
                _clear(work, name)
        return taken

    patch.setattr(sync_run, "take_in", take)


def purge_before_receipts(patch: pytest.MonkeyPatch) -> None:
    """The copy of a cooperative leaves as soon as it is withdrawn, sent or not."""
    real = settle.take_in

    def take(work: Any, response: Any, *others: Any) -> Any:
        taken = real(work, response, *others)
        for grant in response.grants:
            if grant.kind is GrantKind.WITHDRAWN:
                _clear(work, unpacked_channel(grant.channel))
        return taken

    patch.setattr(sync_run, "take_in", take)


def outbox_cleared_at_logout(patch: pytest.MonkeyPatch) -> None:
    """When the centre ends a session, what waited under it is thrown away."""
    real = sync_run.SyncRun._done

    def done(self: Any, effect: Any) -> Any:
        event = real(self, effect)
        taken = getattr(event, "taken", None)
        if taken is not None and taken.closed:
            with self.store.writing() as work:
                for record in work.records.list_all():
                    _keep_only_central(work, record)
        return event

    patch.setattr(sync_run.SyncRun, "_done", done)


def unknown_leaves_dropped(patch: pytest.MonkeyPatch) -> None:
    """What a program does not know of a page, it does not keep."""

    def known(blocks: Any) -> Any:
        return (row for row in rows_of(blocks) if leaf_at(row.key.type, row.path) is not None)

    patch.setattr(settle, "rows_of", known)


def _clear(work: Any, channel: str) -> None:
    for record in work.records.list_all(channel=channel):
        work.records.keep(record.channel, record.key, record.layers, {})
    work.channels.forget(channel)


def _keep_only_central(work: Any, record: Any) -> None:
    after = {p: replace(leaf, edited=None) for p, leaf in record.layers.items()}
    work.records.keep(record.channel, record.key, record.layers, after)


OF_PASTS: Sequence[Plant] = (
    seq_reused_after_a_restore,
    applying_before_comparing_cursors,
    absence_taken_for_withdrawal,
    purge_before_receipts,
    outbox_cleared_at_logout,
    unknown_leaves_dropped,
)
