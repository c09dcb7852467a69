"""What must be filled before a record may enter a state."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from kopdesk.domain.book_check import BookCheckState
from kopdesk.domain.fields import DELETED
from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.records import Leaves
from kopdesk.domain.remark import RemarkState
from kopdesk.domain.values import Value
from kopdesk.domain.visit import VisitState


def _filled(value: Value) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _rows(leaves: Leaves, group: str) -> Iterator[Mapping[str, Value]]:
    """The rows of a group that are not deleted."""
    found: dict[str, dict[str, Value]] = {}
    for path, value in leaves.items():
        if path.startswith(group + "/"):
            _, key, *rest = path.split("/", 2)
            found.setdefault(key, {})[rest[0] if rest else ""] = value
    return (row for row in found.values() if row.get(DELETED) is not True)


def _sealable(leaves: Leaves) -> tuple[str, ...]:
    """A visit needs a date, somebody who was met, and a purpose or a finding."""
    met = any(_filled(row.get("name")) or row.get("officer_id") for row in _rows(leaves, "attendees"))
    purpose = any(value is True for path, value in leaves.items() if path.startswith("purposes/"))
    found = any(_filled(row.get("text")) for row in _rows(leaves, "findings"))
    return _names_of_missing(
        date=_filled(leaves.get("visited_on")), attendee=met, purpose_or_finding=purpose or found
    )


def _concludable(leaves: Leaves) -> tuple[str, ...]:
    """A check needs a date and a conclusion; its parts may stay half done."""
    return _names_of_missing(
        date=_filled(leaves.get("checked_on")), conclusion=_filled(leaves.get("conclusion"))
    )


def _droppable(leaves: Leaves) -> tuple[str, ...]:
    return _names_of_missing(reason=_filled(leaves.get("drop_reason")))


def _answerable(leaves: Leaves) -> tuple[str, ...]:
    return _names_of_missing(answer=_filled(leaves.get("answer")))


def _names_of_missing(**filled: bool) -> tuple[str, ...]:
    return tuple(name for name, is_filled in filled.items() if not is_filled)


REQUIREMENTS: Mapping[tuple[str, str], Callable[[Leaves], tuple[str, ...]]] = MappingProxyType(
    {
        ("visit", VisitState.SEALED): _sealable,
        ("book_check", BookCheckState.CONCLUDED): _concludable,
        ("follow_up", FollowUpState.DROPPED): _droppable,
        ("remark", RemarkState.ANSWERED): _answerable,
    }
)
"""By type and state to enter: names of what is missing, in the order in which a person would fill it."""
