"""Pembukuan: the months that were checked, and the check itself with all its parts."""
