"""What a supervisor decided about leaves that were put aside. Only ever added to."""

STATEMENTS = (
    """CREATE TABLE quarantine_decisions (
    channel TEXT NOT NULL,
    batch_hash {bytes} NOT NULL,
    place BIGINT NOT NULL,
    decided_by {uuid} NOT NULL,
    decided_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    rev BIGINT NOT NULL,
    PRIMARY KEY (channel, batch_hash, place)
)""",
)
