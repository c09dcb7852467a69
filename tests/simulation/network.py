"""The line between laptops and centre: everything that was ever said can be heard again."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from kopdesk.domain.channels import REF, packed_channel, unpacked_channel
from kopdesk.domain.errors import KopdeskError
from kopdesk.domain.values import Value
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.digest import MODULUS, record_hash
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import Batch, GrantKind, Receipt, Request, Response, Signed, Verdict
from kopdesk.server.errors import Refused, StoreFailed
from kopdesk.server.ports import Quarantined
from kopdesk.sync.errors import LinkFailed, ServerRefused
from tests.simulation.centre import SimulatedCentre, signing_key
from tests.simulation.disk import Died
from tests.simulation.facts import Broken, Cause, Place
from tests.simulation.faults import Fault, Fired
from tests.simulation.laptop import Call, SimulatedLaptop
from tests.simulation.oracle import Oracle

_CENTRE_DIED = LinkFailed("cut_off")


@dataclass
class Network:
    """Delivers requests, and looks at every answer as the centre gives it."""

    centre: SimulatedCentre
    oracle: Oracle
    calls: list[Call] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    """Everything the centre ever answered, and to which laptop."""
    deliveries: int = 0
    fired: Fired = field(default_factory=Fired)
    families_of: dict[UUID, frozenset[int]] = field(default_factory=dict)
    """The laptops of every person."""
    breaks_histories: bool = False
    """Whether there are faults after which a laptop has to be told that its past and the centre's differ."""
    heads: dict[str, int] = field(default_factory=dict)
    receipts: dict[tuple[bytes, int], bytes] = field(default_factory=dict)
    """What the centre has said in its present past: the rev of every channel, every receipt."""

    def deliver(self, call: Call, owner: SimulatedLaptop) -> bytes | KopdeskError:
        """A request reaches the centre, now."""
        self.deliveries += 1
        if call not in self.calls:
            self.calls.append(call)
        cause = self._cause(call)
        answer: bytes | KopdeskError
        try:
            answer = self.centre.exchange(call.token, call.body)
        except Refused as error:
            answer = ServerRefused(error.status, error.reason, error.retry_after)
        except StoreFailed as error:
            answer = ServerRefused(503, error.reason, 30)
        except Died:
            answer = _CENTRE_DIED
        self.look_at_centre(cause)
        if isinstance(answer, bytes):
            self._check_answer(answer, owner)
            self.answers.append((call.laptop, answer))
        return answer

    def _cause(self, call: Call) -> Cause:
        request = decode(Request, decode(Signed, call.body).body)
        leaves: dict[Place, Value] = {}
        offers: set[Place] = set()
        with suppress(BadMessage):  # what nobody can decode changes nothing
            for changes in decode(Batch, request.batch.body).channels if request.batch else ():
                here = {Place(r.key, r.path): r.value for r in rows_of(changes.blocks)}
                leaves |= here
                offers |= here.keys() if changes.offers else set()
        return Cause(frozenset({self.oracle.families[call.laptop]}), leaves, frozenset(offers))

    def cause_of_release(self, leaves: Sequence[Quarantined]) -> Cause:
        """Whose work it is that a supervisor gives into the history."""
        with self.centre.store.reading() as tx:
            batch = decode(Batch, decode(Signed, tx.batch(leaves[0].batch_hash)).body)
        here = {Place(leaf.row.key, leaf.row.path): leaf.row.value for leaf in leaves}
        offered = [c.channel for c in batch.channels if c.offers]
        is_offer = packed_channel(leaves[0].channel) in offered
        return Cause(
            self.families_of[leaves[0].author_id], here, frozenset(here if is_offer else ()), released=True
        )

    def look_at_centre(self, cause: Cause) -> None:
        """After every change: nothing lost, nobody wrote where he may not, digests are true."""
        with self.centre.store.reading() as tx:
            for state in tx.channels():
                known = self.heads.get(state.name, 0)
                if state.rev == known:
                    continue
                if state.rev != known + 1 and not cause.released:
                    raise Broken(f"{state.name} went from rev {known} to {state.rev}")
                revision = tx.revision(state.name, state.rev)
                grants = self.centre.granted.get(revision.author_id, {})
                may_write = grants.get(state.name) is GrantKind.READ_WRITE
                by_himself = cause.families is not None and not cause.released
                if by_himself and (not may_write or revision.author_id in self.centre.disabled):
                    raise Broken(f"written without the right to: {state.name}")
                new = {Place(r.key, r.path): r.value for r in tx.leaves_after(state.name, known)}
                self.oracle.changed(cause, new)
                shares = [
                    record_hash(key, {path: leaf.value for path, leaf in leaves.items()})
                    for _, key, leaves in tx.records_after(state.name, None)
                ]
                if sum(shares) % MODULUS != state.digest:
                    raise Broken(f"the centre's digest of {state.name} is wrong")
                self.heads[state.name] = state.rev

    def _check_answer(self, answer: bytes, owner: SimulatedLaptop) -> None:
        response = decode(Response, decode(Signed, answer).body)
        if response.verdict is not Verdict.OK and not self.breaks_histories:
            raise Broken(f"told of a broken history where there is none: {response.verdict.name}")
        if any(not one.points for one in response.rewound):
            raise Broken("told that its content is not the centre's, at a point both share")
        user_id: UUID = owner.user.id
        # An open cursor without a page only names a point of a receipt.
        closed = [cursor.channel for cursor in response.cursors if cursor.digest is not None]
        served = [page.channel for page in response.pages] + closed
        if user_id in self.centre.disabled and (served or response.grants):
            raise Broken("a disabled account was served")
        grants = self.centre.granted[user_id]
        for name in map(unpacked_channel, served):
            if name != REF and grants.get(name, GrantKind.WITHDRAWN) is GrantKind.WITHDRAWN:
                raise Broken(f"served {name} to {owner.user.login}, who may not read it")
        if response.receipt is not None:
            receipt = decode(Receipt, response.receipt.body)
            place, given = (receipt.replica, receipt.seq), encode(response.receipt)
            self.fired[Fault.REFUSED] += bool(receipt.refused)
            if self.receipts.setdefault(place, given) != given:
                raise Broken(f"two receipts for batch {receipt.seq}")

    # What can go wrong with an answer.

    def stale(self, laptop: int, random: Random) -> bytes | None:
        """An earlier answer to the same laptop."""
        return self._one_of([answer for to, answer in self.answers if to == laptop], random)

    def foreign(self, laptop: int, random: Random) -> bytes | None:
        """An answer to somebody else."""
        return self._one_of([answer for to, answer in self.answers if to != laptop], random)

    def _one_of(self, answers: list[bytes], random: Random) -> bytes | None:
        return random.choice(answers) if answers else None


def cut(answer: bytes, random: Random) -> bytes:
    return answer[: random.randrange(len(answer))]


def forged(answer: bytes, request: bytes, random: Random) -> bytes:
    """What a proxy or an attacker makes of an answer, without the centre's key."""
    forgeries: list[Callable[[], bytes]] = [
        lambda: b"<html>Selamat datang di Wi-Fi desa</html>",
        lambda: b"",
        lambda: _flipped(answer, random),
        lambda: encode(signing_key("forger").sign(decode(Signed, answer).body)),
        lambda: _renamed(answer),
        lambda: request,
    ]
    return random.choice(forgeries)()


def _flipped(answer: bytes, random: Random) -> bytes:
    at = random.randrange(len(answer))
    return answer[:at] + bytes([answer[at] ^ 1 << random.randrange(8)]) + answer[at + 1 :]


def _renamed(answer: bytes) -> bytes:
    """Signed by another key under the centre's name."""
    signed = signing_key("forger").sign(decode(Signed, answer).body)
    return encode(Signed(signed.body, signing_key("centre").key_id, signed.signature))
