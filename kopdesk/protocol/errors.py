"""What can be wrong with a message."""

from kopdesk.domain.errors import KopdeskError


class BadMessage(KopdeskError):
    """Bytes that are not the message they should be. Nothing of it was applied."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
