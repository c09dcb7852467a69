"""One leaf through everything that can happen to it: nothing typed is lost, no rev sinks within its past.

The centre is the merge rule over one leaf. Others write there, answers get lost, the laptop is told that
it is a copy, the centre loses its past; then the world heals. What an editor had before his eyes is noted
beside the product, by value: no two people type the same here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kopdesk.domain.fields import MergeClass
from kopdesk.domain.layers import (
    EMPTY,
    CentralLeaf,
    LeafLayers,
    LocalConflict,
    Settled,
    adopt,
    dissolve,
    freeze,
    rewind,
    settle,
    settle_offer,
    type_over,
    withdrawn,
)
from kopdesk.domain.marks import Mark
from kopdesk.domain.merge import Applied, Central, Change, Conflicting, Equal, merge_record
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value, same

KEY = RecordKey("visit", UUID(int=7))


class Editor(NamedTuple):
    """A window: the mark it was given, and every value its person has seen there."""

    mark: Mark
    seen: frozenset[Value]


class Answer(NamedTuple):
    """What a receipt says of the `value` that was sent; `settled` is None where it waits for a person."""

    value: Value
    settled: Settled | None


@dataclass
class Centre:
    """One leaf of a channel: its history in the present past, and what was replaced by who had seen it."""

    rev: int = 0
    words: dict[int, Value] = field(default_factory=dict)
    replaced: set[Value] = field(default_factory=set)
    contested: set[Value] = field(default_factory=set)
    answers: dict[tuple[bytes, int], Answer] = field(default_factory=dict)

    @property
    def held(self) -> Central:
        last = max(self.words, default=0)
        return Central(self.words.get(last), last)

    def write(self, value: Value) -> None:
        self.replaced.add(self.held.value)
        self.rev += 1
        self.words[self.rev] = value

    def take(self, value: Value, base: int) -> Settled | None:
        """Merge rule 1 to 3, for a leaf whose conflicts a person decides."""
        merge = merge_record(
            KEY,
            {"amount": self.held},
            [Change("amount", value, base, 0)],
            merge_class=lambda path: MergeClass.DECIDE,
            value_at=lambda path, rev: self.words.get(rev),
            conflict_id=lambda conflict: UUID(int=1),
        )
        match merge.outcomes[0]:
            case Equal(rev):
                return Settled(value, rev)
            case Applied():
                self.write(value)
                return Settled(value, self.rev)
            case outcome:
                assert isinstance(outcome, Conflicting)
                self.contested |= {value, self.held.value}
                self.rev += 1  # the conflict record
                return None

    def forget(self, common: int) -> None:
        """An old backup is put back."""
        self.rev = min(self.rev, common)
        self.words = {rev: value for rev, value in self.words.items() if rev <= common}
        self.answers = {}
        self.contested = set()


@dataclass
class Life:
    """A laptop with one leaf. `seen` of an edit: what its author had before his eyes when he typed."""

    leaf: LeafLayers = EMPTY
    centre: Centre = field(default_factory=Centre)
    past: int = 0
    number: int = 0
    batches: int = 0
    in_flight: bytes = b""
    pulled: int = 0
    """The channel's rev up to which everything was pulled: the last point both sides know they share."""
    common: int = 0
    """The rev up to which the centre had not lost what is still to be offered."""
    editors: list[Editor] = field(default_factory=list)
    seen: dict[Value, frozenset[Value]] = field(default_factory=dict)
    asked: set[Value] = field(default_factory=set)
    """In a conflict between two windows of this laptop."""

    def next_number(self) -> int:
        self.number += 1
        return self.number

    # What happens. Steps that cannot happen now do nothing.

    def open_editor(self, _: int) -> None:
        shown = self.leaf.shown
        seen = frozenset({shown}) | self.seen.get(shown, frozenset())
        self.editors = [*self.editors[-2:], Editor(self.leaf.mark, seen)]

    def save(self, choice: int) -> None:
        if not self.editors:
            return
        editor = self.editors[choice % len(self.editors)]
        number = self.next_number()
        value = 1000 + number
        self.seen[value] = editor.seen
        before = self.leaf.edited
        result = type_over(self.leaf, value, editor.mark, number)
        if isinstance(result, LocalConflict):
            assert (result.kept, result.offered) == (before, value)
            self.asked |= {value, result.kept.value}
            return
        assert result.shown == value
        assert before is None or before.value in editor.seen
        self.leaf = result

    def others_write(self, choice: int) -> None:
        self.centre.write(2000 + self.centre.rev * 10 + self.past * 1000)

    def others_write_elsewhere(self, _: int) -> None:
        self.centre.rev += 1

    def pull(self, _: int) -> None:
        if self.leaf.frozen or self.leaf.offered:
            return
        held = self.centre.held
        if held.rev:
            self.leaf = adopt(self.leaf, held.value, held.rev, self.past)
        self.pulled = self.centre.rev

    def hear_old_news(self, choice: int) -> None:
        """A page that was read before what the laptop knows from its own receipt."""
        revs = [rev for rev in self.centre.words if self.leaf.central and rev <= self.leaf.central.rev]
        if revs and not self.leaf.offered:
            rev = revs[choice % len(revs)]
            self.leaf = adopt(self.leaf, self.centre.words[rev], rev, self.past)

    def send(self, _: int) -> None:
        """Freeze what waits; the centre takes it, its answer is still on the way."""
        if self.leaf.offered or not (self.leaf.frozen or self.leaf.edited):
            return
        origin = self.leaf.edited.origin if self.leaf.edited else None
        if not self.leaf.frozen:
            self.batches += 1
            self.in_flight = self.batches.to_bytes(4, "big")
            self.leaf = freeze(self.leaf, self.batches, 0, None)
        frozen = self.leaf.frozen
        assert frozen is not None
        if (self.in_flight, 0) not in self.centre.answers and frozen.base <= self.centre.rev:
            earlier = self.centre.answers.get(origin) if origin else None
            self.centre.answers[self.in_flight, 0] = self.answered(frozen.value, frozen.base, earlier)

    def answered(self, value: Value, base: int, earlier: Answer | None) -> Answer:
        """What came before is answered as before; what was typed over it has seen it."""
        if earlier and same(earlier.value, value):
            return earlier
        if earlier and earlier.settled:
            base = max(base, earlier.settled.rev)
        replaced = self.centre.held.value
        answer = self.centre.take(value, base)
        if answer and not same(replaced, value):
            assert replaced in self.seen[value], "replaced without having been seen"
        if answer is None and not self.past:
            assert replaced not in self.seen[value], "asked although it was seen"
        return Answer(value, answer)

    def hear_answer(self, _: int) -> None:
        answer = self.centre.answers.get((self.in_flight, 0))
        if answer is None or not self.leaf.frozen:
            return
        if answer.settled is None:  # the conflict record comes with the receipt, and is held from now on
            self.asked |= {answer.value}
        settled = replace(answer.settled, past=self.past) if answer.settled else None
        self.leaf = settle(self.leaf, settled)

    def be_told_that_it_is_a_copy(self, _: int) -> None:
        result = dissolve(self.leaf, self.in_flight)
        if isinstance(result, LocalConflict):
            self.asked |= {result.kept.value, result.offered}
            result = replace(self.leaf, frozen=None, edited=result.kept)
        self.leaf = result

    def lose_the_past(self, choice: int) -> None:
        """The centre goes back to a point the laptop knows, and tells it so at their next contact."""
        common = choice % (self.pulled + 1)
        self.common = min(common, self.common) if self.leaf.offered else common
        self.centre.forget(common)
        self.be_told_that_it_is_a_copy(0)
        before = {self.leaf.shown, self.leaf.central and self.leaf.central.value}
        self.leaf = rewind(withdrawn(self.leaf), common, self.next_number())
        self.past += 1
        self.pulled = common
        held = {layer.value for layer in (self.leaf.central, self.leaf.offered, self.leaf.edited) if layer}
        assert before - {None} <= held

    def offer(self, _: int) -> None:
        offered = self.leaf.offered
        if offered is None:
            return
        before = self.centre.held
        answer = self.centre.take(offered.value, offered.base)
        if answer is None:
            self.asked |= {offered.value}
        elif not same(before.value, offered.value):
            assert before.rev <= self.common, "offered over what came after the loss"
        held = self.centre.held
        self.leaf = settle_offer(self.leaf, Settled(held.value, held.rev, self.past))

    # What must hold.

    def check_step(self, before: LeafLayers, past: int) -> None:
        now, was = self.leaf.central, before.central
        if now and was and past == self.past:
            assert now.rev >= was.rev
        numbers = [x.number for x in (self.leaf.edited, self.leaf.frozen, self.leaf.offered) if x]
        assert len(set(numbers)) == len(numbers)
        kept = {x.value for x in (self.leaf.edited, self.leaf.frozen, self.leaf.offered) if x}
        for layer in (before.edited, before.frozen, before.offered):
            if layer is not None:
                assert layer.value in kept or self.is_accounted(layer.value)

    def is_accounted(self, value: Value) -> bool:
        """Current or once current at the centre, asked about, or typed over by who had seen it."""
        known = {*self.centre.words.values(), *self.centre.replaced, *self.centre.contested, *self.asked}
        return value in known or any(value in seen for typed, seen in self.seen.items() if typed != value)

    def heal(self) -> None:
        for _ in range(4):
            self.offer(0)
            self.send(0)
            self.hear_answer(0)
            self.pull(0)
        assert (self.leaf.edited, self.leaf.frozen, self.leaf.offered) == (None, None, None)
        held = self.centre.held
        central = self.leaf.central or CentralLeaf(None, 0)
        assert (central.value, central.rev) == held
        assert all(map(self.is_accounted, self.seen))


