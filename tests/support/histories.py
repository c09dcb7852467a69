"""Lives of three laptops, letter by letter, as histories tell them."""

from collections.abc import Callable
from uuid import UUID

from kopdesk.sync.run import SyncSummary
from tests.support.world import TestLaptop, World

THREE = "Kas cocok. Buku lengkap. Stok kurang."


def synced(world: World, login: str, coop: UUID) -> TestLaptop:
    laptop = world.laptop(login)
    assert laptop.sync().error is None
    return laptop


def all_equal(*laptops: TestLaptop) -> None:
    """After the world has healed: everybody shows the same, and nothing waits."""
    for _ in range(2):
        for laptop in laptops:
            assert laptop.sync().error is None
    for laptop in laptops:
        assert laptop.unsent() == 0
        assert laptop.dump() == laptops[0].dump()


def meanwhile(laptop: TestLaptop, work: Callable[[], object]) -> None:
    """Do something once, while the server answers the next request."""

    def once() -> None:
        laptop.link.meanwhile = lambda: None
        work()

    laptop.link.meanwhile = once


def noticed(summary: SyncSummary) -> list[str]:
    """The broken histories that a sync has mended."""
    return [one.word for one in summary.noticed]


def amount(laptop: TestLaptop, coop: UUID) -> object:
    return laptop.get("cooperative", coop)["principal_saving"]
