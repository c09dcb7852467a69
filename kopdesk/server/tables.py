"""The tables of the centre. Everything of a channel is in rows keyed by the channel, so that it can shard.

Written for SQLite and PostgreSQL alike. Times are Unix milliseconds. Values are JSON text, so that true,
1 and "1" stay what they are. What is here now; `migrations` says how a database gets here.
"""

from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    Uuid,
)

from kopdesk.domain.values import Value


class LeafValue(TypeDecorator[Any]):
    """A leaf's value as JSON text; a leaf that was emptied is the text `null`, never SQL's NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Value:
        decoded: Value = msgspec.json.decode(value) if value is not None else None
        return decoded


class Unsigned64(TypeDecorator[int]):
    """A digest or a record's share of it: databases know signed integers only."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return value if value is None or value < 2**63 else value - 2**64

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        return None if value is None else value % 2**64


metadata = MetaData()


def _column(name: str, kind: Any, *, key: bool = False) -> Column[Any]:
    return Column(name, kind, primary_key=key, nullable=False)


def _optional(name: str, kind: Any) -> Column[Any]:
    return Column(name, kind)


# Who the server is, and who may talk to it.

identity = Table(
    "identity",
    metadata,
    _column("server_id", Uuid, key=True),
    _column("name", Text),
    _column("public_key", LargeBinary),
)

users = Table(
    "users",
    metadata,
    _column("id", Uuid, key=True),
    _column("login", Text),
    _column("folded_login", Text),
    _column("name", Text),
    _column("role", Text),
    _column("password", Text),
    _column("disabled", Boolean),
    Index("users_by_login", "folded_login", unique=True),
)

devices = Table(
    "devices",
    metadata,
    _column("id", Uuid, key=True),
    _column("user_id", Uuid),
    _column("name", Text),
    _column("public_key", LargeBinary),
    _column("revoked", Boolean),
    _column("added_at", BigInteger),
    Index("devices_by_key", "public_key", unique=True),
)

tokens = Table(
    "tokens",
    metadata,
    _column("hash", LargeBinary, key=True),
    _column("device_id", Uuid),
    _column("expires_at", BigInteger),
    Index("tokens_by_device", "device_id", "expires_at"),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    _column("device_id", Uuid, key=True),
    _column("heard_at", BigInteger),
    _column("app_version", Text),
    _column("clock", BigInteger),
    _column("unsent", BigInteger),
    _optional("oldest_unsent_at", BigInteger),
    _optional("free_disk_mb", BigInteger),
    _column("clock_doubt", Boolean),
)

# Whose history was another than the centre's: by what the device was told, how often and when last.
noticed = Table(
    "noticed",
    metadata,
    _column("device_id", Uuid, key=True),
    _column("verdict", SmallInteger, key=True),
    _column("times", BigInteger),
    _column("at", BigInteger),
)

grants = Table(
    "grants",
    metadata,
    _column("user_id", Uuid, key=True),
    _column("number", BigInteger, key=True),
    _column("channel", Text),
    _column("kind", SmallInteger),
    _column("at", BigInteger),
)

# What a channel is now.

channels = Table(
    "channels",
    metadata,
    _column("name", Text, key=True),
    _column("rev", BigInteger),
    _column("tip", LargeBinary),
    _column("digest", Unsigned64),
)

records = Table(
    "records",
    metadata,
    _column("channel", Text, key=True),
    _column("type", Text, key=True),
    _column("id", Uuid, key=True),
    _column("rank", SmallInteger),
    _column("hash", Unsigned64),
    sqlite_with_rowid=False,
)
# The order of a snapshot.
Index("records_by_rank", records.c.channel, records.c.rank, records.c.id.desc(), records.c.type)
# Not unique: a shard sees only its own channels.
Index("records_by_id", records.c.type, records.c.id)

