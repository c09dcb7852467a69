"""How things stand between laptop and centre, for the pill."""

from kopdesk.ui.frame.sync_view import SyncView
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.status import status


def read_sync_view(desk: Desk) -> SyncView:
    """As the disk has it, without what a running sync knows."""
    found = status(desk)
    return SyncView(
        unsent=found.unsent,
        to_act=found.conflicts + found.to_mend,
        oldest_unsent_at=found.oldest_unsent_at,
        last_contact_at=found.last_contact_at,
    )
