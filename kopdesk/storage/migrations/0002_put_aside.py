"""What the centre put aside can be handed in again when the centre has lost it."""

STATEMENTS = (
    "ALTER TABLE to_mend ADD COLUMN origin_batch BLOB",
    "ALTER TABLE to_mend ADD COLUMN origin_place INTEGER",
    "ALTER TABLE to_mend ADD COLUMN lost INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE to_mend ADD COLUMN seq INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE to_mend ADD COLUMN place INTEGER NOT NULL DEFAULT 0",
)
