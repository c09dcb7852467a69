"""A restore cut anywhere and repeated with whichever backup: one is served, one set aside, both whole."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain.records import RecordKey
from kopdesk.server import backups
from kopdesk.server.backups import back_up, restore
from kopdesk.server.errors import BackupUnusable, RestoreUnfinished
from kopdesk.server.listing import dump
from kopdesk.server.lock import LOCK_FILE
from kopdesk.server.office import change
from kopdesk.server.opening import DATABASE, KEY_FILE, RESTORING, Server, open_server, sync_folder
from kopdesk.server.wal import WAL
from tests.support.server_parts import PERIDAN_CHANNEL, two_cooperatives


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A server that was killed: its last work is in the WAL. Two backups were made before."""
    with closing(open_server(tmp_path / "running")) as server:
        two_cooperatives(server)
        for number, name in ((1, "a.zip"), (2, "b.zip")):
            write(server, number)
            back_up(tmp_path / "running", tmp_path / name)
        write(server, 3)
        shutil.copytree(tmp_path / "running", tmp_path / "server")
    shutil.rmtree(tmp_path / "running")
    assert (tmp_path / "server" / (DATABASE + WAL)).stat().st_size > 0
    return tmp_path / "server"


def write(server: Server, number: int) -> None:
    changed = {RecordKey("visit", UUID(int=number)): {"notes": "Kas cocok."}}
    with server.store.writing() as tx:
        change(tx, server.office(), PERIDAN_CHANNEL, changed)


def visits(folder: Path) -> list[int]:
    with closing(open_server(folder)) as server:
        return [UUID(row["id"]).int for row in dump(server) if row["type"] == "visit"]


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.iterdir() if path.is_file() and path.name != LOCK_FILE]
    return {path.name: path.read_bytes() for path in files}


@contextmanager
def killed_at(step: int) -> Iterator[list[str]]:
    """The process ends before that step of its work on files, and cleans nothing up. Gives the steps."""
    taken: list[str] = []

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step_of(*arguments: Any, **options: Any) -> Any:
            if len(taken) >= step:
                if name == "rmtree":
                    return None  # a killed process has no end of its own
                raise Killed
            if name != "rmtree":
                taken.append(name)
            return real(*arguments, **options)

        return step_of

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (os, "fsync")):
            patch.setattr(owner, name, counted(name, getattr(owner, name)))
        patch.setattr(backups, "sync_folder", counted("sync_folder", sync_folder))
        patch.setattr(shutil, "rmtree", counted("rmtree", shutil.rmtree))
        yield taken


def cut(folder: Path, file: Path, step: int) -> bool:
    """Whether the restore was cut before its end."""
    with killed_at(step):
        try:
            restore(folder, file)
        except Killed:
            return True
    return False


def steps_of_a_restore(folder: Path, file: Path) -> int:
    copy = folder.with_name("rehearsal")
    shutil.copytree(folder, copy)
    with killed_at(10_000) as taken:
        restore(copy, file)
    assert taken.count("replace") == len(contents(folder)) + 2
    return len(taken)


def is_whole(folder: Path, served: list[int], before: dict[str, bytes]) -> bool:
    """The folder serves this; beside it lies all that was there before, then what was whole in between."""
    asides = sorted(path for path in folder.glob("before-restore-*") if any(path.iterdir()))
    assert contents(asides[0]) == before
    assert all(visits(aside) in ([1], [1, 2]) for aside in asides[1:])
    assert contents(folder).keys() == {DATABASE, KEY_FILE}
    assert visits(folder) == served
    return visits(asides[0]) == [1, 2, 3]


def test_cut_anywhere_and_repeated_with_another_backup(tmp_path: Path, folder: Path) -> None:
    before, unfinished = contents(folder), 0
    for step in range(steps_of_a_restore(folder, tmp_path / "a.zip")):
        tried = tmp_path / f"cut-{step}"
        shutil.copytree(folder, tried)
        assert cut(tried, tmp_path / "a.zip", step)
        if (tried / RESTORING).exists():
            unfinished += 1
            with pytest.raises(RestoreUnfinished):
                open_server(tried)
            done = restore(tried, tmp_path / "b.zip")
            assert done.aside is not None
            assert contents(done.aside) == before
            assert is_whole(tried, [1, 2], before)
        elif contents(tried) == before:
            restore(tried, tmp_path / "b.zip")
            assert is_whole(tried, [1, 2], before)
        else:
            assert is_whole(tried, [1], before)
    assert unfinished > 8


