"""The business in plain Python: records, rules, merge. Standard library only, no I/O, no clock."""
