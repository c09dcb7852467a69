"""The states of records, who may set them, and what a state allows to be written. Checked at both ends.

All of it is data: a step that is not in the table does not exist.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kopdesk.domain.book_check import BookCheckState
from kopdesk.domain.fields import DELETED
from kopdesk.domain.financing_request import FinancingStatus
from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.partnership import PartnershipStatus
from kopdesk.domain.plan import PlanState
from kopdesk.domain.records import Leaves
from kopdesk.domain.remark import RemarkState
from kopdesk.domain.requirements import REQUIREMENTS
from kopdesk.domain.schema import DeclaredTable
from kopdesk.domain.values import Value, same
from kopdesk.domain.visit import VisitState


class Role(StrEnum):
    """As whom somebody works with a cooperative."""

    ASSISTANT = "assistant"
    PMO = "pmo"
    DINAS = "dinas"
    OPERATOR = "operator"  # runs the server; brings in what SIMKOPDES says


_ASSISTANT = frozenset({Role.ASSISTANT})
_REVIEWERS = frozenset({Role.PMO, Role.DINAS})
_CENTRE = frozenset({Role.DINAS, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class Step:
    """From one state to another, and who may take it."""

    source: str
    target: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class StateTable:
    """The states of one type. Without an initial state a record has none until the centre gives it one."""

    leaf: str
    states: type[StrEnum]
    initial: str | None
    steps: tuple[Step, ...]

    def state_in(self, leaves: Leaves) -> Value:
        """The state of a record; new ones are in the initial state without saying so."""
        state = leaves.get(self.leaf)
        return self.initial if state is None else state


def _free(states: type[StrEnum], roles: frozenset[Role]) -> tuple[Step, ...]:
    """Any step, by these roles: the order of these states is somebody else's business."""
    return tuple(Step(source, target, roles) for source in ("", *states) for target in ("", *states))


STATES: DeclaredTable[str, StateTable] = DeclaredTable(
    {
        "visit": StateTable(
            "state",
            VisitState,
            VisitState.DRAFT,
            (Step(VisitState.DRAFT, VisitState.SEALED, _ASSISTANT),),
        ),
        "follow_up": StateTable(
            "state",
            FollowUpState,
            FollowUpState.OPEN,
            (
                Step(FollowUpState.OPEN, FollowUpState.DONE, _ASSISTANT),
                Step(FollowUpState.OPEN, FollowUpState.DROPPED, _ASSISTANT),
                Step(FollowUpState.DONE, FollowUpState.OPEN, _ASSISTANT),
                Step(FollowUpState.DROPPED, FollowUpState.OPEN, _ASSISTANT),
            ),
        ),
        "book_check": StateTable(
            "state",
            BookCheckState,
            BookCheckState.DRAFT,
            (Step(BookCheckState.DRAFT, BookCheckState.CONCLUDED, _ASSISTANT),),
        ),
        "plan": StateTable(
            "state",
            PlanState,
            PlanState.DRAFT,
            (
                Step(PlanState.DRAFT, PlanState.SUBMITTED, _ASSISTANT),
                Step(PlanState.SUBMITTED, PlanState.IN_REVIEW, _REVIEWERS),
                Step(PlanState.IN_REVIEW, PlanState.RETURNED, _REVIEWERS),
                Step(PlanState.IN_REVIEW, PlanState.APPROVED, _REVIEWERS),
                Step(PlanState.RETURNED, PlanState.DRAFT, _ASSISTANT),
            ),
        ),
        "remark": StateTable(
            "state",
            RemarkState,
            RemarkState.OPEN,
            (
                Step(RemarkState.OPEN, RemarkState.ANSWERED, _ASSISTANT),
                Step(RemarkState.OPEN, RemarkState.RESOLVED, _REVIEWERS),
                Step(RemarkState.ANSWERED, RemarkState.RESOLVED, _REVIEWERS),
                Step(RemarkState.ANSWERED, RemarkState.OPEN, _REVIEWERS),
            ),
        ),
        "partnership": StateTable("status", PartnershipStatus, None, _free(PartnershipStatus, _CENTRE)),
        "financing_request": StateTable("status", FinancingStatus, None, _free(FinancingStatus, _CENTRE)),
    }
)

WRITERS: DeclaredTable[str, Mapping[str, frozenset[Role]]] = DeclaredTable(
    {
        "cooperative": {"registration_status": _CENTRE, DELETED: _CENTRE},
        "asset": {"status": _CENTRE, "status_note": _CENTRE},
        "partnership": {"status_note": _CENTRE, "status_on": _CENTRE},
        "financing_request": {"status_note": _CENTRE, "status_on": _CENTRE},
        "remark": {
            **dict.fromkeys(
                ("about_type", "about_id", "about_path", "text", "by", "at", DELETED), _REVIEWERS
            ),
            **dict.fromkeys(("answer", "answered_by", "answered_at"), _ASSISTANT),
            **dict.fromkeys(("resolved_by", "resolved_at"), _REVIEWERS),
        },
    }
)
"""Leaves that are not everybody's."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What of a fixed record may still be written: `leaves` freely, rows of `groups` only added."""

    leaves: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    def fault(self, path: str, before: Leaves) -> str | None:
        """Why `path` may not change, if it may not."""
        group, _, rest = path.partition("/")
        if path in self.leaves:
            return None
        if group not in self.groups or not rest:
            return "content_is_fixed"
        return "only_added" if path.endswith(DELETED) or before.get(path) is not None else None


