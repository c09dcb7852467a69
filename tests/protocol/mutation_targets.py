"""What damaged messages are given to, and what must hold of it whatever they are."""

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.layers import EMPTY, LeafLayers
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import INT_MAX, INT_MIN, Value, checked, same
from kopdesk.protocol.checks import check_receipt, check_request, check_response
from kopdesk.protocol.codec import decode, decode_json, encode, packed, unpacked
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.digest import GENESIS_TIP, central_share, next_tip, record_hash
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import (
    Batch,
    Cursor,
    EnrolRequest,
    EnrolResponse,
    OutcomeKind,
    Problem,
    Receipt,
    Request,
    Response,
    Signed,
)
from kopdesk.protocol.signing import verified_body
from kopdesk.server import coding
from kopdesk.server.errors import Refused
from kopdesk.sync.errors import NotBelieved
from tests.support.model_laptop_store import ModelLaptopStore
from tests.support.model_server import SERVER_KEY, model_server
from tests.support.model_server_store import ModelServerStore
from tests.support.moments import SERVER_KEYS, Moment, moments
from tests.support.mutating import Dice, mutated_bytes, mutated_content
from tests.support.raw_client import enrolment
from tests.support.server_parts import MANUBAR_CHANNEL, PASSWORD, Counter

REFUSALS = (BadMessage, Refused, NotBelieved)
LIMIT = 64 * 1024

Target = Callable[[Dice], bool]
"""Tries one mutation; whether it was taken as a message. Raises AssertionError if a rule does not hold."""


def _damaged(good: bytes, dice: Dice, others: Sequence[bytes]) -> bytes:
    """Bytes or content: both are needed, for the frame and for what is in it."""
    return mutated_bytes(good, dice, others) if dice.random() < 0.4 else mutated_content(good, dice)


# Decoders.


@cache
def _good(kind: type) -> tuple[bytes, ...]:
    """Messages of a kind out of the story."""
    found: dict[type, list[bytes]] = {Cursor: []}
    for moment in moments():
        request, answer = decode(Signed, moment.prepared.body), decode(Signed, moment.answer)
        message, response = decode(Request, request.body), decode(Response, answer.body)
        found.setdefault(Signed, []).extend([moment.prepared.body, moment.answer])
        found.setdefault(Request, []).append(request.body)
        found.setdefault(Response, []).append(answer.body)
        found[Cursor] += map(encode, (*message.cursors, *response.cursors))
        if message.batch:
            found.setdefault(Batch, []).append(message.batch.body)
        if response.receipt:
            found.setdefault(Receipt, []).append(response.receipt.body)
    return tuple(found[kind])


_CHECKS: Mapping[type, Callable[[Any], object]] = {
    Request: check_request,
    Response: check_response,
    Receipt: check_receipt,
    Batch: lambda batch: [list(rows_of(changes.blocks)) for changes in batch.channels],
}


def decoder_of(kind: type[msgspec.Struct]) -> Target:
    """A decoder with the checks behind it; what it takes can be encoded again as the same message."""

    def target(dice: Dice) -> bool:
        good = _good(kind)
        data = _damaged(dice.choice(good), dice, good)
        try:
            message = decode(kind, data)
            _CHECKS.get(kind, lambda _: None)(message)
        except BadMessage:
            return False
        assert decode(kind, encode(message)) == message
        for row in (row for part in _parts(message) for row in rows_of(part.blocks)):
            assert same(checked(row.path, row.value), row.value)
            assert_fits(row)
        return True

    return target


def _parts(message: Any) -> Any:
    if isinstance(message, Batch):
        return message.channels
    return message.pages if isinstance(message, Response) else ()


@cache
def _good_json(kind: type) -> bytes:
    enrolling = enrolment("siti", PASSWORD, bytes(32))
    examples: Mapping[type, Any] = {
        EnrolRequest: enrolling,
        EnrolResponse: moments()[0].laptop.me,
        Problem: Problem("too_many_attempts", 7),
        Request: decode(Request, _good(Request)[6]),
    }
    return msgspec.json.encode(examples[kind])


def json_decoder_of(kind: type[msgspec.Struct]) -> Target:
    """The same in JSON, for enrolments and other programs."""

    def target(dice: Dice) -> bool:
        good = _good_json(kind)
        is_framed = dice.random() < 0.5
        data = mutated_bytes(good, dice, [good]) if is_framed else mutated_content(good, dice, is_json=True)
        try:
            message = decode_json(kind, data)
        except BadMessage:
            return False
        assert decode_json(kind, msgspec.json.encode(message)) == message
        return True

    return target


@cache
def _good_bodies(content_coding: str) -> tuple[bytes, ...]:
    plain = [*_good(Response), bytes(LIMIT), bytes(50 * LIMIT)]
    return tuple(packed(data)[0] if content_coding == "zstd" else gzip.compress(data) for data in plain)


