"""Takes in an answer: receipt, pages and cursors in one transaction, or nothing at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from kopdesk.domain.channels import unpacked_channel
from kopdesk.domain.layers import (
    EMPTY,
    FrozenLeaf,
    LeafLayers,
    OfferedLeaf,
    Settled,
    adopt,
    put_aside,
    settle,
    settle_offer,
)
from kopdesk.domain.records import RecordKey
from kopdesk.protocol.checks import check_receipt, check_response
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.columns import LeafRow, rows_of
from kopdesk.protocol.digest import GENESIS_TIP, TAG_BYTES, central_share, moved, next_tip
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import (
    Cursor,
    LeafOutcome,
    OutcomeKind,
    Page,
    Receipt,
    Response,
    Signed,
    Verdict,
)
from kopdesk.protocol.signing import message_hash, verified_body
from kopdesk.storage.channels import GrantRow, RevisionRow
from kopdesk.storage.outbox import MendRow, ReceiptRow
from kopdesk.storage.records import Kept
from kopdesk.sync.batches import is_one_piece
from kopdesk.sync.decided import hear
from kopdesk.sync.errors import NotBelieved
from kopdesk.sync.ports import FoundRecord, Work
from kopdesk.sync.prepare import PreparedRequest
from kopdesk.sync.put_aside import handed_in, readable, refused, released
from kopdesk.sync.recover import dissolve_flight

_ANSWERS_TO_OFFERS = (OutcomeKind.HELD, OutcomeKind.CONFLICT, OutcomeKind.QUARANTINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an answer brought. Counts are leaves."""

    verdict: Verdict = Verdict.OK
    sent: int = 0
    received: int = 0
    conflicts: int = 0
    rejected: int = 0
    quarantined: int = 0
    merged: int = 0
    more: bool = False
    remaining: int = 0
    records: frozenset[RecordKey] = frozenset()
    """Records whose central leaves changed: what windows have to show anew."""
    lost: Mapping[str, Mapping[int, bytes]] = field(default_factory=dict)
    """Channels whose past the centre has lost, with points of its chain."""
    closed: str = ""
    """Why the centre serves this account nothing any more."""
    server_at: int = 0
    """The centre's time, Unix milliseconds."""


def believed(body: bytes, prepared: PreparedRequest, server_keys: Mapping[bytes, bytes]) -> Response:
    """The answer to exactly this request from exactly this centre; raises NotBelieved."""
    try:
        response = decode(Response, verified_body(decode(Signed, body), server_keys))
        check_response(response)
    except BadMessage as error:
        raise NotBelieved(error.reason) from error
    if response.nonce != prepared.nonce:
        raise NotBelieved("foreign_answer")
    return response


def take_in(
    work: Work,
    response: Response,
    prepared: PreparedRequest,
    server_keys: Mapping[bytes, bytes],
    now_ms: int,
    user_id: UUID,
    author: str,
) -> Taken:
    """Store an answer to the request of `user_id`, whose name is `author`, in a writing unit of work.

    Raises NotBelieved, and then nothing may be kept.
    """
    if response.verdict is not Verdict.OK:
        # Not even its grants: that this laptop was told of others is how the centre knows what it has lost.
        # Who is stopped before he has made his peace with the new past must be told of the loss again.
        lost = {unpacked_channel(one.channel): dict(one.points) for one in response.rewound}
        return Taken(verdict=response.verdict, lost=lost)
    work.channels.add_grants(
        GrantRow(g.number, unpacked_channel(g.channel), int(g.kind), g.at) for g in response.grants
    )
    if prepared.batch_seq and response.receipt is None:
        raise NotBelieved("no_receipt")
    change = _Change(work)
    outcomes: list[LeafOutcome] = []
    sent = set_aside = 0
    if response.receipt is not None and prepared.batch_seq:
        receipt = _receipt(work, response.receipt, prepared, server_keys)
        if receipt.refused:
            set_aside = _take_apart(work, receipt, author, now_ms)
        else:
            sent = change.settle_receipt(receipt, now_ms)
            _note_own_revisions(work, receipt, change.made, user_id)
            work.outbox.limit_batches(0)
        outcomes = receipt.outcomes
        row = ReceiptRow(UUID(bytes=receipt.replica), receipt.seq, encode(response.receipt), now_ms, sent)
        work.outbox.land(row, message_hash(encode(response.receipt)))
    received = sum(change.adopt_page(page) for page in response.pages)
    change.keep_what_was_asked_out_of_sight()
    closed = {unpacked_channel(c.channel) for c in response.cursors if c.digest is not None}
    changed = change.keep() | readable(work, closed)
    hear(work, response)
    _note_chains(work, response)
    for cursor in response.cursors:
        _save_cursor(work, cursor)
    kinds = [outcome.kind for outcome in outcomes]
    return Taken(
        sent=sent,
        received=received,
        conflicts=kinds.count(OutcomeKind.CONFLICT),
        rejected=kinds.count(OutcomeKind.REJECTED) + set_aside,
        quarantined=kinds.count(OutcomeKind.QUARANTINED),
        merged=kinds.count(OutcomeKind.MERGED),
        more=response.more,
        remaining=response.remaining,
        records=changed,
        closed=response.closed,
        server_at=response.server_at,
    )


