"""Which notes and coins count in a till on a day, and which are revoked."""

from datetime import date
from pathlib import Path
from typing import Literal

from kopdesk.rules.packs import Dated, Pack, RuleFault, check_sources, pack_path, read_pack

PACK = "legal_tender"


class Denomination(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One note or coin of one issue; empty where no source names the issue.

    `revoked_in`: the year alone, where no source gives the day; `revoked`: where none gives even that.
    """

    kind: Literal["note", "coin"]
    amount: int
    issue: str
    optional: bool = False
    revoked_on: date | None = None
    revoked_in: int | None = None
    revoked: bool = False
    exchange_until: date | None = None

    def is_revoked(self, day: date) -> bool:
        """Whether it does not count any more; where only the year is known, from its end on."""
        if self.revoked_on is not None:
            return day >= self.revoked_on
        return self.revoked or (self.revoked_in is not None and day.year > self.revoked_in)


class LegalTender(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that the pack knows."""

    denominations: tuple[Denomination, ...]

    def counted(self, day: date, *, with_optional: bool = True) -> tuple[tuple[str, int], ...]:
        """Kind and rupiah of what counts: notes before coins, large before small."""
        valid = {
            (one.kind, one.amount)
            for one in self.denominations
            if not one.is_revoked(day) and (with_optional or not one.optional)
        }
        return tuple(sorted(valid, key=lambda one: (one[0] != "note", -one[1])))

    def revoked(self, day: date) -> tuple[Denomination, ...]:
        """What may still turn up in a drawer."""
        return tuple(one for one in self.denominations if one.is_revoked(day))


def legal_tender(own: Path | None = None) -> LegalTender:
    """The shipped pack, or the person's own at `own`. Raises RuleFault, naming what is wrong."""
    place = own or pack_path(PACK)
    found = read_pack(PACK, LegalTender, place)
    named = [(f"{one.kind} {one.amount} {one.issue}", one) for one in found.denominations]
    check_sources(place, found, named)
    for name, one in named:
        if one.amount <= 0:
            raise RuleFault(place, f"{name}: amount")
    return found
