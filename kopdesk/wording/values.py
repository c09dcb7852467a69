"""The value of a leaf as people read it. Never fails: what does not fit its leaf is shown as it is."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from kopdesk.domain.fields import DELETED, Kind, Leaf, MergeClass, pattern_of
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.values import Value
from kopdesk.domain.zones import Zone
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import date_text, instant_text, month_text, time_text
from kopdesk.wording.figures import bytes_text, counted, number, percent, phone_text, rupiah, scaled


def value_text(spec: Leaf, value: Value, zone: str = Zone.WIB) -> str:
    """Any value by the kind of its leaf; `zone` is for instants."""
    if value is None or value == "":
        return _("(kosong)")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int):
        return _NUMBERS.get(spec.kind, number)(value)
    return _text(spec, value, zone)


_NUMBERS: Mapping[Kind, Callable[[int], str]] = MappingProxyType(
    {
        Kind.MONEY: rupiah,
        Kind.BASIS_POINTS: percent,
        Kind.COORDINATE: lambda value: f"{scaled(value, 6)}°",
    }
)


def _text(spec: Leaf, value: str, zone: str) -> str:
    try:
        match spec.kind:
            case Kind.CODE:
                return choice_label(spec.choices, value)
            case Kind.DATE:
                return date_text(date.fromisoformat(value))
            case Kind.MONTH:
                return month_text(value)
            case Kind.TIME:
                return time_text(value)
            case Kind.INSTANT:
                at = datetime.fromisoformat(value)
                return instant_text(at, zone) if at.tzinfo else value
            case Kind.REFERENCE:
                return _("catatan lain")
            case Kind.LINE if spec.format == "phone":
                return phone_text(value)
    except (ValueError, OverflowError, KeyError):  # from a newer schema, or a clock at the end of time
        pass
    return value


def field_text(record_type: str, path: str, value: Value, zone: str = Zone.WIB) -> str:
    """The same for a leaf of a record, with the unit that its name says."""
    if path.endswith(DELETED):
        return _("ya") if value is True else _("tidak")
    pattern = pattern_of(path)
    if isinstance(value, int) and not isinstance(value, bool):
        shown = next((shown for ending, shown in _UNITS.items() if pattern.endswith(ending)), None)
        if shown is not None:
            return shown(value)
    return value_text(leaf_at(record_type, path) or _ANYTHING, value, zone)


_ANYTHING = Leaf(kind=Kind.VALUE, merge=MergeClass.DECIDE)

_UNITS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "_year": str,
        "_thousandths": lambda value: scaled(value, 3),
        "_bytes": bytes_text,
        "_months": lambda value: counted(value, "month"),
        "_days": lambda value: counted(value, "day"),
        "_square_metres": lambda value: f"{number(value)} m²",
        "_metres": lambda value: f"{number(value)} m",
        "_centimetres": lambda value: f"{scaled(value, 2)} m",
        "/drivers/*": number,
    }
)
"""By the end of a pattern: years are not counted in thousands, and drivers are not always money."""
