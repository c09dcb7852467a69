"""The centre over real HTTP on the loopback: what it takes, what it refuses, what it says of itself."""

import contextlib
import gzip
import json
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import pytest
import requests
from starlette.requests import Request

from kopdesk.domain.records import RecordKey
from kopdesk.protocol.codec import MAX_REQUEST_BYTES, packed
from kopdesk.protocol.messages import EnrolRequest, EnrolResponse, Problem
from kopdesk.server.coding import Coding
from kopdesk.server.connection import PatientConnection
from kopdesk.server.errors import StoreFailed
from kopdesk.server.http import MAX_ENROL_BYTES, application, caller_of
from kopdesk.server.opening import Server
from kopdesk.server.serving import answering
from tests.support.raw_client import RawClient, enrolment, leaves_of
from tests.support.server_parts import PASSWORD, PERIDAN, PERIDAN_CHANNEL, a_person

VISIT = RecordKey("visit", UUID(int=5))
SYNC, JSON = "application/vnd.kopdesk.sync", "application/json"


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    a_person(server, "siti", PERIDAN)
    with answering(server.centre) as address:
        yield address


@pytest.fixture
def siti(server: Server, url: str) -> RawClient:
    return RawClient(server.centre, "siti", PASSWORD)


def post(url: str, client: RawClient, body: bytes, **headers: str) -> requests.Response:
    sent = {"Authorization": f"Bearer {client.token}", "Content-Type": client.coding.value, **headers}
    return requests.post(f"{url}/sync/v1", data=body, headers=sent, timeout=20)


