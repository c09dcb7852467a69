"""Which devices had another history than the centre, and whether they doubt their clocks."""

STATEMENTS = (
    """CREATE TABLE noticed (
    device_id {uuid} NOT NULL,
    verdict SMALLINT NOT NULL,
    times BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (device_id, verdict)
)""",
    "ALTER TABLE heartbeats ADD COLUMN clock_doubt BOOLEAN NOT NULL DEFAULT FALSE",
)
