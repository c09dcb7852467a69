"""Two values for one field, told so that whoever sits in the village can decide between them."""

from datetime import datetime
from types import MappingProxyType

from kopdesk.domain.conflict import Conflict
from kopdesk.domain.fields import DELETED, Kind
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value, same
from kopdesk.domain.zones import Zone, local
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_day, time_text
from kopdesk.wording.labels import path_label, type_label
from kopdesk.wording.shortening import apart, shortened
from kopdesk.wording.titles import row_title
from kopdesk.wording.values import field_text

_LONGEST_VALUE = 60
_LONGEST_NAME = 24
_NOTHING: Leaves = MappingProxyType({})


def conflict_sentence(
    conflict: Conflict,
    current: Value,
    record: Leaves = _NOTHING,
    *,
    own_name: str = "",
    zone: str = Zone.WIB,
) -> str:
    """Kas akhir: Anda Rp2.350.000 (3 Nov); pusat Rp2.530.000 (Dinas, 1 Nov).

    `current` is what stands now: another value is told as well. `record`: the filled leaves of what it is
    about. `own_name` is the reader's name as authors are recorded; what he wrote is told as his.
    """
    if (conflict.about_path or "").endswith(DELETED):
        return _deletion_sentence(conflict, current, record, own_name, zone)
    label = _label(conflict, record)
    kept, offered = _two_texts(conflict, conflict.kept_value, conflict.offered_value, zone)
    kept_by, offered_by = _signatures(conflict, own_name, zone)
    kept, offered = kept + kept_by, offered + offered_by
    if same(current, conflict.kept_value):
        return _told(conflict, own_name).format(label=label, kept=kept, offered=offered)
    now = _two_texts(conflict, current, conflict.kept_value, zone)[0]
    return _told_moved(conflict, own_name).format(label=label, kept=kept, offered=offered, current=now)


def _told(conflict: Conflict, own_name: str) -> str:
    if own_name and own_name == conflict.offered_author:
        return _("{label}: Anda {offered}; pusat {kept}.")
    if own_name and own_name == conflict.kept_author:
        return _("{label}: Anda {kept}; pihak lain {offered}.")
    return _("{label}: yang berlaku {kept}; yang ditawarkan {offered}.")


def _told_moved(conflict: Conflict, own_name: str) -> str:
    if own_name and own_name == conflict.offered_author:
        return _("{label}: Anda {offered}; pusat tadinya {kept}, sekarang {current}.")
    if own_name and own_name == conflict.kept_author:
        return _("{label}: Anda {kept}; pihak lain {offered}; yang berlaku sekarang {current}.")
    return _("{label}: tadinya berlaku {kept}; yang ditawarkan {offered}; yang berlaku sekarang {current}.")


def _deletion_sentence(conflict: Conflict, current: Value, record: Leaves, own_name: str, zone: str) -> str:
    thing = _thing(conflict, record)
    if conflict.kept_value is True:
        kept, offered = _signatures(conflict, own_name, zone)
        told = _("{thing}: yang berlaku dihapus{kept}; yang ditawarkan tetap ada{offered}.")
        told = told.format(thing=thing, kept=kept, offered=offered)
        return told if current is True else f"{told} {_('Sekarang masih ada.')}"
    told = _(
        "{thing}: {who} menghapusnya tanpa melihat perubahan terakhir. "
        "Yang berlaku: tetap ada; yang ditawarkan: dihapus."
    ).format(thing=thing, who=_who(conflict.offered_author, conflict.offered_at, own_name, zone))
    return f"{told} {_('Sekarang sudah dihapus.')}" if current is True else told


def _who(author: str | None, at: datetime | None, own_name: str, zone: str) -> str:
    who = _("Anda") if own_name and author == own_name else shortened(author or "", _LONGEST_NAME)
    day = _local(at, zone)
    return (who or _("seseorang")) + (f" ({short_day(day.date())})" if day else "")


def _label(conflict: Conflict, record: Leaves) -> str:
    """Temuan › tenggat (“Kas kurang”): the row is named by what is written in it."""
    path = conflict.about_path or ""
    label, row = path_label(conflict.about_type, path), _row_of(path)
    title = _row_title(conflict, row, record)
    return f"{label} (“{title}”)" if title else label


def _thing(conflict: Conflict, record: Leaves) -> str:
    """What is deleted or not: Temuan “Kas kurang”."""
    row = _row_of(conflict.about_path or "")
    title = _row_title(conflict, row, record)
    label = path_label(conflict.about_type, row) if row else type_label(conflict.about_type or "")
    return f"{label} “{title}”" if title else label


def _row_of(path: str) -> str:
    """The innermost row a path is in: "findings/k7" of "findings/k7/due_on"; nothing of "place"."""
    parts = path.split("/")
    return "/".join(parts[: (len(parts) - 1) // 2 * 2])


def _row_title(conflict: Conflict, row: str, record: Leaves) -> str:
    """What is written in a row whose key says nothing to people; nothing where the label names the key."""
    rows = row.rpartition("/")[0] + "/*"
    names_key = path_label(conflict.about_type, row) != path_label(conflict.about_type, rows)
    if not row or names_key:
        return ""
    return row_title(conflict.about_type or "", row, record, besides=conflict.about_path or "")


def _two_texts(conflict: Conflict, one: Value, other: Value, zone: str) -> tuple[str, str]:
    """Both values as people read them, shortened to where they differ; never the same for two that do."""
    where = (conflict.about_type or "", conflict.about_path or "")
    texts = apart(field_text(*where, one, zone), field_text(*where, other, zone), _LONGEST_VALUE)
    spec = leaf_at(*where)
    if spec is not None and spec.kind in (Kind.LINE, Kind.TEXT):
        texts = _quoted(texts[0], one), _quoted(texts[1], other)
    if texts[0] != texts[1] or same(one, other):
        return texts
    raw = apart(str(one), str(other), _LONGEST_VALUE // 2)
    return f"{texts[0]} [{raw[0]}]", f"{texts[1]} [{raw[1]}]"


def _quoted(text: str, value: Value) -> str:
    return f"“{text}”" if value else text


def _signatures(conflict: Conflict, own_name: str, zone: str) -> tuple[str, str]:
    """Who wrote each of the two and when, in brackets; with the time where it was the same day."""
    kept, offered = _local(conflict.kept_at, zone), _local(conflict.offered_at, zone)
    is_one_day = kept is not None and offered is not None and kept.date() == offered.date()
    return (
        _signature(conflict.kept_author, kept, own_name, with_time=is_one_day),
        _signature(conflict.offered_author, offered, own_name, with_time=is_one_day),
    )


def _local(at: datetime | None, zone: str) -> datetime | None:
    return local(at, zone) if at is not None and at.year > 2000 else None


def _signature(author: str | None, at: datetime | None, own_name: str, *, with_time: bool) -> str:
    who = "" if own_name and author == own_name else shortened(author or "", _LONGEST_NAME)
    when = short_day(at.date()) if at else ""
    if at and with_time:
        when += f" {time_text(f'{at:%H:%M}')}"
    facts = ", ".join(filter(None, (who, when)))
    return f" ({facts})" if facts else ""
