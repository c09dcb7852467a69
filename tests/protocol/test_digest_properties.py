"""The digest of a channel: the same on both sides, in any order, kept or made anew."""

from collections.abc import Mapping
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kopdesk.domain.layers import EMPTY, LeafLayers, adopt, type_over
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.digest import MODULUS, central_share, moved, record_hash

paths = st.sampled_from(["notes", "state", "amount", "findings/a/text", "~deleted"])
values = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3)
filled = st.booleans() | st.integers(-5, 5) | st.text(max_size=3)
keys = st.builds(RecordKey, st.sampled_from(["visit", "plan"]), st.integers(0, 3).map(lambda n: UUID(int=n)))
records = st.dictionaries(keys, st.dictionaries(paths, values), max_size=6)


def digest_of(records: Mapping[RecordKey, Mapping[str, Value]]) -> int:
    return sum(record_hash(key, leaves) for key, leaves in records.items()) % MODULUS


@given(records, st.randoms(use_true_random=False))
def test_the_order_of_records_and_leaves_does_not_count(
    records: dict[RecordKey, dict[str, Value]], random: object
) -> None:
    shuffled = {
        key: dict(sorted(leaves.items(), key=lambda _: random.random()))  # type: ignore[attr-defined]
        for key, leaves in sorted(records.items(), key=lambda _: random.random())  # type: ignore[attr-defined]
    }
    assert digest_of(shuffled) == digest_of(records)


@given(keys, st.dictionaries(paths, filled), st.sets(paths))
def test_emptied_leaves_do_not_count_wherever_they_stand(
    key: RecordKey, leaves: dict[str, Value], emptied: set[str]
) -> None:
    with_empty = {**dict.fromkeys(emptied), **leaves}
    assert record_hash(key, with_empty) == record_hash(key, leaves)


@given(keys, keys, st.dictionaries(paths, filled, min_size=1), st.dictionaries(paths, filled, min_size=1))
def test_other_content_is_another_share(
    one: RecordKey, other: RecordKey, left: dict[str, Value], right: dict[str, Value]
) -> None:
    is_same = one == other and repr(sorted(left.items())) == repr(sorted(right.items()))
    assert (record_hash(one, left) == record_hash(other, right)) == is_same


steps = st.lists(st.tuples(keys, paths, values, st.integers(1, 9), st.booleans()), max_size=25)


@settings(max_examples=300)
@given(steps)
def test_a_laptops_running_digest_is_that_of_what_the_centre_gave_it(
    steps: list[tuple[RecordKey, str, Value, int, bool]],
) -> None:
    """Pages come and people type; only what came from the centre counts."""
    layers: dict[RecordKey, dict[str, LeafLayers]] = {}
    central: dict[RecordKey, dict[str, tuple[int, Value]]] = {}
    digest = 0
    for number, (key, path, value, rev, is_typed) in enumerate(steps, 1):
        before = dict(layers.setdefault(key, {}))
        leaf = before.get(path, EMPTY)
        if is_typed:
            result = type_over(leaf, value, leaf.mark, number)
            layers[key][path] = result if isinstance(result, LeafLayers) else leaf
        else:
            layers[key][path] = adopt(leaf, value, rev)
            known = central.setdefault(key, {}).get(path, (0, None))
            central[key][path] = known if known[0] >= rev else (rev, value)
        digest = moved(digest, central_share(key, before), central_share(key, layers[key]))
    expected = {key: {path: value for path, (_, value) in held.items()} for key, held in central.items()}
    assert digest == digest_of(expected)