leaves = Table(
    "leaves",
    metadata,
    _column("channel", Text, key=True),
    _column("type", Text, key=True),
    _column("id", Uuid, key=True),
    _column("path", Text, key=True),
    _column("value", LeafValue),
    _column("rev", BigInteger),
    # The order of a page.
    Index("leaves_by_rev", "channel", "rev", "type", "id", "path"),
    sqlite_with_rowid=False,
)

# How it came to be: only ever added to.

revisions = Table(
    "revisions",
    metadata,
    _column("channel", Text, key=True),
    _column("rev", BigInteger, key=True),
    _column("tag", LargeBinary),
    _column("tip", LargeBinary),
    _column("digest", Unsigned64),
    _column("author_id", Uuid),
    _optional("replica_id", Uuid),
    _column("made_at", BigInteger),
    _column("accepted_at", BigInteger),
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    metadata,
    _column("channel", Text, key=True),
    _column("type", Text, key=True),
    _column("id", Uuid, key=True),
    _column("path", Text, key=True),
    _column("rev", BigInteger, key=True),
    _column("value", LeafValue),
    sqlite_with_rowid=False,
)

replicas = Table(
    "replicas",
    metadata,
    _column("id", Uuid, key=True),
    _column("device_id", Uuid),
    _column("last_seq", BigInteger),
)

receipts = Table(
    "receipts",
    metadata,
    _column("replica_id", Uuid, key=True),
    _column("seq", BigInteger, key=True),
    _column("batch_hash", LargeBinary),
    _column("batch", LargeBinary),
    _column("receipt", LargeBinary),
    Index("receipts_by_batch", "batch_hash"),
)

quarantine = Table(
    "quarantine",
    metadata,
    _column("channel", Text, key=True),
    _column("batch_hash", LargeBinary, key=True),
    _column("place", BigInteger, key=True),
    _column("type", Text),
    _column("id", Uuid),
    _column("path", Text),
    _column("value", LeafValue),
    _column("base", BigInteger),
    _column("author_id", Uuid),
    _column("reason", Text),
    _column("at", BigInteger),
)

# What became of it: a row for every leaf that no longer waits.
quarantine_decisions = Table(
    "quarantine_decisions",
    metadata,
    _column("channel", Text, key=True),
    _column("batch_hash", LargeBinary, key=True),
    _column("place", BigInteger, key=True),
    _column("decided_by", Uuid),
    _column("decided_at", BigInteger),
    _column("outcome", Text),
    _column("detail", Text),
    _column("rev", BigInteger),
)

# The decisions about each person's leaves in their order: what his laptops have heard, and what not.
decision_numbers = Table(
    "decision_numbers",
    metadata,
    _column("author_id", Uuid, key=True),
    _column("number", BigInteger, key=True),
    _column("channel", Text),
    _column("batch_hash", LargeBinary),
    _column("place", BigInteger),
    sqlite_with_rowid=False,
)

# What only a newer schema can judge.

unchecked = Table(
    "unchecked",
    metadata,
    _column("channel", Text, key=True),
    _column("type", Text, key=True),
    _column("id", Uuid, key=True),
    _column("path", Text, key=True),
    _column("rev", BigInteger, key=True),
    _column("stands_at", BigInteger),
    _column("author_id", Uuid),
    _column("schema", BigInteger),
    _column("batch_hash", LargeBinary),
    _column("place", BigInteger),
    _column("seen_by", BigInteger),
    sqlite_with_rowid=False,
)

# What was offered after a loss.

offer_marks = Table(
    "offer_marks",
    metadata,
    _column("channel", Text, key=True),
    _column("type", Text, key=True),
    _column("id", Uuid, key=True),
    _column("path", Text, key=True),
    _column("old_rev", BigInteger),
    _column("old_tip", LargeBinary),
    _column("rev", BigInteger),
    sqlite_with_rowid=False,
)

lost_points = Table(
    "lost_points",
    metadata,
    _column("channel", Text, key=True),
    _column("tip", LargeBinary, key=True),
    _column("batch_hash", LargeBinary, key=True),
    sqlite_with_rowid=False,
)
