"""Ready for the field? What would be regretted tomorrow in a village without network."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from kopdesk.storage.files import free_disk_mb
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.status import status

Subject: TypeAlias = Literal["copies", "unsent", "decisions", "disk", "clock"]

_FRESH = timedelta(hours=36)
_LEAST_FREE_MB = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is in order or not. `count` and `at`: the facts it was judged by, where it has them."""

    subject: Subject
    is_ready: bool
    count: int | None = None
    at: datetime | None = None


def readiness(desk: Desk, folder: Path) -> list[Check]:
    """In the order in which it should be put right. Times are aware; `folder` is on the disk that counts."""
    now, free = desk.now(), free_disk_mb(folder)
    found = status(desk)
    is_fresh = found.last_contact_at is not None and now - found.last_contact_at <= _FRESH
    to_act = found.conflicts + found.to_mend
    checks = [
        Check(subject="copies", is_ready=is_fresh, at=found.last_contact_at),
        Check(subject="unsent", is_ready=not found.unsent, count=found.unsent),
        Check(subject="decisions", is_ready=not to_act, count=to_act),
        Check(subject="clock", is_ready=not any(word.startswith("clock_") for word in found.warnings)),
    ]
    if free is not None:
        checks.append(Check(subject="disk", is_ready=free >= _LEAST_FREE_MB, count=free))
    return checks
