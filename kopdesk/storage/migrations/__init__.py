"""Numbered steps from an empty file to today's schema. Each is one transaction and never changes again.

They only ever touch the tables that hold the truth; the tables of the domain are built anew (`shown.py`).
"""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

from kopdesk.storage.errors import DatabaseNewer

STEPS = ("0001_start", "0002_put_aside", "0003_decided")


def migrate(connection: Connection, folder: Path) -> None:
    """Run the steps this file has not had; raise DatabaseNewer if it had more than there are."""
    with connection.begin():
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > len(STEPS):
        raise DatabaseNewer(folder, str(version))
    for number in range(version, len(STEPS)):
        step = import_module(f"{__name__}.{STEPS[number]}")
        with connection.begin():
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            for statement in step.STATEMENTS:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {number + 1}")
