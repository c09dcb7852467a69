"""What a unit of a plan sells, costs and ties up in a month, by what makes its revenue."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import Driver, Unit
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS, ratio, share

DRIVERS: Mapping[Driver, tuple[str, ...]] = MappingProxyType(
    {
        Driver.CUSTOMERS: ("customers", "frequency", "basket"),
        Driver.TONNES: ("tonnes", "price", "margin"),
        Driver.CYLINDERS: ("cylinders", "price", "margin"),
        Driver.LOAN_BOOK: ("loans", "monthly_rate"),
        Driver.TRANSACTIONS: ("transactions", "fee"),
        Driver.STORAGE: ("capacity", "occupancy", "fee"),
        Driver.LOCAL: ("quantity", "price", "unit_cost"),
    }
)
"""The assumptions each asks for, all of a month. `margin`: rupiah earned on a tonne or a cylinder; without a
`price` only what is earned is counted as revenue. `monthly_rate` and `occupancy` in basis points.
"""

_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a scenario changes: sales and cost share in basis points, the start in months."""

    sales: int = 0
    cost: int = 0
    delay: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMonth:
    """Whole rupiah. `lost`: goods that perish or go missing; receivables, stock, payables at its end."""

    revenue: int = 0
    member_revenue: int = 0
    cost: int = 0
    lost: int = 0
    receivables: int = 0
    stock: int = 0
    payables: int = 0

    @property
    def margin(self) -> int:
        """What the unit earns before staff and expenses."""
        return self.revenue - self.cost - self.lost


NOTHING = UnitMonth()


def unit_months(
    unit: Unit, first: int, begins: int, count: int, change: Change = Change()
) -> list[UnitMonth]:
    """So many months from the calendar month `first` (1 to 12); the unit opens `begins` months after it.

    Revenue = monthly base × season × (1 + growth)^(years running) × (1 + change of sales); cost and losses
    are shares of it, or what a price leaves after its margin. Multiplied before divided, half up once.
    Raises InvalidField naming a driver that is lacking.
    """
    base = _base(unit)
    opens = begins + change.delay
    return [
        _month(unit, base, (first - 1 + at) % MONTHS + 1, at - opens, change) if at >= opens else NOTHING
        for at in range(count)
    ]


def _month(
    unit: Unit, base: tuple[int, int, int], calendar_month: int, running: int, change: Change
) -> UnitMonth:
    price, cost, parts = base
    above, below = _factor(unit, calendar_month, running, change)
    revenue = ratio(price * above, parts * below)
    if cost:
        costs = ratio(cost * above * (BASIS_POINTS + change.cost), parts * below * BASIS_POINTS)
    else:
        costs = share(revenue, unit.cost_share + change.cost) if unit.cost_share else 0
    return UnitMonth(
        revenue=revenue,
        member_revenue=share(revenue, unit.member_share or 0),
        cost=costs,
        lost=share(revenue, unit.losses or 0),
        receivables=ratio(revenue * (unit.receivable_days or 0), _DAYS),
        stock=ratio(costs * (unit.stock_days or 0), _DAYS),
        payables=ratio(costs * (unit.payable_days or 0), _DAYS),
    )


def _base(unit: Unit) -> tuple[int, int, int]:
    """Revenue and cost of a month without season and growth, and by what both are to be divided.

    The cost is 0 where it is a share of the revenue.
    """
    if unit.driver is None or unit.driver not in DRIVERS:
        raise InvalidField("driver", "missing")
    driver = Driver(unit.driver)

    def of(name: str) -> int:
        if name not in unit.drivers:
            raise InvalidField(f"drivers/{name}", "missing")
        return unit.drivers[name]

    if driver is Driver.CUSTOMERS:
        return of("customers") * of("frequency") * of("basket"), 0, 1
    if driver in (Driver.TONNES, Driver.CYLINDERS):
        quantity, margin = of(driver.value), of("margin")
        price = unit.drivers.get("price")
        return quantity * (price or margin), quantity * (price - margin) if price else 0, 1
    if driver is Driver.LOAN_BOOK:
        return of("loans") * of("monthly_rate"), 0, BASIS_POINTS
    if driver is Driver.TRANSACTIONS:
        return of("transactions") * of("fee"), 0, 1
    if driver is Driver.STORAGE:
        return of("capacity") * of("occupancy") * of("fee"), 0, BASIS_POINTS
    quantity = of("quantity")
    return quantity * of("price"), quantity * unit.drivers.get("unit_cost", 0), 1


def _factor(unit: Unit, calendar_month: int, running: int, change: Change) -> tuple[int, int]:
    """Season, growth of the years that are over, and what a scenario changes: numerator and denominator."""
    years = running // MONTHS
    season = unit.seasons.get(f"{calendar_month:02}", BASIS_POINTS)
    growth = (BASIS_POINTS + (unit.growth or 0)) ** years
    return season * growth * (BASIS_POINTS + change.sales), BASIS_POINTS ** (years + 2)
