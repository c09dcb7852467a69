"""What a use case refuses, with the facts."""

from datetime import date
from uuid import UUID

from kopdesk.domain.errors import KopdeskError
from kopdesk.domain.records import RecordKey


class DeviceKeyMissing(KopdeskError):
    """The key that is this laptop is gone; its data is not."""

    def __init__(self) -> None:
        super().__init__()


class OtherPerson(KopdeskError):
    """The profile is the person's with this login, and nobody else logs in there."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class OtherCentre(KopdeskError):
    """The profile belongs to another centre, of this name."""

    def __init__(self, server_name: str) -> None:
        super().__init__(server_name)
        self.server_name = server_name


class NotYourCooperative(KopdeskError):
    """The cooperative is not (or no longer) one the owner accompanies."""

    def __init__(self, cooperative_id: UUID) -> None:
        super().__init__(cooperative_id)
        self.cooperative_id = cooperative_id


class NotWithdrawn(KopdeskError):
    """The centre has not said that this cooperative is the owner's no more."""

    def __init__(self, cooperative_id: UUID) -> None:
        super().__init__(cooperative_id)
        self.cooperative_id = cooperative_id


class StillUnsent(KopdeskError):
    """So many leaves of a cooperative have no receipt: its copy stays."""

    def __init__(self, cooperative_id: UUID, count: int) -> None:
        super().__init__(cooperative_id, count)
        self.cooperative_id, self.count = cooperative_id, count


class CopyKept(KopdeskError):
    """A withdrawn cooperative's copy stays until that day; None if it is not known yet."""

    def __init__(self, cooperative_id: UUID, may_go_on: date | None) -> None:
        super().__init__(cooperative_id, may_go_on)
        self.cooperative_id, self.may_go_on = cooperative_id, may_go_on


class MadeByCentre(KopdeskError):
    """Records of this type are only made by the centre or by the program itself."""

    def __init__(self, record_type: str) -> None:
        super().__init__(record_type)
        self.record_type = record_type


class RecordExists(KopdeskError):
    """What exists once by nature is there already: it is edited, not made again."""

    def __init__(self, record_type: str, record_id: UUID) -> None:
        super().__init__(record_type, record_id)
        self.record_type, self.record_id = record_type, record_id


class ConflictDecided(KopdeskError):
    """Somebody has decided this conflict already."""

    def __init__(self, conflict_id: UUID) -> None:
        super().__init__(conflict_id)
        self.conflict_id = conflict_id


class NotToMend(KopdeskError):
    """Nothing on the list of those to mend has this name (any more)."""

    def __init__(self, entry: str) -> None:
        super().__init__(entry)
        self.entry = entry


class StillAtCentre(KopdeskError):
    """A supervisor has this leaf, or is about to get it again: until he decides it stays on the list."""

    def __init__(self, key: RecordKey, path: str) -> None:
        super().__init__(key, path)
        self.key, self.path = key, path


class NotShown(KopdeskError):
    """To decide this conflict one has to see what is there now; `deletes`: because it would all go."""

    def __init__(self, conflict_id: UUID, deletes: bool) -> None:
        super().__init__(conflict_id, deletes)
        self.conflict_id, self.deletes = conflict_id, deletes


class NotAPhoto(KopdeskError):
    """The file of this name holds no picture that can be read."""

    def __init__(self, file_name: str) -> None:
        super().__init__(file_name)
        self.file_name = file_name


class PhotoTooLarge(KopdeskError):
    """The file of this name is beyond what a camera makes."""

    def __init__(self, file_name: str) -> None:
        super().__init__(file_name)
        self.file_name = file_name


class NoStatement(KopdeskError):
    """There is no statement that ends with the month ("2026-10", or empty) of a check."""

    def __init__(self, period: str) -> None:
        super().__init__(period)
        self.period = period
