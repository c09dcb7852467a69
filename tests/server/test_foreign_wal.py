"""A database and a WAL of different moments are never mixed; those of one moment open, come what may."""

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlcipher3 import dbapi2

from kopdesk.domain.records import RecordKey
from kopdesk.server import engine, wal
from kopdesk.server.backups import back_up, restore
from kopdesk.server.errors import ForeignWal
from kopdesk.server.listing import dump
from kopdesk.server.lock import LOCK_FILE
from kopdesk.server.office import change
from kopdesk.server.opening import DATABASE, Server, open_server
from kopdesk.server.wal import WAL, wal_fits
from tests.support.server_parts import PERIDAN_CHANNEL, two_cooperatives

LOG = DATABASE + WAL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A centre that is not running, with a visit."""
    with closing(open_server(tmp_path / "server")) as server:
        two_cooperatives(server)
        write(server, 1)
    return tmp_path / "server"


def write(server: Server, *numbers: int, notes: str = "Kas cocok.") -> None:
    for number in numbers:
        changed = {RecordKey("visit", UUID(int=number)): {"notes": notes}}
        with server.store.writing() as tx:
            change(tx, server.office(), PERIDAN_CHANNEL, changed)


def visits(folder: Path) -> list[int]:
    with closing(open_server(folder)) as server:
        return [UUID(row["id"]).int for row in dump(server) if row["type"] == "visit"]


def checkpoint(folder: Path, kind: str = "PASSIVE") -> None:
    """Beside a server that is open."""
    with closing(dbapi2.connect(str(folder / DATABASE))) as connection:
        connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchall()


@contextmanager
def killed(folder: Path) -> Iterator[Server]:
    """A server that is killed at the end of the block: its files stay as they were at that moment."""
    left = folder.parent / "left"
    with closing(open_server(folder)) as server:
        yield server
        shutil.copytree(folder, left)
    shutil.rmtree(folder)
    left.rename(folder)
    assert (folder / LOG).stat().st_size > 0


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.iterdir() if path.is_file() and path.name != LOCK_FILE]
    return {path.name: path.read_bytes() for path in files}


# What is refused.


def is_refused(folder: Path) -> bool:
    """And nothing of it is touched."""
    before = contents(folder)
    with pytest.raises(ForeignWal):
        open_server(folder)
    with pytest.raises(ForeignWal):
        back_up(folder, folder.parent / "no.zip")
    return contents(folder) == before


def test_an_older_file_beside_the_wal_of_a_killed_server_is_refused(tmp_path: Path, folder: Path) -> None:
    shutil.copy(folder / DATABASE, tmp_path / "old.db")
    with closing(open_server(folder)) as server:
        write(server, 2)
    with killed(folder) as server:
        write(server, 3)
    shutil.copy(folder / DATABASE, tmp_path / "present.db")
    shutil.copy(tmp_path / "old.db", folder / DATABASE)
    assert is_refused(folder)
    shutil.copy(tmp_path / "present.db", folder / DATABASE)
    assert visits(folder) == [1, 2, 3]


def test_what_is_refused_opens_once_the_wal_is_moved_away(tmp_path: Path, folder: Path) -> None:
    shutil.copy(folder / DATABASE, tmp_path / "old.db")
    with closing(open_server(folder)) as server:
        write(server, 2)
    with killed(folder) as server:
        write(server, 3)
    shutil.copy(tmp_path / "old.db", folder / DATABASE)
    assert is_refused(folder)
    for name in (LOG, DATABASE + "-shm"):
        (folder / name).replace(tmp_path / name)
    assert visits(folder) == [1]


def test_what_is_refused_can_be_restored_and_is_set_aside_whole(tmp_path: Path, folder: Path) -> None:
    back_up(folder, tmp_path / "cadangan.zip")
    shutil.copy(folder / DATABASE, tmp_path / "old.db")
    with closing(open_server(folder)) as server:
        write(server, 2)
    with killed(folder) as server:
        write(server, 3)
    shutil.copy(tmp_path / "old.db", folder / DATABASE)
    before = contents(folder)
    restored = restore(folder, tmp_path / "cadangan.zip")
    assert visits(folder) == [1]
    assert restored.aside is not None
    assert contents(restored.aside)[LOG] == before[LOG]
    assert is_refused(restored.aside)


def test_a_newer_file_beside_an_older_wal_is_refused(tmp_path: Path, folder: Path) -> None:
    with closing(open_server(folder)) as server:
        write(server, 2)
        shutil.copy(folder / LOG, tmp_path / "old-wal")
        write(server, 3)
    shutil.copy(tmp_path / "old-wal", folder / LOG)
    assert is_refused(folder)


def test_the_file_of_a_past_that_took_another_way_is_refused(tmp_path: Path, folder: Path) -> None:
    """As many transactions from the same beginning: nothing but their names tells them apart."""
    shutil.copytree(folder, tmp_path / "other")
    with closing(open_server(tmp_path / "other")) as server:
        write(server, 2)
    with killed(folder) as server:
        write(server, 2)
    shutil.copy(tmp_path / "other" / DATABASE, folder / DATABASE)
    assert is_refused(folder)


def test_what_lies_behind_a_wal_that_was_begun_anew_is_no_part_of_it(tmp_path: Path, folder: Path) -> None:
    with killed(folder) as server:
        write(server, *range(2, 12))
        checkpoint(folder)
        shutil.copy(folder / DATABASE, tmp_path / "old.db")
        with server.store.reading() as tx:
            assert tx.identity() is not None  # while it is here, the WAL is not begun anew
            write(server, 12)
        checkpoint(folder)
        write(server, 13)
    shutil.copy(tmp_path / "old.db", folder / DATABASE)
    assert is_refused(folder)


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b""), Path.unlink], ids=["emptied", "gone"])
def test_a_wal_is_not_thrown_away_for_want_of_its_file(folder: Path, spoil: Callable[[Path], None]) -> None:
    with killed(folder) as server:
        write(server, 2)
    log = (folder / LOG).read_bytes()
    spoil(folder / DATABASE)
    assert not wal_fits(folder / DATABASE)
    (folder / "server-key.json").unlink()  # without which this is no server that lost its data
    with pytest.raises(ForeignWal):
        open_server(folder)
    assert (folder / LOG).read_bytes() == log


# What is opened.


def test_a_killed_server_opens_with_all_it_had(folder: Path) -> None:
    with killed(folder) as server:
        write(server, 2)
    assert visits(folder) == [1, 2]
    with killed(folder) as server:  # once more, from where the first one was killed
        write(server, 3)
        write(server, 3, notes="Buku lengkap.")
    assert visits(folder) == [1, 2, 3]


def test_a_file_that_checkpoints_had_moved_on_fits_at_every_moment(tmp_path: Path, folder: Path) -> None:
    with closing(open_server(folder)) as server:
        for number in range(2, 6):
            write(server, number)
            with server.store.reading() as tx:
                assert tx.identity() is not None  # from here on it holds back what comes later
                write(server, number + 10)
                checkpoint(folder)
                shutil.copytree(folder, tmp_path / f"half-{number}")
            checkpoint(folder)
            shutil.copytree(folder, tmp_path / f"whole-{number}")
        write(server, 6)  # the WAL is begun anew
        shutil.copytree(folder, tmp_path / "anew-6")
    assert (tmp_path / "half-3" / DATABASE).read_bytes() != (tmp_path / "whole-3" / DATABASE).read_bytes()
    for number in range(2, 6):
        expected = [1, *range(2, number + 1), *range(12, number + 11)]
        assert visits(tmp_path / f"half-{number}") == expected
        assert visits(tmp_path / f"whole-{number}") == expected
    assert visits(tmp_path / "anew-6") == [1, 2, 3, 4, 5, 6, 12, 13, 14, 15]


def test_an_older_file_that_the_wal_brings_up_to_date_is_opened_and_misses_nothing(
    tmp_path: Path, folder: Path
) -> None:
    shutil.copy(folder / DATABASE, tmp_path / "as-it-began.db")
    with killed(folder) as server:
        write(server, 2)
        checkpoint(folder)
    shutil.copy(tmp_path / "as-it-began.db", folder / DATABASE)
    assert visits(folder) == [1, 2]
    assert intact(folder)


def intact(folder: Path) -> bool:
    with closing(dbapi2.connect(str(folder / DATABASE))) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


@pytest.mark.parametrize("torn", ["cut off", "overwritten", "header"])
def test_a_wal_from_which_nothing_would_be_taken_is_as_good_as_none(
    tmp_path: Path, folder: Path, torn: str
) -> None:
    """A power cut may leave the beginning of a WAL beside a file that knows nothing of it."""
    shutil.copy(folder / DATABASE, tmp_path / "old.db")
    with closing(open_server(folder)) as server:
        write(server, 2)
    with killed(folder) as server:
        write(server, 3)
    log = bytearray((folder / LOG).read_bytes())
    if torn == "cut off":
        del log[32 + 24 + 4096 :]
    else:
        log[31 if torn == "header" else 32 + 24 + 300] ^= 1
    (folder / LOG).write_bytes(log)
    shutil.copy(tmp_path / "old.db", folder / DATABASE)
    assert visits(folder) == [1]


def test_a_database_without_names_is_opened_and_gets_them(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older_program:
        older_program.setattr(engine, "name_transaction", lambda connection: None)
        with killed(tmp_path / "first") as server:
            two_cooperatives(server)
            write(server, 1)
    with killed(tmp_path / "first") as server:
        write(server, 2)
    assert visits(tmp_path / "first") == [1, 2]
    shutil.copy(tmp_path / "first" / DATABASE, tmp_path / "old.db")
    with closing(open_server(tmp_path / "first")) as server:
        write(server, 3)
    with killed(tmp_path / "first") as server:
        write(server, 4)
    shutil.copy(tmp_path / "old.db", tmp_path / "first" / DATABASE)
    assert is_refused(tmp_path / "first")


def test_whoever_opens_beside_a_busy_server_is_never_refused(folder: Path) -> None:
    done = threading.Event()
    with closing(open_server(folder)) as server:
        with server.store.writing() as tx:
            tx._connection.exec_driver_sql("PRAGMA wal_autocheckpoint=8")

        def go_on() -> None:
            write(server, *range(2, 150))
            done.set()

        writer = threading.Thread(target=go_on)
        writer.start()
        looked = 0
        while not done.is_set():
            assert wal_fits(folder / DATABASE)
            looked += 1
        writer.join()
    assert looked > 10


def test_a_wal_that_is_begun_anew_while_it_is_looked_at_is_looked_at_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_server(folder)) as server:
        write(server, 2)
        looked: list[int | None] = []

        def name_of_file(database: Path, look: Any = wal._name_of_file) -> int | None:
            looked.append(look(database))
            if len(looked) == 1:
                checkpoint(folder)
                write(server, 3)
            return looked[-1]

        monkeypatch.setattr(wal, "_name_of_file", name_of_file)
        assert wal_fits(folder / DATABASE)
        assert len(looked) == 2


def test_what_changes_nothing_writes_nothing(folder: Path) -> None:
    with closing(open_server(folder)) as server:
        assert (folder / LOG).stat().st_size == 0
        with server.store.writing() as tx:
            assert tx.identity() is not None
        assert (folder / LOG).stat().st_size == 0
        write(server, 2)
        assert (folder / LOG).stat().st_size > 0


# Any file beside any WAL.


@dataclass(frozen=True, slots=True)
class Moment:
    """What lay in the folder, and what the server would have said it holds."""

    file: bytes
    log: bytes
    content: object


@pytest.mark.parametrize("seed", range(3))
def test_what_fits_gives_the_state_of_the_wal_and_what_was_together_fits(tmp_path: Path, seed: int) -> None:
    moments = list(a_history(tmp_path / "server", random.Random(seed)))
    refused = 0
    for file_of in moments:
        for log_of in moments:
            if not log_of.log:
                continue  # nothing is mixed: a file put back alone, which laptops notice
            (tmp_path / DATABASE).write_bytes(file_of.file)
            (tmp_path / LOG).write_bytes(log_of.log)
            if wal_fits(tmp_path / DATABASE):
                assert content(tmp_path / DATABASE) == log_of.content
            else:
                assert file_of is not log_of
                refused += 1
    assert refused > len(moments)


def a_history(folder: Path, dice: random.Random) -> Iterator[Moment]:
    """Writes, checkpoints held back or not, a server that is closed or killed, an old file put back."""
    kept: list[Moment] = []
    for _ in range(6):
        if kept and dice.random() < 0.3:
            (folder / DATABASE).write_bytes(dice.choice(kept).file)
            (folder / LOG).unlink(missing_ok=True)
        with closing(open_server(folder)) as server, server.store.reading() as tx:
            for _ in range(dice.randrange(1, 5)):
                write(server, dice.randrange(50), notes="Kas dihitung. " * dice.choice((1, 500)))
                if dice.random() < 0.2:
                    tx.identity()  # from here on it holds back what comes later
                if dice.random() < 0.5:
                    checkpoint(folder)
                kept.append(this_moment(folder))
                yield kept[-1]
        if dice.random() < 0.5:  # it was killed
            left = kept[-1]
            (folder / DATABASE).write_bytes(left.file)
            (folder / LOG).write_bytes(left.log)


def this_moment(folder: Path) -> Moment:
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    moment = Moment((copy / DATABASE).read_bytes(), (copy / LOG).read_bytes(), content(copy / DATABASE))
    shutil.rmtree(copy)
    return moment


def content(database: Path) -> object:
    with closing(dbapi2.connect(str(database))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = ("identity", "revisions", "changes", "leaves")
        return [sorted(map(repr, connection.execute(f"SELECT * FROM {t}"))) for t in tables]  # noqa: S608
