"""Figures of a column: read by what the column proves, asked where it proves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.errors import InvalidField
from kopdesk.sheets.figures import Evidence, Writing, column_writing, read_figure
from kopdesk.sheets.reading import Cell

PROOFS = [
    (["1.250.000", "1.500"], Writing.POINT),
    (["1,250,000", "1,500"], Writing.COMMA),
    (["12.345,50", "1.500"], Writing.POINT),
    (["12,345.50"], Writing.COMMA),
    (["Rp 1.250.000,-", "(3.000)"], Writing.POINT),
    (["1250000", "500"], None),
]


@pytest.mark.parametrize(("texts", "writing"), PROOFS)
def test_one_cell_proves_how_its_column_is_written(texts: list[str], writing: Writing | None) -> None:
    assert column_writing(map(Cell, texts)) == Evidence(writing, ())


def test_a_column_that_proves_nothing_is_asked_about() -> None:
    assert column_writing([Cell("1.500"), Cell("750"), Cell("2.000")]) == Evidence(None, ("1.500", "2.000"))
    with pytest.raises(InvalidField, match="number_two_ways"):
        read_figure(Cell("1.500"), None)
    assert read_figure(Cell("1.500"), Writing.POINT) == 1_500
    assert read_figure(Cell("1,500"), Writing.COMMA) == 1_500


def test_a_column_that_proves_both_is_asked_about_as_a_whole() -> None:
    found = column_writing([Cell("1.250.000"), Cell("1,250,000"), Cell("800")])
    assert found == Evidence(None, ("1.250.000", "1,250,000"))


def test_what_was_a_number_in_the_file_is_taken_as_it_is_and_proves_nothing() -> None:
    assert column_writing([Cell("1.5", is_number=True), Cell("1.500")]).ambiguous == ("1.500",)
    assert read_figure(Cell("1250000", is_number=True), None) == 1_250_000
    assert read_figure(Cell("15449999.999999998", is_number=True), None) == 15_450_000
    with pytest.raises(InvalidField, match="has_cents"):
        read_figure(Cell("1.5", is_number=True), None)


READ = [
    ("1.250.000", Writing.POINT, 1_250_000),
    ("Rp. 1.250.000,-", Writing.POINT, 1_250_000),
    ("Rp1.250.000,00", Writing.POINT, 1_250_000),
    ("(1.250.000)", Writing.POINT, -1_250_000),
    ("(1.250.000,00)", Writing.POINT, -1_250_000),
    ("1,250,000.00", Writing.COMMA, 1_250_000),
    ("(1,250,000)", Writing.COMMA, -1_250_000),
    ("-1,250,000", Writing.COMMA, -1_250_000),
    ("1,25 jt", Writing.POINT, 1_250_000),
    ("750", None, 750),
    ("-", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "writing", "amount"), READ)
def test_amounts_are_read_as_they_are_written(text: str, writing: Writing | None, amount: int | None) -> None:
    assert read_figure(Cell(text), writing) == amount


REFUSED = [
    (Cell("1.250,50"), Writing.POINT, "has_cents"),
    (Cell("1,250.50"), Writing.COMMA, "has_cents"),
    (Cell("12.50.00"), Writing.COMMA, "not_a_whole_number"),
    (Cell("seribu"), None, "not_a_whole_number"),
    (Cell("", formula="none"), None, "formula_without_value"),
    (Cell("", formula="error"), None, "formula_error"),
]


@pytest.mark.parametrize(("cell", "writing", "reason"), REFUSED)
def test_what_is_no_whole_rupiah_is_told_and_never_rounded(
    cell: Cell, writing: Writing | None, reason: str
) -> None:
    with pytest.raises(InvalidField, match=reason):
        read_figure(cell, writing)


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1), st.sampled_from(Writing))
def test_a_column_written_in_either_way_is_read_back_or_asked_about(
    amounts: list[int], writing: Writing
) -> None:
    sign = "." if writing is Writing.POINT else ","
    cells = [Cell(f"{amount:,}".replace(",", sign)) for amount in amounts]
    found = column_writing(cells)
    assert found.writing in (writing, None)
    assert [read_figure(cell, writing) for cell in cells] == amounts
    if found.writing is None:
        assert {cell.text.lstrip("-") for cell in cells if sign in cell.text} == set(found.ambiguous)
