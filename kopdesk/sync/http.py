"""The link over HTTP. Believes nothing that is not of our type: a captive portal also says 200."""

from collections.abc import Callable, MutableMapping
from urllib.parse import urlsplit

import msgspec
import requests
from requests.adapters import HTTPAdapter

from kopdesk.domain.errors import KopdeskError
from kopdesk.protocol.codec import MAX_RESPONSE_BYTES, decode_json, packed, unpacked
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import EnrolRequest, EnrolResponse, Problem
from kopdesk.sync.errors import LinkFailed, NotBelieved, ServerRefused

SYNC_TYPE = "application/vnd.kopdesk.sync"

_CONNECT_S = 20
_SILENCE_S = 60
"""Seconds without a single byte; there is no limit on the whole, a slow link may take its time."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class InsecureAddress(KopdeskError):
    """Plain http to another machine."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def checked_url(url: str) -> str:
    """A server's address: https, or http to this machine; raises InsecureAddress or LinkFailed."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LinkFailed("bad_address", url)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise InsecureAddress(url)
    return url.rstrip("/")


class HttpLink:
    """One connection to one centre, kept open between exchanges. Never retries by itself."""

    def __init__(
        self, url: str, token: str, keep_token: Callable[[str], None], *, silence_s: float = _SILENCE_S
    ) -> None:
        self._url = checked_url(url)
        self._token = token
        self._keep_token = keep_token
        self._timeouts = (_CONNECT_S, silence_s)
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no .netrc that nobody remembers
        self._session.headers.clear()
        self._session.mount("https://", HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0))
        self.sent_bytes = self.received_bytes = self.round_trips = 0

    def exchange(self, request: bytes) -> bytes:
        """One round trip; raises LinkFailed, NotBelieved or ServerRefused."""
        body, coding = packed(request)
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": SYNC_TYPE,
            "Accept-Encoding": "zstd",
        }
        if coding != "identity":
            headers["Content-Encoding"] = coding
        status, answer_headers, answer = self._post("/sync/v1", body, headers)
        content_type = answer_headers.get("Content-Type", "").partition(";")[0].strip()
        if status == 200 and content_type == SYNC_TYPE:
            try:
                return unpacked(answer, answer_headers.get("Content-Encoding", ""), MAX_RESPONSE_BYTES)
            except BadMessage as error:
                raise NotBelieved(error.reason) from error
        raise _refusal(status, content_type, answer)

    def enrol(self, request: EnrolRequest) -> EnrolResponse:
        """Make this device known; raises LinkFailed or ServerRefused."""
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        status, answer_headers, answer = self._post("/enrol/v1", msgspec.json.encode(request), headers)
        content_type = answer_headers.get("Content-Type", "").partition(";")[0].strip()
        if status == 200 and content_type == "application/json":
            try:
                return decode_json(EnrolResponse, answer)
            except BadMessage as error:
                raise LinkFailed("not_the_centre") from error
        raise _refusal(status, content_type, answer)

    def renew_token(self, token: str) -> None:
        """Keep it first, then use it."""
        self._keep_token(token)
        self._token = token

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def _post(
        self, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, MutableMapping[str, str], bytes]:
        """Status, headers (found in any case: servers write them as they like) and the body as it came."""
        request = requests.Request("POST", self._url + path, data=body, headers=headers)
        try:
            prepared = self._session.prepare_request(request)
            sent = _size(f"POST {prepared.path_url} HTTP/1.1", prepared.headers.items(), body)
            with self._session.send(
                prepared, timeout=self._timeouts, stream=True, allow_redirects=False, verify=True
            ) as response:
                self.sent_bytes += sent
                self.round_trips += 1
                answer = _read(response)
        except requests.exceptions.SSLError as error:
            raise LinkFailed("untrusted_certificate", str(error)) from error
        except requests.exceptions.ConnectTimeout as error:
            raise LinkFailed("no_answer") from error
        except requests.exceptions.Timeout as error:
            raise LinkFailed("silence") from error
        except requests.exceptions.ConnectionError as error:
            raise LinkFailed(_reason(error)) from error
        except requests.exceptions.RequestException as error:
            raise LinkFailed("cut_off") from error
        status_line = f"HTTP/1.1 {response.status_code} {response.reason}"
        self.received_bytes += _size(status_line, response.headers.items(), answer)
        return response.status_code, response.headers, answer


def _read(response: requests.Response) -> bytes:
    """The raw body, whole: a body that ends before its announced length raises."""
    response.raw.enforce_content_length = True
    chunks, size = [], 0
    try:
        while chunk := response.raw.read(65536, decode_content=False):
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_RESPONSE_BYTES:
                raise LinkFailed("too_much")
    except requests.exceptions.RequestException:
        raise
    except (OSError, _urllib3_error()) as error:
        raise LinkFailed("cut_off") from error
    return b"".join(chunks)


def _urllib3_error() -> type[Exception]:
    from urllib3.exceptions import HTTPError

    return HTTPError


def _size(first_line: str, headers: object, body: bytes) -> int:
    """Bytes of an HTTP message as it stands on the wire."""
    pairs = list(headers)  # type: ignore[call-overload]
    return len(first_line) + 2 + sum(len(f"{name}: {value}\r\n") for name, value in pairs) + 2 + len(body)


def _reason(error: Exception) -> str:
    text = str(error)
    if "NameResolution" in text or "getaddrinfo" in text or "Name or service" in text:
        return "no_network"
    if "Network is unreachable" in text or "No route" in text:
        return "no_network"
    if "refused" in text:
        return "server_down"
    return "cut_off"


def _refusal(status: int, content_type: str, answer: bytes) -> KopdeskError:
    """What an answer that is not a success means."""
    if content_type == "application/json":
        try:
            problem = decode_json(Problem, answer)
        except BadMessage:
            return LinkFailed("not_the_centre")
        if status < 400:
            return LinkFailed("not_the_centre")
        if status in (502, 503, 504):
            return ServerRefused(status, problem.reason, problem.retry_after or 30)
        return ServerRefused(status, problem.reason, problem.retry_after)
    if status in (500, 502, 503, 504):
        return LinkFailed("server_busy")
    return LinkFailed("captive_portal")
