"""Rencana Usaha: the plans, and the one that is open."""
