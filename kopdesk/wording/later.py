"""What was written after the seal: corrections and additions, with who wrote them and when."""

from collections.abc import Iterator
from datetime import datetime

from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.domain.zones import Zone
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_instant
from kopdesk.wording.labels import path_label
from kopdesk.wording.values import field_text


def later_lines(record_type: str, leaves: Leaves, zone: str = Zone.WIB) -> list[str]:
    """One line each, corrections first, in the order in which they were written."""
    corrections = (
        (row, _correction(record_type, row, zone)) for row in _rows("corrections", leaves) if row.get("path")
    )
    additions = (
        (row, _("Tambahan: {text}").format(text=row.get("text") or "")) for row in _rows("additions", leaves)
    )
    return [told + _signed(row, zone) for some in (corrections, additions) for row, told in some]


def corrected(record_type: str, leaves: Leaves, zone: str = Zone.WIB) -> dict[str, str]:
    """What stands beside a leaf that was corrected, by its path: the last word on it."""
    return {
        str(row["path"]): _("Dikoreksi: {value}").format(
            value=field_text(record_type, str(row["path"]), row.get("value"), zone) or _("dikosongkan")
        )
        for row in _rows("corrections", leaves)
        if row.get("path")
    }


def _correction(record_type: str, row: Leaves, zone: str) -> str:
    path = str(row["path"])
    value = field_text(record_type, path, row.get("value"), zone)
    told = _("Koreksi {field}: {value}. Alasan: {reason}")
    return told.format(field=path_label(record_type, path), value=value, reason=row.get("reason") or "")


def _rows(group: str, leaves: Leaves) -> Iterator[Leaves]:
    found: dict[str, dict[str, Value]] = {}
    for path, value in leaves.items():
        first, *rest = path.split("/", 2)
        if first == group and len(rest) == 2 and value is not None:
            found.setdefault(rest[0], {})[rest[1]] = value
    yield from sorted(found.values(), key=lambda row: str(row.get("at") or ""))


def _signed(row: Leaves, zone: str) -> str:
    when = ""
    if row.get("at"):
        try:
            when = short_instant(datetime.fromisoformat(str(row["at"])), zone)
        except ValueError:  # of a newer schema
            when = ""
    told = ", ".join(filter(None, (str(row.get("by") or ""), when)))
    return f" ({told})" if told else ""
