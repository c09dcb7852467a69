"""Channels: what is held of each, who made its revs, what was granted."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update
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


class _ChannelRow(NamedTuple):
    num: int
    name: str
    digest: bytes
    cursor: bytes | None
    past: int


class ChannelStore:
    """Cursors are kept as the protocol writes them; digests are over central leaves."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, _ChannelRow] = {}
        self._names: dict[int, str] = {}

    def number(self, name: str) -> int:
        """The channel's number in this file; a new one for a name never seen."""
        row = self._held().get(name)
        if row is None:
            new = {"name": name, "digest": bytes(8), "past": 0}
            number = self._connection.execute(_NEW, new).scalar_one()
            row = self._note(_ChannelRow(number, name, bytes(8), None, 0))
        return row.num

    def name(self, number: int) -> str:
        """The reverse of `number`."""
        self._held()
        return self._names[number]

    def names(self) -> list[str]:
        """All channels of which anything is held."""
        return sorted(self._held())

    def cursors(self) -> dict[str, bytes]:
        """By channel; channels never begun are not in it."""
        return {name: row.cursor for name, row in self._held().items() if row.cursor is not None}

    def save_cursor(self, name: str, cursor: bytes) -> None:
        """In the same unit of work as the page or receipt it tells of."""
        self._change(name, {"cursor": cursor})

    def digest(self, name: str) -> int:
        """64 bits."""
        row = self._held().get(name)
        return int.from_bytes(row.digest, "big") if row else 0

    def save_digest(self, name: str, digest: int) -> None:
        self._change(name, {"digest": digest.to_bytes(8, "big")})

    def past(self, name: str) -> int:
        """How often the centre has lost its past of this channel."""
        row = self._held().get(name)
        return row.past if row else 0

    def rewind(self, name: str, common: int) -> None:
        """A new past begins after `common`: nothing is held of it yet; the tips up to there it shares."""
        past = self.past(name)
        shared = {rev: held for rev, held in self.tips(name, past).items() if rev <= common}
        self._change(name, {"past": past + 1, "cursor": None})
        self.add_tips(name, shared)

    def forget(self, name: str) -> None:
        """Nothing is held of it any more; if it comes again, it comes whole, as of another past."""
        of_channel = {"of_channel": self.number(name)}
        self._connection.execute(_FORGET_TIPS, of_channel)
        self._connection.execute(_FORGET_REVISIONS, of_channel)
        self._change(name, {"past": self.past(name) + 1, "cursor": None, "digest": bytes(8)})

    def tips(self, name: str, past: int | None = None) -> dict[int, bytes]:
        """The points of a past that are known here, by rev; of the present one unless told otherwise."""
        past = self.past(name) if past is None else past
        which = {"channel": self.number(name), "past": past}
        return {row.rev: row.tip for row in self._connection.execute(_TIPS, which)}

    def add_tips(self, name: str, tips: Mapping[int, bytes]) -> None:
        """Remember points of the present past."""
        number, past = self.number(name), self.past(name)
        rows = [{"channel": number, "past": past, "rev": rev, "tip": held} for rev, held in tips.items()]
        if rows:
            self._connection.execute(_ADD_TIPS, rows)

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
            self._connection.execute(_ADD_REVISIONS, new)

    def revisions(self, name: str) -> dict[int, RevisionRow]:
        """Who made each rev of a channel, as far as it is known here."""
        rows = self._connection.execute(_REVISIONS, {"channel": self.number(name)})
        return {
            row.rev: RevisionRow(row.rev, UUID(bytes=row.author), row.replica, row.made_at, row.accepted_at)
            for row in rows
        }

    def revision(self, name: str, rev: int) -> RevisionRow | None:
        """Who made a rev, if it is known here."""
        row = self._connection.execute(_REVISION, {"channel": self.number(name), "rev": rev}).first()
        if row is None:
            return None
        return RevisionRow(row.rev, UUID(bytes=row.author), row.replica, row.made_at, row.accepted_at)

    def add_people(self, people: Mapping[UUID, tuple[str, str]]) -> None:
        """Remember (name, role) of users; the newest word counts."""
        rows = [{"id": i.bytes, "name": name, "role": role} for i, (name, role) in people.items()]
        if rows:
            self._connection.execute(_SAVE_PEOPLE, rows)

    def person(self, user_id: UUID) -> tuple[str, str] | None:
        """(name, role)."""
        row = self._connection.execute(_PERSON, {"id": user_id.bytes}).first()
        return (row.name, row.role) if row else None

    def grants(self) -> list[GrantRow]:
        """All grant records, in order."""
        return [GrantRow(r.number, r.channel, r.kind, r.at) for r in self._connection.execute(_GRANTS)]

    def add_grants(self, grants: Iterable[GrantRow]) -> None:
        """A list that begins at 1 is the centre's whole word: what it said in a lost past is forgotten."""
        rows = [grant._asdict() for grant in grants]
        if rows:
            if rows[0]["number"] == 1:
                self._connection.execute(_FORGET_GRANTS)
            self._connection.execute(_SAVE_GRANTS, rows)

    def _held(self) -> Mapping[str, _ChannelRow]:
        """The whole small table, read once in a unit of work: nobody else changes it meanwhile."""
        if not self._rows:
            for row in self._connection.execute(_CHANNELS):
                self._note(_ChannelRow(row.num, row.name, row.digest, row.cursor, row.past))
        return self._rows

    def _change(self, name: str, columns: Mapping[str, Any]) -> None:
        number = self.number(name)
        self._connection.execute(_CHANGE, {"of_num": number, **columns})
        self._note(self._rows[name]._replace(**columns))

    def _note(self, row: _ChannelRow) -> _ChannelRow:
        self._rows[row.name], self._names[row.num] = row, row.name
        return row


# Made once: making a statement costs more than running it.
_CHANNELS = select(channel)
_NEW = insert(channel).returning(channel.c.num)
_CHANGE = update(channel).where(channel.c.num == bindparam("of_num"))
_TIPS = select(tip.c.rev, tip.c.tip).where(
    tip.c.channel == bindparam("channel"), tip.c.past == bindparam("past")
)
_ADD_TIPS = sqlite_insert(tip).on_conflict_do_nothing()
_REVISION = select(revision).where(
    revision.c.channel == bindparam("channel"), revision.c.rev == bindparam("rev")
)
_REVISIONS = select(revision).where(revision.c.channel == bindparam("channel"))
_ADD_REVISIONS = sqlite_insert(revision).on_conflict_do_nothing()
_FORGET_TIPS = delete(tip).where(tip.c.channel == bindparam("of_channel"))
_FORGET_REVISIONS = delete(revision).where(revision.c.channel == bindparam("of_channel"))
_PERSON = select(person).where(person.c.id == bindparam("id"))
_ADD_PEOPLE = sqlite_insert(person)
_SAVE_PEOPLE = _ADD_PEOPLE.on_conflict_do_update(
    ["id"], set_={"name": _ADD_PEOPLE.excluded.name, "role": _ADD_PEOPLE.excluded.role}
)
_GRANTS = select(grant_record).order_by(grant_record.c.number)
_FORGET_GRANTS = delete(grant_record)
_SAVE_GRANTS = insert(grant_record).prefix_with("OR REPLACE")