def _receipt(
    work: Work, signed: Signed, prepared: PreparedRequest, server_keys: Mapping[bytes, bytes]
) -> Receipt:
    """The receipt, if it is the centre's and for exactly the batch in flight."""
    flight = work.outbox.in_flight()
    try:
        receipt = decode(Receipt, verified_body(signed, server_keys))
        check_receipt(receipt)
    except BadMessage as error:
        raise NotBelieved(error.reason) from error
    replica = work.outbox.replica()
    if flight is None or receipt.seq != prepared.batch_seq or receipt.replica != replica.id.bytes:
        raise NotBelieved("foreign_receipt")
    if receipt.batch_hash != message_hash(decode(Signed, flight.signed).body):
        raise NotBelieved("foreign_receipt")
    return receipt


def _take_apart(work: Work, receipt: Receipt, author: str, now_ms: int) -> int:
    """A batch that could not be taken as a whole: half of it next time, and at last the one leaf is known.

    Returns how many leaves were set aside.
    """
    records = work.records.find_many([*work.records.frozen_keys(), *work.records.offered_keys()])
    frozen = [record for record in records for leaf in record.layers.values() if leaf.frozen]
    offered = [r for r in records for leaf in r.layers.values() if leaf.to_offer and leaf.to_offer.seq]
    aside = [row for row in work.outbox.to_mend() if row.seq]
    keys = [record.key for record in (*frozen, *offered)] + [row.key for row in aside]
    if not is_one_piece(keys):
        dissolve_flight(work, author, now_ms)
        work.outbox.limit_batches(max(1, len(keys) // 2))
        return 0
    for record in {record.key: record for record in (*frozen, *offered)}.values():
        _set_aside(work, record, receipt.refused, now_ms)
    refused(work, receipt.refused)
    work.outbox.ground()
    return len(keys)


def _set_aside(work: Work, record: FoundRecord, reason: str, now_ms: int) -> None:
    """What alone made the centre refuse goes to the mend list; everything else of the record stays."""
    after: dict[str, LeafLayers] = {}
    rows = []
    for path, leaf in record.layers.items():
        refused = leaf.frozen or (leaf.to_offer if leaf.to_offer and leaf.to_offer.seq else None)
        after[path] = leaf
        if refused is not None:
            rejected = int(OutcomeKind.REJECTED)
            rows.append(MendRow(record.key, path, refused.value, rejected, reason, refused.number, now_ms))
            after[path] = settle(replace(leaf, offered=None), None)
    work.records.keep(record.channel, record.key, record.layers, after)
    work.outbox.add_to_mend(rows)


def _note_own_revisions(work: Work, receipt: Receipt, made: set[str], user_id: UUID) -> None:
    """Pages leave out what this laptop sent, and with it who made it. `made`: channels that got a new rev."""
    flight = work.outbox.in_flight()
    made_at = flight.frozen_at if flight else receipt.accepted_at
    for packed, rev in receipt.revs.items():
        channel = unpacked_channel(packed)
        if channel in made:
            own = RevisionRow(rev, user_id, receipt.replica, made_at, receipt.accepted_at)
            work.channels.add_revisions(channel, [own])


def _note_chains(work: Work, response: Response) -> None:
    """Compute the tips of the revs that came, so that after a loss the point both still share is found."""
    for chain in response.chains:
        name = unpacked_channel(chain.channel)
        tip = work.channels.tips(name).get(chain.after, GENESIS_TIP if chain.after == 0 else None)
        if tip is None:
            continue
        tips = {}
        for number in range(len(chain.tags) // TAG_BYTES):
            tip = next_tip(tip, chain.tags[number * TAG_BYTES : (number + 1) * TAG_BYTES])
            tips[chain.after + number + 1] = tip
        work.channels.add_tips(name, tips)
    for cursor in response.cursors:
        points = {cursor.rev: cursor.tip}
        if cursor.newest_rev:
            points[cursor.newest_rev] = cursor.newest_tip
        work.channels.add_tips(unpacked_channel(cursor.channel), points)


def _save_cursor(work: Work, cursor: Cursor) -> None:
    """Closed cursors carry this laptop's own digest: if it differs, the centre will see it next time."""
    name = unpacked_channel(cursor.channel)
    if cursor.digest is not None:
        cursor = Cursor(cursor.channel, cursor.rev, cursor.tip, work.channels.digest(name))
    work.channels.save_cursor(name, encode(cursor))


class _Change:
    """Collects what an answer does to records, then keeps each once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._channels: dict[RecordKey, str] = {}
        self._before: dict[RecordKey, Mapping[str, LeafLayers]] = {}
        self._after: dict[RecordKey, dict[str, LeafLayers]] = {}
        self._asked: list[MendRow] = []
        self.made: set[str] = set()
        """Channels in which the receipt made a new rev: equal leaves alone make none."""

    def _load(self, keys: set[RecordKey], channel: str = "") -> None:
        missing = keys - self._after.keys()
        for record in self._work.records.find_many(missing):
            self._channels[record.key] = record.channel
            self._before[record.key] = record.layers
            self._after[record.key] = dict(record.layers)
        for key in missing - self._after.keys():
            self._channels[key], self._before[key], self._after[key] = channel, {}, {}

    def settle_receipt(self, receipt: Receipt, now_ms: int) -> int:
        """Settle every frozen leaf as the receipt says; returns how many there were."""
        outcomes = {outcome.place: outcome for outcome in receipt.outcomes}
        revs = {unpacked_channel(channel): rev for channel, rev in receipt.revs.items()}
        keys = self._work.records.frozen_keys()
        self._load(set(keys))
        count = self._settle_offers(outcomes, receipt.batch_hash, now_ms)
        to_mend: list[MendRow] = []
        for key in keys:
            rev = revs.get(self._channels[key], 0)
            for path, leaf in list(self._after[key].items()):
                if leaf.frozen is None:
                    continue
                count += 1
                outcome = outcomes.get(leaf.frozen.place)
                past = self._work.channels.past(self._channels[key])
                self._after[key][path] = settle(leaf, _settled(leaf, outcome, rev, past))
                if outcome is None or outcome.kind in (OutcomeKind.MERGED, OutcomeKind.CONFLICT):
                    self.made.add(self._channels[key])
                if outcome and outcome.kind in (OutcomeKind.REJECTED, OutcomeKind.QUARANTINED):
                    to_mend.append(_to_mend(key, path, leaf.frozen, outcome, receipt.batch_hash, now_ms))
                if outcome and outcome.kind is OutcomeKind.CONFLICT:
                    asked = _to_mend(key, path, leaf.frozen, outcome, receipt.batch_hash, now_ms)
                    self._asked.append(asked)
        self._work.outbox.add_to_mend(to_mend)
        return count + handed_in(self._work, receipt.batch_hash, outcomes)

    def _settle_offers(self, outcomes: Mapping[int, LeafOutcome], batch_hash: bytes, now_ms: int) -> int:
        """The receipt says of every offered leaf what the centre holds."""
        aside: list[MendRow] = []
        keys = self._work.records.offered_keys()
        self._load(set(keys))
        count = 0
        for key in keys:
            past = self._work.channels.past(self._channels[key])
            for path, leaf in list(self._after[key].items()):
                offered = leaf.to_offer
                if offered is None or not offered.seq:
                    continue
                outcome = _answer_to(offered, outcomes)
                self._after[key][path] = settle_offer(leaf, Settled(outcome.value, outcome.rev, past))
                count += 1
                if outcome.kind is OutcomeKind.QUARANTINED:
                    aside.append(_to_mend(key, path, offered, outcome, batch_hash, now_ms))
                    if not outcome.rev:
                        self._after[key][path] = put_aside(leaf)
                if outcome.kind is OutcomeKind.CONFLICT:
                    self._asked.append(_to_mend(key, path, offered, outcome, batch_hash, now_ms))
        self._work.outbox.add_to_mend(aside)
        return count

    def adopt_page(self, page: Page) -> int:
        """Adopt the leaves of a page; returns how many there were."""
        name = unpacked_channel(page.channel)
        rows: list[LeafRow] = list(rows_of(page.blocks))
        self._load({row.key for row in rows}, name)
        past = self._work.channels.past(name)
        for row in rows:
            layers = self._after[row.key]
            layers[row.path] = adopt(layers.get(row.path, EMPTY), row.value, row.rev, past)
        authors = [UUID(bytes=person.id) for person in page.authors]
        self._work.channels.add_people(
            {UUID(bytes=person.id): (person.name, person.role) for person in page.authors}
        )
        self._work.channels.add_revisions(
            name,
            [
                RevisionRow(r.rev, authors[r.author], r.replica, r.made_at, r.accepted_at)
                for r in page.revisions
            ],
        )
        return len(rows)

    def keep_what_was_asked_out_of_sight(self) -> None:
        """A value in conflict is kept in its conflict record; who may not read that keeps it himself."""
        asked = {RecordKey("conflict", UUID(row.reason)): row for row in self._asked}
        held = {record.key for record in self._work.records.find_many(asked)} | self._after.keys()
        self._work.outbox.add_to_mend(row for key, row in asked.items() if key not in held)

    def keep(self) -> frozenset[RecordKey]:
        """Store every record that changed, and move the digests; returns those whose central changed."""
        digests: dict[str, int] = {}
        changed = set()
        kept = [
            Kept(self._channels[key], key, self._before[key], after)
            for key, after in self._after.items()
            if self._before[key] != after
        ]
        self._work.records.keep_many(kept)
        released(self._work, kept)
        for channel, key, before, after in kept:
            old, new = central_share(key, before), central_share(key, after)
            if old != new:
                digests.setdefault(channel, self._work.channels.digest(channel))
                digests[channel] = moved(digests[channel], old, new)
                changed.add(key)
        for channel, digest in digests.items():
            self._work.channels.save_digest(channel, digest)
        return frozenset(changed)


def _to_mend(
    key: RecordKey,
    path: str,
    sent: FrozenLeaf | OfferedLeaf,
    outcome: LeafOutcome,
    batch_hash: bytes,
    now_ms: int,
) -> MendRow:
    """What was not taken stays here, with its place in the batch under which the centre knows it."""
    origin = outcome.first or (batch_hash, sent.place)
    return MendRow(key, path, sent.value, int(outcome.kind), outcome.detail, sent.number, now_ms, origin)


def _answer_to(offered: OfferedLeaf, outcomes: Mapping[int, LeafOutcome]) -> LeafOutcome:
    outcome = outcomes.get(offered.place)
    if outcome is None or outcome.kind not in _ANSWERS_TO_OFFERS:
        raise NotBelieved("foreign_receipt")
    return outcome


def _settled(leaf: LeafLayers, outcome: LeafOutcome | None, rev: int, past: int) -> Settled | None:
    """What the receipt says of a frozen leaf. One that is taken stands at a rev, or it would be gone."""
    assert leaf.frozen is not None
    if outcome is None:
        settled = Settled(leaf.frozen.value, rev, past)
    elif outcome.kind is OutcomeKind.EQUAL:
        settled = Settled(leaf.frozen.value, outcome.rev, past)
    elif outcome.kind is OutcomeKind.MERGED:
        settled = Settled(outcome.value, outcome.rev or rev, past)  # an earlier rev, if the leaf came before
    elif outcome.kind is OutcomeKind.HELD:
        raise NotBelieved("foreign_receipt")
    else:
        return None
    if not settled.rev and settled.value is not None:
        raise NotBelieved("foreign_receipt")
    return settled
