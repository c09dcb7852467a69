"""A backup is whole or not there; a restore verifies first, sets aside what was there, is never half done."""

import os
import random
import shutil
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain.records import RecordKey
from kopdesk.server.backups import back_up, restore
from kopdesk.server.errors import (
    BackupUnusable,
    NoServer,
    RestoreUnfinished,
    ServerRunning,
    SigningKeyMissing,
    SigningKeyWrong,
    StoreFailed,
)
from kopdesk.server.listing import dump, list_channels
from kopdesk.server.lock import alone_in
from kopdesk.server.office import change
from kopdesk.server.opening import DATABASE, KEY_FILE, RESTORING, Server, open_server
from tests.support.raw_client import RawClient
from tests.support.server_parts import (
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    TestClock,
    a_person,
    two_cooperatives,
)

POSIX = os.name == "posix"


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A server that is not running, with a visit."""
    server = open_server(tmp_path / "server", name="Dinas Koperasi")
    two_cooperatives(server)
    write(server, 1)
    server.close()
    return tmp_path / "server"


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    """Its backup; the server has gone on since."""
    back_up(folder, tmp_path / "cadangan.zip")
    changed(folder, lambda server: write(server, 2))
    return tmp_path / "cadangan.zip"


def write(server: Server, number: int, notes: str = "Kas cocok.") -> None:
    with server.store.writing() as tx:
        change(tx, server.office(), PERIDAN_CHANNEL, {RecordKey("visit", UUID(int=number)): {"notes": notes}})


def changed(folder: Path, work: Callable[[Server], object]) -> Any:
    server = open_server(folder)
    try:
        return work(server)
    finally:
        server.close()


def visits(folder: Path) -> list[int]:
    rows: list[dict[str, Any]] = changed(folder, dump)
    return [UUID(row["id"]).int for row in rows if row["type"] == "visit"]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"server.lock"}


# Making one.


def test_a_backup_of_a_running_server_is_everything_that_was_committed(tmp_path: Path, folder: Path) -> None:
    server = open_server(folder)
    a_person(server, "siti", PERIDAN)
    siti = RawClient(server.centre, "siti", PASSWORD)
    write(server, 2)
    with server.store.writing() as tx:  # not committed yet
        change(tx, server.office(), PERIDAN_CHANNEL, {RecordKey("visit", UUID(int=3)): {"notes": "x"}})
        backup = back_up(folder, tmp_path / "cadangan.zip")
    assert (backup.server_id, backup.name) == (server.identity.server_id, "Dinas Koperasi")
    restored = restore(tmp_path / "other", tmp_path / "cadangan.zip")
    assert (restored.backup, restored.aside) == (backup, None)
    assert visits(tmp_path / "other") == [1, 2]
    other = open_server(tmp_path / "other")
    siti.service = other.centre  # the same key signs, the same device is known
    assert siti.send(siti.request()).pages
    other.close()
    server.close()


def test_a_backup_taken_while_others_write_is_one_moment_of_the_server(tmp_path: Path, folder: Path) -> None:
    server = open_server(folder)
    done = threading.Event()

    def go_on() -> None:
        for number in range(10, 60):
            write(server, number, "Kas dihitung. " * 200)
        done.set()

    writer = threading.Thread(target=go_on)
    writer.start()
    for number in range(3):
        back_up(folder, tmp_path / f"{number}.zip")
    writer.join()
    assert done.is_set()
    with server.store.reading() as tx:
        digests = {rev: r.digest for rev, r in tx.revisions(PERIDAN_CHANNEL, range(1, 100)).items()}
    for number in range(3):
        restore(tmp_path / str(number), tmp_path / f"{number}.zip")
        rows: list[dict[str, Any]] = changed(tmp_path / str(number), list_channels)
        (row,) = [row for row in rows if row["channel"] == PERIDAN_CHANNEL]
        assert row["digest"] == f"{digests[row['rev']]:016x}"
    server.close()


def test_a_backup_is_for_nobody_elses_eyes_and_leaves_nothing_beside_it(tmp_path: Path, file: Path) -> None:
    assert names(tmp_path) == {"server", "cadangan.zip"}
    if POSIX:
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_backup_never_takes_the_place_of_a_file(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "cadangan.zip").write_text("mine")
    with pytest.raises(BackupUnusable) as refused:
        back_up(folder, tmp_path / "cadangan.zip")
    assert refused.value.reason == "exists"
    assert (tmp_path / "cadangan.zip").read_text() == "mine"


def test_a_file_that_appears_while_a_backup_is_made_is_not_overwritten(tmp_path: Path, folder: Path) -> None:
    def meanwhile() -> int:
        (tmp_path / "cadangan.zip").write_text("mine")
        return 5

    with pytest.raises(BackupUnusable) as refused:
        back_up(folder, tmp_path / "cadangan.zip", now=meanwhile)
    assert refused.value.reason == "exists"
    assert (tmp_path / "cadangan.zip").read_text() == "mine"


def spoil_database(folder: Path) -> None:
    """Its last page: a table that nothing reads when a server is opened."""
    content = bytearray((folder / DATABASE).read_bytes())
    content[-4096:] = b"\xff" * 4096
    (folder / DATABASE).write_bytes(content)


def other_key(folder: Path) -> None:
    open_server(folder.parent / "stranger").close()
    shutil.copy(folder.parent / "stranger" / KEY_FILE, folder / KEY_FILE)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda folder: (folder / DATABASE).unlink(), NoServer),
        (lambda folder: (folder / KEY_FILE).unlink(), SigningKeyMissing),
        (other_key, SigningKeyWrong),
        (spoil_database, StoreFailed),
        (lambda folder: (folder / RESTORING).touch(), RestoreUnfinished),
    ],
    ids=["no database", "no key", "another key", "damaged", "half restored"],
)
def test_what_could_not_be_restored_is_not_backed_up(
    tmp_path: Path, folder: Path, spoil: Callable[[Path], None], error: type[Exception]
) -> None:
    spoil(folder)
    with pytest.raises(error):
        back_up(folder, tmp_path / "cadangan.zip")
    assert "cadangan.zip" not in names(tmp_path)
    assert list(tmp_path.rglob(".*")) == []


def test_a_backup_where_nothing_can_be_written_is_said(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(BackupUnusable) as refused:
        back_up(folder, tmp_path / "nowhere" / "cadangan.zip")
    assert refused.value.reason == "cannot_be_written"


# Putting one back.


def test_a_restore_sets_aside_what_was_there_and_it_can_still_be_served(
    folder: Path, file: Path, clock: TestClock
) -> None:
    first = restore(folder, file, now=clock.now)
    assert visits(folder) == [1]
    assert first.aside == folder / "before-restore-20251122T082640Z"
    assert visits(first.aside) == [1, 2]
    changed(folder, lambda server: write(server, 3))
    second = restore(folder, file, now=clock.now)
    assert second.aside == folder / "before-restore-20251122T082640Z-2"
    assert visits(second.aside) == [1, 3]
    assert visits(folder) == [1]
    assert names(folder) == {DATABASE, KEY_FILE, first.aside.name, second.aside.name}


def test_what_a_crashed_server_had_not_written_back_is_set_aside_with_it(
    tmp_path: Path, folder: Path, file: Path
) -> None:
    server = open_server(folder)
    write(server, 3)
    shutil.copytree(folder, tmp_path / "crashed")  # its last work is in the -wal
    server.close()
    assert (tmp_path / "crashed" / f"{DATABASE}-wal").stat().st_size > 0
    restored = restore(tmp_path / "crashed", file)
    assert visits(tmp_path / "crashed") == [1]
    assert restored.aside is not None
    assert visits(restored.aside) == [1, 2, 3]


def test_nothing_is_replaced_under_a_server_that_is_open(folder: Path, file: Path) -> None:
    one, two = open_server(folder), open_server(folder)  # serve, and a command beside it
    write(one, 3)
    write(two, 4)
    one.close()
    with pytest.raises(ServerRunning):
        restore(folder, file)
    two.close()
    assert visits(folder) == [1, 2, 3, 4]
    restore(folder, file)


def test_nobody_opens_a_server_while_it_is_restored(tmp_path: Path, folder: Path, file: Path) -> None:
    with alone_in(folder):
        for work in (lambda: open_server(folder), lambda: back_up(folder, tmp_path / "other.zip")):
            with pytest.raises(StoreFailed) as refused:
                work()
            assert refused.value.reason == "busy"
        with pytest.raises(ServerRunning):
            restore(folder, file)
    assert visits(folder) == [1, 2]


def test_another_servers_backup_goes_into_an_empty_folder_only(
    tmp_path: Path, folder: Path, file: Path
) -> None:
    open_server(tmp_path / "stranger").close()
    with pytest.raises(BackupUnusable) as refused:
        restore(tmp_path / "stranger", file)
    assert refused.value.reason == "other_server"
    assert names(tmp_path / "stranger") == {DATABASE, KEY_FILE}
    restore(tmp_path / "new" / "folder", file)
    assert visits(tmp_path / "new" / "folder") == [1]
    if POSIX:
        assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "new" / "folder" / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_damaged_backup_changes_nothing(tmp_path: Path, folder: Path, file: Path) -> None:
    content, dice = file.read_bytes(), random.Random(1)
    bad = tmp_path / "rusak.zip"
    reasons = []
    for number in range(60):
        broken = bytearray(content)
        if number % 3:
            broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        else:
            del broken[dice.randrange(len(broken)) :]
        bad.write_bytes(broken)
        try:
            restore(tmp_path / f"try-{number}", bad)
        except BackupUnusable as error:
            reasons.append(error.reason)
            assert names(tmp_path / f"try-{number}") == set()
        else:  # a bit that means nothing: a date in the container
            assert visits(tmp_path / f"try-{number}") == [1]
    assert set(reasons) == {"damaged", "not_a_backup"}
    assert len(reasons) > 40
    before = {name: (folder / name).read_bytes() for name in (DATABASE, KEY_FILE)}
    bad.write_bytes(content[: len(content) // 2])
    with pytest.raises(BackupUnusable):
        restore(folder, bad)
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before


def test_a_backup_with_another_database_in_it_is_refused(tmp_path: Path, folder: Path, file: Path) -> None:
    other = tmp_path / "campuran.zip"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as mixed:
        for name in source.namelist():
            mixed.writestr(name, source.read(name))
    restore(tmp_path / "whole", other)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as mixed:
        for name in source.namelist():
            content = (folder / DATABASE).read_bytes() if name == DATABASE else source.read(name)
            mixed.writestr(name, content)
    with pytest.raises(BackupUnusable) as refused:
        restore(tmp_path / "mixed", other)
    assert refused.value.reason in ("damaged", "not_a_backup")
    assert names(tmp_path / "mixed") == set()


def test_a_file_that_is_no_backup_is_said(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "lain.zip"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("surat.txt", "halo")
    text = tmp_path / "catatan.txt"
    text.write_text("halo")
    found = []
    for path in (other, text, tmp_path / "hilang.zip"):
        with pytest.raises(BackupUnusable) as refused:
            restore(folder, path)
        found.append(refused.value.reason)
    assert found == ["not_a_backup", "not_a_backup", "missing"]
    assert names(folder) == {DATABASE, KEY_FILE}


@pytest.mark.parametrize("moves", range(4))
def test_a_restore_that_is_killed_in_the_middle_is_noticed_and_can_be_repeated(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    left = moves
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(Killed):
            restore(folder, file)
    with pytest.raises(RestoreUnfinished):
        open_server(folder)
    restore(folder, file)
    assert visits(folder) == [1]
    kept = list(folder.glob(f"before-restore-*/{DATABASE}"))
    assert [1, 2] in [_visits_of(path) for path in kept]


def _visits_of(database: Path) -> list[int]:
    """Of a database that may have lost its key to another folder."""
    shutil.copy(database.parents[1] / KEY_FILE, database.parent / KEY_FILE)
    return visits(database.parent)
