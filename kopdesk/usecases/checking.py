"""A bookkeeping check: all that its tests look at, what they say, and findings that become promises."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from kopdesk.domain.asset import Asset
from kopdesk.domain.book_check import BookCheck, BookCheckState
from kopdesk.domain.book_tests.material import Material, month_end
from kopdesk.domain.book_tests.proposals import Proposal
from kopdesk.domain.book_tests.report import CheckReport, check_report
from kopdesk.domain.cooperative import Pattern
from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.finding import Weight
from kopdesk.domain.ids import derived_id
from kopdesk.domain.member_count import MemberCount
from kopdesk.domain.officer import Body, Officer, Position
from kopdesk.domain.place import Ownership
from kopdesk.domain.rapb import Rapb
from kopdesk.domain.record_types import type_named
from kopdesk.domain.records import Leaves, Record, RecordKey
from kopdesk.domain.statement import PeriodKind, Statement
from kopdesk.domain.trial_balance import derived_statements
from kopdesk.domain.values import Value
from kopdesk.rules.current import Rules
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.editing import save_leaves
from kopdesk.usecases.granted import writable_channel
from kopdesk.usecases.records import new_id

_NOT_OURS = (Ownership.VILLAGE, Ownership.REGION, Ownership.STATE)
_LENGTHS = (PeriodKind.YEAR, PeriodKind.YEAR_TO_DATE, PeriodKind.QUARTER, PeriodKind.MONTH)
_DAYS = {Weight.HIGH: 7, Weight.MEDIUM: 14, Weight.LOW: 30}

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTold:
    """The report of a check, and what it is told with. `treasurer`: who mends books, empty if unknown."""

    cooperative_id: UUID
    cooperative: str
    address: str
    is_syariah: bool
    treasurer: str
    treasurer_id: UUID | None
    report: CheckReport

    @property
    def check(self) -> BookCheck:
        """What was checked."""
        return self.report.material.check


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """What a promise says; made of a proposal, and changed by a person if need be."""

    finding: str
    cause: str
    recommendation: str
    promise: str
    responsible: str
    due_on: date


@dataclass(frozen=True, slots=True)
class StatementsTold:
    """What is put out for upload. `nik`: the cooperative's number, empty if unknown."""

    statement: Statement
    rapb: Rapb | None
    nik: str


@dataclass(frozen=True, slots=True)
class CheckMonth:
    """One cell of the matrix. `state`: "draft" or "concluded"; `conclusion` may be empty."""

    id: UUID
    cooperative_id: UUID | None
    cooperative_name: str
    period: str
    checked_on: date | None
    state: str
    conclusion: str


def told_check(desk: Desk, check_id: UUID, rules: Rules, today: date) -> CheckTold:
    """All twelve tests of a check, with what else they look at. Raises RecordNotFound."""
    with desk.database.reading() as work:
        stored = _there(work, RecordKey("book_check", check_id))
        assert stored.cooperative_id is not None, "a check is of a cooperative"
        around = _Around(work, stored.channel)
        check = BookCheck.from_leaves(stored.key.id, stored.cooperative_id, stored.shown)
        profile = work.records.find(RecordKey("cooperative", stored.cooperative_id))
    shown: Leaves = profile.shown if profile else {}
    treasurer = next(around.treasurers(today), None)
    material = around.material(check, rules, today)
    previous = material.previous_check
    before = around.material(previous, rules, today) if previous is not None else None
    return CheckTold(
        cooperative_id=stored.cooperative_id,
        cooperative=str(shown.get("name") or ""),
        address=_address(shown),
        is_syariah=shown.get("pattern") == Pattern.SYARIAH,
        treasurer=treasurer.name or "" if treasurer else "",
        treasurer_id=treasurer.id if treasurer else None,
        report=check_report(material, before),
    )


def list_checks(desk: Desk, cooperative_id: UUID | None = None) -> list[CheckMonth]:
    """Newest month first; those without a month before all."""
    with desk.database.reading() as work:
        names = {row.id: str(row.leaves["name"] or "") for row in work.lists.rows("cooperative", "name")}
        wanted = ("period", "checked_on", "state", "conclusion")
        found = [
            CheckMonth(
                id=row.id,
                cooperative_id=row.cooperative_id,
                cooperative_name=names.get(row.cooperative_id, "") if row.cooperative_id else "",
                period=str(row.leaves["period"] or ""),
                checked_on=_day(row.leaves["checked_on"]),
                state=str(row.leaves["state"] or BookCheckState.DRAFT),
                conclusion=str(row.leaves["conclusion"] or ""),
            )
            for row in work.lists.rows("book_check", *wanted, cooperative_id=cooperative_id)
        ]
    return sorted(found, key=lambda one: (one.period or "9999", one.checked_on or date.max), reverse=True)


