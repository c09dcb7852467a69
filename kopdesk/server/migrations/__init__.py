"""Steps of the database's form: numbered, each in one transaction, never changed once released."""

from collections.abc import Sequence
from types import ModuleType

from sqlalchemy import BigInteger, Column, Connection, Engine, MetaData, Table, func, insert, inspect, select

from kopdesk.server.engine import writing
from kopdesk.server.errors import DatabaseNewer
from kopdesk.server.migrations import (
    m0001_start,
    m0002_offers,
    m0003_releases,
    m0004_unchecked,
    m0005_decisions_told,
    m0006_noticed,
)

STEPS: tuple[ModuleType, ...] = (
    m0001_start,
    m0002_offers,
    m0003_releases,
    m0004_unchecked,
    m0005_decisions_told,
    m0006_noticed,
)

_steps_taken = Table(
    "schema_steps", MetaData(), Column("number", BigInteger, primary_key=True, autoincrement=False)
)

WORDS = {
    "sqlite": {"uuid": "CHAR(32)", "bytes": "BLOB", "by_key": " WITHOUT ROWID"},
    "postgresql": {"uuid": "UUID", "bytes": "BYTEA", "by_key": ""},
}
"""What the databases call differently. `by_key`: rows are kept in the order of their key."""


def migrate(engine: Engine, steps: Sequence[ModuleType] = STEPS) -> None:
    """Take the steps that are missing. Raises DatabaseNewer if there are more than this program knows."""
    with writing(engine) as connection:
        taken = _number_taken(connection)
    if taken > len(steps):
        raise DatabaseNewer(taken, len(steps))
    for number in range(taken + 1, len(steps) + 1):
        with writing(engine) as connection:
            # Somebody else may have been faster between the two transactions.
            if _number_taken(connection) < number:
                _take(connection, steps[number - 1], number)


def _number_taken(connection: Connection) -> int:
    if not inspect(connection).has_table(_steps_taken.name):
        return 0
    return connection.scalar(select(func.max(_steps_taken.c.number))) or 0


def _take(connection: Connection, step: ModuleType, number: int) -> None:
    if number == 1:
        _steps_taken.create(connection)
    words = WORDS[connection.dialect.name]
    for statement in step.STATEMENTS:
        connection.exec_driver_sql(statement.format(**words))
    connection.execute(insert(_steps_taken).values(number=number))
