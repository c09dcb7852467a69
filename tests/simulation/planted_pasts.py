"""More bugs put into the product on purpose: of lost pasts, grants, copies that leave, and questions."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from kopdesk.domain.channels import unpacked_channel
from kopdesk.domain.record_types import leaf_at
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.messages import ChannelChanges, GrantKind, Offer, Verdict
from kopdesk.server import change_set, checking, service
from kopdesk.server.service import Centre
from kopdesk.sync import offering, recover, settle
from kopdesk.sync import run as sync_run
from kopdesk.usecases import conflicts
from tests.simulation.catching import Plant, Planting


def seq_reused_after_a_restore(planting: Planting) -> None:
    """A file that was put back, or whose centre was, keeps its name and counts its batches from 1 again."""

    def same_name(work: Any, laptop: Any, now_ms: int) -> None:
        recover.dissolve_flight(work, laptop.user_name, now_ms)
        replica = work.outbox.replica()
        work.outbox._save(replica._replace(last_seq=0, receipt_seq=0, receipt_hash=b""))

    planting.put(recover, "fork", same_name)


def applying_before_comparing_cursors(planting: Planting) -> None:
    """A batch is applied first, and only then is it asked of which past the laptop speaks."""
    planting.put(Centre, "_rewound_channels", lambda *given: ())


def receipt_of_another_past_believed(planting: Planting) -> None:
    """The centre does not ask itself whether it remembers the last receipt that a laptop has from it."""
    planting.put(service, "holds_receipt_of_another_past", lambda tx, request: False)


def offered_again_without_old_revs(planting: Planting) -> None:
    """What the centre has lost is offered as if it had no order."""
    real = offering._batch

    def batch(*given: Any) -> Any:
        made, places = real(*given)
        for changes in made.channels:
            assert isinstance(changes, ChannelChanges)
            changes.chain.clear()
            changes.offers[:] = [Offer(offer.place, 0) for offer in changes.offers]
        return made, places

    planting.put(offering, "_batch", batch)


def conflicts_on_the_conflict(planting: Planting) -> None:
    """A decision has a fixed place in its conflict, and two of them meet there like any two edits."""
    real = checking.leaf_fault

    def fault(channel: str, key: Any, before: Any, path: str, value: Any) -> Any:
        found = real(channel, key, before, path, value)
        return None if found == checking.Fault("only_added") else found

    planting.put(conflicts, "short_key", lambda random_bytes: "keputusan")
    planting.put(change_set, "leaf_fault", fault)


def put_aside_and_not_shown(planting: Planting) -> None:
    """What is put aside is gone from the laptop, and the centre does not say what it holds instead."""
    planting.put(settle, "put_aside", lambda leaf: replace(leaf, offered=None))


def put_aside_and_shown_for_ever(planting: Planting) -> None:
    """What was put aside covers what the centre holds even when that can be read again."""
    planting.put(settle, "readable", lambda work, channels: frozenset())


def absence_taken_for_withdrawal(planting: Planting) -> None:
    """A channel of which an answer says nothing is believed to be somebody else's now, and leaves."""
    real = settle.take_in

    def take(work: Any, response: Any, *others: Any) -> Any:
        taken = real(work, response, *others)
        named = {cursor.channel for cursor in response.cursors}
        if response.verdict is Verdict.OK and named:
            for name in set(work.channels.cursors()) - set(map(unpacked_channel, named)):
                _clear(work, name)
        return taken

    planting.put(sync_run, "take_in", take)


def purge_before_receipts(planting: Planting) -> None:
    """The copy of a cooperative leaves as soon as it is withdrawn, sent or not."""
    real = settle.take_in

    def take(work: Any, response: Any, *others: Any) -> Any:
        taken = real(work, response, *others)
        for grant in response.grants:
            if grant.kind is GrantKind.WITHDRAWN:
                _clear(work, unpacked_channel(grant.channel))
        return taken

    planting.put(sync_run, "take_in", take)


def outbox_cleared_at_logout(planting: Planting) -> None:
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

    planting.put(sync_run.SyncRun, "_done", done)


def unknown_leaves_dropped(planting: Planting) -> None:
    """What a program does not know of a page, it does not keep."""

    def known(blocks: Any) -> Any:
        return (row for row in rows_of(blocks) if leaf_at(row.key.type, row.path) is not None)

    planting.put(settle, "rows_of", known)


def _clear(work: Any, channel: str) -> None:
    for record in work.records.list_all(channel=channel):
        work.records.keep(record.channel, record.key, record.layers, {})
    work.channels.forget(channel)


def _keep_only_central(work: Any, record: Any) -> None:
    after = {p: replace(leaf, edited=None) for p, leaf in record.layers.items()}
    work.records.keep(record.channel, record.key, record.layers, after)


OF_PASTS: Mapping[Plant, str] = MappingProxyType(
    {
        seq_reused_after_a_restore: "still fails when all is well: HistoryBroken('forked')",
        receipt_of_another_past_believed: "said to be put aside, and is not at the centre",
        absence_taken_for_withdrawal: "differs from the centre in",
        purge_before_receipts: "edited and gone",
        outbox_cleared_at_logout: "edited and gone",
        unknown_leaves_dropped: "told that its content is not the centre's",
    }
)
