"""The money and members of one cooperative month by month, so that all its records tell the same figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kopdesk.sample.dice import Dice
from kopdesk.sample.setting import Plot


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """What the books say at the end of a month. Results are those of the year so far."""

    sales: int
    cost_of_sales: int
    wages: int
    transport: int
    power: int
    stationery: int
    depreciation: int
    fees: int
    earlier_results: int
    cash: int
    bank: int
    stock: int
    credit_sales: int
    loans: int
    equipment: int
    depreciated: int
    payables: int
    voluntary: int
    principal: int
    mandatory: int

    @property
    def result(self) -> int:
        costs = (
            self.cost_of_sales
            + self.wages
            + self.transport
            + self.power
            + self.stationery
            + self.depreciation
        )
        return self.sales + self.fees - costs


class Ledger:
    """Every figure follows from the plot, the month and the dice of that month alone."""

    def __init__(self, plot: Plot, founded: date, dice: Dice) -> None:
        self._plot, self._founded, self._dice = plot, founded, dice
        self._members = [plot.members]  # by month since the founding
        self._equipment = dice.amount(2_800_000, 8_500_000, 50_000)

    def members_on(self, day: date) -> int:
        """Members grow slowly: by the plot's number in most months, sometimes by more, sometimes by none."""
        number = max(0, months_between(self._founded, day))
        while len(self._members) <= number:
            dice = self._dice.fork(f"members {len(self._members)}")
            self._members.append(self._members[-1] + max(0, self._plot.growth + dice.number(-2, 1)))
        return self._members[number]

    def share_of_members(self, day: date, low: int, high: int, label: str) -> int:
        """A part of the members between two percentages: those who paid, the women."""
        return self.members_on(day) * self._dice.fork(f"{label} {day:%Y-%m}").number(low, high) // 100

    def members_online(self, day: date) -> int:
        """How many of them SIMKOPDES knows; where the members' book is a muddle, far fewer."""
        low, high = (61, 66) if self._plot.muddled_members else (78, 97)
        return self.share_of_members(day, low, high, "online")

    def payers(self, day: date) -> int:
        """How many paid the mandatory saving of that month."""
        reach = 38 + self._plot.diligence // 2
        return self.share_of_members(day, reach - 8, reach + 4, "payers")

    def sales_of(self, day: date) -> int:
        """Turnover of the shop in the month of `day`, rounded as in a shop's own book."""
        opened = self._plot.shop_opened
        if opened is None or (day.year, day.month) < (opened.year, opened.month):
            return 0
        running = months_between(opened, day)
        dice = self._dice.fork(f"sales {day:%Y-%m}")
        grown = self._plot.monthly_sales * (100 + self._plot.sales_growth * min(running, 14)) // 100
        if running == 0:
            grown = grown * (31 - opened.day) // 40
        return grown * dice.number(88, 112) // 100 // 500 * 500

    def building_progress(self, day: date) -> int:
        """Basis points; grows for ten months, or until work stops."""
        if self._plot.building is None:
            return 0
        began, reached = self._plot.building
        return min(reached, max(0, 5 + (day - began).days * 100 // 210)) * 100

    def month_costs(self, day: date) -> Mapping[str, int]:
        sales = self.sales_of(day)
        if not sales:
            return dict.fromkeys(("cost_of_sales", "wages", "transport", "power", "stationery"), 0)
        dice = self._dice.fork(f"costs {day:%Y-%m}")
        return {
            "cost_of_sales": sales * dice.number(886, 902) // 1000 // 500 * 500,
            "wages": sales * dice.number(26, 30) // 1000 // 50_000 * 50_000 + 100_000,
            "transport": sales * dice.number(9, 16) // 1000 // 5_000 * 5_000,
            "power": dice.amount(90_000, 210_000, 500),
            "stationery": dice.amount(20_000, 85_000, 500),
        }

    def month_profit(self, day: date) -> int:
        return self.sales_of(day) - sum(self.month_costs(day).values())

    def at(self, end: date) -> Balances:
        """The books at the end of the month of `end`."""
        year = [date(end.year, month, 1) for month in range(1, end.month + 1)]
        earlier = [date(year_, month, 1) for year_ in range(2025, end.year) for month in range(1, 13)]
        costs = {name: sum(self.month_costs(month)[name] for month in year) for name in self.month_costs(end)}
        dice = self._dice.fork(f"balances {end:%Y-%m}")
        opened = self._plot.shop_opened is not None and self._plot.shop_opened <= month_end(end)
        running = months_between(self._plot.shop_opened, end) if opened and self._plot.shop_opened else 0
        per_month = self._equipment // 60
        this_year = min(running, end.month)
        sales = self.sales_of(end)
        loans = self._loans(end)
        known = {
            "sales": sum(map(self.sales_of, year)),
            "fees": loans * 12 // 1000 * this_year // 2 // 500 * 500,
            "depreciation": per_month * this_year,
            "earlier_results": sum(map(self.month_profit, earlier)) - per_month * (running - this_year),
            "stock": sales * dice.number(30, 42) // 100 // 500 * 500,
            "credit_sales": sales * dice.number(3, 8) // 100 // 500 * 500,
            "loans": loans,
            "equipment": self._equipment if opened else 0,
            "depreciated": per_month * running,
            "voluntary": dice.amount(200_000, 1_400_000, 10_000) if loans else 0,
            "principal": self.members_on(end) * self._plot.principal,
            "mandatory": self._mandatory(end),
        }
        return _closed(Balances(**known, **costs, cash=0, bank=0, payables=0), self._plot, end, dice)

    def _mandatory(self, end: date) -> int:
        first = self._founded.replace(day=1)
        number = max(0, months_between(first, end))
        months = [date(2025 + (first.month + n) // 12, (first.month + n) % 12 + 1, 1) for n in range(number)]
        return sum(self.payers(month) for month in months) * self._plot.mandatory

    def _loans(self, end: date) -> int:
        begun = [span.first for span in self._plot.spans if span.trait == "usp" and span.first <= end]
        return min(months_between(begun[0], end) + 1, 8) * 600_000 if begun else 0


def _closed(books: Balances, plot: Plot, end: date, dice: Dice) -> Balances:
    """Cash and bank are what remains; a poor month is paid by the suppliers."""
    payables = books.stock * dice.number(18, 40) // 100 // 500 * 500
    equity = books.principal + books.mandatory + books.earlier_results + books.result + books.voluntary
    held = books.stock + books.credit_sales + books.loans + books.equipment - books.depreciated
    money = equity + payables - held
    wanted = dice.amount(285_000, 1_450_000, 500)
    if money < wanted:
        payables, money = payables + wanted - money, wanted
    has_bank = plot.account_opened is not None and plot.account_opened <= end
    cash = min(money, wanted) if has_bank else money
    return replace(books, payables=payables, cash=cash, bank=money - cash)
