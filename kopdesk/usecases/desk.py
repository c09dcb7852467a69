"""What every use case works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kopdesk.domain.states import Role
from kopdesk.storage.attachments import AttachmentFiles
from kopdesk.storage.database import Database
from kopdesk.storage.keychain import Keychain
from kopdesk.storage.profile import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open profile, its owner, a clock (aware UTC) and a source of random bytes."""

    database: Database
    attachments: AttachmentFiles
    owner: Owner
    now: Callable[[], datetime]
    random_bytes: Callable[[int], bytes]

    @property
    def now_ms(self) -> int:
        """Unix milliseconds by the laptop's clock."""
        return int(self.now().timestamp() * 1000)

    @property
    def role(self) -> Role:
        """As whom the owner works."""
        return Role(self.owner.role)


@dataclass(frozen=True, slots=True)
class OpenProfile:
    """A profile that this process holds until it is closed."""

    folder: Path
    desk: Desk
    keychain: Keychain
