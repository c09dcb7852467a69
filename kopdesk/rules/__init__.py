"""Dated rule packs: what changes by decree stands in resources/rules, with its source and its status."""
