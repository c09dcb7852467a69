"""Every kind of fault the simulation knows, and a count of how often each has really happened."""

from collections import Counter
from enum import StrEnum


class Fault(StrEnum):
    """One way in which the world is not as hoped."""

    LOST_REQUEST = "lost_request"
    LOST_ANSWER = "lost_answer"
    CUT_ANSWER = "cut_answer"
    DUPLICATED = "duplicated"  # the same request is delivered twice
    DELAYED = "delayed"  # a request arrives after later ones
    STALE_ANSWER = "stale_answer"
    FOREIGN_ANSWER = "foreign_answer"
    FORGED_ANSWER = "forged_answer"
    KILLED = "killed"  # between two effects
    KILLED_BEFORE_COMMIT = "killed_before_commit"
    KILLED_AFTER_COMMIT = "killed_after_commit"
    DISK_FULL = "disk_full"
    CENTRE_DISK_FULL = "centre_disk_full"
    CENTRE_DIED_BEFORE_COMMIT = "centre_died_before_commit"
    CENTRE_DIED_AFTER_COMMIT = "centre_died_after_commit"
    CLOCK_JUMPED = "clock_jumped"
    CLOCK_YEARS_OFF = "clock_years_off"
    OLD_EDITOR = "old_editor"  # what it shows was overtaken when it is saved
    OLD_LIST = "old_list"  # of conflicts: what it shows was overtaken when one of them is decided
    SMALL_PAGES = "small_pages"  # a pull stays open
    WITHDRAWN = "withdrawn"
    DISABLED = "disabled"
    DEVICE_REVOKED = "device_revoked"  # and its person logs in again, some day
    FORGOTTEN = "forgotten"  # the copy of a withdrawn cooperative is taken off a laptop
    OFFICE_EDIT = "office_edit"
    REFUSED = "refused"  # a batch that nobody can decode, because of one leaf in it
    LAPTOP_CLONED = "laptop_cloned"
    LAPTOP_RESTORED = "laptop_restored"
    CENTRE_RESTORED = "centre_restored"
    CENTRE_ROLLED_BACK = "centre_rolled_back"
    SCHEMA_UPGRADED = "schema_upgraded"  # programs of several schemas, and one of them is updated


HISTORY_BREAKING = frozenset(
    {Fault.LAPTOP_CLONED, Fault.LAPTOP_RESTORED, Fault.CENTRE_RESTORED, Fault.CENTRE_ROLLED_BACK}
)
"""Without these no laptop is ever told that its past and the centre's differ."""

Fired = Counter[Fault]
