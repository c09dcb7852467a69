"""An edit the centre has already, under another name: its answer was lost, and the laptop began anew."""

from uuid import UUID

import pytest

from kopdesk.sync.recover import fork
from kopdesk.usecases.conflicts import list_conflicts
from tests.support.histories import THREE, all_equal, noticed
from tests.support.world import TestLaptop


def begin_anew(laptop: TestLaptop) -> None:
    with laptop.desk.database.writing() as work:
        fork(work, laptop.run().laptop, laptop.clock.ms())


def sent_in_vain(laptop: TestLaptop) -> None:
    """The centre takes the batch, its answer never arrives."""
    laptop.link.lose_answers = 1
    assert laptop.sync().error is not None


@pytest.mark.parametrize("typed_again", ["before", "after", "never"])
def test_what_was_typed_meanwhile_follows_on_it(
    a: TestLaptop, b: TestLaptop, coop: UUID, typed_again: str
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", place="Balai desa")
    sent_in_vain(a)
    if typed_again == "before":
        a.put("visit", id=str(visit), rev=a.get("visit", visit)["rev"], place="Pasar")
    begin_anew(a)
    if typed_again == "after":
        a.put("visit", id=str(visit), rev=a.get("visit", visit)["rev"], place="Pasar")
    all_equal(a, b)
    assert b.get("visit", visit)["place"] == ("Balai desa" if typed_again == "never" else "Pasar")
    assert list_conflicts(b.desk) == []
    assert "rewound" not in noticed(a.sync())


def test_a_text_that_was_merged_is_not_merged_again(a: TestLaptop, b: TestLaptop, coop: UUID) -> None:
    visit = b.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    all_equal(b, a)
    mine, theirs = THREE.replace("Kas cocok", "Kas lebih"), THREE.replace("Stok kurang", "Stok cukup")
    b.put("visit", id=str(visit), rev=b.get("visit", visit)["rev"], notes=theirs)
    a.put("visit", id=str(visit), rev=a.get("visit", visit)["rev"], notes=mine)
    assert b.sync().error is None
    sent_in_vain(a)
    b.put("visit", cooperative_id=str(coop), visited_on="2026-11-21")
    assert b.sync().error is None
    begin_anew(a)
    summary = a.sync()
    assert (summary.error, summary.merged, summary.noticed) == (None, 1, [])
    all_equal(a, b)
    assert b.get("visit", visit)["notes"] == "Kas lebih. Buku lengkap. Stok cukup."
    assert "rewound" not in noticed(a.sync())
