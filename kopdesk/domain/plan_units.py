"""What a unit of a plan sells, costs and ties up in a month, by what makes its revenue."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import Driver, Unit
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS, half_up

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


def unit_month(unit: Unit, calendar_month: int, running: int, change: Change = Change()) -> UnitMonth:
    """`calendar_month`: 1 to 12, for the season; `running`: months since the unit opened, below 0 before.

    Revenue = monthly base × season × (1 + growth)^(years running) × (1 + change of sales); cost and losses
    are shares of it, or what a price leaves after its margin. Multiplied before divided, half up once.
    Raises InvalidField naming a driver that is lacking.
    """
    if running < 0:
        return NOTHING
    price, cost = _base(unit)
    factor = _factor(unit, calendar_month, running, change)
    revenue = half_up(price * factor)
    if cost:
        costs = half_up(cost * factor * Fraction(BASIS_POINTS + change.cost, BASIS_POINTS))
    else:
        part = unit.cost_share + change.cost if unit.cost_share else 0
        costs = half_up(Fraction(revenue * part, BASIS_POINTS))
    return UnitMonth(
        revenue=revenue,
        member_revenue=half_up(Fraction(revenue * (unit.member_share or 0), BASIS_POINTS)),
        cost=costs,
        lost=half_up(Fraction(revenue * (unit.losses or 0), BASIS_POINTS)),
        receivables=half_up(Fraction(revenue * (unit.receivable_days or 0), _DAYS)),
        stock=half_up(Fraction(costs * (unit.stock_days or 0), _DAYS)),
        payables=half_up(Fraction(costs * (unit.payable_days or 0), _DAYS)),
    )


def _base(unit: Unit) -> tuple[Fraction, Fraction]:
    """Revenue and cost of a month without season and growth; the cost is 0 where it is a share of revenue."""
    driver = Driver(unit.driver) if unit.driver in tuple(Driver) else None
    if driver is None:
        raise InvalidField("driver", "missing")

    def of(name: str) -> int:
        if name not in unit.drivers:
            raise InvalidField(f"drivers/{name}", "missing")
        return unit.drivers[name]

    if driver is Driver.CUSTOMERS:
        return Fraction(of("customers") * of("frequency") * of("basket")), Fraction(0)
    if driver in (Driver.TONNES, Driver.CYLINDERS):
        quantity, margin = of(driver.value), of("margin")
        price = unit.drivers.get("price")
        return Fraction(quantity * (price or margin)), Fraction(quantity * (price - margin) if price else 0)
    if driver is Driver.LOAN_BOOK:
        return Fraction(of("loans") * of("monthly_rate"), BASIS_POINTS), Fraction(0)
    if driver is Driver.TRANSACTIONS:
        return Fraction(of("transactions") * of("fee")), Fraction(0)
    if driver is Driver.STORAGE:
        return Fraction(of("capacity") * of("occupancy") * of("fee"), BASIS_POINTS), Fraction(0)
    quantity = of("quantity")
    return Fraction(quantity * of("price")), Fraction(quantity * unit.drivers.get("unit_cost", 0))


def _factor(unit: Unit, calendar_month: int, running: int, change: Change) -> Fraction:
    season = Fraction(unit.seasons.get(f"{calendar_month:02}", BASIS_POINTS), BASIS_POINTS)
    growth = Fraction(BASIS_POINTS + (unit.growth or 0), BASIS_POINTS) ** (running // MONTHS)
    return season * growth * Fraction(BASIS_POINTS + change.sales, BASIS_POINTS)
