"""The layers of one leaf on a laptop, and every step between them. Pure; storage only keeps the result.

From below: central (as the centre last said), offered (of a past that the centre has lost), frozen (in the
batch in flight), edited (not sent yet).
The topmost is what people see. A mark names the layer and state of a leaf that an editor was shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from kopdesk.domain.marks import NOTHING_SHOWN, Layer, Mark
from kopdesk.domain.text_merge import merge_text
from kopdesk.domain.values import Value, same


class Unknown(Enum):
    """The value an edit grew from, when its editor could not tell it."""

    UNKNOWN = "unknown"


BaseValue: TypeAlias = Value | Unknown
UNKNOWN = Unknown.UNKNOWN

PUT_ASIDE = -1
"""The `seq` of an offer that lies with a supervisor, because this person may not write (any more)."""


@dataclass(frozen=True, slots=True)
class CentralLeaf:
    """`own_edit` is the number of this laptop's edit that made the value, for those who typed over it."""

    value: Value
    rev: int
    own_edit: int = 0
    past: int = 0


@dataclass(frozen=True, slots=True)
class OfferedLeaf:
    """What was central when the centre lost its past: its value and rev there, and where both still agree.

    `number` is an edit's, because people may type over it; `seq` and `place` once it is in a batch.
    What was put aside is shown on, until the centre lets this person read what it holds instead.
    """

    value: Value
    rev: int
    past: int
    base: int
    number: int
    seq: int = 0
    place: int = 0

    @property
    def is_put_aside(self) -> bool:
        """Answered: it waits for a supervisor, not for the next batch."""
        return self.seq == PUT_ASIDE


@dataclass(frozen=True, slots=True)
class FrozenLeaf:
    """A leaf of the batch in flight, at its place there; `number` and `made_at` are of the edit it was."""

    value: Value
    base: int
    base_value: BaseValue
    seq: int
    place: int
    number: int
    made_at: int = 0
    shown: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class EditedLeaf:
    """A change that waits. `over`: the number of the frozen or offered leaf it was typed over, 0 if none.

    `number` orders the edits of a replica, `made_at` (Unix milliseconds) is only told to people.
    `shown` is for deletions: the mark of every leaf the deleter saw.
    `origin` survives dissolving: the hash of the batch it, or what it was typed over, was last sent in, and
    its place there.
    """

    value: Value
    base: int
    base_value: BaseValue
    number: int
    made_at: int = 0
    over: int = 0
    shown: Mapping[str, Mark] | None = None
    origin: tuple[bytes, int] | None = None


@dataclass(frozen=True, slots=True)
class LeafLayers:
    """All layers of one leaf."""

    central: CentralLeaf | None = None
    offered: OfferedLeaf | None = None
    frozen: FrozenLeaf | None = None
    edited: EditedLeaf | None = None

    @property
    def shown(self) -> Value:
        """What people see."""
        top = self.edited or self.frozen or self.offered or self.central
        return top.value if top else None

    @property
    def mark(self) -> Mark:
        """Names what people see now."""
        unsent = self.edited or self.frozen or self.offered
        if unsent:
            return _mark_of(unsent)
        return Mark(Layer.CENTRAL, self.central.rev, self.central.past) if self.central else NOTHING_SHOWN

    @property
    def to_offer(self) -> OfferedLeaf | None:
        """What is offered and has no answer yet."""
        return None if self.offered and self.offered.is_put_aside else self.offered

    @property
    def is_empty(self) -> bool:
        """Nothing in any layer."""
        return not (self.central or self.offered or self.frozen or self.edited)


EMPTY = LeafLayers()


@dataclass(frozen=True, slots=True)
class LocalConflict:
    """Two editors on one laptop changed one leaf, the second without having seen the first one's value."""

    kept: EditedLeaf
    offered: Value
    base: int
    base_value: BaseValue


# An editor saves.


def type_over(
    leaf: LeafLayers,
    value: Value,
    seen: Mark,
    number: int,
    *,
    made_at: int = 0,
    is_text: bool = False,
    shown: Mapping[str, Mark] | None = None,
) -> LeafLayers | LocalConflict:
    """Save what was typed over the layer `seen`. `number` is new for every edit of this replica.

    `is_text`: two editors' changes that do not overlap may be merged (merge class text).
    """
    if leaf.edited and seen == _mark_of(leaf.edited):
        return _type_over_edit(leaf, replace(leaf.edited, number=number, made_at=made_at), value, shown)
    if leaf.frozen and seen == _mark_of(leaf.frozen):
        frozen = leaf.frozen
        new = EditedLeaf(value, frozen.base, frozen.value, number, made_at, over=frozen.number, shown=shown)
        return _with_edit(leaf, new, is_text)
    if leaf.offered and seen in (_mark_of(leaf.offered), _old_mark_of(leaf.offered)):
        offered = leaf.offered
        new = EditedLeaf(
            value, offered.base, offered.value, number, made_at, over=offered.number, shown=shown
        )
        return _with_edit(leaf, new, is_text)
    base, base_value = _base_in_central(leaf, seen)
    return _with_edit(leaf, EditedLeaf(value, base, base_value, number, made_at, shown=shown), is_text)