def due_after(proposal: Proposal, day: date) -> date:
    """Until when it should be mended: a week for what is heavy, two, or a month."""
    return day + timedelta(days=_DAYS[proposal.weight])


def promise_mending(
    desk: Desk, told: CheckTold, proposal: Proposal, words: PromiseWords, rules: Rules, today: date
) -> RecordKey:
    """Keep a proposal as a finding of the check and as a promise, in one commit; returns the promise.

    A check that is concluded stays as it is: then only the promise is made. Raises NotYourCooperative.
    """
    check, key = told.check, proposal.key
    promise = RecordKey("follow_up", new_id(desk, type_named("follow_up"), told.cooperative_id, {}))
    with desk.database.writing() as work:
        channel = writable_channel(work, told.cooperative_id)
        if check.state != BookCheckState.CONCLUDED:
            values = _finding_leaves(proposal, words, rules)
            save_leaves(desk, work, channel, RecordKey("book_check", check.id), values)
        save_leaves(desk, work, channel, promise, _promise_leaves(told, proposal, words, today, key))
    return promise


def statement_from_check(desk: Desk, told: CheckTold) -> RecordKey:
    """Fill the statement since the year began from the trial balance, by the chart of accounts.

    What else stands in it stays. Returns its key. Raises NotYourCooperative, or InvalidField where the check
    has no month.
    """
    check, chart = told.check, told.report.material.chart
    derived = derived_statements(check.lines, chart)
    is_year = bool(check.period) and str(check.period).endswith("-12")
    kind = PeriodKind.YEAR if is_year else PeriodKind.YEAR_TO_DATE
    period: dict[str, Value] = {"period_kind": kind.value, "period": check.period}
    key = RecordKey("statement", new_id(desk, type_named("statement"), told.cooperative_id, period))
    values: dict[str, Value] = {
        **period,
        "starts_on": f"{str(check.period)[:4]}-01-01",
        "ends_on": month_end(str(check.period)).isoformat(),
        "book_check_id": str(check.id),
        "source": chart.version,
    }
    values |= {f"position/{name}": amount for name, amount in derived.position.items()}
    values |= {f"results/{name}": amount for name, amount in derived.results.items()}
    for unit, result in derived.units.items():
        parts = Statement(id=check.id, cooperative_id=None, units={unit: result}).to_leaves()
        values |= parts
    with desk.database.writing() as work:
        channel = writable_channel(work, told.cooperative_id)
        stored = work.records.find(key)
        if stored is not None:
            values |= {path: None for path in stored.shown if _is_derived(path) and path not in values}
        save_leaves(desk, work, channel, key, values)
    return key


def statements_for(desk: Desk, told: CheckTold) -> StatementsTold | None:
    """The statement that ends with the month of the check, and next year's budget; None without the first."""
    statement = told.report.material.statement
    if statement is None or not statement.period:
        return None
    key = RecordKey("rapb", derived_id("rapb", told.cooperative_id, str(int(statement.period[:4]) + 1)))
    with desk.database.reading() as work:
        profile = work.records.find(RecordKey("cooperative", told.cooperative_id))
        budget = work.records.find(key)
    shown: Leaves = profile.shown if profile else {}
    rapb = None
    if budget is not None and budget.layers and budget.shown.get(DELETED) is not True:
        rapb = Rapb.from_leaves(key.id, told.cooperative_id, budget.shown)
    return StatementsTold(statement, rapb, str(shown.get("nik") or ""))


def _is_derived(path: str) -> bool:
    return path.startswith(("position/", "results/", "units/")) and not path.endswith(DELETED)


