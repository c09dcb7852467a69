"""A record as lines to read: its fields in the order of its form, each row of a group on one line."""

from collections.abc import Iterator
from dataclasses import dataclass

from kopdesk.domain.fields import DELETED, Group, Kind, Leaf, group_of
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.records import Leaves
from kopdesk.domain.zones import Zone
from kopdesk.wording.labels import leaf_label, lowered, path_label
from kopdesk.wording.values import field_text

_UNNAMED = (Kind.LINE, Kind.TEXT, Kind.CODE)
"""Within a row these say by themselves what they are."""
_UNREAD = (Kind.REFERENCE, Kind.VALUE)
_FOR_PROGRAMS = (
    "origin_type",
    "origin_path",
    "about_type",
    "about_path",
    "owner_type",
    "owner_path",
    "sha256",
    "rule",
    "rule_pack",
    "rule_pack_version",
)
"""They lead from one record to another; people are shown the other one."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """`paths`: the leaves that are told in it."""

    label: str
    text: str
    paths: tuple[str, ...]


def record_lines(record_type: str, leaves: Leaves, zone: str = Zone.WIB) -> list[RecordLine]:
    """Only what is filled; of a newer program's leaves whatever can be said."""
    filled = {path: value for path, value in leaves.items() if value not in (None, "") and path != DELETED}
    known = TYPES.get(record_type)
    if known is None:
        return [RecordLine(path_label(record_type, p), str(v), (p,)) for p, v in filled.items()]
    form, group = known.form, group_of(known.form)
    lines = [
        *_plain(record_type, form, group, filled, zone),
        *_grouped(record_type, form, group, filled, zone),
    ]
    told = {path for line in lines for path in line.paths}
    unknown = [path for path in filled if "/" not in path and path not in told and path not in group.leaves]
    return lines + [RecordLine(path_label(record_type, p), str(filled[p]), (p,)) for p in unknown]


def _plain(record_type: str, form: type, group: Group, filled: Leaves, zone: str) -> Iterator[RecordLine]:
    for name, spec in group.leaves.items():
        if name in filled and spec.kind not in _UNREAD and name not in _FOR_PROGRAMS:
            yield RecordLine(
                leaf_label(form, name), field_text(record_type, name, filled[name], zone), (name,)
            )


def _grouped(record_type: str, form: type, group: Group, filled: Leaves, zone: str) -> Iterator[RecordLine]:
    for name, spec in group.values.items():
        found = {path: filled[path] for path in sorted(filled) if path.startswith(f"{name}/")}
        if line := _valued(record_type, form, name, spec, found, zone):
            yield line
    for name, row in group.rows.items():
        keys = sorted({path.split("/")[1] for path in filled if path.startswith(f"{name}/")})
        for key in keys:
            prefix = f"{name}/{key}/"
            found = {path: filled[path] for path in filled if path.startswith(prefix)}
            if found.get(f"{prefix}{DELETED}") is True:
                continue
            text = " · ".join(_row_parts(record_type, row, prefix, found, zone))
            if text:
                yield RecordLine(path_label(record_type, f"{name}/{key}"), text, tuple(found))


def _valued(
    record_type: str, form: type, name: str, spec: Leaf, found: Leaves, zone: str
) -> RecordLine | None:
    """Flags that are set by their names; other values each behind its name."""
    label = leaf_label(form, name)
    parts = []
    for path, value in found.items():
        key_name = path_label(record_type, path).removeprefix(f"{label} › ")
        if spec.kind != Kind.FLAG:
            parts.append(f"{key_name} {field_text(record_type, path, value, zone)}")
        elif value is True:
            parts.append(key_name)
    return RecordLine(label, ", ".join(parts), tuple(found)) if parts else None


def _row_parts(record_type: str, row: type, prefix: str, found: Leaves, zone: str) -> Iterator[str]:
    for name, spec in group_of(row).leaves.items():
        value = found.get(prefix + name)
        if value in (None, "") or spec.kind in _UNREAD or name in _FOR_PROGRAMS:
            continue
        label = lowered(leaf_label(row, name))
        if spec.kind == Kind.FLAG:
            if value is True:
                yield label
            continue
        text = field_text(record_type, prefix + name, value, zone)
        yield text if spec.kind in _UNNAMED else f"{label} {text}"
