"""Kopdesk: the offline desk of Indonesia's cooperative business assistants."""

__version__ = "0.1.0"
