"""What the types of a message do not say: channels that are some, columns that fit, numbers to be kept."""

from collections.abc import Iterable
from uuid import UUID

from kopdesk.domain.channels import unpacked_channel
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.values import INT_MAX, Value, checked
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.digest import TAG_BYTES
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import (
    PROTOCOL,
    Chain,
    Decision,
    DecisionKind,
    OutcomeKind,
    Page,
    Receipt,
    Request,
    Response,
)

_MOST = 2**62
_FIRST_MS, _LAST_MS = -62_135_596_800_000, 253_402_300_799_999
"""The years 1 to 9999. A laptop's clock may be anywhere, the centre's is not."""


def check_request(request: Request) -> None:
    """Known protocol, real channels, numbers a database holds; raises BadMessage."""
    if request.protocol != PROTOCOL:
        raise BadMessage("unknown_protocol")
    health = request.heartbeat
    counts = (
        request.grants_seen,
        request.receipt_seq,
        request.batch_seq,
        request.decisions_seen or 0,
    )
    if max(*counts, health.unsent, health.free_disk_mb or 0) > _MOST:
        raise BadMessage("number_too_large")
    if not health.app_version.isprintable():  # shown to supervisors as it is
        raise BadMessage("bad_value")
    check_channels(cursor.channel for cursor in request.cursors)


def check_response(response: Response) -> None:
    """That nothing in it could stop half-way whoever takes it in; raises BadMessage."""
    for parts in (response.rewound, response.pages, response.cursors, response.grants, response.chains):
        check_channels(part.channel for part in parts)
    for page in response.pages:
        _check_page(page)
    for chain in response.chains:
        _check_chain(chain)
    for decision in response.decisions:
        _check_decision(decision)
    _check_times([response.server_at, *(grant.at for grant in response.grants)])
    if any(grant.number > _MOST for grant in response.grants):
        raise BadMessage("number_too_large")


def check_receipt(receipt: Receipt) -> None:
    """The same for a receipt, which is signed by itself."""
    check_channels(receipt.revs)
    _check_times([receipt.accepted_at])
    for outcome in receipt.outcomes:
        _check_value(outcome.value)
        if outcome.kind is OutcomeKind.CONFLICT:
            _check_id(outcome.detail)


def check_channels(packed_names: Iterable[bytes]) -> None:
    """Raise BadMessage unless each is the name of a channel."""
    try:
        for name in packed_names:
            unpacked_channel(name)
    except ValueError as error:
        raise BadMessage("unknown_channel") from error


def _check_page(page: Page) -> None:
    if any(row.rev == 0 for row in rows_of(page.blocks)):
        raise BadMessage("uneven_columns")
    for revision in page.revisions:
        if not 0 <= revision.author < len(page.authors) or len(revision.replica) not in (0, 16):
            raise BadMessage("uneven_columns")
    _check_times(revision.accepted_at for revision in page.revisions)


def _check_chain(chain: Chain) -> None:
    if len(chain.tags) % TAG_BYTES or chain.after + len(chain.tags) // TAG_BYTES > INT_MAX:
        raise BadMessage("uneven_columns")


def _check_decision(decision: Decision) -> None:
    if decision.number > _MOST:
        raise BadMessage("number_too_large")
    _check_times([decision.decided_at])
    if decision.kind is DecisionKind.CONFLICT:
        _check_id(decision.detail)


def _check_id(text: str) -> None:
    try:
        UUID(text)
    except ValueError as error:
        raise BadMessage("bad_value") from error


def _check_times(instants: Iterable[int]) -> None:
    if not all(_FIRST_MS <= at <= _LAST_MS for at in instants):
        raise BadMessage("number_too_large")


def _check_value(value: Value) -> None:
    try:
        checked("value", value)
    except InvalidField as error:
        raise BadMessage("bad_value") from error
