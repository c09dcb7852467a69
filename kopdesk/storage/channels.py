"""Channels: what is held of each, who made its revs, what was granted."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kopdesk.storage.tables import channel, grant_record, person, revision, tip


class RevisionRow(NamedTuple):
    """Who made a rev of a channel, in which replica, and when by the laptop's and the server's clock."""

    rev: int
    author_id: UUID
    replica: bytes
    made_at: int
    accepted_at: int


class GrantRow(NamedTuple):
    """A numbered word of the centre about who may read a channel."""

    number: int
    channel: str
    kind: int
    at: int


class ChannelStore:
    """Cursors are kept as the protocol writes them; digests are over central leaves."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = {}
        self._names: dict[int, str] = {}

    def number(self, name: str) -> int:
        """The channel's number in this file; a new one for a name never seen."""
        if name not in self._numbers:
            found = self._connection.scalar(select(channel.c.num).where(channel.c.name == name))
            if found is None:
                row = {"name": name, "digest": bytes(8), "past": 0}
                found = self._connection.execute(insert(channel).returning(channel.c.num), row).scalar_one()
            self._numbers[name] = int(found)
            self._names[int(found)] = name
        return self._numbers[name]

    def name(self, number: int) -> str:
        """The reverse of `number`."""
        if number not in self._names:
            for row in self._connection.execute(select(channel.c.num, channel.c.name)):
                self._numbers[row.name], self._names[row.num] = row.num, row.name
        return self._names[number]

    def names(self) -> list[str]:
        """All channels of which anything is held."""
        return sorted(self._connection.scalars(select(channel.c.name)))

    def cursors(self) -> dict[str, bytes]:
        """By channel; channels never begun are not in it."""
        query = select(channel.c.name, channel.c.cursor).where(channel.c.cursor.is_not(None))
        return {row.name: row.cursor for row in self._connection.execute(query)}

    def save_cursor(self, name: str, cursor: bytes) -> None:
        """In the same unit of work as the page or receipt it tells of."""
        number = self.number(name)
        self._connection.execute(update(channel).where(channel.c.num == number).values(cursor=cursor))

    def digest(self, name: str) -> int:
        """64 bits."""
        found = self._connection.scalar(select(channel.c.digest).where(channel.c.name == name))
        return int.from_bytes(found or bytes(8), "big")

    def save_digest(self, name: str, digest: int) -> None:
        number = self.number(name)
        self._connection.execute(
            update(channel).where(channel.c.num == number).values(digest=digest.to_bytes(8, "big"))
        )

    def past(self, name: str) -> int:
        """How often the centre has lost its past of this channel."""
        return self._connection.scalar(select(channel.c.past).where(channel.c.name == name)) or 0

    def rewind(self, name: str, common: int) -> None:
        """A new past begins after `common`: nothing is held of it yet; the tips up to there it shares."""
        number, past = self.number(name), self.past(name)
        shared = {rev: held for rev, held in self.tips(name, past).items() if rev <= common}
        self._connection.execute(
            update(channel).where(channel.c.num == number).values(past=past + 1, cursor=None)
        )
        self.add_tips(name, shared)

    def tips(self, name: str, past: int | None = None) -> dict[int, bytes]:
        """The points of a past that are known here, by rev; of the present one unless told otherwise."""
        past = self.past(name) if past is None else past
        query = select(tip.c.rev, tip.c.tip).where(tip.c.channel == self.number(name), tip.c.past == past)
        return {row.rev: row.tip for row in self._connection.execute(query)}

    def add_tips(self, name: str, tips: Mapping[int, bytes]) -> None:
        """Remember points of the present past."""
        number, past = self.number(name), self.past(name)
        rows = [{"channel": number, "past": past, "rev": rev, "tip": held} for rev, held in tips.items()]
        if rows:
            self._connection.execute(sqlite_insert(tip).on_conflict_do_nothing(), rows)

    def add_revisions(self, name: str, rows: Iterable[RevisionRow]) -> None:
        """Remember who made these revs; known ones stay as they are."""
        number = self.number(name)
        new = [
            {
                "channel": number,
                "rev": row.rev,
                "author": row.author_id.bytes,
                "replica": row.replica,
                "made_at": row.made_at,
                "accepted_at": row.accepted_at,
            }
            for row in rows
        ]
        if new:
            self._connection.execute(sqlite_insert(revision).on_conflict_do_nothing(), new)

    def revision(self, name: str, rev: int) -> RevisionRow | None:
        """Who made a rev, if it is known here."""
        query = select(revision).where(revision.c.channel == self.number(name), revision.c.rev == rev)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return RevisionRow(row.rev, UUID(bytes=row.author), row.replica, row.made_at, row.accepted_at)

    def add_people(self, people: Mapping[UUID, tuple[str, str]]) -> None:
        """Remember (name, role) of users; the newest word counts."""
        rows = [{"id": i.bytes, "name": name, "role": role} for i, (name, role) in people.items()]
        if rows:
            statement = sqlite_insert(person)
            newest = {"name": statement.excluded.name, "role": statement.excluded.role}
            self._connection.execute(statement.on_conflict_do_update(["id"], set_=newest), rows)

    def person(self, user_id: UUID) -> tuple[str, str] | None:
        """(name, role)."""
        row = self._connection.execute(select(person).where(person.c.id == user_id.bytes)).first()
        return (row.name, row.role) if row else None

    def grants(self) -> list[GrantRow]:
        """All grant records, in order."""
        query = select(grant_record).order_by(grant_record.c.number)
        return [GrantRow(r.number, r.channel, r.kind, r.at) for r in self._connection.execute(query)]

    def add_grants(self, grants: Iterable[GrantRow]) -> None:
        """A number given twice is a server's that has lost its past: its newest word counts."""
        rows = [grant._asdict() for grant in grants]
        if rows:
            self._connection.execute(insert(grant_record).prefix_with("OR REPLACE"), rows)
