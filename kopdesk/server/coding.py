"""Messages in either of the two codings: msgpack for laptops, JSON for other programs.

A message says by its first byte which it is, so that an answer, or a receipt kept for years,
stays in the coding in which it was signed.
"""

from enum import StrEnum
from typing import TypeVar

import msgspec

from kopdesk.protocol import codec

_T = TypeVar("_T")


class Coding(StrEnum):
    """The media types of `POST /sync/v1`."""

    MSGPACK = "application/vnd.kopdesk.sync"
    JSON = "application/json"


def coding_of(data: bytes) -> Coding:
    """Every message is an array: in JSON it begins with a bracket, in msgpack never."""
    return Coding.JSON if data[:1] == b"[" else Coding.MSGPACK


def encode(message: msgspec.Struct, coding: Coding) -> bytes:
    """A message in this coding; bytes are base64 in JSON."""
    return msgspec.json.encode(message) if coding is Coding.JSON else codec.encode(message)


def decode(kind: type[_T], data: bytes) -> _T:
    """A message in whichever coding it came; raises BadMessage on anything else."""
    return codec.decode(kind, data) if coding_of(data) is Coding.MSGPACK else codec.decode_json(kind, data)
