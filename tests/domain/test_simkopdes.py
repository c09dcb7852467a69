"""The table between our words and SIMKOPDES's is complete and leads nowhere wrong."""

import pytest

from kopdesk.domain.fields import patterns
from kopdesk.domain.officer import Position
from kopdesk.domain.outlet import OutletType
from kopdesk.domain.place import Ownership
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.simkopdes_names import LEAVES
from kopdesk.domain.simkopdes_words import OUTLET_TYPE_IDS, WORDS, choice_of, word_of
from kopdesk.domain.statement import (
    ASSET_KEYS,
    CONTRA_ASSET_KEYS,
    EQUITY_KEYS,
    EXPENSE_KEYS,
    INCOME_KEYS,
    LIABILITY_KEYS,
    OTHER_RESULT_KEYS,
    TAX_KEY,
    UNIT_KEYS,
)


def test_every_declared_choice_has_a_word_or_is_marked_ours() -> None:
    known = {tuple(choices) for choices in WORDS}
    for record_type in TYPES.values():
        for pattern, spec in patterns(record_type.form).items():
            if spec.choices:
                assert spec.choices in known, f"{record_type.name} {pattern}"


def test_every_word_table_covers_its_choices() -> None:
    for choices, words in WORDS.items():
        assert set(words) == set(choices)


@pytest.mark.parametrize("record_type", LEAVES)
def test_only_declared_leaves_have_a_name(record_type: str) -> None:
    assert LEAVES[record_type].keys() <= patterns(TYPES[record_type].form).keys()


@pytest.mark.parametrize("record_type", LEAVES)
def test_no_two_leaves_share_a_name(record_type: str) -> None:
    names = list(LEAVES[record_type].values())
    assert len(names) == len(set(names))


def test_a_word_is_read_whatever_its_case() -> None:
    assert choice_of(Ownership, "bmdes ") == Ownership.VILLAGE
    assert choice_of(Ownership, "Milik Jin") is None


def test_the_three_kinds_of_vice_chair_share_one_word_and_read_as_the_plain_one() -> None:
    assert word_of(Position, Position.VICE_CHAIR_MEMBERS) == "WAKIL KETUA"
    assert choice_of(Position, "WAKIL KETUA") == Position.VICE_CHAIR


def test_outlet_types_have_the_ids_of_the_master() -> None:
    assert OUTLET_TYPE_IDS[OutletType.GROCERY] == 1
    assert OUTLET_TYPE_IDS[OutletType.OTHER] == 8


def test_statement_keys_are_distinct_and_short_enough_for_a_path() -> None:
    position = (*ASSET_KEYS, *CONTRA_ASSET_KEYS, *LIABILITY_KEYS, *EQUITY_KEYS)
    results = (*INCOME_KEYS, *EXPENSE_KEYS, TAX_KEY, *OTHER_RESULT_KEYS)
    for keys in (position, results, UNIT_KEYS):
        assert len(keys) == len(set(keys))
        assert all(len(key) <= 40 for key in keys)
