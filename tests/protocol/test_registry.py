from pathlib import Path

import pytest

from kopdesk.domain.fields import patterns
from kopdesk.domain.record_types import TYPES
from kopdesk.protocol.numbering import TABLE, missing_lines
from kopdesk.protocol.registry import parse, registry


def test_every_declared_leaf_has_a_number() -> None:
    assert missing_lines(TABLE.read_text(encoding="utf-8")) == [], "run: python -m kopdesk.protocol.numbering"


def test_numbers_and_names_lead_to_one_another() -> None:
    table = registry()
    for name, declared in TYPES.items():
        assert table.type_from_wire(table.type_on_wire(name, reader_schema=99)) == name
        for pattern in patterns(declared.form):
            number = table.path_on_wire(name, pattern, reader_schema=99)
            assert isinstance(number, int)
            assert table.path_from_wire(name, number) == pattern


def test_a_number_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        parse("1\tvisit\t1\tnotes\t1\n1\tvisit\t1\tstate\t1\n")
    with pytest.raises(ValueError, match="two numbers"):
        parse("1\tvisit\t1\tnotes\t1\n2\tvisit\t2\tstate\t1\n")
    with pytest.raises(ValueError, match="share"):
        parse("1\tvisit\t1\tnotes\t1\n1\tplan\t1\tstate\t1\n")


def test_released_lines_stand_for_ever() -> None:
    """Append-only: what a released laptop calls 17 stays 17. At a release the table is copied here."""
    released = (Path(__file__).parent / "released_registry.tsv").read_text(encoding="utf-8").splitlines()
    assert TABLE.read_text(encoding="utf-8").splitlines()[: len(released)] == released
    assert len(released) > 500