def _type_over_edit(
    leaf: LeafLayers, edit: EditedLeaf, value: Value, shown: Mapping[str, Mark] | None
) -> LeafLayers:
    if edit.base_value is not UNKNOWN and same(value, edit.base_value) and not shown and edit.origin is None:
        return replace(leaf, edited=None)
    return replace(leaf, edited=replace(edit, value=value, shown=shown))


def _base_in_central(leaf: LeafLayers, seen: Mark) -> tuple[int, BaseValue]:
    """The base of an edit that was not typed over an unsent layer that is still there."""
    central = leaf.central
    if seen == NOTHING_SHOWN:
        return 0, None
    if seen.layer is Layer.CENTRAL and central and seen.past == central.past:
        return seen.number, central.value if seen.number == central.rev else UNKNOWN
    # What was shown has been settled while it was typed over: if it became central, that is what was seen.
    if central and seen == Mark(Layer.EDITED, central.own_edit):
        return central.rev, central.value
    # Otherwise (a past that is lost, a text that became another) nobody can say any more what the editor
    # saw: base 0 makes the centre ask a person.
    return 0, UNKNOWN


def _with_edit(leaf: LeafLayers, new: EditedLeaf, is_text: bool) -> LeafLayers | LocalConflict:
    if new.base_value is not UNKNOWN and same(new.value, new.base_value):
        return leaf  # equal to what it was typed over is no change
    old = leaf.edited
    if old is None:
        return replace(leaf, edited=new)
    if same(old.value, new.value):
        return leaf
    merged = _merged(old.base_value, new.value, old.value) if is_text and old.base == new.base else None
    if merged is not None:
        return replace(leaf, edited=replace(old, value=merged, number=new.number, made_at=new.made_at))
    return LocalConflict(old, new.value, new.base, new.base_value)


def _merged(base: BaseValue, mine: Value, theirs: Value) -> str | None:
    if isinstance(base, str) and isinstance(mine, str) and isinstance(theirs, str):
        return merge_text(base, mine, theirs)
    return None


# A batch goes out.


def freeze(leaf: LeafLayers, seq: int, place: int, shown: Mapping[str, int] | None) -> LeafLayers:
    """Move the edit into the batch in flight."""
    edit = leaf.edited
    if edit is None or leaf.frozen is not None:
        raise ValueError("only an edit can be frozen, and only one at a time")
    frozen = FrozenLeaf(edit.value, edit.base, edit.base_value, seq, place, edit.number, edit.made_at, shown)
    return replace(leaf, frozen=frozen, edited=None)


def shown_revs(shown: Mapping[str, Mark], layers: Mapping[str, LeafLayers]) -> dict[str, int]:
    """What a deleter saw, in revs: leaves of his own that were accepted since count as he left them.

    A leaf that nobody can vouch for any more is left out, and the centre will ask a person.
    """
    revs = {path: _seen_rev(mark, layers.get(path, EMPTY)) for path, mark in shown.items()}
    return {path: rev for path, rev in revs.items() if rev is not None}


def _seen_rev(mark: Mark, leaf: LeafLayers) -> int | None:
    if mark.layer is Layer.CENTRAL:
        is_known = leaf.central is None if mark == NOTHING_SHOWN else _past_of(leaf) == mark.past
        return mark.number if is_known else None
    for unsent in (leaf.edited, leaf.frozen, leaf.offered):
        if unsent is not None and mark == _mark_of(unsent):
            return unsent.base
    if leaf.central and mark == Mark(Layer.EDITED, leaf.central.own_edit):
        return leaf.central.rev
    return None


def _mark_of(unsent: EditedLeaf | FrozenLeaf | OfferedLeaf) -> Mark:
    """An edit keeps its mark when it is frozen: an editor may have shown it before."""
    return Mark(Layer.EDITED, unsent.number)


def _old_mark_of(offered: OfferedLeaf) -> Mark:
    """An editor may have shown an offered leaf while it was still central."""
    return Mark(Layer.CENTRAL, offered.rev, offered.past)


def _past_of(leaf: LeafLayers) -> int | None:
    return leaf.central.past if leaf.central else None


def dissolve(leaf: LeafLayers, batch_hash: bytes) -> LeafLayers | LocalConflict:
    """Turn a frozen leaf back into the edit it was; an edit typed over it takes its place and its base."""
    frozen, edit = leaf.frozen, leaf.edited
    if frozen is None:
        return leaf
    origin = (batch_hash, frozen.place)
    if edit is not None and edit.over == frozen.number:
        above = replace(edit, over=0, base_value=frozen.base_value, origin=origin)
        return replace(leaf, frozen=None, edited=above)
    shown = {path: Mark(Layer.CENTRAL, rev) for path, rev in frozen.shown.items()} if frozen.shown else None
    again = EditedLeaf(
        frozen.value,
        frozen.base,
        frozen.base_value,
        frozen.number,
        frozen.made_at,
        shown=shown,
        origin=origin,
    )
    if edit is None or same(edit.value, frozen.value):
        return replace(leaf, frozen=None, edited=again)
    return LocalConflict(again, edit.value, edit.base, edit.base_value)


