"""Rows of any type and path, known here or not, come back from their columns, each at its place."""

import unicodedata
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kopdesk.domain.record_types import TYPES
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import INT_MAX, INT_MIN, Value
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.columns import LeafRow, in_columns, rows_of
from kopdesk.protocol.messages import ChannelChanges

names = st.text("abcxyz_", min_size=1, max_size=8).map(lambda text: "n" + text)
keys = st.text("aZ09_.-", max_size=12).map(lambda text: "k" + text)
types = st.just("visit") | st.sampled_from(sorted(TYPES)) | names
ids = st.uuids() | st.integers(0, 3).map(lambda number: UUID(int=number))
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
values: st.SearchStrategy[Value] = (
    st.none()
    | st.booleans()
    | st.integers(INT_MIN, INT_MAX)
    | texts.map(lambda text: unicodedata.normalize("NFC", text))
)


@st.composite
def paths(draw: st.DrawFn) -> str:
    """A name, or names with keys between them."""
    parts = [draw(names | st.just("findings"))]
    for _ in range(draw(st.integers(0, 2))):
        parts += [draw(keys), draw(names | st.sampled_from(["text", "~deleted"]))]
    return "/".join(parts)


common_paths = st.sampled_from(["notes", "findings/a/text", "findings/b/text", "findings/a/weight"])
any_rows = st.builds(LeafRow, st.builds(RecordKey, types, ids), paths(), values, st.integers(0, INT_MAX))
common_rows = st.builds(
    LeafRow, st.builds(RecordKey, st.just("visit"), ids), common_paths, values, st.just(1)
)
rows = st.lists(
    any_rows | common_rows,
    unique_by=lambda row: (row.key, row.path),
    max_size=10,
)


@settings(max_examples=200)
@given(rows, st.integers(0, 3), st.integers(0, 10**6))
def test_every_row_comes_back_at_its_place(rows: list[LeafRow], schema: int, first_place: int) -> None:
    blocks, places = in_columns(rows, schema, first_place)
    message = decode(ChannelChanges, encode(ChannelChanges(b"", blocks, [], [])))
    again = list(rows_of(message.blocks))
    assert {(row.key, row.path): repr(row) for row in again} == {(r.key, r.path): repr(r) for r in rows}
    assert len(again) == len(rows)
    assert [places[row.key, row.path] for row in again] == list(range(first_place, first_place + len(rows)))
