"""Damages messages from a seed: their bytes, as networks and disks do; their content, as a hostile does."""

import math
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

import msgspec

NASTY_BYTES = (
    b"\x00",
    b"\xff" * 9,
    b"\xcf" + b"\xff" * 8,  # the largest number of msgpack
    b"\xd3\x80" + bytes(7),  # the smallest
    b"\xcb\x7f\xf8" + bytes(6),  # not a number
    b"\xc0",
    b"\xc3",
    b"\xdd\xff\xff\xff\xff",  # an endless list, an endless map, endless bytes, an endless text
    b"\xdf\xff\xff\xff\xff",
    b"\xc6\xff\xff\xff\xff",
    b"\xdb\xff\xff\xff\xff",
    b"\xa3\xed\xa0\x80",  # half a letter
    b"\xd6\xff" + bytes(4),  # an extension type
    b"\x91" * 2000,
    b"[" * 2000,
    b"NaN",
    b"-1e999",
    b"9" * 400,
    b'"\\ud800"',
    b"\\u0000",
    b'{"":',
    b",",
    b"\x28\xb5\x2f\xfd",  # the beginning of a zstd frame, of one to be skipped, of gzip
    b"\x50\x2a\x4d\x18\xff\xff\xff\x7f",
    b"\x1f\x8b\x08",
)
NASTY_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 15, 2**31, 2**53, 2**62, 2**63 - 1, 2**63, 2**64 - 1, -(2**63)),
    *(1.5, math.nan, math.inf, b"", b"\x00" * 16, b"\xff" * 17, b"x" * 33, bytes(64)),
    *(
        "",
        "\x00",
        "\x9b2J",
        "\u202eabc",
        "\u2028",
        "é",
        "e\u0301",
        "~deleted",
        "a/b",
        "*",
        "visit",
        "x" * 500,
    ),
    *([], {}, [[]], [0] * 40, {"": 0}, {1: b""}),
)
_NASTY_KEYS = (0, -1, 2**63, 2**64 - 1, "", "\x00", "x" * 500, b"", b"x" * 17, b"c" + bytes(16), None)

Dice = Random


def mutated_bytes(data: bytes, dice: Dice, others: Sequence[bytes] = ()) -> bytes:
    """One to three changes; `others` are good messages to splice in."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        change = dice.choice(list(_BYTE_CHANGES.values()))
        data = change(data, dice, others)
    return data


def _flipped(data: bytes, dice: Dice, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


def _overwritten(data: bytes, dice: Dice, _: Sequence[bytes]) -> bytes:
    at, new = _place(data, dice), dice.choice(NASTY_BYTES)
    return data[:at] + new + data[at + len(new) :]


def _inserted(data: bytes, dice: Dice, _: Sequence[bytes]) -> bytes:
    at = _place(data, dice)
    return data[:at] + dice.choice((*NASTY_BYTES, dice.randbytes(3))) + data[at:]


def _cut_off(data: bytes, dice: Dice, _: Sequence[bytes]) -> bytes:
    return data[: _place(data, dice)]


def _cut_out(data: bytes, dice: Dice, _: Sequence[bytes]) -> bytes:
    at = _place(data, dice)
    return data[:at] + data[at + dice.randint(1, 20) :]


def _doubled(data: bytes, dice: Dice, _: Sequence[bytes]) -> bytes:
    at = _place(data, dice)
    end = at + dice.randint(1, 60)
    return data[:end] + data[at:end] * dice.choice((1, 1, 1, 50)) + data[end:]


def _spliced(data: bytes, dice: Dice, others: Sequence[bytes]) -> bytes:
    other = dice.choice(others) if others else data
    return data[: _place(data, dice)] + other[_place(other, dice) :]


def _place(data: bytes, dice: Dice) -> int:
    return dice.randint(0, len(data))


_BYTE_CHANGES: Mapping[str, Callable[[bytes, Dice, Sequence[bytes]], bytes]] = {
    change.__name__: change
    for change in (_flipped, _overwritten, _inserted, _cut_off, _cut_out, _doubled, _spliced)
}


def mutated_content(data: bytes, dice: Dice, *, is_json: bool = False) -> bytes:
    """A good message of which one to three values were changed: it decodes, but not as what it should be."""
    tree = msgspec.json.decode(data) if is_json else msgspec.msgpack.decode(data, strict=False)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        tree = _changed(tree, dice)
    try:
        return msgspec.json.encode(tree) if is_json else msgspec.msgpack.encode(tree)
    except (OverflowError, TypeError, ValueError):  # JSON has no NaN, and some keys are none
        return data[:-1]


def _changed(node: Any, dice: Dice) -> Any:
    """The node with one value in it changed."""
    if isinstance(node, list) and node and dice.random() < 0.95:
        # Where most values are, or each part alike: deep ones and those at the top both have their turn.
        weights = [_size(part) for part in node] if dice.random() < 0.7 else None
        (at,) = dice.choices(range(len(node)), weights)
        return [*node[:at], *_instead(node[at], dice), *node[at + 1 :]]
    if isinstance(node, dict) and node and dice.random() < 0.9:
        key = dice.choice(sorted(node, key=repr))
        others = {k: v for k, v in node.items() if k != key}
        new = dict(zip((key,), _instead(node[key], dice), strict=False))
        return others | (new if dice.random() < 0.7 else {dice.choice(_NASTY_KEYS): node[key]})
    return _value(node, dice)


def _size(node: Any) -> int:
    if isinstance(node, list | dict):
        return 1 + sum(map(_size, node.values() if isinstance(node, dict) else node))
    return 1


def _instead(node: Any, dice: Dice) -> list[Any]:
    """What stands in the place of an element: nothing, itself twice, another, or itself changed."""
    if isinstance(node, list | dict) and node and dice.random() < 0.9:
        return [_changed(node, dice)]
    kind = dice.randrange(10)
    return [] if kind == 0 else [node, node] if kind == 1 else [_value(node, dice)]


def _value(node: Any, dice: Dice) -> Any:
    kind = dice.randrange(3)
    if kind and isinstance(node, bool):
        return not node
    if kind and isinstance(node, int):
        other = dice.choice((node + 1, node - 1, -node, node * 2**32, -1, 2**63, 2**64 - 1))
        return max(-(2**63), min(2**64 - 1, other))
    if kind and isinstance(node, str):
        return dice.choice((node + "\x00", node[:-1], node + "\u202e", node * 40, "/" + node))
    if kind and isinstance(node, bytes):
        at = dice.randint(0, len(node))
        changed = node[:at] + dice.randbytes(1) + node[at + 1 :]
        return dice.choice((node[:-1], node + b"\x00", b"x" * len(node), changed))
    return dice.choice(NASTY_VALUES)