def problem(response: requests.Response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == JSON
    return response.status_code, msgspec.json.decode(response.content, type=Problem).reason


def test_an_answer_has_no_header_that_says_nothing(url: str, siti: RawClient) -> None:
    response = post(url, siti, siti.body(siti.request()))
    names = {name.lower() for name in response.headers}
    assert names <= {"content-type", "content-length", "content-encoding"}


@pytest.mark.parametrize("coding", ["", "identity", "gzip", "zstd"])
def test_bodies_come_in_any_known_coding(url: str, siti: RawClient, coding: str) -> None:
    plain = siti.body(siti.request())
    body = {"gzip": gzip.compress, "zstd": lambda data: packed(data + bytes(0))[0]}.get(coding, bytes)(plain)
    if coding == "zstd" and body == plain:
        pytest.fail("the request is too small to be compressed")
    headers = {"Content-Encoding": coding} if coding else {}
    response = post(url, siti, body, **headers, **{"Accept-Encoding": "identity"})
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
    assert leaves_of(siti.believed(response.content))


def test_the_answer_is_packed_only_for_who_accepts_it(url: str, siti: RawClient) -> None:
    for accepted, coding in (("gzip, zstd;q=0.5", "zstd"), ("zstd;q=0", None), ("gzip", None)):
        with post(url, siti, siti.body(siti.request()), **{"Accept-Encoding": accepted}) as response:
            assert response.headers.get("Content-Encoding") == coding


def test_json_comes_and_goes_for_other_programs(server: Server, url: str) -> None:
    client = RawClient(server.centre, "siti", PASSWORD, seed=8, coding=Coding.JSON)
    response = post(url, client, client.body(client.request()), **{"Accept-Encoding": "identity"})
    assert response.headers["Content-Type"] == JSON
    body, key_id, signature = json.loads(response.content)
    assert (len(key_id), len(signature)) == (12, 88)
    assert leaves_of(client.believed(response.content))
    assert body


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Authorization": ""}, (401, "no_token")),
        ({"Authorization": "Basic c2l0aQ=="}, (401, "no_token")),
        ({"Content-Type": "text/html"}, (415, "unknown_media_type")),
        ({"Content-Type": JSON}, (400, "undecodable")),
        ({"Content-Encoding": "br"}, (415, "unknown_coding")),
        ({"Content-Encoding": "gzip"}, (400, "undecodable")),
        ({"Content-Encoding": "zstd"}, (400, "undecodable")),
    ],
)
def test_headers_that_do_not_fit_are_refused(
    url: str, siti: RawClient, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    assert problem(post(url, siti, siti.body(siti.request()), **headers)) == expected


def test_a_cut_or_padded_body_is_no_message(url: str, siti: RawClient) -> None:
    body = siti.body(siti.request())
    for wrong in (b"", body[:-1], body + b"\x00", b"<html>", gzip.compress(body)):
        assert problem(post(url, siti, wrong)) == (400, "undecodable")
    cut = gzip.compress(body)[:-9]
    assert problem(post(url, siti, cut, **{"Content-Encoding": "gzip"}))[0] == 400


def test_who_is_not_known_is_told_so(server: Server, url: str, siti: RawClient) -> None:
    response = post(url, siti, siti.body(siti.request(device=b"n" * 16)))
    assert problem(response) == (401, "unknown_device")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_bomb_is_not_unpacked(url: str, siti: RawClient) -> None:
    bomb = gzip.compress(bytes(20 * MAX_REQUEST_BYTES))
    assert len(bomb) < MAX_REQUEST_BYTES
    assert problem(post(url, siti, bomb, **{"Content-Encoding": "gzip"})) == (413, "too_large")


@contextmanager
def connection(url: str) -> Iterator[socket.socket]:
    host, port = urlsplit(url).hostname, urlsplit(url).port
    assert host is not None
    assert port is not None
    with socket.create_connection((host, port), timeout=20) as opened:
        yield opened


def head(siti: RawClient, *lines: str) -> bytes:
    fixed = [
        "POST /sync/v1 HTTP/1.1",
        "Host: x",
        f"Authorization: Bearer {siti.token}",
        f"Content-Type: {SYNC}",
    ]
    return "\r\n".join([*fixed, *lines, "", ""]).encode()


def answer(opened: socket.socket) -> bytes:
    """Everything until the server closes the connection."""
    parts = []
    while part := opened.recv(4096):
        parts.append(part)
    return b"".join(parts)


def test_an_announced_flood_is_refused_before_it_comes(url: str, siti: RawClient) -> None:
    with connection(url) as opened:
        opened.sendall(head(siti, f"Content-Length: {MAX_REQUEST_BYTES + 1}"))
        received = answer(opened)
    assert received.startswith(b"HTTP/1.1 413 ")
    assert b'"too_large"' in received


def test_a_flood_without_a_length_is_cut_off(url: str, siti: RawClient) -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    sent = 0
    with connection(url) as opened:
        opened.sendall(head(siti, "Transfer-Encoding: chunked"))
        # Who goes on sending into a closed connection may lose the answer: that is how TCP says no.
        with contextlib.suppress(ConnectionError):
            while sent < 64 * MAX_REQUEST_BYTES:
                opened.sendall(chunk)
                sent += len(chunk)
            pytest.fail("the server took it all")


def test_a_body_that_stands_still_is_given_up(server: Server) -> None:
    a_person(server, "siti", PERIDAN)
    siti = RawClient(server.centre, "siti", PASSWORD)
    with answering(server.centre, silence_s=0.2) as url, connection(url) as opened:
        opened.sendall(head(siti, "Content-Length: 1000") + b"begin")
        received = answer(opened)
    assert received.startswith(b"HTTP/1.1 408 ")
    assert b'"too_slow"' in received


def test_a_head_that_never_ends_is_given_up(server: Server) -> None:
    class Hurried(PatientConnection):
        head_s = 0.2

    with answering(server.centre, connection=Hurried) as url:
        with connection(url) as opened:
            opened.sendall(b"POST /sync/v1 HTTP/1.1\r\nHost: x\r\n")
            assert answer(opened) == b""
        with connection(url) as opened:  # and the second request of a connection no less
            opened.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            assert opened.recv(4096).startswith(b"HTTP/1.1 200 ")
            opened.sendall(b"GET /hea")
            answer(opened)


def test_a_laptop_that_hangs_up_leaves_nothing_behind(server: Server, url: str, siti: RawClient) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    body = siti.body(siti.request(batch=batch))
    with connection(url) as opened:
        opened.sendall(head(siti, f"Content-Length: {len(body)}") + body[:-1])
    assert requests.get(f"{url}/health", timeout=20).json() == {"status": "ok"}
    with server.store.reading() as tx:
        assert tx.channel_of(VISIT) is None


# Enrolment.


def enrol(url: str, body: bytes, content_type: str = JSON) -> requests.Response:
    return requests.post(f"{url}/enrol/v1", data=body, headers={"Content-Type": content_type}, timeout=20)


def test_enrolment_has_its_own_refusals(url: str) -> None:
    good = enrolment("siti", PASSWORD, bytes(32))
    wrong = msgspec.json.encode(msgspec.structs.replace(good, password="falsch"))
    assert problem(enrol(url, wrong)) == (401, "wrong_password")
    assert problem(enrol(url, msgspec.json.encode(good), SYNC)) == (415, "unknown_media_type")
    assert problem(enrol(url, b'{"user": "siti", "admin": true}')) == (400, "undecodable")
    assert problem(enrol(url, b'{"user": "\\ud800"}')) == (400, "undecodable")
    assert problem(enrol(url, bytes(MAX_ENROL_BYTES + 1))) == (413, "too_large")
    for _ in range(3):
        enrol(url, wrong)
    waiting = enrol(url, msgspec.json.encode(good))
    assert problem(waiting) == (429, "too_many_attempts")
    assert int(waiting.headers["Retry-After"]) > 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127 for its own")
def test_who_guesses_from_another_machine_keeps_nobody_but_himself_waiting(url: str) -> None:
    good = enrolment("siti", PASSWORD, bytes(32))
    wrong = msgspec.structs.replace(good, password="falsch")
    assert [enrol_from("127.0.0.2", url, wrong) for _ in range(6)] == [401] * 4 + [429] * 2
    assert enrol_from("127.0.0.2", url, good) == 429
    assert enrol_from("127.0.0.3", url, good) == 200


def enrol_from(address: str, url: str, request: EnrolRequest) -> int:
    """Whatever a header says of where it comes from."""
    headers = {"Content-Type": JSON, "X-Forwarded-For": f"10.0.0.{time.monotonic_ns() % 200}"}
    opened = HTTPConnection(urlsplit(url).netloc, timeout=20, source_address=(address, 0))
    with contextlib.closing(opened):
        opened.request("POST", "/enrol/v1", msgspec.json.encode(request), headers)
        return opened.getresponse().status


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("10.0.0.1", 5), ("10.0.0.1", 6), True),
        (("10.0.0.1", 5), ("10.0.0.2", 5), False),
        (("2001:db8::1", 5), ("2001:db8::ffff:2", 5), True),
        (("2001:db8::1", 5), ("2001:db8:0:1::1", 5), False),
        (("fe80::1%eth0", 5), ("10.0.0.1", 5), False),
        (None, ("", 0), True),  # a socket without addresses
    ],
)
def test_a_caller_is_a_machine_or_a_network_of_ipv6(one: object, other: object, same: bool) -> None:
    callers = {caller_of(Request({"type": "http", "client": client})) for client in (one, other)}
    assert len(callers) == (1 if same else 2)


