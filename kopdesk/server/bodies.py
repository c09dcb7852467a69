"""Reads the body of a request with limits on its size and its pace."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from kopdesk.protocol.codec import unpacked
from kopdesk.protocol.errors import BadMessage
from kopdesk.server.errors import Refused

SILENCE_S = 30.0
"""Without a single byte. A village link is slow, but it moves."""
LONGEST_S = 10 * 60.0
"""For the whole body: 64 KiB pass in that time at one kilobit a second."""

_CODINGS = ("", "identity", "gzip", "zstd")


async def read_body(
    request: Request, limit: int, *, silence_s: float = SILENCE_S, longest_s: float = LONGEST_S
) -> bytes:
    """The unpacked body; raises Refused 408, 413 or 415, or BadMessage. Never holds more than `limit`."""
    coding = request.headers.get("content-encoding", "").strip().lower()
    if coding not in _CODINGS:
        raise Refused(415, "unknown_coding")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise Refused(413, "too_large")
    try:
        async with asyncio.timeout(longest_s):
            body = await _read(request, limit, silence_s)
    except TimeoutError:
        raise Refused(408, "too_slow") from None
    except ClientDisconnect:
        raise BadMessage("truncated") from None
    try:
        return unpacked(body, coding, limit)
    except BadMessage as error:
        if error.reason == "too_large":
            raise Refused(413, "too_large") from None
        raise


async def _read(request: Request, limit: int, silence_s: float) -> bytes:
    chunks: list[bytes] = []
    size = 0
    stream = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(silence_s):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return b"".join(chunks)
        size += len(chunk)
        if size > limit:
            raise Refused(413, "too_large")
        chunks.append(chunk)


def accepts_zstd(request: Request) -> bool:
    """Whether Accept-Encoding names it and does not refuse it by `q=0`."""
    for item in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, parameters = item.strip().partition(";")
        if name.strip() == "zstd":
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
