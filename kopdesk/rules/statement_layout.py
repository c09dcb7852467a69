"""How a statement is laid out: its sections in order, each with SIMKOPDES's account keys."""

from pathlib import Path
from typing import Literal

from kopdesk.domain.statement import (
    ASSET_KEYS,
    CONTRA_ASSET_KEYS,
    EQUITY_KEYS,
    EXPENSE_KEYS,
    INCOME_KEYS,
    LIABILITY_KEYS,
    OTHER_RESULT_KEYS,
    TAX_KEY,
)
from kopdesk.rules.packs import Dated, Pack, RuleFault, check_once, check_sources, pack_path, read_pack

PACK = "statement_layout"

_KEYS = {
    "assets": ASSET_KEYS,
    "contra_assets": CONTRA_ASSET_KEYS,
    "liabilities": LIABILITY_KEYS,
    "equity": EQUITY_KEYS,
    "income": INCOME_KEYS,
    "expenses": EXPENSE_KEYS,
    "tax": (TAX_KEY,),
    "other_results": OTHER_RESULT_KEYS,
}
"""What the totals are made of: a pack orders these keys, it cannot add to them."""


class Section(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`of`: the statement it stands in; `code`: what its keys count as."""

    of: Literal["position", "results"]
    code: str
    title: str
    keys: tuple[str, ...]


class StatementLayout(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All sections in the order in which they are printed."""

    sections: tuple[Section, ...]

    def of(self, statement: str) -> tuple[Section, ...]:
        """The sections of the position or of the results."""
        return tuple(section for section in self.sections if section.of == statement)


def statement_layout(own: Path | None = None) -> StatementLayout:
    """The shipped layout, or the person's own at `own`. Raises RuleFault, naming a key that is wrong."""
    place = own or pack_path(PACK)
    pack = read_pack(PACK, StatementLayout, place)
    check_sources(place, pack, [(section.code, section) for section in pack.sections])
    check_once(place, [key for section in pack.sections for key in section.keys])
    found = {section.code: section.keys for section in pack.sections}
    for code, keys in _KEYS.items():
        if set(found.get(code, ())) != set(keys):
            wrong = sorted(set(found.get(code, ())) ^ set(keys))
            raise RuleFault(place, f"{code}: {', '.join(wrong)}")
    if unknown := found.keys() - _KEYS.keys():
        raise RuleFault(place, f"code = {', '.join(sorted(unknown))}")
    return pack
