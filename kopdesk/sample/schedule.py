"""On which days the assistants visit: contracts, gaps, Sundays, one far village a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kopdesk.sample.dice import Dice
from kopdesk.sample.setting import Plot

PREDECESSOR = (date(2025, 10, 6), date(2025, 12, 22))
CURRENT_FROM = date(2026, 4, 13)

_HOLIDAYS = ((5, 1), (5, 27), (6, 1), (8, 17), (12, 25))


@dataclass(frozen=True, slots=True)
class VisitDay:
    """A visit and the user name of who makes it."""

    on: date
    author: str
    by_predecessor: bool


def visit_days(
    plots: tuple[Plot, ...], authors: Mapping[str, str], dice: Dice, until: date
) -> Mapping[str, tuple[VisitDay, ...]]:
    """By village. A later `until` only adds days, it moves none."""
    taken: list[tuple[str, date]] = []
    return {
        plot.village: tuple(_days_of(plot, authors, dice.fork(plot.village), until, taken)) for plot in plots
    }


def _days_of(
    plot: Plot, authors: Mapping[str, str], dice: Dice, until: date, taken: list[tuple[str, date]]
) -> list[VisitDay]:
    days: list[VisitDay] = []
    for first, last, parts in (
        (PREDECESSOR[0], min(PREDECESSOR[1], until), ("predecessor",)),
        (CURRENT_FROM, until, ("first", "first", "second") if plot.second_assistant else ("first",)),
    ):
        wish = first + timedelta(days=dice.number(0, min(plot.rhythm, 20)))
        while True:
            author = authors[parts[len(days) % len(parts)]]
            on = _possible(plot, dice, wish, author, taken)
            if on > last:
                break
            taken.append((author, on))
            days.append(VisitDay(on, author, parts[0] == "predecessor"))
            wish = on + timedelta(days=plot.rhythm + dice.number(-4, 5))
    return days


def _possible(plot: Plot, dice: Dice, day: date, author: str, taken: list[tuple[str, date]]) -> date:
    """The first day from the wished one on which the village can be reached by this assistant."""
    after_gap = dice.number(1, 5)
    for first, last in plot.gaps:
        if first <= day <= last:
            day = last + timedelta(days=after_gap)
    while day.weekday() == 6 or (day.month, day.day) in _HOLIDAYS or (author, day) in taken:
        day += timedelta(days=1)
    return day
