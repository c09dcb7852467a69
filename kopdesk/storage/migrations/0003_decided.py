"""What was decided about leaves that were put aside, and what a person took off the list of those to mend."""

STATEMENTS = (
    "ALTER TABLE to_mend ADD COLUMN words TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE to_mend ADD COLUMN decided_at INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE taken_off (
    num INTEGER NOT NULL,
    type TEXT NOT NULL,
    id BLOB NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    since INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (num)
)""",
)
