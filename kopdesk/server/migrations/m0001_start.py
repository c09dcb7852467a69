"""The first form."""

STATEMENTS = (
    """CREATE TABLE identity (
        server_id {uuid} NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        public_key {bytes} NOT NULL
    )""",
    """CREATE TABLE users (
        id {uuid} NOT NULL PRIMARY KEY,
        login TEXT NOT NULL,
        folded_login TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        password TEXT NOT NULL,
        disabled BOOLEAN NOT NULL
    )""",
    "CREATE UNIQUE INDEX users_by_login ON users (folded_login)",
    """CREATE TABLE devices (
        id {uuid} NOT NULL PRIMARY KEY,
        user_id {uuid} NOT NULL,
        name TEXT NOT NULL,
        public_key {bytes} NOT NULL,
        revoked BOOLEAN NOT NULL,
        added_at BIGINT NOT NULL
    )""",
    "CREATE UNIQUE INDEX devices_by_key ON devices (public_key)",
    """CREATE TABLE tokens (
        hash {bytes} NOT NULL PRIMARY KEY,
        device_id {uuid} NOT NULL,
        expires_at BIGINT NOT NULL
    )""",
    "CREATE INDEX tokens_by_device ON tokens (device_id, expires_at)",
    """CREATE TABLE heartbeats (
        device_id {uuid} NOT NULL PRIMARY KEY,
        heard_at BIGINT NOT NULL,
        app_version TEXT NOT NULL,
        clock BIGINT NOT NULL,
        unsent BIGINT NOT NULL,
        oldest_unsent_at BIGINT,
        free_disk_mb BIGINT
    )""",
    """CREATE TABLE grants (
        user_id {uuid} NOT NULL,
        number BIGINT NOT NULL,
        channel TEXT NOT NULL,
        kind SMALLINT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (user_id, number)
    )""",
    """CREATE TABLE channels (
        name TEXT NOT NULL PRIMARY KEY,
        rev BIGINT NOT NULL,
        tip {bytes} NOT NULL,
        digest BIGINT NOT NULL
    )""",
    """CREATE TABLE records (
        channel TEXT NOT NULL,
        type TEXT NOT NULL,
        id {uuid} NOT NULL,
        rank SMALLINT NOT NULL,
        hash BIGINT NOT NULL,
        PRIMARY KEY (channel, type, id)
    ){by_key}""",
    "CREATE INDEX records_by_rank ON records (channel, rank, id DESC, type)",
    "CREATE INDEX records_by_id ON records (type, id)",
    """CREATE TABLE leaves (
        channel TEXT NOT NULL,
        type TEXT NOT NULL,
        id {uuid} NOT NULL,
        path TEXT NOT NULL,
        value TEXT NOT NULL,
        rev BIGINT NOT NULL,
        PRIMARY KEY (channel, type, id, path)
    ){by_key}""",
    "CREATE INDEX leaves_by_rev ON leaves (channel, rev, type, id, path)",
    """CREATE TABLE revisions (
        channel TEXT NOT NULL,
        rev BIGINT NOT NULL,
        tag {bytes} NOT NULL,
        tip {bytes} NOT NULL,
        digest BIGINT NOT NULL,
        author_id {uuid} NOT NULL,
        replica_id {uuid},
        made_at BIGINT NOT NULL,
        accepted_at BIGINT NOT NULL,
        PRIMARY KEY (channel, rev)
    ){by_key}""",
    """CREATE TABLE changes (
        channel TEXT NOT NULL,
        type TEXT NOT NULL,
        id {uuid} NOT NULL,
        path TEXT NOT NULL,
        rev BIGINT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (channel, type, id, path, rev)
    ){by_key}""",
    """CREATE TABLE replicas (
        id {uuid} NOT NULL PRIMARY KEY,
        device_id {uuid} NOT NULL,
        last_seq BIGINT NOT NULL
    )""",
    """CREATE TABLE receipts (
        replica_id {uuid} NOT NULL,
        seq BIGINT NOT NULL,
        batch_hash {bytes} NOT NULL,
        batch {bytes} NOT NULL,
        receipt {bytes} NOT NULL,
        PRIMARY KEY (replica_id, seq)
    )""",
    "CREATE INDEX receipts_by_batch ON receipts (batch_hash)",
    """CREATE TABLE quarantine (
        channel TEXT NOT NULL,
        batch_hash {bytes} NOT NULL,
        place BIGINT NOT NULL,
        type TEXT NOT NULL,
        id {uuid} NOT NULL,
        path TEXT NOT NULL,
        value TEXT NOT NULL,
        base BIGINT NOT NULL,
        author_id {uuid} NOT NULL,
        reason TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (channel, batch_hash, place)
    )""",
)
