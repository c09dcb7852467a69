"""Tells the author of leaves that were put aside what was decided about them."""

from uuid import UUID

from kopdesk.protocol.digest import decision_hash
from kopdesk.protocol.messages import Decision, DecisionKind, Request
from kopdesk.server.paging import Paging
from kopdesk.server.ports import NumberedDecision, Transaction

_MOST_AT_ONCE = 200
_OVERHEAD = 50


def decisions_to_tell(tx: Transaction, author_id: UUID, request: Request, paging: Paging) -> list[Decision]:
    """What he has not heard, when everything else is done: `paging` is told if there is more.

    A batch may still put leaves aside or name others that were; a page may still bring the conflict that a
    decision led to. So both go first, and a laptop can place every decision when it hears of it.
    """
    if request.decisions_seen is None or paging.more or not request.pull:
        return []
    untold = _untold(tx, author_id, request.decisions_seen, request.decisions_hash)
    told: list[Decision] = []
    for decision in untold[:_MOST_AT_ONCE] if request.batch is None else ():
        told.append(decision)
        paging.budget -= _OVERHEAD + len(decision.detail)
        if paging.budget <= 0:
            break
    paging.more = len(told) < len(untold)
    return told


def _untold(tx: Transaction, author_id: UUID, seen: int, seen_hash: bytes) -> list[Decision]:
    """From the first on, if the one he heard last is not of this past: nothing of it is certain then."""
    if seen:
        found = _numbered(tx, author_id, seen - 1)
        if found and found[0].number == seen and decision_hash(found[0]) == seen_hash:
            return found[1:]
    return _numbered(tx, author_id, 0)


def _numbered(tx: Transaction, author_id: UUID, after: int) -> list[Decision]:
    """One more than is told at once, and the one before: so it is known whether there are more."""
    return [_message(one) for one in tx.decisions_about(author_id, after, _MOST_AT_ONCE + 2)]


def _message(one: NumberedDecision) -> Decision:
    decision = one.decision
    kind = DecisionKind[decision.outcome.name]
    return Decision(
        one.number, decision.batch_hash, decision.place, kind, decision.detail, decision.decided_at
    )
