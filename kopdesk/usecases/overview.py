"""The cooperatives at a glance: what each needs, and how old what is known about it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.cooperative import Pattern
from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.problem import ProblemStatus
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.lists import ListRow
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import OpenForm, open_form
from kopdesk.usecases.granted import withdrawn

_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperativeCard:
    """A cooperative and its four lights. Dates are business dates; None: nothing is known here.

    `checked_month`: the newest month (2026-11) a bookkeeping check is about; `plan_state`: of the plan that
    is furthest, None without a plan; `unsent` counts leaves.
    """

    id: UUID
    name: str
    village: str
    subdistrict: str
    nik: str
    stage: str
    visited_on: date | None
    checked_month: str | None
    plan_state: str | None
    open_promises: int
    overdue_promises: int
    open_problems: int
    unsent: int
    is_withdrawn: bool
    is_syariah: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise, open or closed."""

    id: UUID
    cooperative_id: UUID | None
    cooperative_name: str
    text: str
    responsible: str
    due_on: date | None
    state: str

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its day has passed."""
        return self.state == FollowUpState.OPEN and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A visit in a list."""

    id: UUID
    cooperative_id: UUID | None
    cooperative_name: str
    visited_on: date | None
    start_time: str | None
    place: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is on the desk on a day: its visits, promises overdue or due within a week, all cooperatives."""

    today: date
    visits: tuple[VisitLine, ...]
    promises: tuple[Promise, ...]
    cooperatives: tuple[CooperativeCard, ...]


def overview(desk: Desk, today: date) -> Overview:
    """`today` is the local date where the laptop is."""
    with desk.database.reading() as work:
        cards = _cards(work, today)
        names = {card.id: card.name for card in cards}
        visits = [one for one in _visits(work, names) if one.visited_on == today]
        promises = [one for one in _promises(work, names) if _is_due(one, today)]
    return Overview(today=today, visits=tuple(visits), promises=tuple(promises), cooperatives=tuple(cards))


def list_cooperatives(desk: Desk, today: date) -> list[CooperativeCard]:
    """By name; those that were withdrawn last."""
    with desk.database.reading() as work:
        return _cards(work, today)


def list_visits(desk: Desk, cooperative_id: UUID | None = None) -> list[VisitLine]:
    """Newest first; those without a date before all."""
    with desk.database.reading() as work:
        return _visits(work, _names(work), cooperative_id)


def list_promises(desk: Desk, cooperative_id: UUID | None = None) -> list[Promise]:
    """By the day on which they are due; those without one last."""
    with desk.database.reading() as work:
        return _promises(work, _names(work), cooperative_id)


def promises_of_visit(desk: Desk, visit_id: UUID) -> list[UUID]:
    """Those that came of it, in the order in which they were made."""
    with desk.database.reading() as work:
        rows = work.lists.rows("follow_up", "origin_id")
    return [row.id for row in rows if row.leaves["origin_id"] == str(visit_id)]


def open_promises_of_visit(desk: Desk, visit_id: UUID) -> list[OpenForm]:
    """Those that are still to be kept, as forms: they go with a visit that is deleted."""
    forms = [open_form(desk, RecordKey("follow_up", one)) for one in promises_of_visit(desk, visit_id)]
    state = FollowUpState.OPEN
    return [one for one in forms if one.leaves.get("state", state) == state and not one.is_read_only]


def _promises(
    work: UnitOfWork, names: Mapping[UUID, str], cooperative_id: UUID | None = None
) -> list[Promise]:
    rows = work.lists.rows(
        "follow_up", "promise", "responsible", "due_on", "state", cooperative_id=cooperative_id
    )
    found = [
        Promise(
            id=row.id,
            cooperative_id=row.cooperative_id,
            cooperative_name=_name(names, row),
            text=_text(row, "promise"),
            responsible=_text(row, "responsible"),
            due_on=_date(row.leaves["due_on"]),
            state=_text(row, "state") or FollowUpState.OPEN,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.id))


def _cards(work: UnitOfWork, today: date) -> list[CooperativeCard]:
    gone = withdrawn(work)
    promises = [row for row in work.lists.rows("follow_up", "state", "due_on") if _is_open(row)]
    overdue = [row for row in promises if (due := _date(row.leaves["due_on"])) and due < today]
    problems = [
        row for row in work.lists.rows("problem", "status") if row.leaves["status"] != ProblemStatus.SOLVED
    ]
    open_by, overdue_by, problems_by = map(_by_cooperative, (promises, overdue, problems))
    visited = _newest(work.lists.rows("visit", "visited_on"), "visited_on", until=today.isoformat())
    checked = _newest(work.lists.rows("book_check", "period"), "period")
    plans = {row.cooperative_id: _text(row, "state") or "draft" for row in work.lists.rows("plan", "state")}
    wanted = ("name", "village_name", "subdistrict_name", "nik", "stage", "pattern")
    cards = [
        CooperativeCard(
            id=row.id,
            name=_text(row, "name"),
            village=_text(row, "village_name"),
            subdistrict=_text(row, "subdistrict_name"),
            nik=_text(row, "nik"),
            stage=_text(row, "stage"),
            visited_on=_date(visited.get(row.cooperative_id)),
            checked_month=checked.get(row.cooperative_id),
            plan_state=plans.get(row.cooperative_id),
            open_promises=open_by[row.cooperative_id],
            overdue_promises=overdue_by[row.cooperative_id],
            open_problems=problems_by[row.cooperative_id],
            unsent=work.records.unsent_in(coop_channel(row.id)),
            is_withdrawn=coop_channel(row.id) in gone,
            is_syariah=row.leaves["pattern"] == Pattern.SYARIAH,
        )
        for row in work.lists.rows("cooperative", *wanted)
    ]
    return sorted(cards, key=lambda card: (card.is_withdrawn, card.name, card.id))


def _visits(
    work: UnitOfWork, names: Mapping[UUID, str], cooperative_id: UUID | None = None
) -> list[VisitLine]:
    wanted = ("visited_on", "start_time", "place", "state")
    found = [
        VisitLine(
            id=row.id,
            cooperative_id=row.cooperative_id,
            cooperative_name=_name(names, row),
            visited_on=_date(row.leaves["visited_on"]),
            start_time=_text(row, "start_time") or None,
            place=_text(row, "place"),
            state=_text(row, "state") or "draft",
        )
        for row in work.lists.rows("visit", *wanted, cooperative_id=cooperative_id)
    ]
    return sorted(
        found, key=lambda one: (one.visited_on or date.max, one.start_time or "", one.id), reverse=True
    )


def _names(work: UnitOfWork) -> dict[UUID, str]:
    return {row.id: _text(row, "name") for row in work.lists.rows("cooperative", "name")}


def _name(names: Mapping[UUID, str], row: ListRow) -> str:
    return names.get(row.cooperative_id, "") if row.cooperative_id else ""


def _is_open(row: ListRow) -> bool:
    return row.leaves["state"] in (None, FollowUpState.OPEN)


def _is_due(promise: Promise, today: date) -> bool:
    is_open = promise.state == FollowUpState.OPEN
    return is_open and promise.due_on is not None and promise.due_on <= today + _SOON


def _by_cooperative(rows: Iterable[ListRow]) -> Counter[UUID | None]:
    return Counter(row.cooperative_id for row in rows)


def _newest(rows: Iterable[ListRow], name: str, *, until: str = "9999") -> dict[UUID | None, str]:
    found: dict[UUID | None, str] = {}
    for row in rows:
        value = row.leaves[name]
        if isinstance(value, str) and found.get(row.cooperative_id, "") < value <= until:
            found[row.cooperative_id] = value
    return found


def _text(row: ListRow, name: str) -> str:
    return str(row.leaves[name] or "")


def _date(value: Value) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:  # of a newer schema
        return None