def _finding_leaves(proposal: Proposal, words: PromiseWords, rules: Rules) -> dict[str, Value]:
    row: dict[str, Value] = {
        "text": words.finding,
        "aspect": proposal.aspect.value,
        "weight": proposal.weight.value,
        "cause": words.cause or None,
        "recommendation": words.recommendation,
        "responsible": words.responsible or None,
        "due_on": words.due_on.isoformat(),
        "rule": proposal.rule,
        "rule_pack": rules.chart.version.partition(" ")[0],
        "rule_pack_version": rules.version,
    }
    return {f"findings/{proposal.key}/{name}": value for name, value in row.items() if value is not None}


def _promise_leaves(
    told: CheckTold, proposal: Proposal, words: PromiseWords, today: date, key: str
) -> dict[str, Value]:
    leaves: dict[str, Value] = {
        "promise": words.promise,
        "responsible": words.responsible or None,
        "promised_on": (told.check.checked_on or today).isoformat(),
        "due_on": words.due_on.isoformat(),
        "aspect": proposal.aspect.value,
        "weight": proposal.weight.value,
        "origin_type": "book_check",
        "origin_id": str(told.check.id),
        "origin_path": f"findings/{key}",
    }
    if told.treasurer_id is not None and words.responsible.startswith(told.treasurer):
        leaves["responsible_officer_id"] = str(told.treasurer_id)
    return {name: value for name, value in leaves.items() if value is not None}


class _Around:
    """The records of a cooperative that a check is held against, read once."""

    def __init__(self, work: UnitOfWork, channel: str) -> None:
        self._stored = {
            name: [one for one in work.records.list_all(name, channel) if one.shown.get(DELETED) is not True]
            for name in ("book_check", "statement", "member_count", "asset", "officer")
        }

    def _all(self, form: type[AnyRecord], name: str) -> list[AnyRecord]:
        return [form.from_leaves(one.key.id, one.cooperative_id, one.shown) for one in self._stored[name]]

    def material(self, check: BookCheck, rules: Rules, today: date) -> Material:
        """Everything the tests of this check look at."""
        statement, prior = self._statements(check)
        counts = [one for one in self._all(MemberCount, "member_count") if one.period == check.period]
        return Material(
            check=check,
            chart=rules.chart,
            today=today,
            loan_rules=rules.loans,
            tender=rules.tender.counted(check.checked_on or today),
            statement=statement,
            prior_statement=prior,
            previous_check=self._previous(check),
            members=counts[0] if counts else None,
            has_state_building=any(one.ownership in _NOT_OURS for one in self._all(Asset, "asset")),
        )

    def treasurers(self, on: date) -> Iterator[Officer]:
        """Who keeps the cash and the books on that day."""
        for officer in self._all(Officer, "officer"):
            is_over = officer.ends_on is not None and officer.ends_on < on
            if officer.body == Body.BOARD and officer.position == Position.TREASURER and not is_over:
                yield officer

    def _statements(self, check: BookCheck) -> tuple[Statement | None, Statement | None]:
        """The one that ends with the month of the check, the longest first; and the one right before it."""
        every = self._all(Statement, "statement")
        ending = [one for one in every if one.period == check.period and one.period_kind in _LENGTHS]
        if not ending:
            return None, None
        statement = min(ending, key=lambda one: _LENGTHS.index(PeriodKind(one.period_kind or "")))
        if statement.starts_on is None:
            return statement, None
        day_before = statement.starts_on - timedelta(days=1)
        before = [one for one in every if one.ends_on == day_before]
        same = [one for one in before if one.period_kind == statement.period_kind]
        return statement, next(iter([*same, *before]), None)

    def _previous(self, check: BookCheck) -> BookCheck | None:
        day = check.checked_on
        earlier = [
            one
            for one in self._all(BookCheck, "book_check")
            if one.id != check.id and day is not None and one.checked_on is not None and one.checked_on < day
        ]
        return max(earlier, key=lambda one: (one.checked_on or date.min, one.id), default=None)


def _address(profile: Leaves) -> str:
    names = ("address", "village_name", "subdistrict_name", "district_name", "province_name")
    return ", ".join(str(profile[name]) for name in names if profile.get(name))


def _there(work: UnitOfWork, key: RecordKey) -> StoredRecord:
    stored = work.records.find(key)
    if stored is None or not stored.layers or stored.shown.get(DELETED) is True:
        raise RecordNotFound(key.type, key.id)
    return stored


def _day(value: Value) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:  # of a newer schema
        return None
