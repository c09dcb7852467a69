from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.fields import keys_of, path_of, pattern_of, patterns
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.protocol.codec import encode
from kopdesk.protocol.columns import LeafRow, in_columns, rows_of
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import Block, ChannelChanges, Column
from kopdesk.protocol.registry import later_lines

KEYS = [
    RecordKey(name, UUID(int=n)) for name in ("visit", "officer", "from_a_newer_schema") for n in (1, 2, 3)
]
PATHS = [
    "notes",
    "state",
    "findings/a/weight",
    "findings/b/weight",
    "tills/main/notes/1000",
    "not_known_here",
]

values = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text("abc é\n", max_size=8)
rows = st.lists(
    st.builds(LeafRow, st.sampled_from(KEYS), st.sampled_from(PATHS), values, st.integers(0, 2**62)),
    unique_by=lambda row: (row.key, row.path),
    max_size=25,
)


@given(rows, st.randoms())
def test_the_wire_does_not_depend_on_the_order_within_a_record(rows: list[LeafRow], random: object) -> None:
    by_record = sorted(rows, key=lambda row: KEYS.index(row.key))
    backwards = sorted(by_record, key=lambda row: (KEYS.index(row.key), row.path), reverse=False)
    assert encode(ChannelChanges(b"", in_columns(by_record)[0], [], [])) == encode(
        ChannelChanges(b"", in_columns(backwards)[0], [], [])
    )


def test_known_paths_travel_as_numbers_and_unknown_ones_as_words() -> None:
    blocks, _ = in_columns([LeafRow(KEYS[0], "notes", "x", 1), LeafRow(KEYS[0], "not_known_here", "y", 1)])
    assert {type(column.path) for column in blocks[0].columns} == {int, str}


def test_a_reader_of_an_older_schema_gets_words() -> None:
    with later_lines.instead("99\ttraining\t1\ttitle\t4\n9\tvisit\t999\tweather\t4\n"):
        rows = [
            LeafRow(RecordKey("training", UUID(int=1)), "title", "x", 1),
            LeafRow(KEYS[0], "weather", "y", 1),
        ]
        words, numbers = in_columns(rows, reader_schema=3)[0], in_columns(rows, reader_schema=4)[0]
        assert [(block.type, block.columns[0].path) for block in words] == [
            ("training", "title"),
            (9, "weather"),
        ]
        assert [(block.type, block.columns[0].path) for block in numbers] == [(99, 1), (9, 999)]
        assert list(rows_of(words)) == list(rows_of(numbers)) == rows


def test_a_batch_is_written_for_centres_of_older_schemas() -> None:
    row = LeafRow(KEYS[0], "weather", "y", 1)
    with later_lines.instead("9\tvisit\t999\tweather\t4\n"):
        for number, path in ((4, "weather"), (6, "weather"), (7, 999)):
            with schema.instead(number):
                assert in_columns([row])[0][0].columns[0].path == path


@pytest.mark.parametrize(
    "block",
    [
        Block(9999, bytes(16), []),
        Block("visit", bytes(15), []),
        Block("visit", bytes(16), [Column(9999, [], [], ["x"], 1)]),
        Block("visit", bytes(16), [Column("notes", [], [], ["x", "y"], 1)]),
        Block("visit", bytes(16), [Column("notes", [5], [], ["x"], 1)]),
        Block("visit", bytes(16), [Column("notes", [-1], [], ["x"], 1)]),
        Block("visit", bytes(16), [Column("notes", [], [], ["x"], [1, 2])]),
        Block("visit", bytes(16), [Column("notes", [], [], ["x"], -1)]),
        Block("visit", bytes(16), [Column("findings/*/weight", [], [], ["x"], 1)]),
        Block("visit", bytes(16), [Column("notes", [], [], [2**63], 1)]),
        Block("visit", bytes(16), [Column("notes", [], [], ["nul\x00"], 1)]),
        Block("visit", bytes(16), [Column("notes", [], [], ["x" * 40_000], 1)]),
    ],
)
def test_columns_that_do_not_fit_are_refused(block: Block) -> None:
    with pytest.raises(BadMessage):
        list(rows_of([block]))


def test_a_pattern_and_its_keys_make_the_path_again() -> None:
    for path in PATHS:
        assert path_of(pattern_of(path), keys_of(path)) == path
    for declared in TYPES.values():
        for pattern in patterns(declared.form):
            assert pattern_of(pattern.replace("*", "k1")) == pattern
