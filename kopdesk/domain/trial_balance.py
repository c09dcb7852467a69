"""The trial balance: its sums, and the statements that follow from it by the chart of accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kopdesk.domain.book_check import TrialBalanceLine
from kopdesk.domain.chart import Account, AccountClass, AccountRole, Chart
from kopdesk.domain.statement import RESULT_KEY, UnitResult
from kopdesk.domain.statement_totals import totals

Lines = Mapping[str, TrialBalanceLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceSums:
    """`unknown`: numbers that are not in the chart; they count in the sums and in no statement."""

    debit: int
    credit: int
    unknown: tuple[str, ...]

    @property
    def difference(self) -> int:
        """Debit less credit: nought in a trial balance that balances."""
        return self.debit - self.credit


def balance_sums(lines: Lines, chart: Chart) -> BalanceSums:
    """Both columns added up."""
    return BalanceSums(
        debit=sum(line.debit or 0 for line in lines.values()),
        credit=sum(line.credit or 0 for line in lines.values()),
        unknown=tuple(sorted(number for number in lines if number not in chart.accounts)),
    )


def balance_of(line: TrialBalanceLine) -> int:
    """What an account holds: debit above nought, credit below."""
    return (line.debit or 0) - (line.credit or 0)


def held_in(lines: Lines, chart: Chart, role: AccountRole) -> int | None:
    """The balances of all accounts of this role, on their normal side; None if no line is one of them."""
    found = [number for number in chart.with_role(role) if number in lines]
    if not found:
        return None
    return sum(_on_its_side(chart.accounts[number], lines[number]) for number in found)


def _on_its_side(account: Account, line: TrialBalanceLine) -> int:
    balance = balance_of(line)
    return balance if account.kind.is_debit else -balance


@dataclass(frozen=True, slots=True)
class Derived:
    """Statements made from a trial balance, in SIMKOPDES's keys. `unknown`: accounts that went nowhere."""

    position: Mapping[str, int]
    results: Mapping[str, int]
    units: Mapping[str, UnitResult]
    unknown: tuple[str, ...]


@dataclass
class _Sums:
    position: dict[str, int] = field(default_factory=dict)
    results: dict[str, int] = field(default_factory=dict)
    units: dict[str, dict[str, int]] = field(default_factory=dict)


_OF_POSITION = (
    AccountClass.ASSET,
    AccountClass.CONTRA_ASSET,
    AccountClass.LIABILITY,
    AccountClass.EQUITY,
)


def derived_statements(lines: Lines, chart: Chart) -> Derived:
    """Each account goes where the chart says. Before the books are closed the year's result is not in an
    account of its own yet: what the results come to is added to it.
    """
    sums = _Sums()
    for number, line in lines.items():
        if account := chart.accounts.get(number):
            _add(sums, account, _on_its_side(account, line))
    units = {unit: UnitResult(**parts) for unit, parts in sums.units.items()}
    result = totals({}, sums.results, units).result
    position = dict(sums.position)
    if result:
        position[RESULT_KEY] = position.get(RESULT_KEY, 0) + result
    unknown = balance_sums(lines, chart).unknown
    return Derived(_filled(position), _filled(sums.results), units, unknown)


def _add(sums: _Sums, account: Account, amount: int) -> None:
    if account.unit:
        parts = sums.units.setdefault(account.unit, {})
        parts[account.part] = parts.get(account.part, 0) + amount
    else:
        where = sums.position if account.kind in _OF_POSITION else sums.results
        where[account.key] = where.get(account.key, 0) + amount


def _filled(amounts: Mapping[str, int]) -> dict[str, int]:
    return {key: amount for key, amount in amounts.items() if amount}
