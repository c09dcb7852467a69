"""The twelve tests of a bookkeeping check, and the identities of a statement. Reference: finance.md §8."""
