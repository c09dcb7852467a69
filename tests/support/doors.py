"""The doors to a centre: called in this process, or asked over HTTP. Refusals sound the same behind both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import EnrolRequest, EnrolResponse
from kopdesk.protocol.service import SyncService
from kopdesk.server.errors import Refused
from kopdesk.server.http import Answering
from kopdesk.sync.errors import ServerRefused
from kopdesk.sync.http import HttpLink


@dataclass(frozen=True, slots=True)
class InProcess:
    """The service itself; what it refuses is told as a laptop hears it."""

    service: SyncService

    def enrol(self, request: EnrolRequest) -> EnrolResponse:
        with _as_laptops_hear_it():
            return self.service.enrol(request)

    def exchange(self, token: str, request: bytes) -> bytes:
        with _as_laptops_hear_it():
            return self.service.exchange(token, request)


@contextmanager
def _as_laptops_hear_it() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise ServerRefused(refused.status, refused.reason, refused.retry_after) from refused
    except BadMessage as bad:
        raise ServerRefused(413 if bad.reason == "too_large" else 400, bad.reason) from bad


class OverHttp:
    """The link of a laptop to a server that listens at `url`."""

    def __init__(self, url: str) -> None:
        self._link = HttpLink(url, "", keep_token=lambda token: None)

    def enrol(self, request: EnrolRequest) -> EnrolResponse:
        return self._link.enrol(request)

    def exchange(self, token: str, request: bytes) -> bytes:
        self._link.renew_token(token)
        return self._link.exchange(request)

    def close(self) -> None:
        self._link.close()


class RevolvingDoor:
    """A service behind which another one can be put: one listening server serves many tests."""

    def __init__(self) -> None:
        self.service: Answering | None = None

    def enrol(self, request: EnrolRequest, caller: str) -> EnrolResponse:
        assert self.service is not None
        return self.service.enrol(request, caller)

    def exchange(self, token: str, request: bytes) -> bytes:
        assert self.service is not None
        return self.service.exchange(token, request)


class Refusal(NamedTuple):
    """The status, and the word for programs."""

    status: int
    reason: str


@contextmanager
def refused(status: int, reason: str) -> Iterator[None]:
    """What is done here is refused in exactly this way."""
    with pytest.raises(ServerRefused) as error:
        yield
    assert Refusal(error.value.status, error.value.reason) == Refusal(status, reason)
