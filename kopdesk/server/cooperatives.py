"""Which cooperatives the centre knows, and which one is meant by a number or a name."""

from collections.abc import Iterable
from uuid import UUID

from kopdesk.domain.duplicates import CooperativeSummary
from kopdesk.domain.fields import DELETED
from kopdesk.domain.identifiers import village_code
from kopdesk.domain.values import Value
from kopdesk.server.errors import CooperativeUnclear
from kopdesk.server.ports import Transaction

_PATHS = ("name", "nik", "village_code", DELETED)


def known_cooperatives(tx: Transaction) -> list[CooperativeSummary]:
    """All that are not deleted, by id."""
    return [summary for summary, deleted in _all(tx) if not deleted]


def deleted_cooperatives(tx: Transaction) -> list[CooperativeSummary]:
    """Those that are."""
    return [summary for summary, deleted in _all(tx) if deleted]


def _all(tx: Transaction) -> list[tuple[CooperativeSummary, bool]]:
    found: dict[UUID, dict[str, Value]] = {}
    for _, key, path, value in tx.leaf_values("cooperative", _PATHS):
        found.setdefault(key.id, {})[path] = value
    return [
        (
            CooperativeSummary(
                id=record_id,
                name=_text(leaves.get("name")),
                nik=_text(leaves.get("nik")),
                village_code=_text(leaves.get("village_code")),
            ),
            leaves.get(DELETED) is True,
        )
        for record_id, leaves in found.items()
    ]


def cooperative_named(known: Iterable[CooperativeSummary], named: str) -> CooperativeSummary:
    """The one with this id, NIK, village code or name; raises CooperativeUnclear."""
    wanted = named.strip().casefold()
    code = village_code(named)
    found = [
        cooperative
        for cooperative in known
        if wanted in (str(cooperative.id), cooperative.nik, (cooperative.name or "").casefold())
        or code == cooperative.village_code
    ]
    if len(found) != 1:
        raise CooperativeUnclear(named, len(found))
    return found[0]


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
