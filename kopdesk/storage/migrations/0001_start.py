"""The first schema: leaves in three layers, outbox, channels, profile."""

STATEMENTS = (
    """CREATE TABLE batch (
    seq INTEGER NOT NULL,
    signed BLOB NOT NULL,
    frozen_at INTEGER NOT NULL,
    PRIMARY KEY (seq)
)""",
    """CREATE TABLE channel (
    num INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    cursor BLOB,
    past INTEGER NOT NULL,
    PRIMARY KEY (num),
    UNIQUE (name)
)""",
    """CREATE TABLE grant_record (
    number INTEGER NOT NULL,
    channel TEXT NOT NULL,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (number)
)""",
    """CREATE TABLE person (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE profile (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
)""",
    """CREATE TABLE receipt (
    replica BLOB NOT NULL,
    seq INTEGER NOT NULL,
    signed BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    leaves INTEGER NOT NULL,
    PRIMARY KEY (replica, seq)
)""",
    """CREATE TABLE replica (
    id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    receipt_seq INTEGER NOT NULL,
    receipt_hash BLOB NOT NULL,
    last_edit INTEGER NOT NULL,
    batch_limit INTEGER NOT NULL,
    current INTEGER NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE record (
    num INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    type TEXT NOT NULL,
    id BLOB NOT NULL,
    PRIMARY KEY (num),
    UNIQUE (type, id),
    FOREIGN KEY(channel) REFERENCES channel (num)
)""",
    """CREATE INDEX record_by_channel ON record (channel, type)""",
    """CREATE TABLE revision (
    channel INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    author BLOB NOT NULL,
    replica BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    PRIMARY KEY (channel, rev),
    FOREIGN KEY(channel) REFERENCES channel (num)
)
 WITHOUT ROWID""",
    """CREATE TABLE tip (
    channel INTEGER NOT NULL,
    past INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    tip BLOB NOT NULL,
    PRIMARY KEY (channel, past, rev),
    FOREIGN KEY(channel) REFERENCES channel (num)
)
 WITHOUT ROWID""",
    """CREATE TABLE central_leaf (
    record INTEGER NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    rev INTEGER NOT NULL,
    own_edit INTEGER NOT NULL,
    past INTEGER NOT NULL,
    PRIMARY KEY (record, path),
    FOREIGN KEY(record) REFERENCES record (num)
)
 WITHOUT ROWID""",
    """CREATE TABLE edited_leaf (
    record INTEGER NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    base INTEGER NOT NULL,
    base_value TEXT,
    number INTEGER NOT NULL,
    over INTEGER NOT NULL,
    shown TEXT,
    origin_batch BLOB,
    origin_place INTEGER,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (record, path),
    FOREIGN KEY(record) REFERENCES record (num),
    UNIQUE (number)
)
 WITHOUT ROWID""",
    """CREATE TABLE frozen_leaf (
    record INTEGER NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    base INTEGER NOT NULL,
    base_value TEXT,
    seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    number INTEGER NOT NULL,
    shown TEXT,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (record, path),
    FOREIGN KEY(record) REFERENCES record (num)
)
 WITHOUT ROWID""",
    """CREATE TABLE offered_leaf (
    record INTEGER NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    rev INTEGER NOT NULL,
    past INTEGER NOT NULL,
    base INTEGER NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (record, path),
    FOREIGN KEY(record) REFERENCES record (num)
)
 WITHOUT ROWID""",
    """CREATE TABLE to_mend (
    record INTEGER NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    kind INTEGER NOT NULL,
    reason TEXT NOT NULL,
    number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (record, path),
    FOREIGN KEY(record) REFERENCES record (num)
)
 WITHOUT ROWID""",
)
