"""Visits: calendar, list and the form."""
