"""What was decided about leaves that were put aside, and what becomes of them on the mend list."""

from collections.abc import Mapping
from uuid import UUID

from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import same
from kopdesk.protocol.digest import decision_hash
from kopdesk.protocol.messages import Decision, DecisionKind, GrantKind, OutcomeKind, Response
from kopdesk.storage.outbox import RELEASED, MendRow
from kopdesk.sync.ports import FoundRecord, Work

DROPPED = "dropped"
"""The reason of a leaf that a supervisor decided is not to count."""

_HEARD = "decisions_heard"


def last_heard(work: Work) -> tuple[int, bytes]:
    """The number and the hash of the last decision that came; 0 before the first one."""
    number, _, name = (work.profile.value(_HEARD) or "0 ").partition(" ")
    return int(number), bytes.fromhex(name)


def hear_all_again(work: Work) -> None:
    """Leaves are going to be sent again, and what was decided about them was perhaps heard before."""
    work.profile.save_value(_HEARD, "0 ")


def hear(work: Work, response: Response) -> None:
    """Take in what was decided. Call when everything else of the answer is stored."""
    if response.closed:
        return
    rows = _at_the_centre(work) if response.decisions else {}
    decided = [
        (rows[name], d) for d in response.decisions for name in [(d.batch_hash, d.place)] if name in rows
    ]
    records = {record.key: record for record in work.records.find_many({row.key for row, _ in decided})}
    readable = _readable(work)
    for row, decision in decided:
        _settle(work, row, decision, records[row.key], readable)
    if response.decisions:
        last = response.decisions[-1]
        work.profile.save_value(_HEARD, f"{last.number} {decision_hash(last).hex()}")
    if not response.more:
        _drop_what_is_read_again(work, readable)


def _at_the_centre(work: Work) -> dict[tuple[bytes, int], MendRow]:
    """By the batch and place under which the centre knows them. What it has lost is named anew first."""
    return {
        row.origin: row
        for row in (*work.outbox.to_mend(), *work.outbox.released())
        if row.origin and not row.lost and not row.seq
    }


def _readable(work: Work) -> set[str]:
    last_words: Mapping[str, int] = {grant.channel: grant.kind for grant in work.channels.grants()}
    return {channel for channel, kind in last_words.items() if kind != GrantKind.WITHDRAWN}


def _settle(work: Work, row: MendRow, decision: Decision, record: FoundRecord, readable: set[str]) -> None:
    match decision.kind:
        case DecisionKind.DROPPED:
            dropped = row._replace(
                kind=int(OutcomeKind.REJECTED),
                reason=DROPPED,
                words=decision.detail,
                decided_at=decision.decided_at,
            )
            work.outbox.add_to_mend([dropped])
        case DecisionKind.CONFLICT:
            question = RecordKey("conflict", UUID(decision.detail))
            if any(found.layers for found in work.records.find_many([question])):
                work.outbox.mended(row.key, [row.path])
            else:
                asked = row._replace(kind=int(OutcomeKind.CONFLICT), reason=str(question.id))
                work.outbox.add_to_mend([asked])
        case _:
            leaf = record.layers.get(row.path)
            is_held = leaf is not None and leaf.central is not None and same(leaf.central.value, row.value)
            if is_held or record.channel in readable:
                work.outbox.mended(row.key, [row.path])
            else:  # nobody else on this side has it, should the centre lose it
                work.outbox.add_to_mend([row._replace(kind=RELEASED)])


def _drop_what_is_read_again(work: Work, readable: set[str]) -> None:
    """Whoever reads a channel (again) has what was released from its pages."""
    rows = work.outbox.released()
    channels = {found.key: found.channel for found in work.records.find_many({row.key for row in rows})}
    for row in rows:
        if channels[row.key] in readable:
            work.outbox.mended(row.key, [row.path])
