"""What a reviewer (PMO, Dinas) decides about a record: an ordinary change, by the same rules as anybody's."""

from collections import deque
from collections.abc import Collection
from datetime import UTC, datetime
from enum import Enum
from uuid import UUID

from kopdesk.domain.errors import ForbiddenChange, InvalidField, RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.ids import uuid7
from kopdesk.domain.merge import Central
from kopdesk.domain.record_types import leaf_at, type_named
from kopdesk.domain.records import RecordKey, written
from kopdesk.domain.states import STATES, Role, StateTable
from kopdesk.domain.values import Value
from kopdesk.server.errors import MayNotDecide, ReviewerUnclear
from kopdesk.server.office import Office, change
from kopdesk.server.opening import Server
from kopdesk.server.operations import user_named
from kopdesk.server.ports import Transaction, User

REVIEWERS = (Role.PMO, Role.DINAS)


class Decision(Enum):
    """The states it may lead to, whatever the type calls them."""

    RETURN = ("returned",)
    APPROVE = ("approved", "accepted")


def review(
    server: Server,
    record_type: str,
    record_id: UUID,
    decision: Decision | None,
    *,
    reviewer: str | None = None,
    at_path: str = "",
    remark: str = "",
) -> int:
    """Return or approve a record, with a remark at one of its paths; with a remark alone, only say it.

    Without `reviewer` (a login) the only reviewer there is. Returns the channel's rev.
    Raises RecordNotFound, ForbiddenChange, InvalidField, ReviewerUnclear, MayNotDecide, UserNotFound.
    """
    key = RecordKey(type_named(record_type).name, record_id)
    with server.store.writing() as tx:
        office = server.office(reviewer_named(tx, reviewer))
        channel = tx.channel_of(key)
        leaves = tx.leaves(channel, key) if channel else {}
        if channel is None or leaves.get(DELETED, Central(None, 0)).value is True:
            raise RecordNotFound(key.type, key.id)
        before = {path: leaf.value for path, leaf in leaves.items()}
        steps = _steps(key, before, decision, office.user.role) if decision else []
        for step in steps[:-1]:  # a plan is taken into review before it is decided: a rev of its own
            change(tx, office, channel, {key: step})
        edits = dict.fromkeys([key], steps[-1]) if steps else {}
        if remark:
            edits |= _remark(office, key, before, at_path, remark)
        return change(tx, office, channel, edits).rev


def reviewer_named(tx: Transaction, login: str | None) -> User:
    """Who decides: whoever has that login, or the only reviewer there is."""
    reviewers = [user for user in tx.users() if user.role in REVIEWERS and not user.disabled]
    logins = tuple(user.login for user in reviewers)
    if login is not None:
        user = user_named(tx, login)
        if user.disabled or user.role is Role.OPERATOR:
            raise MayNotDecide(login, logins)
        return user
    if len(reviewers) != 1:
        raise ReviewerUnclear(logins)
    return reviewers[0]


def supervisor_named(tx: Transaction, login: str | None) -> User:
    """The same, but never an assistant."""
    person = reviewer_named(tx, login)
    if person.role not in REVIEWERS:
        logins = tuple(user.login for user in tx.users() if user.role in REVIEWERS and not user.disabled)
        raise MayNotDecide(person.login, logins)
    return person


def _steps(
    key: RecordKey, before: dict[str, Value], decision: Decision, role: Role
) -> list[dict[str, Value]]:
    """The shortest way from where the record is to the decision, by steps this role may take."""
    table = STATES.get(key.type)
    if table is None or not set(decision.value).intersection(table.states):
        raise ForbiddenChange(key.type, "", "no_such_step")
    way = way_to(table, str(table.state_in(before) or ""), decision.value, (role,))
    if way is None:
        reason = "role_may_not" if role not in REVIEWERS else "no_such_step"
        raise ForbiddenChange(key.type, table.leaf, reason, str(table.state_in(before) or ""))
    return [{table.leaf: state} for state in way]


def way_to(
    table: StateTable, start: str, targets: Collection[str], roles: Collection[Role]
) -> list[str] | None:
    """The states on the shortest way from one to any of others, by steps one of these roles may take."""
    waiting: deque[list[str]] = deque([[]])
    seen = {start}
    while waiting:
        way = waiting.popleft()
        at = way[-1] if way else start
        if way and at in targets:
            return way
        for step in table.steps:
            if step.source == at and step.roles.intersection(roles) and step.target not in seen:
                seen.add(step.target)
                waiting.append([*way, step.target])
    return None


def _remark(
    office: Office, about: RecordKey, leaves: dict[str, Value], path: str, text: str
) -> dict[RecordKey, dict[str, Value]]:
    is_leaf = leaf_at(about.type, path) is not None
    is_row = any(other.startswith(f"{path}/") for other in leaves)
    if path and not is_leaf and not is_row:
        raise InvalidField(path, "unknown_field")
    now = office.now()
    new: dict[str, Value] = {
        "about_type": about.type,
        "about_id": str(about.id),
        "text": text,
        "by": office.user.name,
        "at": written(datetime.fromtimestamp(now / 1000, UTC)),
    }
    if path:
        new["about_path"] = path
    return {RecordKey("remark", uuid7(now, office.random_bytes(10))): new}
