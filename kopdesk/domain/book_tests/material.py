"""Everything the tests look at, gathered beforehand: they themselves read nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.book_tests.outcome import Figure, Source
from kopdesk.domain.chart import AccountRole, Chart
from kopdesk.domain.loan_grades import GradeRules
from kopdesk.domain.member_count import MemberCount
from kopdesk.domain.statement import Statement
from kopdesk.domain.trial_balance import held_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """`statement`: of a period that ends with the check's month; `prior_statement`: of the period before
    it, with the same length; `previous_check`: the one made before this one. `tender`: what counts as money;
    `has_state_building`: the cooperative uses a building that belongs to the village or the state.
    """

    check: BookCheck
    chart: Chart
    today: date
    loan_rules: GradeRules | None = None
    tender: Collection[tuple[str, int]] | None = None
    statement: Statement | None = None
    prior_statement: Statement | None = None
    previous_check: BookCheck | None = None
    members: MemberCount | None = None
    has_state_building: bool = False

    @property
    def day(self) -> date:
        """The day of the check."""
        return self.check.checked_on or self.today

    @property
    def period_end(self) -> date | None:
        """The last day of the month the books are checked for."""
        return month_end(self.check.period) if self.check.period else None

    def ledger(self, name: str, role: AccountRole) -> Figure | None:
        """What the trial balance holds in all accounts of that role."""
        held = held_in(self.check.lines, self.chart, role)
        if held is None:
            return None
        return Figure(name=name, amount=held, path="lines", as_of=self.period_end)

    def of_check(self, name: str, path: str) -> Figure | None:
        """A plain figure of the check."""
        amount = getattr(self.check, path)
        if amount is None:
            return None
        return Figure(name=name, amount=amount, path=path, as_of=self.period_end)


def month_end(period: str) -> date:
    """The last day of a month "2026-10"."""
    year, month = int(period[:4]), int(period[5:])
    begins_next = date(year + month // 12, month % 12 + 1, 1)
    return begins_next - timedelta(days=1)


def month_before(period: str) -> str:
    """The month before a month "2026-10"."""
    return f"{date(int(period[:4]), int(period[5:]), 1) - timedelta(days=1):%Y-%m}"


def of_statement(
    statement: Statement | None,
    name: str,
    amount: int | None,
    path: str,
    *,
    source: Source = Source.STATEMENT,
) -> Figure | None:
    """A figure of a statement; None where there is neither."""
    if statement is None or amount is None:
        return None
    return Figure(name=name, amount=amount, source=source, path=path, as_of=statement.ends_on)
