"""How an exchange can fail. Nothing on the laptop changes by any of these."""

from kopdesk.domain.errors import KopdeskError


class LinkFailed(KopdeskError):
    """No usable answer came; trying again later is right. `reason` is a word that `wording` knows."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class ServerRefused(KopdeskError):
    """The centre answered that it will not serve this; trying again alone does not help."""

    def __init__(self, status: int, reason: str, retry_after: int | None = None) -> None:
        super().__init__(status, reason, retry_after)
        self.status, self.reason, self.retry_after = status, reason, retry_after


class NotBelieved(KopdeskError):
    """An answer that is cut, foreign, forged or not for this request: as if none had come."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HistoryBroken(KopdeskError):
    """The centre's past and this laptop's differ. Everything is kept; `verdict` names the case."""

    def __init__(self, verdict: str) -> None:
        super().__init__(verdict)
        self.verdict = verdict
