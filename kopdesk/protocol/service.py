"""What the centre does for a laptop: the one interface with an HTTP client and a server behind it."""

from typing import Protocol

from kopdesk.protocol.messages import EnrolRequest, EnrolResponse


class SyncService(Protocol):
    """Both ends implement it: `server.service` for real, `sync.http` by asking a server."""

    def enrol(self, request: EnrolRequest) -> EnrolResponse:
        """Make a device of a person known."""
        ...

    def exchange(self, token: str, request: bytes) -> bytes:
        """One round trip: an encoded, signed Request for an encoded, signed Response."""
        ...
