"""Every type of record there is: its name everywhere, its form, its natural key."""

from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.approval import Approval
from kopdesk.domain.asset import Asset
from kopdesk.domain.attachment import Attachment
from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.competitor import Competitor
from kopdesk.domain.conflict import Conflict
from kopdesk.domain.cooperative import Cooperative
from kopdesk.domain.errors import UnknownRecordType
from kopdesk.domain.fields import Leaf, pattern_of, patterns
from kopdesk.domain.financing_request import FinancingRequest
from kopdesk.domain.follow_up import FollowUp
from kopdesk.domain.ids import derived_id
from kopdesk.domain.legal_document import LegalDocument
from kopdesk.domain.member_count import MemberCount
from kopdesk.domain.officer import Officer
from kopdesk.domain.outlet import Outlet
from kopdesk.domain.partnership import Partnership
from kopdesk.domain.plan import Plan
from kopdesk.domain.problem import Problem
from kopdesk.domain.rapb import Rapb
from kopdesk.domain.records import Leaves, Record, RecordKey
from kopdesk.domain.remark import Remark
from kopdesk.domain.schema import DeclaredTable
from kopdesk.domain.statement import Statement
from kopdesk.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class RecordType:
    """`key` names the leaves that, with the cooperative, make the record's id; they never change."""

    name: str
    form: type[Record]
    key: tuple[str, ...] = ()


TYPES: DeclaredTable[str, RecordType] = DeclaredTable(
    {
        record_type.name: record_type
        for record_type in (
            RecordType("cooperative", Cooperative),
            RecordType("officer", Officer),
            RecordType("outlet", Outlet),
            RecordType("asset", Asset),
            RecordType("legal_document", LegalDocument),
            RecordType("member_count", MemberCount, key=("period",)),
            RecordType("partnership", Partnership),
            RecordType("financing_request", FinancingRequest),
            RecordType("visit", Visit),
            RecordType("follow_up", FollowUp),
            RecordType("problem", Problem),
            RecordType("book_check", BookCheck),
            RecordType("statement", Statement, key=("period_kind", "period")),
            RecordType("rapb", Rapb, key=("year",)),
            RecordType("plan", Plan),
            RecordType("attachment", Attachment),
            RecordType("remark", Remark),
            RecordType("conflict", Conflict),
            RecordType("competitor", Competitor),
            RecordType("approval", Approval),
        )
    }
)


def type_named(name: str) -> RecordType:
    """The type of that name, or UnknownRecordType."""
    try:
        return TYPES[name]
    except KeyError:
        raise UnknownRecordType(name) from None


def key_faults(key: RecordKey, cooperative_id: UUID | None, before: Leaves, new: Leaves) -> dict[str, str]:
    """Which new values would change a natural key, or contradict the id that was derived from it."""
    known = TYPES.get(key.type)
    if known is None or not known.key:
        return {}
    values = {path: before[path] if before.get(path) is not None else new.get(path) for path in known.key}
    moved = {path for path in known.key if path in new and values[path] != new[path]}
    if None not in values.values() and cooperative_id is not None:
        derived = derived_id(key.type, cooperative_id, *map(str, values.values()))
        if derived != key.id:
            moved |= {path for path in known.key if path in new}
    return dict.fromkeys(moved, "key_leaf")


def leaf_at(record_type: str, path: str) -> Leaf | None:
    """What is declared of a leaf, or None if this program does not know its type or path."""
    known = TYPES.get(record_type)
    return patterns(known.form).get(pattern_of(path)) if known else None
