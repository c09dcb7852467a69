"""Receipts that the centre signed and that still cannot be true: they would leave nothing of a batch."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.messages import LeafOutcome, OutcomeKind, Receipt, Response, Signed
from kopdesk.sync.errors import NotBelieved
from tests.support.model_server import SERVER_KEY
from tests.support.moments import Moment, moments


def moment(name: str) -> Moment:
    return next(moment for moment in moments() if moment.name == name)


def with_receipt(answer: bytes, change: Callable[[Receipt], Receipt]) -> bytes:
    """The same answer with another receipt, both signed by the centre."""
    response = decode(Response, decode(Signed, answer).body)
    assert response.receipt is not None
    receipt = SERVER_KEY.sign(encode(change(decode(Receipt, response.receipt.body))))
    return encode(SERVER_KEY.sign(encode(msgspec.structs.replace(response, receipt=receipt))))


def _with(**changes: Any) -> Callable[[Receipt], Receipt]:
    return lambda receipt: msgspec.structs.replace(receipt, **changes)


def _first_of(kind: OutcomeKind) -> Callable[[Receipt], Receipt]:
    def changed(receipt: Receipt) -> Receipt:
        first, *others = receipt.outcomes
        return msgspec.structs.replace(receipt, outcomes=[LeafOutcome(first.place, kind), *others])

    return changed


def _without_the_last(receipt: Receipt) -> Receipt:
    return msgspec.structs.replace(receipt, outcomes=receipt.outcomes[:-1])


UNTRUE: dict[str, tuple[str, Callable[[Receipt], Receipt]]] = {
    "applied at no rev": ("a batch", _with(revs={})),
    "equal to what was never there": ("a batch", _with(outcomes=[LeafOutcome(0, OutcomeKind.EQUAL)])),
    "an offer's answer to an edit": ("a batch", _with(outcomes=[LeafOutcome(0, OutcomeKind.HELD, 3, "x")])),
    "another batch": ("a batch", _with(batch_hash=b"h" * 32)),
    "another seq": ("a batch", _with(seq=7)),
    "another laptop": ("a batch", _with(replica=b"o" * 16)),
    "no answer to an offer": ("offers", _without_the_last),
    "no answer to any offer": ("offers", _with(outcomes=[])),
    "an offer rejected": ("offers", _first_of(OutcomeKind.REJECTED)),
    "an edit's answer to an offer": ("offers", _first_of(OutcomeKind.EQUAL)),
}


@pytest.mark.parametrize("case", UNTRUE)
def test_a_receipt_that_would_leave_nothing_is_not_believed(case: str) -> None:
    name, change = UNTRUE[case]
    known = moment(name)
    store = known.held.copied()
    with pytest.raises(NotBelieved, match="foreign_receipt"):
        known.laptop.take(store, with_receipt(known.answer, change), known.prepared)
    assert store._tables == known.held._tables
    known.laptop.take(store, known.answer, known.prepared)  # the true one still counts
    with store.reading() as work:
        assert work.outbox.in_flight() is None
