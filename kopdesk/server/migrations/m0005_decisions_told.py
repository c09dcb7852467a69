"""Decisions are numbered for each person whose leaves they are about, so that his laptops hear of them."""

STATEMENTS = (
    """CREATE TABLE decision_numbers (
    author_id {uuid} NOT NULL,
    number BIGINT NOT NULL,
    channel TEXT NOT NULL,
    batch_hash {bytes} NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (author_id, number)
){by_key}""",
    """INSERT INTO decision_numbers (author_id, number, channel, batch_hash, place)
SELECT q.author_id,
    row_number() OVER (
        PARTITION BY q.author_id ORDER BY d.decided_at, d.channel, d.batch_hash, d.place
    ),
    d.channel, d.batch_hash, d.place
FROM quarantine_decisions AS d
JOIN quarantine AS q
    ON q.channel = d.channel AND q.batch_hash = d.batch_hash AND q.place = d.place""",
)
