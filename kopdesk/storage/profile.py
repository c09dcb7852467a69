"""What a profile knows about itself: whose it is, and which centre it belongs to."""

from dataclasses import asdict, dataclass
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, insert, select

from kopdesk.domain.schema import schema
from kopdesk.storage import shown
from kopdesk.storage.tables import profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The person, the laptop and the centre of a profile. Keys are hex.

    The laptop is another one after a new log-in; the person and the centre never change.
    """

    server_url: str
    server_id: UUID
    server_name: str
    server_keys: dict[str, str]
    user_id: UUID
    login: str
    name: str
    role: str
    device_id: UUID


class ProfileStore:
    """Small values by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def owner(self) -> Owner | None:
        """None until the enrolment is complete."""
        stored = self.value("owner")
        return msgspec.json.decode(stored, type=Owner) if stored else None

    def save_owner(self, owner: Owner) -> None:
        self.save_value("owner", msgspec.json.encode(asdict(owner)).decode())

    def value(self, name: str) -> str | None:
        return self._connection.scalar(_VALUE, {"of_name": name})

    def save_value(self, name: str, value: str) -> None:
        self._connection.execute(_SAVE_VALUE, {"name": name, "value": value})

    def newest_schema(self) -> int:
        """Of the programs that have worked with this file."""
        return int(self.value("schema") or 1)

    def shows_today(self) -> bool:
        """Whether the tables of the domain were made for today's declarations."""
        return self.value("shown_declarations") == shown.declarations()

    def note_shown(self) -> None:
        self.save_value("shown_declarations", shown.declarations())
        self.save_value("schema", str(schema()))


# Made once: making a statement costs more than running it.
_VALUE = select(profile.c.value).where(profile.c.name == bindparam("of_name"))
_SAVE_VALUE = insert(profile).prefix_with("OR REPLACE")
