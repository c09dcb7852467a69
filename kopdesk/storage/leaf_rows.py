"""Between rows and the layers of a leaf."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kopdesk.domain.layers import (
    UNKNOWN,
    BaseValue,
    CentralLeaf,
    EditedLeaf,
    FrozenLeaf,
    OfferedLeaf,
    Unknown,
)
from kopdesk.domain.marks import Mark
from kopdesk.domain.values import Value


def value_text(value: Value) -> str:
    """A leaf's value as JSON text."""
    return msgspec.json.encode(value).decode()


def value_of(text: str) -> Value:
    """The reverse."""
    value: Value = msgspec.json.decode(text)
    return value


def _base_text(value: BaseValue) -> str | None:
    return None if isinstance(value, Unknown) else value_text(value)


def _base_of(text: str | None) -> BaseValue:
    return UNKNOWN if text is None else value_of(text)


def central_row(leaf: CentralLeaf) -> dict[str, Any]:
    return {
        "value": value_text(leaf.value),
        "rev": leaf.rev,
        "own_edit": leaf.own_edit,
        "past": leaf.past,
    }


def central_of(row: Any) -> CentralLeaf:
    return CentralLeaf(value_of(row.value), row.rev, row.own_edit, row.past)


def offered_row(leaf: OfferedLeaf) -> dict[str, Any]:
    return {
        "value": value_text(leaf.value),
        "rev": leaf.rev,
        "past": leaf.past,
        "base": leaf.base,
        "number": leaf.number,
        "seq": leaf.seq,
        "place": leaf.place,
    }


def offered_of(row: Any) -> OfferedLeaf:
    return OfferedLeaf(value_of(row.value), row.rev, row.past, row.base, row.number, row.seq, row.place)


def frozen_row(leaf: FrozenLeaf) -> dict[str, Any]:
    return {
        "value": value_text(leaf.value),
        "base": leaf.base,
        "base_value": _base_text(leaf.base_value),
        "seq": leaf.seq,
        "place": leaf.place,
        "number": leaf.number,
        "made_at": leaf.made_at,
        "shown": None if leaf.shown is None else msgspec.json.encode(dict(leaf.shown)).decode(),
    }


def frozen_of(row: Any) -> FrozenLeaf:
    shown = None if row.shown is None else msgspec.json.decode(row.shown)
    return FrozenLeaf(
        value_of(row.value),
        row.base,
        _base_of(row.base_value),
        row.seq,
        row.place,
        row.number,
        row.made_at,
        shown,
    )


def edited_row(leaf: EditedLeaf) -> dict[str, Any]:
    batch, place = leaf.origin or (None, None)
    return {
        "value": value_text(leaf.value),
        "base": leaf.base,
        "base_value": _base_text(leaf.base_value),
        "number": leaf.number,
        "made_at": leaf.made_at,
        "over": leaf.over,
        "shown": None if leaf.shown is None else _marks_text(leaf.shown),
        "origin_batch": batch,
        "origin_place": place,
    }


def edited_of(row: Any) -> EditedLeaf:
    return EditedLeaf(
        value_of(row.value),
        row.base,
        _base_of(row.base_value),
        row.number,
        row.made_at,
        row.over,
        None if row.shown is None else _marks_of(row.shown),
        None if row.origin_batch is None else (row.origin_batch, row.origin_place),
    )


def _marks_text(shown: Mapping[str, Mark]) -> str:
    return msgspec.json.encode({path: str(mark) for path, mark in shown.items()}).decode()


def _marks_of(text: str) -> dict[str, Mark]:
    return {path: Mark.parse(mark) for path, mark in msgspec.json.decode(text).items()}
