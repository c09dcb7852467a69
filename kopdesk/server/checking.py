"""Whether a leaf may be written: its declaration, the role of its author, the state of its record.

Some faults only mean that this program knows no better: a newer schema may see none in them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from kopdesk.domain.channels import cooperative_of
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.field_checks import check_leaf
from kopdesk.domain.fields import keys_of
from kopdesk.domain.merge import ABSENT, Central
from kopdesk.domain.record_types import TYPES, key_faults, leaf_at
from kopdesk.domain.records import Leaves, RecordKey, is_key, is_name, is_path
from kopdesk.domain.states import STATES, Role, check_change
from kopdesk.domain.values import Value, same
from kopdesk.server.ports import Transaction, User


class Fault(NamedTuple):
    """Why a leaf may not be written, in a word. `of_schema`: a newer schema may think otherwise."""

    reason: str
    of_schema: bool = False


def leaf_fault(channel: str, key: RecordKey, before: Leaves, path: str, value: Value) -> Fault | None:
    """What is wrong with one leaf by itself."""
    if not all(map(is_key, keys_of(path))):
        return Fault("bad_key")
    if key.type == "cooperative" and key.id != cooperative_of(channel):
        return Fault("other_channel")
    spec = leaf_at(key.type, path)
    if spec is None:
        reason = "unknown_leaf" if key.type in TYPES else "unknown_type"
        return Fault(reason, of_schema=is_name(key.type) and is_path(path))
    if key.type == "conflict" and path in before:
        return None if same(before[path], value) else Fault("only_added")
    if value is None:
        return None
    try:
        check_leaf(path, spec, value)
    except InvalidField as error:
        return Fault(error.reason, of_schema=True)
    return None


def record_faults(
    user: User,
    channel: str,
    key: RecordKey,
    before: Leaves,
    new: Leaves,
    *,
    from_unknown_state: bool = False,
    is_offer: bool = False,
) -> dict[str, Fault]:
    """What the rules of the whole record do not let this user write, by path; `new` counts as one change.

    `from_unknown_state`: the state in `before` stands for one that this program does not know.
    `is_offer`: the centre had these leaves once, in a past that it has lost.
    """
    found: Mapping[str, str] = {
        **check_change(key.type, before, new, user.role),
        **key_faults(key, cooperative_of(channel), before, new),
    }
    faults = {
        path: Fault(reason, _is_of_schema(key.type, path, new, from_unknown_state))
        for path, reason in found.items()
    }
    is_part = not before and key.type == "conflict" and "about_id" not in new
    if is_part and (user.role is not Role.ASSISTANT or all(path.startswith("decisions/") for path in new)):
        faults |= dict.fromkeys(new, Fault("question_missing"))
    elif user.role is Role.ASSISTANT and not before and _is_made_by_centre(user, key, new, is_offer):
        faults |= dict.fromkeys(new, Fault("made_by_centre"))
    return faults


def has_known_state(record_type: str, leaves: Leaves) -> bool:
    """Whether this program knows the state a record is in; a type without states has none to know."""
    table = STATES.get(record_type)
    return table is None or table.state_in(leaves) in (None, *table.states)


def last_known_state(
    tx: Transaction, channel: str, key: RecordKey, leaves: Mapping[str, Central]
) -> dict[str, Value]:
    """What a state has fixed stays fixed while nobody here understands the one that came after it."""
    path = STATES[key.type].leaf
    marked = {m.stands_at: m for m in tx.unchecked(channel) if (m.key, m.path) == (key, path)}
    state = leaves[path]
    while state.rev in marked:
        state = tx.leaves_at(channel, key, marked[state.rev].rev - 1).get(path, ABSENT)
    return {path: state.value}


def _is_of_schema(record_type: str, path: str, new: Leaves, from_unknown_state: bool) -> bool:
    if leaf_at(record_type, path) is None:
        return True
    table = STATES.get(record_type)
    is_state = table is not None and path == table.leaf
    return is_state and (from_unknown_state or not has_known_state(record_type, new))


def _is_made_by_centre(user: User, key: RecordKey, new: Leaves, is_offer: bool) -> bool:
    if key.type == "conflict" and "about_id" in new:
        # Of those that are new, only one between his own two windows is an assistant's.
        return not is_offer and {new.get("kept_author"), new.get("offered_author")} != {user.name}
    return key.type in ("conflict", "cooperative")
