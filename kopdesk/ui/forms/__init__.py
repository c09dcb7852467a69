"""Forms of records: a control for every leaf, saved as it is left."""
