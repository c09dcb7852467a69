"""What holds of every message: it survives either coding and every packing, and no part of it is another."""

import gzip

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kopdesk.protocol import codec
from kopdesk.protocol.codec import packed, unpacked
from kopdesk.protocol.errors import BadMessage
from kopdesk.server.coding import Coding, coding_of, decode, encode
from tests.support.messages import KINDS, any_of

BY_NAME = {kind.__name__: kind for kind in KINDS}
ARRAYS = [name for name, kind in BY_NAME.items() if kind.__struct_config__.array_like]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_message_survives_the_wire(name: str) -> None:
    kind = BY_NAME[name]

    @settings(max_examples=100)
    @given(any_of(kind))
    def survives(message: msgspec.Struct) -> None:
        assert codec.decode(kind, codec.encode(message)) == message
        in_json = encode(message, Coding.JSON)
        assert codec.decode_json(kind, in_json) == message

    survives()


@pytest.mark.parametrize("name", ARRAYS)
def test_a_message_says_by_its_first_byte_how_it_is_coded(name: str) -> None:
    kind = BY_NAME[name]

    @settings(max_examples=50)
    @given(any_of(kind), st.sampled_from(Coding))
    def says(message: msgspec.Struct, coding: Coding) -> None:
        body = encode(message, coding)
        assert coding_of(body) is coding
        assert decode(kind, body) == message

    says()


@pytest.mark.parametrize("name", ARRAYS)
def test_no_part_of_a_message_is_a_message(name: str) -> None:
    kind = BY_NAME[name]

    @settings(max_examples=50)
    @given(any_of(kind), st.data())
    def is_none(message: msgspec.Struct, data: st.DataObject) -> None:
        body = codec.encode(message)
        for part in (body[: data.draw(st.integers(0, len(body) - 1))], body + b"\x00", body * 2):
            with pytest.raises(BadMessage):
                codec.decode(kind, part)

    is_none()


@given(st.binary(max_size=3000), st.integers(1, 6))
def test_what_is_packed_by_anybody_is_unpacked(data: bytes, times: int) -> None:
    plain = data * times
    small, coding = packed(plain)
    assert unpacked(small, coding, len(plain)) == plain
    assert unpacked(gzip.compress(plain), "gzip", len(plain)) == plain


@given(st.binary(min_size=1, max_size=3000), st.integers(1, 6), st.data())
def test_nothing_larger_than_the_limit_is_unpacked(data: bytes, times: int, draw: st.DataObject) -> None:
    plain = data * times
    limit = draw.draw(st.integers(0, len(plain) - 1))
    for body, coding in (packed(plain), (gzip.compress(plain), "gzip"), (plain, "identity")):
        with pytest.raises(BadMessage, match="too_large"):
            unpacked(body, coding, limit)
