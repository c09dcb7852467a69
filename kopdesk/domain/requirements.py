"""What must be filled before a record may enter a state."""

from collections.abc import Callable
from uuid import UUID

from kopdesk.domain.book_check import BookCheckState
from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.records import Leaves
from kopdesk.domain.remark import RemarkState
from kopdesk.domain.schema import DeclaredTable
from kopdesk.domain.values import Value
from kopdesk.domain.visit import Visit, VisitState

_NOBODY = UUID(int=0)  # the rule asks for content, never for the id


def _filled(value: Value) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _sealable(leaves: Leaves) -> tuple[str, ...]:
    return Visit.from_leaves(_NOBODY, None, leaves).missing_to_seal()


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


REQUIREMENTS: DeclaredTable[tuple[str, str], Callable[[Leaves], tuple[str, ...]]] = DeclaredTable(
    {
        ("visit", VisitState.SEALED): _sealable,
        ("book_check", BookCheckState.CONCLUDED): _concludable,
        ("follow_up", FollowUpState.DROPPED): _droppable,
        ("remark", RemarkState.ANSWERED): _answerable,
    }
)
"""By type and state to enter: names of what is missing, in the order in which a person would fill it."""
