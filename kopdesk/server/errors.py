"""Why the server refuses a request as a whole. Each has an HTTP status and a word for programs."""

from kopdesk.domain.errors import KopdeskError


class Refused(KopdeskError):
    """A request the server does not serve. `retry_after`: seconds to wait, where waiting helps."""

    def __init__(self, status: int, reason: str, retry_after: int | None = None) -> None:
        super().__init__(status, reason, retry_after)
        self.status, self.reason, self.retry_after = status, reason, retry_after
