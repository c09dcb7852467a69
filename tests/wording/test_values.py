import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.fields import patterns
from kopdesk.domain.record_types import TYPES, leaf_at
from kopdesk.domain.values import INT_MAX, INT_MIN, Value
from kopdesk.domain.zones import Zone
from kopdesk.wording.catalogue import use_language
from kopdesk.wording.values import field_text, value_text

LEAVES = [(t.name, pattern) for t in TYPES.values() for pattern in patterns(t.form)]
ANYTHING = st.none() | st.booleans() | st.integers(INT_MIN, INT_MAX) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("record_type", "path", "value", "shown"),
    [
        ("visit", "visited_on", "2025-11-12", "12 November 2025"),
        ("visit", "start_time", "09:05", "09.05"),
        ("visit", "sealed_at", "2025-11-12T06:30:00Z", "12 November 2025, 14.30 WITA"),
        ("visit", "mode", "field", "Di lapangan"),
        ("visit", "mode", "drone", "drone"),
        ("visit", "topics", "Kas & bank", "Kas & bank"),
        ("visit", "purposes/plans", True, "ya"),
        ("visit", "latitude", -502_183, "-0,502183°"),
        ("visit", "accuracy_metres", 1200, "1.200 m"),
        ("visit", "signed_photo_id", "0195f0e2-0000-7000-8000-000000000001", "catatan lain"),
        ("visit", "~deleted", True, "ya"),
        ("visit", "~deleted", None, "tidak"),
        ("visit", "place", None, "(kosong)"),
        ("visit", "place", "", "(kosong)"),
        ("outlet", "months/2025-11/revenue", -40_000, "-Rp40.000"),
        ("member_count", "period", "2025-11", "November 2025"),
        ("member_count", "members", 1204, "1.204"),
        ("asset", "progress", 6250, "62,5 %"),
        ("asset", "area_square_metres", 1000, "1.000 m²"),
        ("asset", "width_centimetres", 1250, "12,5 m"),
        ("cooperative", "nik", "3300000000000001", "3300000000000001"),
        ("cooperative", "licences/k/kbli_year", 2020, "2020"),
        ("financing_request", "tenor_months", 72, "72 bulan"),
        ("book_check", "stock/k/counted_thousandths", 12_500, "12,5"),
        ("attachment", "size_bytes", 2800, "2,8 kB"),
        ("plan", "units/u/drivers/customers", 1200, "1.200"),
        ("conflict", "kept_value", 1200, "1.200"),
        ("future", "anything", "as it is", "as it is"),
    ],
)
def test_a_value_is_shown_as_its_leaf_means_it(record_type: str, path: str, value: Value, shown: str) -> None:
    assert field_text(record_type, path, value, Zone.WITA) == shown


@given(st.sampled_from(LEAVES), ANYTHING, st.sampled_from(["id", "en"]))
def test_any_value_in_any_leaf_is_shown_somehow(leaf: tuple[str, str], value: Value, spoken: str) -> None:
    use_language("en" if spoken == "en" else "id")
    record_type, pattern = leaf
    spec = leaf_at(record_type, pattern)
    assert spec is not None
    assert value_text(spec, value)
    assert field_text(record_type, pattern, value)


def test_values_that_a_newer_program_wrote_are_shown_as_they_are() -> None:
    for path in ("visited_on", "sealed_at", "start_time"):
        assert field_text("visit", path, "kira-kira siang") == "kira-kira siang"
    assert field_text("visit", "sealed_at", "9999-12-31T23:59:59Z") == "9999-12-31T23:59:59Z"
    assert field_text("visit", "sealed_at", "2025-11-12T06:30:00Z", "ZZZ") == "2025-11-12T06:30:00Z"
