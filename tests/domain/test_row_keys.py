import os

from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.ids import next_key, short_key


def test_rows_stay_in_the_order_they_were_added() -> None:
    keys: list[str] = []
    for _ in range(31):
        keys.append(next_key(keys, os.urandom(8)))
    assert keys == sorted(keys)


@given(
    st.lists(st.binary(min_size=8, max_size=8).map(short_key), max_size=40), st.binary(min_size=8, max_size=8)
)
def test_a_key_comes_after_others_whatever_they_are(others: list[str], chance: bytes) -> None:
    key = next_key(others, chance)
    assert len(key) == len(short_key(chance)) == 8
    assert all(key[0] >= other[0] for other in others)


def test_two_laptops_that_add_a_row_at_once_make_two() -> None:
    others = ["2abcdefg"]
    assert len({next_key(others, os.urandom(8)) for _ in range(1000)}) == 1000


def test_keys_from_elsewhere_do_no_harm() -> None:
    assert next_key(["", "Ä", "_x"], bytes(8))[0] == "2"


def test_three_hundred_rows_stay_in_the_order_they_were_added() -> None:
    keys: list[str] = []
    for _row in range(300):
        keys.append(next_key(keys, os.urandom(8)))
    assert keys == sorted(keys)
    assert len(set(keys)) == 300
