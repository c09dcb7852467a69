"""The reference central server: merge, authorisation, history. Knows protocol and domain only."""
