"""Answers whose types fit and whose content would stop a laptop half-way."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from kopdesk.protocol.checks import check_receipt, check_response
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import (
    Block,
    Chain,
    Column,
    Cursor,
    Decision,
    DecisionKind,
    Grant,
    GrantKind,
    LeafOutcome,
    OutcomeKind,
    Page,
    Person,
    Receipt,
    Response,
    Revision,
    Rewound,
    Verdict,
)

NOW = 1_763_800_000_000
COOP, NONE = b"c" + bytes(16), b"x" + bytes(16)
BLOCK = Block("visit", bytes(16), [Column("notes", [], [], ["x"], 7)])
REVISION, ANI = Revision(7, 0, bytes(16), NOW, NOW), Person(bytes(16), "Ani", "assistant")


def page(channel: bytes = COOP, block: Block = BLOCK, **revision: Any) -> Page:
    return Page(channel, [block], [msgspec.structs.replace(REVISION, **revision)], [ANI])


def decision(**changes: Any) -> Decision:
    good = Decision(1, bytes(32), 0, DecisionKind.CONFLICT, str(UUID(int=1)), NOW)
    return msgspec.structs.replace(good, **changes)


def response(**changes: Any) -> Response:
    good = Response(
        nonce=bytes(16),
        schema=1,
        server_at=NOW,
        verdict=Verdict.OK,
        rewound=[],
        receipt=None,
        pages=[page()],
        cursors=[Cursor(COOP, 7, bytes(16), 5)],
        more=False,
        grants=[Grant(1, COOP, GrantKind.READ_WRITE, NOW)],
        chains=[Chain(COOP, 5, bytes(32))],
        decisions=[decision()],
    )
    return msgspec.structs.replace(good, **changes)


def receipt(**changes: Any) -> Receipt:
    good = Receipt(bytes(16), 1, bytes(32), {COOP: 7}, [LeafOutcome(0, OutcomeKind.EQUAL, 7)], NOW)
    return msgspec.structs.replace(good, **changes)


def test_a_good_answer_passes() -> None:
    check_response(response())
    check_receipt(receipt())
    check_response(response(pages=[page(replica=b"")], cursors=[], grants=[], chains=[], decisions=[]))
    check_response(response(decisions=[decision(kind=DecisionKind.DROPPED, detail="Keliru.")]))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("pages", [page(NONE)], "unknown_channel"),
        ("cursors", [Cursor(NONE, 7, bytes(16), 5)], "unknown_channel"),
        ("grants", [Grant(1, b"c", GrantKind.READ_WRITE, NOW)], "unknown_channel"),
        ("chains", [Chain(NONE, 5, b"")], "unknown_channel"),
        ("rewound", [Rewound(NONE, [])], "unknown_channel"),
        ("pages", [page(author=1)], "uneven_columns"),
        ("pages", [page(author=-1)], "uneven_columns"),
        ("pages", [page(replica=b"short")], "uneven_columns"),
        ("pages", [page(block=Block("visit", bytes(15), []))], "unknown_type"),
        (
            "pages",
            [page(block=Block("visit", bytes(16), [Column("notes", [], [], ["x"], 0)]))],
            "uneven_columns",
        ),
        ("pages", [page(accepted_at=2**62)], "number_too_large"),
        ("chains", [Chain(COOP, 5, bytes(31))], "uneven_columns"),
        ("chains", [Chain(COOP, 2**63 - 2, bytes(32))], "uneven_columns"),
        ("grants", [Grant(2**62 + 1, COOP, GrantKind.READ_WRITE, NOW)], "number_too_large"),
        ("grants", [Grant(1, COOP, GrantKind.READ_WRITE, -(2**62))], "number_too_large"),
        ("decisions", [decision(number=2**62 + 1)], "number_too_large"),
        ("decisions", [decision(decided_at=2**62)], "number_too_large"),
        ("decisions", [decision(detail="no id")], "bad_value"),
        ("server_at", 2**62, "number_too_large"),
    ],
)
def test_an_answer_that_could_not_be_kept_whole_is_refused(field: str, value: object, reason: str) -> None:
    with pytest.raises(BadMessage, match=reason):
        check_response(response(**{field: value}))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("revs", {NONE: 7}, "unknown_channel"),
        ("accepted_at", 2**62, "number_too_large"),
        ("outcomes", [LeafOutcome(0, OutcomeKind.MERGED, value="\x00")], "bad_value"),
        ("outcomes", [LeafOutcome(0, OutcomeKind.HELD, value=2**63)], "bad_value"),
        ("outcomes", [LeafOutcome(0, OutcomeKind.CONFLICT, detail="no id")], "bad_value"),
    ],
)
def test_a_receipt_that_could_not_be_kept_is_refused(field: str, value: object, reason: str) -> None:
    with pytest.raises(BadMessage, match=reason):
        check_receipt(receipt(**{field: value}))


def test_a_clock_of_a_laptop_may_be_anywhere() -> None:
    check_response(response(pages=[page(made_at=2**62)]))