# The centre answers.


@dataclass(frozen=True, slots=True)
class Settled:
    """What a receipt says of one leaf: the centre's value and rev now."""

    value: Value
    rev: int
    past: int = 0


def settle(leaf: LeafLayers, settled: Settled | None) -> LeafLayers:
    """Take the frozen leaf away as the receipt says; None means it waits for a decision or a mending.

    Only an edit typed over exactly this leaf rises with it; other edits keep their base.
    """
    frozen, edit = leaf.frozen, leaf.edited
    if frozen is None:
        return leaf
    central = leaf.central
    if settled is not None and (central is None or settled.rev >= central.rev):
        own = same(settled.value, frozen.value)
        number = frozen.number if own else 0
        # Rev 0: an emptied leaf that the centre never had.
        central = (
            None
            if settled.rev == 0
            else CentralLeaf(settled.value, settled.rev, own_edit=number, past=settled.past)
        )
    if edit is not None and edit.over == frozen.number:
        edit = _risen(edit, frozen, settled)
    return replace(leaf, central=central, frozen=None, edited=edit)


def rewind(leaf: LeafLayers, common: int, number: int) -> LeafLayers:
    """The centre has lost everything after the rev `common`: what is newer here is offered to it.

    An edit typed over what is offered now rises when the offer is answered; a leaf in flight was dissolved.
    """
    central, edit = leaf.central, leaf.edited
    if leaf.offered is not None and leaf.offered.base > common:
        leaf = replace(leaf, offered=replace(leaf.offered, base=common))
    if central is None or central.rev <= common or leaf.offered is not None:
        if edit is not None and edit.base > common:  # made over what the centre does not have
            leaf = replace(leaf, edited=replace(edit, base=common))
        return leaf
    offered = OfferedLeaf(central.value, central.rev, central.past, common, number)
    if edit is not None and edit.over == 0 and edit.base > common:
        over = number if edit.base == central.rev else 0
        edit = replace(edit, base=common, over=over)
    return replace(leaf, central=None, offered=offered, edited=edit)


def withdrawn(leaf: LeafLayers) -> LeafLayers:
    """An offer that was in a batch nobody will answer waits to be offered again."""
    if leaf.to_offer is None or not leaf.to_offer.seq:
        return leaf
    return replace(leaf, offered=replace(leaf.to_offer, seq=0, place=0))


def put_aside(leaf: LeafLayers) -> LeafLayers:
    """The answer to an offer is that a supervisor decides, and the centre does not say what it holds."""
    offered, edit = leaf.to_offer, leaf.edited
    if offered is None:
        return leaf
    if edit is not None and edit.over == offered.number:
        edit = replace(edit, over=0)
    return replace(leaf, offered=replace(offered, seq=PUT_ASIDE, place=0), edited=edit)


def let_go(leaf: LeafLayers) -> LeafLayers:
    """What the centre holds can be read (again): what was put aside is not shown in its place."""
    return replace(leaf, offered=leaf.to_offer)


def settle_offer(leaf: LeafLayers, settled: Settled) -> LeafLayers:
    """The answer to an offer: what the centre holds now, rev 0 for nothing. Who typed over it has seen it."""
    offered, edit = leaf.to_offer, leaf.edited
    if offered is None:
        return leaf
    kept = same(settled.value, offered.value)
    central = None
    if settled.rev:
        own = offered.number if kept else 0
        central = CentralLeaf(settled.value, settled.rev, own_edit=own, past=settled.past)
    if edit is not None and edit.over == offered.number:
        edit = replace(edit, over=0)
        if kept and settled.rev:
            edit = replace(edit, base=settled.rev, base_value=settled.value)
    return replace(leaf, central=central, offered=None, edited=edit)


def _risen(edit: EditedLeaf, frozen: FrozenLeaf, settled: Settled | None) -> EditedLeaf | None:
    unmoved = replace(edit, over=0, base=frozen.base, base_value=frozen.base_value)
    if settled is None:
        return unmoved
    if same(settled.value, frozen.value):
        return replace(edit, over=0, base=settled.rev, base_value=settled.value)
    merged = _merged(frozen.value, edit.value, settled.value)
    if merged is None:
        return unmoved
    if same(merged, settled.value):
        return None
    return replace(edit, over=0, value=merged, base=settled.rev, base_value=settled.value)


def adopt(leaf: LeafLayers, value: Value, rev: int, past: int = 0) -> LeafLayers:
    """Take a leaf from a page. An edit is never rewritten; a rev never sinks."""
    leaf = let_go(leaf)
    if leaf.central is not None and leaf.central.rev >= rev:
        return leaf
    return replace(leaf, central=CentralLeaf(value, rev, past=past))
