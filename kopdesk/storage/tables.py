"""The tables that hold the truth: leaves in layers, the outbox, cursors, receipts.

Values are JSON text, so that true, 1 and "1" stay what they are; SQL NULL means "not known".
"""

from sqlalchemy import BLOB, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

channel = Table(
    "channel",
    metadata,
    Column("num", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("digest", BLOB, nullable=False),  # eight bytes: SQLite's integers have a sign
    Column("cursor", BLOB),  # what is held of the centre, as the protocol writes it
    Column("past", Integer, nullable=False),  # how often the centre has lost its past
)

record = Table(
    "record",
    metadata,
    Column("num", Integer, primary_key=True),
    Column("channel", Integer, ForeignKey("channel.num"), nullable=False),
    Column("type", Text, nullable=False),
    Column("id", BLOB, nullable=False),
    UniqueConstraint("type", "id"),
    Index("record_by_channel", "channel", "type"),
)


def _leaf_key() -> tuple[Column[int], Column[str]]:
    return (
        Column("record", Integer, ForeignKey("record.num"), primary_key=True),
        Column("path", Text, primary_key=True),
    )


central_leaf = Table(
    "central_leaf",
    metadata,
    *_leaf_key(),
    Column("value", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("own_edit", Integer, nullable=False),
    Column("past", Integer, nullable=False),
    sqlite_with_rowid=False,
)

offered_leaf = Table(
    "offered_leaf",
    metadata,
    *_leaf_key(),
    Column("value", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("past", Integer, nullable=False),
    Column("base", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    sqlite_with_rowid=False,
)

frozen_leaf = Table(
    "frozen_leaf",
    metadata,
    *_leaf_key(),
    Column("value", Text, nullable=False),
    Column("base", Integer, nullable=False),
    Column("base_value", Text),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("shown", Text),
    Column("made_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

edited_leaf = Table(
    "edited_leaf",
    metadata,
    *_leaf_key(),
    Column("value", Text, nullable=False),
    Column("base", Integer, nullable=False),
    Column("base_value", Text),
    Column("number", Integer, nullable=False, unique=True),
    Column("over", Integer, nullable=False),
    Column("shown", Text),
    Column("origin_batch", BLOB),
    Column("origin_place", Integer),
    Column("made_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

to_mend = Table(
    "to_mend",
    metadata,
    *_leaf_key(),
    Column("value", Text, nullable=False),
    Column("kind", Integer, nullable=False),  # OutcomeKind: rejected or quarantined
    Column("reason", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("origin_batch", BLOB),
    Column("origin_place", Integer),
    Column("lost", Integer, nullable=False),  # the centre had put it aside, and has lost it
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("words", Text, nullable=False),  # of whoever decided that it is not to count
    Column("decided_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What its person took off that list: only ever added to.
taken_off = Table(
    "taken_off",
    metadata,
    Column("num", Integer, primary_key=True),
    Column("type", Text, nullable=False),
    Column("id", BLOB, nullable=False),
    Column("path", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("by", Text, nullable=False),
)

replica = Table(
    "replica",
    metadata,
    Column("id", BLOB, primary_key=True),
    Column("created_at", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),  # of the last batch frozen
    Column("receipt_seq", Integer, nullable=False),
    Column("receipt_hash", BLOB, nullable=False),
    Column("last_edit", Integer, nullable=False),
    Column("batch_limit", Integer, nullable=False),  # leaves; 0 for as many as fit
    Column("current", Integer, nullable=False),
)

batch = Table(
    "batch",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("signed", BLOB, nullable=False),  # the encoded Signed message, re-sent byte for byte
    Column("frozen_at", Integer, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("replica", BLOB, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("signed", BLOB, nullable=False),
    Column("received_at", Integer, nullable=False),
    Column("leaves", Integer, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("channel", Integer, ForeignKey("channel.num"), primary_key=True),
    Column("rev", Integer, primary_key=True),
    Column("author", BLOB, nullable=False),
    Column("replica", BLOB, nullable=False),
    Column("made_at", Integer, nullable=False),
    Column("accepted_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

tip = Table(
    "tip",
    metadata,
    Column("channel", Integer, ForeignKey("channel.num"), primary_key=True),
    Column("past", Integer, primary_key=True),
    Column("rev", Integer, primary_key=True),
    Column("tip", BLOB, nullable=False),
    sqlite_with_rowid=False,
)

person = Table(
    "person",
    metadata,
    Column("id", BLOB, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
)

grant_record = Table(
    "grant_record",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("at", Integer, nullable=False),
)

profile = Table(
    "profile",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

LAYERS = (central_leaf, offered_leaf, frozen_leaf, edited_leaf)
