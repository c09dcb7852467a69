"""What a visit or a check found wrong, how heavy it weighs and what should be done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kopdesk.domain.fields import Kind, leaf


class Aspect(StrEnum):
    """The part of the cooperative's life that is concerned."""

    LEGAL = "legal"
    ORGANISATION = "organisation"
    MEMBERSHIP = "membership"
    BOOKKEEPING = "bookkeeping"
    CASH = "cash"
    OUTLET = "outlet"
    STOCK = "stock"
    PLAN = "plan"
    PARTNERSHIP = "partnership"
    SIMKOPDES = "simkopdes"
    BUILDING = "building"
    TAX = "tax"
    OTHER = "other"


class Weight(StrEnum):
    """How urgent a finding, promise or problem is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `rule`, `rule_pack` and its version say which rule found it, if one did."""

    text: str | None = leaf(Kind.TEXT)
    aspect: str | None = leaf(Kind.CODE, choices=Aspect)
    weight: str | None = leaf(Kind.CODE, choices=Weight)
    cause: str | None = leaf(Kind.TEXT)
    recommendation: str | None = leaf(Kind.TEXT)
    responsible: str | None = leaf(Kind.LINE)
    due_on: date | None = leaf(Kind.DATE)
    rule: str | None = leaf(Kind.LINE)
    rule_pack: str | None = leaf(Kind.LINE)
    rule_pack_version: str | None = leaf(Kind.LINE)
