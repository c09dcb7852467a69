import gzip
import sys

import pytest

from kopdesk.protocol.codec import decode, encode, packed, unpacked
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import Cursor, Signed
from kopdesk.protocol.signing import (
    SigningKey,
    is_signed_by,
    key_id_of,
    message_hash,
    verified_body,
)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LIMIT = 100_000


def test_what_packing_would_make_larger_stays_as_it_is() -> None:
    assert packed(b"x") == (b"x", "identity")


def test_text_is_packed() -> None:
    assert packed(b"kas dihitung bersama bendahara " * 20)[1] == "zstd"


def test_gzip_of_other_clients_is_read() -> None:
    assert unpacked(gzip.compress(b"halo" * 100), "gzip", LIMIT) == b"halo" * 100


@pytest.mark.parametrize("coding", ["zstd", "gzip"])
def test_a_bomb_stops_at_the_limit(coding: str) -> None:
    bomb = packed(bytes(50_000_000))[0] if coding == "zstd" else gzip.compress(bytes(50_000_000))
    with pytest.raises(BadMessage, match="too_large"):
        unpacked(bomb, coding, LIMIT)


def test_a_frame_that_asks_for_more_memory_than_the_web_allows_is_refused() -> None:
    for power, is_taken in ((23, True), (24, False), (27, False)):
        maker = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: power})
        frame = maker.compress(b"halo" * 100) + maker.flush()
        if is_taken:
            assert unpacked(frame, "zstd", LIMIT) == b"halo" * 100
        else:
            with pytest.raises(BadMessage, match="undecodable"):
                unpacked(frame, "zstd", LIMIT)


def test_every_truncation_is_noticed() -> None:
    body, coding = packed(b"kas dihitung bersama bendahara " * 20)
    for end in range(len(body)):
        with pytest.raises(BadMessage):
            unpacked(body[:end], coding, LIMIT)


def test_every_truncation_of_gzip_is_noticed() -> None:
    body = gzip.compress(b"kas dihitung bersama bendahara " * 20)
    for end in range(len(body)):
        with pytest.raises(BadMessage):
            unpacked(body[:end], "gzip", LIMIT)


def test_an_unknown_coding_is_refused() -> None:
    with pytest.raises(BadMessage, match="unknown_coding"):
        unpacked(b"x", "br", LIMIT)


def test_two_frames_are_not_one_message() -> None:
    body, coding = packed(b"kas dihitung bersama bendahara " * 20)
    with pytest.raises(BadMessage):
        unpacked(body + body, coding, LIMIT)


def test_a_signature_holds_for_exactly_these_bytes_and_this_key() -> None:
    key, other = SigningKey(bytes(32), b"k1"), SigningKey(bytes([1]) * 32, b"k1")
    signed = key.sign(b"isi")
    assert verified_body(signed, {b"k1": key.public_key}) == b"isi"
    for keys in ({b"k1": other.public_key}, {b"k2": key.public_key}, {}):
        with pytest.raises(BadMessage):
            verified_body(signed, keys)
    with pytest.raises(BadMessage):
        verified_body(Signed(b"isj", b"k1", signed.signature), {b"k1": key.public_key})


def test_a_key_that_is_none_signs_nothing() -> None:
    assert not is_signed_by(b"short", bytes(64), b"isi")


def test_names_of_keys_and_messages_differ() -> None:
    assert len(key_id_of(bytes(32))) == 8
    assert message_hash(b"a") != message_hash(b"b")


def test_a_cursor_survives_the_wire() -> None:
    cursor = Cursor(b"", 5, bytes(16), 2**64 - 1)
    assert decode(Cursor, encode(cursor)) == cursor
