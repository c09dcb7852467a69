"""Generated leaves that fit a declared form."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from kopdesk.domain.fields import DELETED, Group, Kind, Leaf, group_of
from kopdesk.domain.identifiers import phone
from kopdesk.domain.records import written
from kopdesk.domain.values import INT_MAX, INT_MIN, Value

KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}", fullmatch=True)
_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Mn"), exclude_characters="\n\r"),
    min_size=1,
    max_size=20,
)
_YEARS = (date(2025, 1, 1), date(2035, 12, 31))
_MINUTES = st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_DIGITS = "0123456789"

_FORMATS: Mapping[str, st.SearchStrategy[str]] = {
    "personal_nik": st.just("6408054107850001"),
    "village_code": st.from_regex(r"\d\d\.\d\d\.\d\d\.[123]\d{3}", fullmatch=True).filter(str.isascii),
    "phone": st.integers(81_000_000, 899_999_999_999).map(lambda number: phone(f"0{number}")),
    "email": st.just("koperasi@desa.id"),
    "sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
}

_KINDS: Mapping[Kind, st.SearchStrategy[Value]] = {
    Kind.TEXT: st.text(st.sampled_from("kas desa\n\té"), max_size=40),
    Kind.LINE: st.text(st.sampled_from("kas desaé-1"), max_size=40),
    Kind.MONEY: st.integers(INT_MIN, INT_MAX),
    Kind.COUNT: st.integers(0, INT_MAX),
    Kind.BASIS_POINTS: st.integers(-100_000, 100_000),
    Kind.COORDINATE: st.integers(-90_000_000, 90_000_000),  # fits a latitude as well
    Kind.FLAG: st.booleans(),
    Kind.DATE: st.dates(*_YEARS).map(written),
    Kind.MONTH: st.dates(*_YEARS).map(lambda day: day.isoformat()[:7]),
    Kind.TIME: st.times().map(lambda clock: clock.isoformat()[:5]),
    Kind.INSTANT: _MINUTES.map(written),
    Kind.REFERENCE: st.uuids().map(str),
    Kind.VALUE: st.one_of(st.booleans(), st.integers(INT_MIN, INT_MAX), _WORDS),
}


def values_for(spec: Leaf) -> st.SearchStrategy[Value]:
    """Values that fit one declared leaf."""
    if spec.format:
        return _FORMATS[spec.format]
    if spec.least is not None:
        return st.integers(spec.least, INT_MAX)
    if spec.kind is Kind.CODE:
        return st.sampled_from(spec.choices)
    if spec.kind is Kind.DIGITS:
        lengths = st.sampled_from(spec.lengths or (10,))
        return lengths.flatmap(lambda size: st.text(_DIGITS, min_size=size, max_size=size))
    return _KINDS[spec.kind]


@st.composite
def leaves_of(draw: st.DrawFn, form: type) -> dict[str, Value]:
    """Leaves of a record or row of this form: any of them, none deleted."""
    leaves: dict[str, Value] = {}
    group: Group = group_of(form)
    for name in draw(st.sets(st.sampled_from(sorted(group.leaves)), max_size=6)) if group.leaves else ():
        leaves[name] = draw(values_for(group.leaves[name]))
    chosen = (
        draw(st.sets(st.sampled_from(sorted({*group.values, *group.rows})), max_size=2))
        if (group.values or group.rows)
        else set()
    )
    for name in sorted(chosen):
        for key in draw(st.sets(KEYS, max_size=2)):
            if name in group.values:
                leaves[f"{name}/{key}"] = draw(values_for(group.values[name]))
            else:
                row = draw(leaves_of(group.rows[name]))
                leaves |= {f"{name}/{key}/{path}": value for path, value in row.items()}
    assert not any(path.endswith(DELETED) for path in leaves)
    return leaves
