"""Photos of a record: the strip, and one of them large."""
