from enum import StrEnum

import pytest

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.field_checks import FORMATS, MAX_LINE_LENGTH, check_leaf, normalised
from kopdesk.domain.fields import Kind, Leaf, MergeClass, patterns
from kopdesk.domain.record_types import TYPES, leaf_at
from kopdesk.domain.values import Value


def leaf(kind: Kind, **more: object) -> Leaf:
    return Leaf(kind=kind, merge=MergeClass.DECIDE, **more)  # type: ignore[arg-type]


class Colour(StrEnum):
    RED = "red"
    WHITE = "white"


CODE = leaf(Kind.CODE, choices=tuple(Colour))
NIB = leaf(Kind.DIGITS, lengths=(13,))


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        (leaf(Kind.TEXT), "satu\ndua"),
        (leaf(Kind.TEXT), "\u202bبسم الله\u202c"),
        (leaf(Kind.TEXT), "satu\u2028dua"),
        (leaf(Kind.LINE), "بسم الله, é, 👩\u200d🌾"),
        (leaf(Kind.LINE), "x" * MAX_LINE_LENGTH),
        (leaf(Kind.LINE), ""),
        (CODE, "red"),
        (NIB, "0234567890123"),
        (leaf(Kind.DIGITS), "007"),
        (leaf(Kind.MONEY), -250_000),
        (leaf(Kind.COUNT), 0),
        (leaf(Kind.BASIS_POINTS), -100),
        (leaf(Kind.COORDINATE), -180_000_000),
        (leaf(Kind.FLAG), False),
        (leaf(Kind.DATE), "2024-02-29"),
        (leaf(Kind.MONTH), "2026-12"),
        (leaf(Kind.TIME), "23:59"),
        (leaf(Kind.INSTANT), "2026-03-09T23:59:59Z"),
        (leaf(Kind.REFERENCE), "01890000-0000-7000-8000-000000000001"),
        (leaf(Kind.VALUE), True),
        (leaf(Kind.VALUE), -1),
    ],
)
def test_a_value_that_fits_is_accepted(spec: Leaf, value: Value) -> None:
    check_leaf("x", spec, value)


@pytest.mark.parametrize(
    ("spec", "value", "reason"),
    [
        (leaf(Kind.TEXT), 1, "wrong_kind"),
        (leaf(Kind.MONEY), "1", "wrong_kind"),
        (leaf(Kind.MONEY), True, "wrong_kind"),
        (leaf(Kind.FLAG), 1, "wrong_kind"),
        (leaf(Kind.LINE), "satu\ndua", "line_too_long"),
        (leaf(Kind.LINE), "x" * (MAX_LINE_LENGTH + 1), "line_too_long"),
        (leaf(Kind.LINE), "satu\u2028dua", "line_too_long"),
        (leaf(Kind.LINE), "Ani\x9b2J", "control_character"),
        (leaf(Kind.LINE), "Ani\x7f", "control_character"),
        (leaf(Kind.LINE), "Ani \u202eidub", "control_character"),
        (leaf(Kind.LINE), "\u2066Ani", "control_character"),
        (leaf(Kind.LINE), "Ani\u200f", "control_character"),
        (leaf(Kind.TEXT), "Harga\x96turun", "control_character"),
        (CODE, "blue", "unknown_choice"),
        (CODE, "", "unknown_choice"),
        (NIB, "123456789012", "wrong_digits"),
        (NIB, "123456789012x", "wrong_digits"),
        (NIB, "¹²³¹²³¹²³¹²³¹", "wrong_digits"),
        (leaf(Kind.DIGITS), "", "wrong_digits"),
        (leaf(Kind.COUNT), -1, "negative_count"),
        (leaf(Kind.COORDINATE), 180_000_001, "outside_earth"),
        (leaf(Kind.DATE), "2026-02-29", "not_a_date"),
        (leaf(Kind.DATE), "20260309", "not_a_date"),
        (leaf(Kind.DATE), "٢٠٢٦-٠٣-٠٩", "not_a_date"),
        (leaf(Kind.MONTH), "2026-13", "not_a_month"),
        (leaf(Kind.TIME), "24:00", "not_a_time"),
        (leaf(Kind.TIME), "1٣:00", "not_a_time"),
        (leaf(Kind.INSTANT), "2026-03-09T23:59:60Z", "not_a_instant"),
        (leaf(Kind.INSTANT), "2026-03-09T23:59:59+08:00", "not_a_instant"),
        (leaf(Kind.REFERENCE), "01890000-0000-7000-8000-00000000000A", "not_a_reference"),
        (leaf(Kind.LINE, format="village_code"), "6408052003", "not_a_village_code"),
        (leaf(Kind.LINE, format="phone"), "0812", "not_a_phone"),
    ],
)
def test_a_value_that_does_not_fit_is_named(spec: Leaf, value: Value, reason: str) -> None:
    with pytest.raises(InvalidField) as error:
        check_leaf("x", spec, value)
    assert (error.value.path, error.value.reason) == ("x", reason)


def test_what_a_person_typed_is_kept_in_the_one_form_that_passes() -> None:
    for name, typed, kept in (
        ("village_code", "6408052003", "64.08.05.2003"),
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("email", " a@b.id ", "a@b.id"),
    ):
        spec = leaf(Kind.LINE, format=name)
        assert normalised(spec, typed) == kept
        check_leaf("x", spec, kept)


def test_what_has_no_form_stays_as_it_is() -> None:
    assert normalised(leaf(Kind.LINE), " a ") == " a "
    assert normalised(leaf(Kind.LINE, format="phone"), None) is None
    assert normalised(leaf(Kind.LINE, format="phone"), 7) == 7


def test_every_declared_format_has_its_check() -> None:
    used = {spec.format for t in TYPES.values() for spec in patterns(t.form).values() if spec.format}
    assert used == set(FORMATS)


def test_a_latitude_ends_at_the_poles_and_a_saving_at_nothing() -> None:
    latitude, saving = leaf_at("visit", "latitude"), leaf_at("cooperative", "principal_saving")
    assert latitude is not None
    assert saving is not None
    check_leaf("latitude", latitude, -90_000_000)
    with pytest.raises(InvalidField, match="outside_earth"):
        check_leaf("latitude", latitude, 95_500_000)
    check_leaf("principal_saving", saving, 0)
    with pytest.raises(InvalidField, match="negative_amount"):
        check_leaf("principal_saving", saving, -5)
