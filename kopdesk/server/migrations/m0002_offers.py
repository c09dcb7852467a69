"""What laptops offer after the centre has lost a part of its past."""

STATEMENTS = (
    """CREATE TABLE offer_marks (
    channel TEXT NOT NULL,
    type TEXT NOT NULL,
    id {uuid} NOT NULL,
    path TEXT NOT NULL,
    old_rev BIGINT NOT NULL,
    old_tip {bytes} NOT NULL,
    rev BIGINT NOT NULL,
    PRIMARY KEY (channel, type, id, path)
){by_key}""",
    """CREATE TABLE lost_points (
    channel TEXT NOT NULL,
    tip {bytes} NOT NULL,
    batch_hash {bytes} NOT NULL,
    PRIMARY KEY (channel, tip, batch_hash)
){by_key}""",
)
