"""What people call a record, a leaf or a row: the words of the forms."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.fields import DELETED, group_of, pattern_of, patterns
from kopdesk.domain.outlet import Equipment, Outlet
from kopdesk.domain.plan import Unit
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.statement import Statement
from kopdesk.domain.visit import Duty, Visit
from kopdesk.wording import labels_books, labels_cooperative, labels_plan, labels_village, labels_work
from kopdesk.wording.accounts import ACCOUNTS
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import MONTHS, month_text
from kopdesk.wording.figures import rupiah
from kopdesk.wording.record_names import RECORD_NAMES

LABELS: Mapping[type, Mapping[str, str]] = MappingProxyType(
    {
        **labels_cooperative.LABELS,
        **labels_work.LABELS,
        **labels_books.LABELS,
        **labels_plan.LABELS,
        **labels_village.LABELS,
    }
)
"""By form and attribute, in Indonesian."""

_DELETED = N_("Dihapus")

# What commands and messages know besides the leaves.
_BESIDES: Mapping[str, str] = MappingProxyType(
    {
        DELETED: _DELETED,
        "id": N_("Nomor catatan"),
        "cooperative_id": N_("Koperasi"),
        "rev": N_("Tanda versi"),
        "login": N_("Nama pengguna"),
        "password": N_("Kata sandi"),
    }
)


def type_label(record_type: str) -> str:
    """Kunjungan, Gerai …; an unknown type as it is."""
    return _(RECORD_NAMES[record_type]) if record_type in RECORD_NAMES else _plain(record_type)


def leaf_label(form: type, name: str) -> str:
    """The label of one attribute of a form or row, as it stands beside a field."""
    label = _DELETED if name == DELETED else LABELS.get(form, {}).get(name)
    return _(label) if label else _plain(name)


def path_label(record_type: str | None, path: str) -> str:
    """Temuan › tenggat: where a leaf or row is. Random keys are left out, natural ones named.

    Without a type the label is the one most types have for the path, or else the shortest.
    """
    if path in _BESIDES:
        return _(_BESIDES[path])
    form = TYPES[record_type].form if record_type and record_type in TYPES else _commonest_form(path)
    first, *rest = _names(form, path.split("/")) if form else (_plain(path),)
    return " › ".join([first, *rest])


def _commonest_form(path: str) -> type | None:
    """Of the forms that have the path, or at least the group it begins with."""
    pattern = pattern_of(path)
    having = [t.form for t in TYPES.values() if pattern in patterns(t.form)] or [
        t.form for t in TYPES.values() if path.partition("/")[0] in LABELS[t.form]
    ]
    labels = {form: tuple(_names(form, path.split("/"))) for form in having}
    if not labels:
        return None
    counts = Counter(labels.values())
    return max(having, key=lambda form: (counts[labels[form]], -len("".join(labels[form]))))


def _names(form: type, parts: list[str]) -> Iterator[str]:
    """The label of every part. Only what a part begins may be capital: later ones are lowered."""
    current: type | None = form
    for index in range(0, len(parts), 2):
        name, key = parts[index], parts[index + 1] if index + 1 < len(parts) else None
        if current is None:
            yield _plain(name)
            continue
        label = leaf_label(current, name)
        yield label if index == 0 else lowered(label)
        group = group_of(current)
        if key is not None and (key_name := _key_name(current, name, key, is_value=name in group.values)):
            yield key_name
        current = group.rows.get(name)


def lowered(label: str) -> str:
    """Without its first capital, unless it is a short form like NIK."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _key_name(form: type, name: str, key: str, *, is_value: bool) -> str:
    if key == "*":
        return ""
    named = _KEYS.get((form, name))
    if named:
        return named(key)
    return _account(key) if is_value else key if key.isdigit() else ""


def _account(key: str) -> str:
    return lowered(_(ACCOUNTS[key])) if key in ACCOUNTS else _plain(key)


def _denomination(key: str) -> str:
    return rupiah(int(key)) if key.isascii() and key.isdigit() else key


def _month_of_year(key: str) -> str:
    return _(MONTHS[int(key) - 1]) if key in {f"{month:02}" for month in range(1, 13)} else key


def _plain(name: str) -> str:
    return name.replace("_", " ")


_KEYS: Mapping[tuple[type, str], Callable[[str], str]] = MappingProxyType(
    {
        (Unit, "drivers"): lambda key: (
            _(labels_plan.DRIVERS[key]) if key in labels_plan.DRIVERS else _plain(key)
        ),
        (Visit, "purposes"): lambda key: lowered(choice_label(Duty, key)),
        (Outlet, "equipment"): lambda key: lowered(choice_label(Equipment, key)),
        (Outlet, "months"): month_text,
        (CashCount, "note"): _denomination,
        (CashCount, "coin"): _denomination,
        (BookCheck, "books"): _plain,
        (BookCheck, "lines"): _plain,
        (Statement, "units"): _account,
        (Unit, "seasons"): _month_of_year,
    }
)
"""How natural keys are read; keys of rows that are not here are random, or of a newer program."""
