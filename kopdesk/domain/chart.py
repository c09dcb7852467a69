"""The chart of accounts: what an account is, what it is compared with, where it goes in the statements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class AccountClass(StrEnum):
    """What an account counts as; decides its side and its sign in the statements."""

    ASSET = "asset"
    CONTRA_ASSET = "contra_asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    COST = "cost"  # of what was sold
    EXPENSE = "expense"
    TAX = "tax"

    @property
    def is_debit(self) -> bool:
        """Whether it normally stands on the debit side."""
        return self in (self.ASSET, self.COST, self.EXPENSE, self.TAX)


class AccountRole(StrEnum):
    """What the tests compare an account with."""

    CASH = "cash"
    BANK = "bank"
    MEMBER_LOANS = "member_loans"
    STOCK = "stock"
    BUILDING = "building"
    PRINCIPAL_SAVINGS = "principal_savings"
    MANDATORY_SAVINGS = "mandatory_savings"
    VOLUNTARY_SAVINGS = "voluntary_savings"
    TERM_SAVINGS = "term_savings"
    YEAR_RESULT = "year_result"
    REVENUE = "revenue"


SAVING_ROLES: Mapping[str, AccountRole] = MappingProxyType(
    {
        "pokok": AccountRole.PRINCIPAL_SAVINGS,
        "wajib": AccountRole.MANDATORY_SAVINGS,
        "sukarela": AccountRole.VOLUNTARY_SAVINGS,
        "berjangka": AccountRole.TERM_SAVINGS,
    }
)
"""The kinds of saving, as the cards and `BookCheck.saving_totals` name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account. `key`: its place in the position or the results; or `unit` and `part` of a unit."""

    number: str
    name: str
    syariah_name: str = ""
    kind: AccountClass
    role: AccountRole | None = None
    key: str = ""
    unit: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """All accounts by number; `version` says of which pack."""

    accounts: Mapping[str, Account]
    version: str = ""

    def with_role(self, role: AccountRole) -> Iterator[str]:
        """The numbers of the accounts that are looked at as this."""
        return (number for number, account in self.accounts.items() if account.role == role)

    def name_of(self, number: str, *, is_syariah: bool = False) -> str:
        """What the account is called; empty if it is not in the chart."""
        account = self.accounts.get(number)
        if account is None:
            return ""
        return (is_syariah and account.syariah_name) or account.name
