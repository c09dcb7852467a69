"""Marks of leaves that only a newer schema can judge."""

STATEMENTS = (
    """CREATE TABLE unchecked (
    channel TEXT NOT NULL,
    type TEXT NOT NULL,
    id {uuid} NOT NULL,
    path TEXT NOT NULL,
    rev BIGINT NOT NULL,
    stands_at BIGINT NOT NULL,
    author_id {uuid} NOT NULL,
    schema BIGINT NOT NULL,
    batch_hash {bytes} NOT NULL,
    place BIGINT NOT NULL,
    seen_by BIGINT NOT NULL,
    PRIMARY KEY (channel, type, id, path, rev)
){by_key}""",
)