def unpacking(content_coding: str) -> Target:
    """A content coding of HTTP: never more than the limit comes out."""

    def target(dice: Dice) -> bool:
        good = _good_bodies(content_coding)
        data = mutated_bytes(dice.choice(good), dice, good)
        try:
            plain = unpacked(data, content_coding, LIMIT)
        except BadMessage:
            return False
        assert len(plain) <= LIMIT
        return True

    return target


def assert_same_signature(taken: Signed, good: bytes) -> None:
    """The frame may say the same in other bytes, and a laptop's key has no name of its own."""
    was = decode(Signed, good)
    assert (taken.body, taken.signature) == (was.body, was.signature), "believed unsigned"


# The centre.


def centre(resign: str) -> Target:
    """`Centre.exchange`. `resign`: "nothing", "request" or "batch" is damaged and then signed again.

    A refusal changes nothing; unsigned damage is always refused; what is taken leaves the history whole.
    """

    def target(dice: Dice) -> bool:
        moment = dice.choice(_with_a_batch() if resign == "batch" else moments())
        store = moment.centre.copied()
        data = _request(moment, dice, resign)
        server = model_server(lambda: moment.laptop.clock.ms, Counter().take, store)
        before = content(store)
        try:
            answer = server.centre.exchange(moment.laptop.me.token, data)
        except REFUSALS:
            assert content(store) == before, "refused, and yet something changed"
            return False
        signed = coding.decode(Signed, answer)
        response = coding.decode(Response, verified_body(signed, SERVER_KEYS))
        if resign == "nothing":
            assert_same_signature(coding.decode(Signed, data), moment.prepared.body)
        check_history(store, moment.centre)
        return not (response.receipt and coding.decode(Receipt, response.receipt.body).refused)

    return target


@cache
def _with_a_batch() -> tuple[Moment, ...]:
    return tuple(m for m in moments() if m.prepared.batch_seq)


@cache
def _with_a_receipt() -> tuple[Moment, ...]:
    return tuple(m for m in moments() if decode(Response, decode(Signed, m.answer).body).receipt)


def _request(moment: Moment, dice: Dice, resign: str) -> bytes:
    body = moment.prepared.body
    if resign == "nothing":
        return _damaged(body, dice, _good(Signed))
    sign = moment.laptop.key.sign
    inner = decode(Signed, body).body
    message = decode(Request, inner)
    if resign == "batch":
        assert message.batch is not None
        batch = sign(_damaged(message.batch.body, dice, _good(Batch)))
        return encode(sign(encode(msgspec.structs.replace(message, batch=batch))))
    if dice.random() < 0.2:  # as another program would send it
        return msgspec.json.encode(sign(mutated_content(msgspec.json.encode(message), dice, is_json=True)))
    return encode(sign(_damaged(inner, dice, _good(Request))))


def content(store: ModelServerStore) -> list[dict[Any, Any]]:
    """Everything a centre keeps, save the tokens that a refused request may not have either."""
    with store.reading() as tx:
        return [dict(table) for table in tx.tables()]


def check_history(store: ModelServerStore, before: ModelServerStore) -> None:
    """Tips and digests follow from what is kept; nobody's channel was written; a database could hold it."""
    assert_fits(content(store))
    with store.reading() as tx, before.reading() as old:
        for state in tx.channels():
            shares = [
                record_hash(key, {path: leaf.value for path, leaf in leaves.items()})
                for _, key, leaves in tx.records_after(state.name, None)
            ]
            assert sum(shares) % 2**64 == state.digest
            tip = GENESIS_TIP
            for tag in tx.tags_between(state.name, 0, state.rev):
                tip = next_tip(tip, tag)
            assert tip == state.tip
        assert tx.channel(MANUBAR_CHANNEL) == old.channel(MANUBAR_CHANNEL)


# The laptop.


def laptop(resign: str) -> Target:
    """`believed` and `take_in`. `resign`: "nothing", "response" or "receipt" is damaged and signed again.

    What is not believed changes nothing; unsigned damage never is; what is taken leaves the digests right.
    """

    def target(dice: Dice) -> bool:
        moment = dice.choice(_with_a_receipt() if resign == "receipt" else moments())
        store = moment.held.copied()
        data = _answer(moment, dice, resign)
        try:
            moment.laptop.take(store, data, moment.prepared)
        except NotBelieved:
            assert tables(store) == tables(moment.held), "not believed, and yet something changed"
            return False
        if resign == "nothing":
            assert_same_signature(decode(Signed, data), moment.answer)
        check_holding(store)
        if resign == "receipt":
            check_nothing_vanished(moment.held, store, data)
        return True

    return target


