"""The districts the tests read, told once."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from uuid import UUID

from kopdesk.domain.records import Leaves
from kopdesk.sample import District, SampleCooperative, district

TODAY = date(2026, 11, 22)
NAMES = ("kutai-timur", "malang")


@cache
def told(name: str, today: date = TODAY) -> District:
    return district(name, seed=7, today=today)


def current(name: str, record_type: str) -> Iterator[tuple[SampleCooperative, UUID, Leaves]]:
    """The records of a type as they stand, with their cooperative."""
    for coop in told(name).cooperatives:
        for key, leaves in coop.current().items():
            if key.type == record_type:
                yield coop, key.id, leaves
