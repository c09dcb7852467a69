"""What laptops offer after the centre has lost a part of its past, and the order in which it stands.

Of one leaf several laptops may offer what it was at several points of one lost past, in any order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kopdesk.domain.fields import DELETED
from kopdesk.domain.merge import ABSENT, Applied, Central, Change, Conflicting, Equal, Merged
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import same
from kopdesk.server.ports import OfferMark, Transaction


@dataclass(frozen=True, slots=True)
class Covered:
    """An offer that another one, later in the same lost past, has taken the place of."""

    held: Central


@dataclass(frozen=True, slots=True)
class OfferedChange:
    """A leaf that is offered after a loss, with its rev and tip in the lost past (no tip: not known)."""

    change: Change
    old_rev: int
    old_tip: bytes


@dataclass
class OfferRules:
    """The offers of one record. Look at them before they are merged, and once more when they are."""

    tx: Transaction
    channel: str
    key: RecordKey
    _leaves: Mapping[str, Central] = field(init=False)
    _offers: Mapping[int, OfferedChange] = field(init=False)
    _changes: Sequence[Change] = field(init=False)

    def sorted_out(self, offers: Sequence[OfferedChange]) -> tuple[dict[int, Covered], Sequence[Change]]:
        """Those that others have taken the place of, and the changes that the others are.

        An offer is applied if the leaf has not changed since the common point, or was set by an offer from
        earlier in the same lost past; anything else is what two people wrote.
        """
        self._leaves = self.tx.leaves(self.channel, self.key)
        self._offers = {offer.change.place: offer for offer in offers}
        covered, changes = {}, []
        for offer in offers:
            held = self._leaves.get(offer.change.path, ABSENT)
            order = self._order(offer, held)
            if order == "earlier":
                covered[offer.change.place] = Covered(held)
            else:
                base = held.rev if order == "later" else offer.change.base
                changes.append(self._with_shown(offer, replace(offer.change, base=base)))
        self._changes = changes
        return covered, changes

    def note(self, results: Mapping[int, object], new_rev: int) -> None:
        """Remember what was taken, for offers to come. `results` of the merge, by place, at `new_rev`."""
        for change in self._changes:
            offer = self._offers[change.place]
            rev = self._rev_of(results[change.place], change, new_rev)
            if offer.old_tip and rev is not None:
                mark = OfferMark(offer.old_rev, offer.old_tip, rev)
                self.tx.save_offer_mark(self.channel, self.key, change.path, mark)

    def _rev_of(self, result: object, change: Change, new_rev: int) -> int | None:
        """The rev at which the leaf is as offered, from where a later offer of the same past may go on.

        0 where none may, but what is earlier is covered; None where nothing was decided.
        """
        match result:
            case Applied() | Merged():
                return new_rev
            case Equal(rev):  # somebody else's word, if it is newer than what both pasts share
                held = self._leaves.get(change.path, ABSENT)
                return rev if held.rev <= change.base else 0
            case Conflicting():
                return 0
        return None

    def _order(self, offer: OfferedChange, held: Central) -> str:
        """Whether an offer is "later" or "earlier" than the one the leaf was set by, or neither.

        What is earlier stays so when somebody has changed the leaf since: he had seen what came after it.
        So is what the leaf has been since the common point, by whatever way it came.
        """
        if self._was_here_since(offer.change, held):
            return "earlier"
        mark = self.tx.offer_mark(self.channel, self.key, offer.change.path)
        if mark is None or not offer.old_tip:
            return ""
        if not self.tx.are_of_one_past(self.channel, mark.old_tip, offer.old_tip):
            return ""
        if offer.old_rev <= mark.old_rev:
            return "earlier"
        return "later" if mark.rev == held.rev else ""

    def _was_here_since(self, offered: Change, held: Central) -> bool:
        if held.rev <= offered.base or same(held.value, offered.value):
            return False
        since = self.tx.values_after(self.channel, self.key, offered.path, offered.base)
        return any(same(value, offered.value) for value in since)

    def _with_shown(self, offer: OfferedChange, change: Change) -> Change:
        """A deletion with what it had seen of the leaves that are there now; anything else as it is."""
        if not change.path.endswith(DELETED) or change.value is not True:
            return change
        # What is offered with it, of the same past and no later, was there to be seen.
        shown = {o.change.path: 0 for o in self._offers.values() if self._came_before(o, offer)}
        shown |= {path: leaf.rev for path, leaf in self._leaves.items() if self._was_known(path, leaf, offer)}
        return replace(change, shown=shown)

    def _came_before(self, offer: OfferedChange, deletion: OfferedChange) -> bool:
        return bool(offer.old_tip and deletion.old_tip) and offer.old_rev <= deletion.old_rev

    def _was_known(self, path: str, leaf: Central, deletion: OfferedChange) -> bool:
        """Whether who deleted in the lost past had this leaf as it is now."""
        if leaf.rev <= deletion.change.base:
            return True
        mark = self.tx.offer_mark(self.channel, self.key, path)
        if mark is None or mark.rev != leaf.rev or not deletion.old_tip:
            return False
        was_before = mark.old_rev <= deletion.old_rev
        return was_before and self.tx.are_of_one_past(self.channel, mark.old_tip, deletion.old_tip)
