"""Messages to bytes and back, and the content codings of HTTP. Limits on everything that comes in."""

import sys
import zlib
from typing import TypeVar

import msgspec

from kopdesk.protocol.errors import BadMessage

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_BATCH_BYTES = 64 * 1024
MAX_BATCH_LEAVES = 10_000
MAX_REQUEST_BYTES = 1024 * 1024
"""Uncompressed. A batch is at most 64 KiB packed, and text packs three to one."""
MAX_RESPONSE_BYTES = 32 * 1024 * 1024

_LEVEL = 19  # slow on purpose: on a 40 kbit/s link a millisecond of work saves five of sending
_LARGEST_WINDOW = 23
"""Of a zstd frame, as a power of two: RFC 9659 allows 8 MiB on the web, a frame could ask for 128 MiB."""

_T = TypeVar("_T")
_UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_encoder = msgspec.msgpack.Encoder()
_decoders: dict[type, msgspec.msgpack.Decoder[object]] = {}


def encode(message: msgspec.Struct) -> bytes:
    """A message as msgpack."""
    return _encoder.encode(message)


def decode(kind: type[_T], data: bytes) -> _T:
    """The reverse of `encode`; raises BadMessage on anything else."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
    try:
        message = decoder.decode(data)
    except _UNDECODABLE as error:
        raise BadMessage("undecodable") from error
    assert isinstance(message, kind)
    return message


def decode_json(kind: type[_T], data: bytes) -> _T:
    """A message out of JSON; raises BadMessage on anything else."""
    try:
        return msgspec.json.decode(data, type=kind)
    except _UNDECODABLE as error:
        raise BadMessage("undecodable") from error


def packed(data: bytes) -> tuple[bytes, str]:
    """Data compressed, and the name of its coding; as it is ("identity") where that is smaller."""
    small = zstd.compress(data, level=_LEVEL)
    return (small, "zstd") if len(small) < len(data) else (data, "identity")


def unpacked(data: bytes, coding: str, limit: int) -> bytes:
    """The reverse of `packed` for zstd, gzip and identity. Stops at `limit` bytes; raises BadMessage."""
    if coding in ("", "identity"):
        plain = data
    elif coding == "zstd":
        plain = _unpack_zstd(data, limit)
    elif coding == "gzip":
        plain = _unpack_gzip(data, limit)
    else:
        raise BadMessage("unknown_coding")
    if len(plain) > limit:
        raise BadMessage("too_large")
    return plain


def _unpack_zstd(data: bytes, limit: int) -> bytes:
    decompressor = zstd.ZstdDecompressor(
        options={zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}
    )
    try:
        plain = decompressor.decompress(data, max_length=limit + 1)
    except zstd.ZstdError as error:
        raise BadMessage("undecodable") from error
    if len(plain) <= limit and (not decompressor.eof or decompressor.unused_data):
        raise BadMessage("truncated")
    return plain


def _unpack_gzip(data: bytes, limit: int) -> bytes:
    decompressor = zlib.decompressobj(wbits=31)
    try:
        plain = decompressor.decompress(data, limit + 1)
    except zlib.error as error:
        raise BadMessage("undecodable") from error
    if len(plain) <= limit and (not decompressor.eof or decompressor.unused_data):
        raise BadMessage("truncated")
    return plain
