"""The laptop's link believes nothing that is not of the centre's making, whatever it is made of."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kopdesk.protocol.codec import packed
from kopdesk.sync.errors import LinkFailed, NotBelieved, ServerRefused
from kopdesk.sync.http import SYNC_TYPE, HttpLink
from tests.support.raw_client import enrolment

JSON = "application/json"


class Answerer(HTTPServer):
    """Answers everything in one way."""

    status, content_type, coding, body = 200, JSON, "", b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Answerer

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.content_type)
        self.send_header("Content-Length", str(len(self.server.body)))
        if self.server.coding:
            self.send_header("Content-Encoding", self.server.coding)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the test says what it expects."""


@pytest.fixture
def answerer() -> Iterator[Answerer]:
    with Answerer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def link(answerer: Answerer) -> Iterator[HttpLink]:
    link = HttpLink(answerer.url, "token", keep_token=lambda token: None)
    yield link
    link.close()


def exchanging(link: HttpLink) -> None:
    link.exchange(b"request")


def enrolling(link: HttpLink) -> None:
    link.enrol(enrolment("siti", "rahasia-sekali", bytes(32)))


NONSENSE = {
    "nothing": b"",
    "another object": b'{"error": "no"}',
    "not text": b'{"reason": "\xff\xfe"}',
    "without an end": b'{"reason": "',
    "a number for a word": b'{"reason": 7}',
    "very deep": b'{"x": ' + b"[" * 100_000,
    "half a letter": b'{"reason": "\\ud800"}',
    "an endless wait": b'{"reason": "busy", "retry_after": ' + b"9" * 400 + b"}",
    "a wait into the past": b'{"reason": "busy", "retry_after": -1}',
}


@pytest.mark.parametrize("ask", [exchanging, enrolling])
@pytest.mark.parametrize("status", [200, 400, 503])
@pytest.mark.parametrize("name", NONSENSE)
def test_json_that_is_no_answer_is_not_the_centres(
    answerer: Answerer, link: HttpLink, name: str, status: int, ask: Callable[[HttpLink], None]
) -> None:
    answerer.status, answerer.body = status, NONSENSE[name]
    with pytest.raises(LinkFailed, match="not_the_centre"):
        ask(link)


@pytest.mark.parametrize("status", [200, 302, 404, 500, 511])
@pytest.mark.parametrize("ask", [exchanging, enrolling])
def test_a_page_for_people_is_no_answer(
    answerer: Answerer, link: HttpLink, status: int, ask: Callable[[HttpLink], None]
) -> None:
    answerer.status, answerer.content_type, answerer.body = status, "text/html", b"<html>Wi-Fi Desa</html>"
    with pytest.raises(LinkFailed):
        ask(link)


@pytest.mark.parametrize("status", [200, 302])
def test_a_refusal_with_a_status_that_is_none_is_not_the_centres(
    answerer: Answerer, link: HttpLink, status: int
) -> None:
    answerer.status, answerer.body = status, b'{"reason": "account_disabled"}'
    with pytest.raises(LinkFailed, match="not_the_centre"):
        exchanging(link)


@pytest.mark.parametrize("status", [401, 429, 503])
def test_a_refusal_says_why_and_for_how_long(answerer: Answerer, link: HttpLink, status: int) -> None:
    answerer.status, answerer.body = status, b'{"reason": "busy", "retry_after": 7}'
    with pytest.raises(ServerRefused) as refused:
        exchanging(link)
    assert (refused.value.status, refused.value.reason, refused.value.retry_after) == (status, "busy", 7)


@pytest.mark.parametrize("coding", ["zstd", "gzip", "br"])
def test_an_answer_that_does_not_unpack_is_not_believed(
    answerer: Answerer, link: HttpLink, coding: str
) -> None:
    answerer.content_type, answerer.coding = SYNC_TYPE, coding
    answerer.body = packed(b"kas dihitung bersama bendahara " * 20)[0][:-1]
    with pytest.raises(NotBelieved):
        exchanging(link)