@pytest.mark.parametrize("seed", range(4))
def test_cut_again_and_again_with_either_backup(tmp_path: Path, folder: Path, seed: int) -> None:
    before, dice = contents(folder), random.Random(seed)
    steps = steps_of_a_restore(folder, tmp_path / "a.zip")
    for number in range(8):
        tried = tmp_path / f"tried-{number}"
        shutil.copytree(folder, tried)
        for _ in range(dice.randrange(2, 5)):
            cut(tried, tmp_path / dice.choice(("a.zip", "b.zip")), dice.randrange(steps))
        restore(tried, tmp_path / "b.zip")
        assert is_whole(tried, [1, 2], before)


def test_another_servers_backup_does_not_end_it(tmp_path: Path, folder: Path) -> None:
    """Also when the key that tells the servers apart lies already where it was set aside."""
    with closing(open_server(tmp_path / "stranger")):
        back_up(tmp_path / "stranger", tmp_path / "other.zip")
    before = contents(folder)
    for step in range(steps_of_a_restore(folder, tmp_path / "a.zip")):
        tried = tmp_path / f"cut-{step}"
        shutil.copytree(folder, tried)
        cut(tried, tmp_path / "a.zip", step)
        with pytest.raises(BackupUnusable) as refused:
            restore(tried, tmp_path / "other.zip")
        assert refused.value.reason == "other_server"
        if (tried / RESTORING).exists():
            restore(tried, tmp_path / "a.zip")
            assert is_whole(tried, [1], before)


def test_cut_in_a_new_folder_and_repeated_with_another_backup(tmp_path: Path, folder: Path) -> None:
    step = 0
    while cut(tmp_path / f"new-{step}", tmp_path / "a.zip", step):
        restore(tmp_path / f"new-{step}", tmp_path / "b.zip")
        assert visits(tmp_path / f"new-{step}") == [1, 2]
        step += 1
    assert step > 8


def test_cut_in_a_new_folder_and_repeated_with_another_servers_backup(tmp_path: Path, folder: Path) -> None:
    """It is that server's, key and all, or goes on being the first one's."""
    with closing(open_server(tmp_path / "stranger")):
        back_up(tmp_path / "stranger", tmp_path / "other.zip")
    step, refused = 0, 0
    while cut(tmp_path / f"new-{step}", tmp_path / "a.zip", step):
        try:
            restore(tmp_path / f"new-{step}", tmp_path / "other.zip")
            assert visits(tmp_path / f"new-{step}") == []
        except BackupUnusable:
            refused += 1
            restore(tmp_path / f"new-{step}", tmp_path / "b.zip")
            assert visits(tmp_path / f"new-{step}") == [1, 2]
        step += 1
    assert 0 < refused < step


def test_a_mark_that_was_not_written_to_its_end_says_that_nothing_was_moved(
    tmp_path: Path, folder: Path
) -> None:
    before = contents(folder)
    (folder / RESTORING).write_bytes(b'{"aside": "before')
    restore(folder, tmp_path / "b.zip")
    assert is_whole(folder, [1, 2], before)


def test_what_was_set_aside_and_then_taken_away_does_not_hinder(tmp_path: Path, folder: Path) -> None:
    for step in range(steps_of_a_restore(folder, tmp_path / "a.zip")):
        tried = tmp_path / f"cut-{step}"
        shutil.copytree(folder, tried)
        cut(tried, tmp_path / "a.zip", step)
        if (tried / RESTORING).exists():
            for aside in tried.glob("before-restore-*"):
                aside.rename(tmp_path / f"kept-{step}")
            restore(tried, tmp_path / "b.zip")
            assert visits(tried) == [1, 2]
