"""`kopdesk forget`: what a person reads before a withdrawn cooperative leaves the laptop, and after."""

from datetime import UTC, datetime, timedelta

import pytest

from kopdesk.server.operations import unassign
from kopdesk.usecases.contact import note_contact
from tests.cli.conftest import Desk, Village


@pytest.fixture
def withdrawn(village: Village, desk: Desk) -> Desk:
    """Sari's laptop has heard that Peridan is hers no more."""
    desk.put("visit", **village.visit())
    desk.sync()
    unassign(village.world.server, "sari", str(village.cooperative))
    desk.sync()
    return desk


def hear_the_centre(desk: Desk, *, days: int) -> None:
    """As a sync would, so many days from now."""
    with desk.app.profile(desk.folder, None) as profile:
        later = datetime.now(UTC) + timedelta(days=days)
        note_contact(profile.desk, server_at=int(later.timestamp() * 1000))


def test_status_tells_of_it_and_how_it_goes(village: Village, withdrawn: Desk) -> None:
    (copy,) = withdrawn.run("status", "--json").json["withdrawn"]
    assert (copy["cooperative_id"], copy["unsent"]) == (str(village.cooperative), 0)
    assert copy["records"] == {"cooperative": 1, "visit": 1}
    (line,) = [line for line in withdrawn.run("status").out.splitlines() if "bukan dampingan" in line]
    assert line.startswith("Koperasi Desa Merah Putih Peridan sudah bukan dampingan Anda; salinannya")
    assert line.endswith(f"Perintahnya: kopdesk forget {village.cooperative}")
    assert withdrawn.run("list", "visit").json[0]["withdrawn"] is True


def test_before_its_day_it_stays_even_with_yes(village: Village, withdrawn: Desk) -> None:
    for words in ((), ("--yes",)):
        ran = withdrawn.run("forget", str(village.cooperative), *words)
        assert ran.code == 1
        assert "boleh dihapus dari laptop mulai" in ran.sentence
    assert len(withdrawn.run("list", "visit").json) == 1


def test_without_yes_it_says_what_would_go_and_with_yes_it_goes(village: Village, withdrawn: Desk) -> None:
    hear_the_centre(withdrawn, days=31)
    ran = withdrawn.run("forget", str(village.cooperative))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Akan dihapus dari laptop ini: Koperasi Desa Merah Putih Peridan, 2 catatan "
        "(koperasi 1, kunjungan 1). Di pusat semuanya tetap ada.\n"
        "Belum ada yang dihapus. Beri --yes untuk menghapusnya.\n"
    )
    assert withdrawn.run("forget", str(village.cooperative), "--json").json["forgotten"] is False
    assert len(withdrawn.run("list", "visit").json) == 1
    ran = withdrawn.run("forget", str(village.cooperative), "--yes", "--json")
    assert ran.json["forgotten"] is True
    assert ran.json["records"] == {"cooperative": 1, "visit": 1}
    assert withdrawn.run("dump", "--json").json == []
    assert "bukan dampingan" not in withdrawn.run("status").out
    assert withdrawn.sync()["received"] == 0


def test_what_is_still_ones_own_is_not_forgotten(village: Village, desk: Desk) -> None:
    ran = desk.run("forget", str(village.cooperative), "--yes")
    assert ran.code == 1
    assert ran.sentence.startswith("Pusat belum menyatakan koperasi ini lepas dari Anda")
    assert len(desk.run("list", "cooperative").json) == 1
    ran = desk.run("forget", "0190a5a2-0000-7000-8000-000000000009", "--yes")
    assert "tidak ada di sini" in ran.sentence


def test_what_was_put_aside_is_still_to_be_read_afterwards(village: Village, desk: Desk) -> None:
    desk.put("visit", **village.visit())
    unassign(village.world.server, "sari", str(village.cooperative))
    desk.sync()
    hear_the_centre(desk, days=31)
    told = desk.run("mend").out
    assert "Kas dihitung." in told
    assert desk.run("forget", str(village.cooperative), "--yes").code == 0
    assert desk.run("mend").out == told
    assert desk.run("status", "--json").json["to_mend"] == 2
