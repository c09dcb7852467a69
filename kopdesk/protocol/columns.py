"""Leaves as rows, the way both ends think, and as columns, the way they travel.

Rows are put in one canonical order first: their index in it is their place in a batch.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import keys_of, path_of, pattern_of
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.domain.values import Value, checked
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import Block, Column
from kopdesk.protocol.registry import registry


class LeafRow(NamedTuple):
    """One leaf with its base (in a batch) or rev (in a page)."""

    key: RecordKey
    path: str
    value: Value
    rev: int


OLDEST_READER = 3
"""How many schemas older than its sender a reader may be: a centre that is updated last, or put back."""


def in_columns(
    rows: Iterable[LeafRow], reader_schema: int | None = None, first_place: int = 0
) -> tuple[list[Block], dict[tuple[RecordKey, str], int]]:
    """Blocks of these rows, and the place of every leaf in them.

    `reader_schema` is None for a batch: it is frozen before anybody knows which centre will read it.
    """
    if reader_schema is None:
        reader_schema = max(1, schema() - OLDEST_READER)
    rank: dict[RecordKey, int] = {}
    grouped: dict[tuple[str, str], list[LeafRow]] = {}
    for row in rows:
        rank.setdefault(row.key, len(rank))
        grouped.setdefault((row.key.type, pattern_of(row.path)), []).append(row)
    blocks: list[Block] = []
    places: dict[tuple[RecordKey, str], int] = {}
    for name, groups in groupby(sorted(grouped), lambda group: group[0]):
        ids = {key: index for index, key in enumerate(key for key in rank if key.type == name)}
        columns = []
        for _, pattern in groups:
            column = sorted(grouped[name, pattern], key=lambda row: (rank[row.key], keys_of(row.path)))
            for row in column:
                places[row.key, row.path] = first_place + len(places)
            columns.append(_column(registry().path_on_wire(name, pattern, reader_schema), column, ids))
        number = registry().type_on_wire(name, reader_schema)
        blocks.append(Block(number, b"".join(key.id.bytes for key in ids), columns))
    return blocks, places


def _column(path: int | str, rows: list[LeafRow], ids: dict[RecordKey, int]) -> Column:
    records = [ids[row.key] for row in rows]
    revs = [row.rev for row in rows]
    return Column(
        path,
        [] if records == list(range(len(ids))) else records,
        [key for row in rows for key in keys_of(row.path)],
        [row.value for row in rows],
        revs[0] if len(set(revs)) == 1 else revs,
    )


def rows_of(blocks: Iterable[Block]) -> Iterator[LeafRow]:
    """The reverse of `in_columns`, in the order of places. Raises BadMessage if the columns do not fit."""
    for block in blocks:
        name = registry().type_from_wire(block.type)
        if name is None or len(block.ids) % 16:
            raise BadMessage("unknown_type")
        keys = [RecordKey(name, UUID(bytes=block.ids[at : at + 16])) for at in range(0, len(block.ids), 16)]
        for column in block.columns:
            yield from _rows_of_column(name, keys, column)


def _rows_of_column(name: str, keys: list[RecordKey], column: Column) -> Iterator[LeafRow]:
    pattern = registry().path_from_wire(name, column.path)
    if pattern is None:
        raise BadMessage("unknown_path")
    count = len(column.values)
    records = column.records or list(range(len(keys)))
    revs = [column.revs] * count if isinstance(column.revs, int) else column.revs
    stars = pattern.split("/").count("*")
    if not len(records) == len(revs) == count or len(column.keys) != stars * count:
        raise BadMessage("uneven_columns")
    if any(not 0 <= record < len(keys) for record in records) or any(rev < 0 for rev in revs):
        raise BadMessage("uneven_columns")
    for at, (record, value, rev) in enumerate(zip(records, column.values, revs, strict=True)):
        path = path_of(pattern, tuple(column.keys[at * stars : (at + 1) * stars]))
        yield LeafRow(keys[record], path, _checked(path, value), rev)


def _checked(path: str, value: Value) -> Value:
    try:
        return checked(path, value)
    except InvalidField as error:
        raise BadMessage("bad_value") from error