_SIGNED = Opening(frozenset({"signed_photo_id"}), frozenset({"corrections", "additions"}))

FIXED: DeclaredTable[str, Mapping[str, Opening]] = DeclaredTable(
    {
        "visit": {VisitState.SEALED: _SIGNED},
        "book_check": {BookCheckState.CONCLUDED: _SIGNED},
        # What a reviewer reads must not move under his eyes.
        "plan": dict.fromkeys((PlanState.SUBMITTED, PlanState.IN_REVIEW, PlanState.APPROVED), Opening()),
    }
)

_CONFLICT = Opening(groups=frozenset({"decisions"}))


def check_change(
    record_type: str, before: Leaves, changes: Mapping[str, Value], role: Role
) -> dict[str, str]:
    """The changed leaves that the table forbids, each with the reason in one word.

    `before` is the record as it stands (empty for a new one); the changes count as made together.
    """
    real = {path: value for path, value in changes.items() if not same(before.get(path), value)}
    faults = dict(_writing_faults(record_type, before, real, role))
    table = STATES.get(record_type)
    if table is not None and (reason := _step_fault(record_type, table, before, real, role)):
        faults[table.leaf] = reason
    return faults | _emptied_requirements(record_type, table, before, real)


def missing(record_type: str, state: str, leaves: Leaves) -> tuple[str, ...]:
    """What must still be filled before a record may be in `state`."""
    required = REQUIREMENTS.get((record_type, state))
    return required(leaves) if required else ()


def steps_from(record_type: str, leaves: Leaves, role: Role) -> tuple[str, ...]:
    """The states to which this role may take the record, ready or not."""
    table = STATES.get(record_type)
    if table is None:
        return ()
    state = table.state_in(leaves) or ""
    return tuple(step.target for step in table.steps if step.source == state and role in step.roles)


def _writing_faults(
    record_type: str, before: Leaves, changes: Leaves, role: Role
) -> Iterator[tuple[str, str]]:
    table = STATES.get(record_type)
    opening = _opening(record_type, table, before)
    writers = WRITERS.get(record_type, {})
    for path in changes:
        if table is not None and path == table.leaf:
            continue
        if opening is not None and (reason := opening.fault(path, before)):
            yield path, reason
        elif path in writers and role not in writers[path]:
            yield path, "role_may_not"


def _opening(record_type: str, table: StateTable | None, before: Leaves) -> Opening | None:
    if record_type == "conflict":  # fixed from its first moment
        return _CONFLICT if before else None
    if table is None:
        return None
    return FIXED.get(record_type, {}).get(str(table.state_in(before)))


def _leads_to(table: StateTable, source: Value, target: Value, role: Role) -> bool:
    """Whether an assistant may go there step by step: of steps between two syncs only the last is sent."""
    if role is not Role.ASSISTANT:  # who works at the centre takes every step there
        return False
    reached: list[Value] = [source]
    for state in reached:  # grows while it is walked
        reached += [
            step.target
            for step in table.steps
            if step.source == state and role in step.roles and step.target not in reached
        ]
    return target in reached


def _step_fault(
    record_type: str, table: StateTable, before: Leaves, changes: Leaves, role: Role
) -> str | None:
    if table.leaf not in changes:
        return None
    source, target = table.state_in(before), table.state_in(changes)
    if source == target:
        return None
    if target is not None and target not in list(table.states):
        return "unknown_state"
    steps = [step for step in table.steps if (step.source, step.target) == (source or "", target or "")]
    if not any(role in step.roles for step in steps) and not _leads_to(table, source, target, role):
        return "role_may_not" if steps else "no_such_step"
    lacking = missing(record_type, str(target), {**before, **changes})
    return f"needs_{lacking[0]}" if lacking else None


def _emptied_requirements(
    record_type: str, table: StateTable | None, before: Leaves, changes: Leaves
) -> dict[str, str]:
    """What a state needed to be entered must not be taken away while it lasts."""
    if table is None or table.leaf in changes:
        return {}
    state = str(table.state_in(before))
    lacking = missing(record_type, state, {**before, **changes})
    if not lacking or missing(record_type, state, before):
        return {}
    return {path: f"needs_{lacking[0]}" for path, value in changes.items() if not str(value or "").strip()}
