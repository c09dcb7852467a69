"""The chart of accounts that is proposed: editable, because no official list exists."""

from pathlib import Path

import msgspec

from kopdesk.domain.chart import Account, AccountClass, AccountRole, Chart
from kopdesk.domain.fields import group_of
from kopdesk.domain.statement import (
    ASSET_KEYS,
    CONTRA_ASSET_KEYS,
    EQUITY_KEYS,
    EXPENSE_KEYS,
    INCOME_KEYS,
    LIABILITY_KEYS,
    TAX_KEY,
    UNIT_KEYS,
    UnitResult,
)
from kopdesk.rules.packs import Dated, Pack, RuleFault, check_once, check_sources, pack_path, read_pack

PACK = "chart_of_accounts"

_KEYS = {
    AccountClass.ASSET: ASSET_KEYS,
    AccountClass.CONTRA_ASSET: CONTRA_ASSET_KEYS,
    AccountClass.LIABILITY: LIABILITY_KEYS,
    AccountClass.EQUITY: EQUITY_KEYS,
    AccountClass.INCOME: INCOME_KEYS,
    AccountClass.COST: (),
    AccountClass.EXPENSE: EXPENSE_KEYS,
    AccountClass.TAX: (TAX_KEY,),
}


class _Row(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`per_unit`: besides the account itself there is one for every unit, "4101-1" for the first."""

    number: str
    name: str
    syariah_name: str = ""
    kind: AccountClass = msgspec.field(name="class")
    role: AccountRole | None = None
    key: str = ""
    unit: str = ""
    part: str = ""
    per_unit: bool = False


class _ChartPack(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`units`: the unit of the statements by the figure that marks it."""

    units: dict[str, str]
    accounts: tuple[_Row, ...]


def chart_of_accounts(own: Path | None = None) -> Chart:
    """The shipped chart, or the person's own at `own`. Raises RuleFault, naming the account at fault."""
    place = own or pack_path(PACK)
    pack = read_pack(PACK, _ChartPack, place)
    check_sources(place, pack, [(row.number, row) for row in pack.accounts])
    accounts = [account for row in pack.accounts for account in _accounts(row, pack.units)]
    check_once(place, [account.number for account in accounts])
    for account in accounts:
        if told := _fault(account):
            raise RuleFault(place, f"{account.number}: {told}")
    return Chart({account.number: account for account in accounts}, f"{pack.pack} {pack.version}")


def _accounts(row: _Row, units: dict[str, str]) -> list[Account]:
    plain = Account(
        number=row.number,
        name=row.name,
        syariah_name=row.syariah_name,
        kind=row.kind,
        role=row.role,
        key=row.key,
        unit=row.unit,
        part=row.part,
    )
    if not row.per_unit:
        return [plain]
    return [
        plain,
        *(
            Account(
                number=f"{row.number}-{figure}",
                name=f"{row.name} {unit.replace('_', ' ')}",
                kind=row.kind,
                role=row.role,
                unit=unit,
                part=row.part,
            )
            for figure, unit in units.items()
        ),
    ]


def _fault(account: Account) -> str:
    """What does not fit: an account goes to one place in the statements, of its own class."""
    if not (account.number and account.name):
        return "number, name"
    if bool(account.key) == bool(account.unit):
        return "key, unit"
    if account.unit:
        fits = account.unit in UNIT_KEYS and account.part in group_of(UnitResult).leaves
        return "" if fits else f"unit = {account.unit}, part = {account.part}"
    return "" if account.key in _KEYS[account.kind] else f"key = {account.key}"