STEPS: Mapping[str, Callable[[Life, int], None]] = {
    step.__name__: step
    for step in (
        Life.open_editor,
        Life.save,
        Life.others_write,
        Life.others_write_elsewhere,
        Life.pull,
        Life.hear_old_news,
        Life.send,
        Life.hear_answer,
        Life.be_told_that_it_is_a_copy,
        Life.lose_the_past,
        Life.offer,
    )
}
OFTEN = (
    "open_editor",
    "save",
    "save",
    "others_write",
    "pull",
    "send",
    "hear_answer",
    "lose_the_past",
    "offer",
)
ALL = (*STEPS, *OFTEN)
steps = st.tuples(st.sampled_from(ALL), st.integers(0, 5))


def live(happenings: Iterable[tuple[str, int]]) -> None:
    life = Life()
    for name, choice in happenings:
        before, past = life.leaf, life.past
        STEPS[name](life, choice)
        life.check_step(before, past)
    life.heal()


@settings(max_examples=200)
@given(st.lists(steps, min_size=20, max_size=60))
def test_nothing_typed_is_lost_whatever_happens_to_its_leaf(happenings: list[tuple[str, int]]) -> None:
    live(happenings)


def test_nothing_typed_is_lost_in_thousands_of_lives() -> None:
    """The same without the search for short examples: rare meetings of steps need many lives."""
    for seed in range(4000):
        dice = Random(seed)
        live([(dice.choice(ALL), dice.randrange(6)) for _ in range(60)])
