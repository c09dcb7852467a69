"""The centre over HTTP: two requests for laptops, a description of them, and a sign of life."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache
from ipaddress import ip_address
from typing import Protocol

import anyio
import msgspec
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kopdesk.protocol.codec import MAX_REQUEST_BYTES, decode_json, packed
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import EnrolRequest, EnrolResponse, Problem
from kopdesk.server.bodies import accepts_zstd, read_body
from kopdesk.server.coding import Coding, coding_of
from kopdesk.server.errors import Refused, StoreFailed
from kopdesk.server.openapi import description

MAX_ENROL_BYTES = 4096
_STORE_RETRY_S = 30
_EXCHANGES_AT_ONCE = 32
_ENROLMENTS_AT_ONCE = 2
"""Argon2 takes 19 MiB each: a crowd of guesses must wait outside."""

Endpoint = Callable[[Request], Awaitable[Response]]

_log = logging.getLogger(__name__)


class Answering(Protocol):
    """A `SyncService` that is told who wants to be enrolled."""

    def enrol(self, request: EnrolRequest, caller: str) -> EnrolResponse: ...

    def exchange(self, token: str, request: bytes) -> bytes: ...


def application(service: Answering, *, silence_s: float | None = None) -> Starlette:
    """The ASGI application. `silence_s`: how long a body may stand still, for tests."""
    pages = _Pages(service, {} if silence_s is None else {"silence_s": silence_s})
    return Starlette(
        routes=[
            Route("/sync/v1", pages.sync, methods=["POST"]),
            Route("/enrol/v1", pages.enrol, methods=["POST"]),
            Route("/openapi.json", pages.openapi, methods=["GET"]),
            Route("/health", pages.health, methods=["GET"]),
        ],
        exception_handlers={HTTPException: _http_problem, Exception: _bug},
    )


class _Pages:
    def __init__(self, service: Answering, pace: dict[str, float]) -> None:
        self._service = service
        self._pace = pace
        # Made here, used in the server's own loop: they hold no loop until then.
        self._exchanges = anyio.CapacityLimiter(_EXCHANGES_AT_ONCE)
        self._enrolments = anyio.CapacityLimiter(_ENROLMENTS_AT_ONCE)

    async def sync(self, request: Request) -> Response:
        return await _answered(self._sync, request)

    async def enrol(self, request: Request) -> Response:
        return await _answered(self._enrol, request)

    async def openapi(self, _: Request) -> Response:
        return Response(_openapi(), media_type="application/json")

    async def health(self, _: Request) -> Response:
        return Response(b'{"status":"ok"}', media_type="application/json")

    async def _sync(self, request: Request) -> Response:
        token = _bearer(request)
        coding = _media_type(request, tuple(Coding))
        body = await read_body(request, MAX_REQUEST_BYTES, **self._pace)
        if coding_of(body) != coding:
            raise BadMessage("undecodable")
        small = accepts_zstd(request)
        answer, packing = await run_sync(self._exchange, token, body, small, limiter=self._exchanges)
        headers = {} if packing == "identity" else {"Content-Encoding": packing}
        return Response(answer, 200, headers, coding)

    def _exchange(self, token: str, body: bytes, small: bool) -> tuple[bytes, str]:
        """In a thread of its own: the store waits for disks, and packing takes its time."""
        answer = self._service.exchange(token, body)
        return packed(answer) if small else (answer, "identity")

    async def _enrol(self, request: Request) -> Response:
        _media_type(request, (Coding.JSON,))
        body = await read_body(request, MAX_ENROL_BYTES, **self._pace)
        wanted = decode_json(EnrolRequest, body)
        answer = await run_sync(self._service.enrol, wanted, caller_of(request), limiter=self._enrolments)
        return Response(msgspec.json.encode(answer), media_type=Coding.JSON)


async def _answered(page: Endpoint, request: Request) -> Response:
    """What a page answers, or the problem it has with the request."""
    try:
        return await page(request)
    except Refused as refused:
        return _problem(refused.status, refused.reason, refused.retry_after)
    except BadMessage as bad:
        return _problem(413 if bad.reason == "too_large" else 400, bad.reason)
    except StoreFailed as failed:
        _log.error("the store failed: %s", failed.reason)
        return _problem(503, "store_failed", _STORE_RETRY_S)


def _problem(status: int, reason: str, retry_after: int | None = None) -> Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in (408, 413):  # the rest of the body is still on its way: nobody waits for it
        headers["Connection"] = "close"
    body = msgspec.json.encode(Problem(reason, retry_after))
    return Response(body, status, headers, Coding.JSON)


async def _http_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reason = {404: "not_found", 405: "wrong_method"}.get(error.status_code, "bad_request")
    response = _problem(error.status_code, reason)
    response.headers.update(error.headers or {})
    return response


async def _bug(_: Request, _error: Exception) -> Response:
    """No details for strangers; uvicorn writes the traceback to its log."""
    return _problem(500, "server_failed")


def caller_of(request: Request) -> str:
    """The address that asks, as the connection has it; what headers say of it, anybody can write.

    Of IPv6 the network: each of its machines has more addresses than could be counted.
    """
    host = request.client.host if request.client else ""
    with suppress(ValueError):
        address = ip_address(host)
        return host if address.version == 4 else address.packed[:8].hex()
    return host


def _bearer(request: Request) -> str:
    """The access token. An empty one is no token, and a device's signature may still stand for it."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refused(401, "no_token")
    return token.strip()


def _media_type(request: Request, known: tuple[Coding, ...]) -> Coding:
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        coding = Coding(sent)
    except ValueError:
        raise Refused(415, "unknown_media_type") from None
    if coding not in known:
        raise Refused(415, "unknown_media_type")
    return coding


@cache
def _openapi() -> bytes:
    return msgspec.json.encode(description())
