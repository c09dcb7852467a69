"""In which of Indonesia's zones somebody works, for a laptop whose clock is set to none of them."""

from collections import Counter

from kopdesk.domain.zones import Zone, zone_of
from kopdesk.usecases.desk import Desk


def home_zone(desk: Desk) -> str:
    """The one most of the cooperatives on this laptop are in; WIB before there is any."""
    with desk.database.reading() as work:
        rows = work.lists.rows("cooperative", "village_code")
    zones = Counter(zone_of(str(row.leaves["village_code"] or "")) for row in rows)
    del zones[None]
    return zones.most_common(1)[0][0] or Zone.WIB if zones else Zone.WIB
