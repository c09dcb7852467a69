from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.fields import (
    DELETED,
    Kind,
    MergeClass,
    group_of,
    keys_of,
    leaf,
    path_of,
    pattern_of,
    patterns,
    rows,
    values,
)
from tests.support.leaves import KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    amount: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    text: str | None = leaf(Kind.TEXT)
    inner: Mapping[str, Inner] = rows(Inner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    plain: int = 7
    name: str | None = leaf(Kind.LINE)
    number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    pieces: Mapping[str, int] = values(Kind.COUNT)
    things: Mapping[str, Row] = rows(Row)


def test_every_path_of_a_form_is_listed_with_its_deletion_marks() -> None:
    assert set(patterns(Form)) == {
        DELETED,
        "name",
        "number",
        "pieces/*",
        f"things/*/{DELETED}",
        "things/*/text",
        f"things/*/inner/*/{DELETED}",
        "things/*/inner/*/amount",
    }


def test_an_attribute_without_a_declaration_is_no_leaf() -> None:
    assert "plain" not in group_of(Form).leaves


def test_the_kind_decides_the_merge_class_unless_it_is_said() -> None:
    merges = {path: spec.merge for path, spec in patterns(Form).items()}
    assert merges["name"] is MergeClass.INFORM
    assert merges["number"] is MergeClass.DECIDE
    assert merges["things/*/text"] is MergeClass.TEXT
    assert merges["pieces/*"] is MergeClass.DECIDE
    assert merges[DELETED] is MergeClass.DECIDE


def test_groups_are_empty_until_filled() -> None:
    assert dict(Form().pieces) == {}
    assert dict(Form().things) == {}


@given(KEYS, KEYS)
def test_a_path_is_its_pattern_and_its_keys(outer: str, inner: str) -> None:
    for path in ("name", f"pieces/{outer}", f"things/{outer}/text", f"things/{outer}/inner/{inner}/amount"):
        assert pattern_of(path) in patterns(Form)
        assert path_of(pattern_of(path), keys_of(path)) == path


@given(st.sampled_from(sorted(patterns(Form))), st.data())
def test_a_pattern_is_found_again_from_its_path(pattern: str, data: st.DataObject) -> None:
    keys = tuple(data.draw(KEYS) for _ in range(pattern.count("*")))
    path = path_of(pattern, keys)
    assert (pattern_of(path), keys_of(path)) == (pattern, keys)
