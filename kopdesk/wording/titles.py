"""How people call a record or one of its rows: "Kunjungan 20 November 2026", "Kendala: Stok habis"."""

from collections.abc import Mapping
from types import MappingProxyType

from kopdesk.domain.fields import Kind, pattern_of, patterns
from kopdesk.domain.record_types import TYPES, leaf_at
from kopdesk.domain.records import Leaves
from kopdesk.domain.zones import Zone
from kopdesk.wording.labels import type_label
from kopdesk.wording.shortening import shortened
from kopdesk.wording.values import field_text

KNOWN_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cooperative": ("name",),
        "officer": ("name", "position"),
        "outlet": ("name",),
        "asset": ("name", "kind", "address"),
        "legal_document": ("type", "title", "number"),
        "member_count": ("period",),
        "partnership": ("partner", "business"),
        "financing_request": ("bank", "amount"),
        "visit": ("visited_on", "place"),
        "follow_up": ("promise", "due_on"),
        "problem": ("text",),
        "book_check": ("period", "checked_on"),
        "statement": ("period_kind", "period"),
        "rapb": ("year",),
        "plan": ("title", "starts_in"),
        "attachment": ("caption", "file_name"),
        "remark": ("text", "by"),
        "competitor": ("name", "place"),
        "approval": ("body", "number"),
        "conflict": ("about_path",),
    }
)
"""By type: the leaves that tell one record from another, in the order in which they are said."""

_MOST_SAID = 2
_LONGEST_PART = 40
_LONGEST_COOPERATIVE = 60
_WORDS = (Kind.LINE, Kind.TEXT)


def record_title(record_type: str, leaves: Leaves, zone: str = Zone.WIB) -> str:
    """The type with what the record is known by; the type alone where nothing of that is filled."""
    filled = [path for path in KNOWN_BY.get(record_type, ()) if leaves.get(path) not in (None, "")]
    parts = [field_text(record_type, path, leaves[path], zone) for path in filled[:_MOST_SAID]]
    told = ", ".join(shortened(part, _LONGEST_PART).rstrip(".") for part in parts)
    name = type_label(record_type)
    if not told:
        return name
    if told.casefold().startswith(name.casefold()):  # Gerai sembako, and not: Gerai: Gerai sembako
        return told
    return f"{name}: {told}" if _is_words(record_type, filled[0]) else f"{name} {told}"


def _is_words(record_type: str, path: str) -> bool:
    """Words after a name need a colon between them; a date or a month does not."""
    leaf = leaf_at(record_type, path)
    return leaf is not None and leaf.kind in (*_WORDS, Kind.CODE)


def record_heading(record_type: str, cooperative_name: str, leaves: Leaves, zone: str = Zone.WIB) -> str:
    """Under its cooperative: Koperasi Desa Merah Putih Peridan › Kunjungan 20 November 2026, Balai desa."""
    title = record_title(record_type, leaves, zone)
    cooperative = shortened(cooperative_name, _LONGEST_COOPERATIVE)
    if record_type == "cooperative":
        return cooperative or title
    return f"{cooperative} › {title}" if cooperative else title


def row_title(record_type: str, row: str, leaves: Leaves, *, besides: str = "") -> str:
    """The first words written in a row ("findings/k7"); nothing if it has none, or they are in `besides`."""
    known = TYPES.get(record_type)
    order = [path for path, leaf in patterns(known.form).items() if leaf.kind in _WORDS] if known else []
    written = [p for p in leaves if p.startswith(f"{row}/") and leaves[p] and pattern_of(p) in order]
    first = min(written, key=lambda path: order.index(pattern_of(path)), default=besides)
    return "" if first == besides else shortened(str(leaves[first]), _LONGEST_PART)
