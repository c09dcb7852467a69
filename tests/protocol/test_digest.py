from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.digest import GENESIS_TIP, moved, next_tip, record_hash

KEY = RecordKey("visit", UUID(int=1))
leaves = st.dictionaries(
    st.sampled_from(["notes", "state", "amount"]),
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
)


def test_an_emptied_leaf_does_not_count() -> None:
    assert record_hash(KEY, {"a": 1, "b": None}) == record_hash(KEY, {"a": 1})
    assert record_hash(KEY, {"b": None}) == 0


def test_the_kind_of_a_value_counts() -> None:
    hashes = {record_hash(KEY, {"a": value}) for value in (1, "1", True, 0, False, "")}
    assert len(hashes) == 6


def test_deleted_records_count() -> None:
    assert record_hash(KEY, {"a": 1, "~deleted": True}) != record_hash(KEY, {"a": 1})


@given(st.lists(st.tuples(st.integers(0, 3), leaves), max_size=12))
def test_the_running_digest_equals_the_one_made_anew(history: list[tuple[int, dict[str, Value]]]) -> None:
    records: dict[RecordKey, dict[str, Value]] = {}
    digest = 0
    for number, new in history:
        key = RecordKey("visit", UUID(int=number))
        before = records.get(key, {})
        records[key] = {**before, **new}
        digest = moved(digest, record_hash(key, before), record_hash(key, records[key]))
    assert digest == sum(record_hash(key, leaves) for key, leaves in records.items()) % 2**64


def test_two_pasts_never_share_a_tip() -> None:
    first, second = next_tip(GENESIS_TIP, b"a" * 16), next_tip(GENESIS_TIP, b"b" * 16)
    assert first != second
    assert next_tip(first, b"c" * 16) != next_tip(second, b"c" * 16)
