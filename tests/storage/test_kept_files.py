"""Real files of older schemas. A new schema adds one, and never touches the others."""

import shutil
from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.records import RecordKey
from kopdesk.storage.database import DATABASE_FILE, Database
from kopdesk.storage.migrations import STEPS
from kopdesk.storage.shown import table_of

KEPT = Path(__file__).parent / "kept"
KEY = bytes(range(32))
CHANNEL = coop_channel(UUID(int=5))


def test_every_schema_has_a_kept_file() -> None:
    assert sorted(path.name for path in KEPT.iterdir()) == [
        f"schema_{number}.db" for number in range(1, len(STEPS) + 1)
    ]


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_an_old_file_opens_with_everything_that_was_in_it(number: int, tmp_path: Path) -> None:
    shutil.copy(KEPT / f"schema_{number}.db", tmp_path / DATABASE_FILE)
    database = Database.open(tmp_path, KEY)
    with database.reading() as work:
        coop = work.records.find(RecordKey("cooperative", UUID(int=5)))
        visit = work.records.find(RecordKey("visit", UUID(int=7)))
        flight = work.outbox.in_flight()
        replica = work.outbox.replica()
        assert work.channels.cursors() == {CHANNEL: b"cursor"}
        assert work.channels.digest(CHANNEL) == 2**64 - 1
        assert work.channels.person(UUID(int=9)) == ("Zainal Abidin", "dinas")
        assert [grant.channel for grant in work.channels.grants()] == [CHANNEL]
        assert work.records.unsent_count() == 3
        shown_row = work.connection.execute(table_of("cooperative").select()).one()
        assert (shown_row.name, shown_row.mandatory_saving) == ("Koperasi Desa Merah Putih Peridan", 25_000)
    assert coop is not None
    assert visit is not None
    assert flight is not None
    edit = coop.layers["mandatory_saving"].edited
    assert edit is not None
    assert (edit.value, edit.base, edit.base_value) == (25_000, 3, 20_000)
    assert {path: leaf.frozen is not None for path, leaf in visit.layers.items()} == {
        "notes": True,
        "visited_on": True,
    }
    assert (flight.seq, flight.signed) == (1, b"signed batch")
    assert (replica.id, replica.last_seq, replica.last_edit) == (UUID(int=1), 1, 3)
    database.close()


def test_what_was_decided_and_what_was_taken_off_the_mend_list_is_still_there(tmp_path: Path) -> None:
    shutil.copy(KEPT / "schema_3.db", tmp_path / DATABASE_FILE)
    database = Database.open(tmp_path, KEY)
    with database.reading() as work:
        (row,) = work.outbox.to_mend()
        (off,) = work.outbox.taken_off()
    assert (row.path, row.value, row.reason, row.origin) == ("phone", "0541 123", "dropped", (b"h" * 32, 2))
    assert (row.words, row.decided_at) == ("Nomor lama.", 1_790_000_100_000)
    assert (off.path, off.value, off.words) == ("rt", "02", "Nomor lama.")
    assert (off.at, off.by) == (1_790_000_200_000, "sari")
    database.close()