# What goes wrong inside.


class Failing:
    """A service with a full disk, or with a bug."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def enrol(self, request: EnrolRequest, caller: str) -> EnrolResponse:
        raise self.error

    def exchange(self, token: str, request: bytes) -> bytes:
        raise self.error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (StoreFailed("full"), (503, "store_failed")),
        (ZeroDivisionError("secret detail"), (500, "server_failed")),
    ],
    ids=["full disk", "bug"],
)
def test_trouble_of_its_own_is_told_without_details(
    error: Exception, expected: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"Authorization": "Bearer x", "Content-Type": SYNC}
    with answering(Failing(error)) as url:
        response = requests.post(f"{url}/sync/v1", data=b"\x93", headers=headers, timeout=20)
    assert problem(response) == expected
    assert b"secret" not in response.content
    assert caplog.records


# What it says of itself.


def test_every_route_is_described(server: Server, url: str) -> None:
    description = requests.get(f"{url}/openapi.json", timeout=20).json()
    routes = {
        (route.path, method.lower())  # type: ignore[attr-defined]
        for route in application(server.centre).routes
        for method in route.methods - {"HEAD"}  # type: ignore[attr-defined]
    }
    assert {(path, method) for path, item in description["paths"].items() for method in item} == routes


def test_the_description_holds_together(url: str) -> None:
    description = requests.get(f"{url}/openapi.json", timeout=20).json()
    assert description["openapi"].startswith("3.1")
    schemas = description["components"]["schemas"]
    referenced = set(_references(description))
    assert referenced
    assert referenced <= {f"#/components/schemas/{name}" for name in schemas}
    titles = [item["title"] for item in schemas["Request"]["prefixItems"]]
    assert titles[:3] == ["protocol", "schema", "device"]
    assert schemas["EnrolRequest"]["additionalProperties"] is False
    for operation in (op for item in description["paths"].values() for op in item.values()):
        assert operation["operationId"]
        assert "200" in operation["responses"]


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def test_other_addresses_and_methods_are_refused(url: str) -> None:
    assert problem(requests.get(f"{url}/", timeout=20)) == (404, "not_found")
    wrong = requests.get(f"{url}/sync/v1", timeout=20)
    assert problem(wrong) == (405, "wrong_method")
    assert wrong.headers["Allow"] == "POST"
