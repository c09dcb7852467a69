"""What a use case refuses, with the facts."""

from uuid import UUID

from kopdesk.domain.errors import KopdeskError


class NotYourCooperative(KopdeskError):
    """The cooperative is not (or no longer) one the owner accompanies."""

    def __init__(self, cooperative_id: UUID) -> None:
        super().__init__(cooperative_id)
        self.cooperative_id = cooperative_id


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