def _answer(moment: Moment, dice: Dice, resign: str) -> bytes:
    if resign == "nothing":
        return _damaged(moment.answer, dice, _good(Signed))
    inner = decode(Signed, moment.answer).body
    response = decode(Response, inner)
    if resign == "receipt":
        assert response.receipt is not None
        receipt = SERVER_KEY.sign(_damaged(response.receipt.body, dice, _good(Receipt)))
        return encode(SERVER_KEY.sign(encode(msgspec.structs.replace(response, receipt=receipt))))
    return encode(SERVER_KEY.sign(_damaged(inner, dice, _good(Response))))


def tables(store: ModelLaptopStore) -> Any:
    """Everything a laptop keeps."""
    return store._tables


def check_holding(store: ModelLaptopStore) -> None:
    """The digest of every channel is that of its central leaves; a database could hold everything."""
    assert_fits(tables(store))
    with store.reading() as work:
        digests: dict[str, int] = {}
        for record in work.records.list_all():
            share = central_share(record.key, record.layers)
            digests[record.channel] = (digests.get(record.channel, 0) + share) % 2**64
        for name, digest in digests.items():
            assert work.channels.digest(name) == digest


def check_nothing_vanished(before: ModelLaptopStore, after: ModelLaptopStore, answer: bytes) -> None:
    """What was in flight is central now, or waits again, or the receipt says what became of it."""
    response = decode(Response, decode(Signed, answer).body)
    assert response.receipt is not None
    receipt = decode(Receipt, response.receipt.body)
    outcomes = {outcome.place: outcome for outcome in receipt.outcomes}
    with before.reading() as was, after.reading() as now:
        held = {record.key: record.layers for record in now.records.list_all()}
        for record in was.records.list_all():
            for path, leaf in record.layers.items():
                sent = leaf.frozen or (leaf.offered if leaf.offered and leaf.offered.seq else None)
                if sent is not None and sent.value is not None and not receipt.refused:
                    outcome = outcomes.get(sent.place)
                    rev = outcome.rev if outcome else receipt.revs.get(packed_channel(record.channel), 0)
                    is_told = outcome is not None and outcome.kind is not OutcomeKind.EQUAL
                    assert is_told or _is_held(held[record.key].get(path, EMPTY), sent.value, rev), path


def _is_held(leaf: LeafLayers, value: Value, rev: int) -> bool:
    """In some layer; or what is central came later, and replaced it where it was taken."""
    layers = (leaf.central, leaf.edited, leaf.frozen, leaf.offered)
    was_replaced = leaf.central is not None and leaf.central.rev > rev
    return was_replaced or any(layer is not None and same(layer.value, value) for layer in layers)


def assert_fits(node: object) -> None:
    """No number is larger than a database holds, no text is half a letter."""
    for leaf in _leaves(node):
        if isinstance(leaf, int):
            assert INT_MIN <= leaf <= INT_MAX, leaf
        elif isinstance(leaf, str):
            leaf.encode()


def _leaves(node: object) -> Iterator[object]:
    match node:
        case dict():
            for key, value in node.items():
                yield from _leaves(key)
                yield from _leaves(value)
        case list() | tuple() | set() | frozenset() | RecordKey():
            for part in node:
                yield from _leaves(part)
        case UUID():
            return
        case _ if is_dataclass(node):
            for each in fields(node):
                if not each.name.startswith("digest"):  # 64 bits without a sign, kept as bytes
                    yield from _leaves(getattr(node, each.name))
        case _:
            yield node


def warm_up() -> None:
    """Tell the story and make the examples, so that no mutation pays for them."""
    for kind in (Request, Response, Batch, Receipt, Signed, Cursor):
        _good(kind)
    for content_coding in ("zstd", "gzip"):
        _good_bodies(content_coding)


TARGETS: Mapping[str, tuple[int, Target]] = {
    "request": (8, decoder_of(Request)),
    "response": (8, decoder_of(Response)),
    "batch": (8, decoder_of(Batch)),
    "receipt": (6, decoder_of(Receipt)),
    "envelope": (6, decoder_of(Signed)),
    "cursor": (4, decoder_of(Cursor)),
    "enrolment": (4, json_decoder_of(EnrolRequest)),
    "enrolment's answer": (4, json_decoder_of(EnrolResponse)),
    "refusal": (4, json_decoder_of(Problem)),
    "request in JSON": (4, json_decoder_of(Request)),
    "zstd": (8, unpacking("zstd")),
    "gzip": (6, unpacking("gzip")),
    "centre, unsigned": (4, centre("nothing")),
    "centre, request signed again": (6, centre("request")),
    "centre, batch signed again": (6, centre("batch")),
    "laptop, unsigned": (4, laptop("nothing")),
    "laptop, answer signed again": (6, laptop("response")),
    "laptop, receipt signed again": (4, laptop("receipt")),
}
"""By name, with how often each has its turn."""
