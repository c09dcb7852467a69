"""Whatever was reported as saved is there after SIGKILL, with its edits; nothing else is half there."""

import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from kopdesk.domain.records import RecordKey
from kopdesk.storage.database import Database
from kopdesk.storage.keychain import DATABASE_KEY
from kopdesk.usecases.records import list_records
from tests.support.world import World

ROOT = Path(__file__).parents[2]


def run_and_kill(folder: Path, key: bytes, cooperative: UUID, seconds: float) -> dict[UUID, str]:
    """Let a worker save for so long after its first report; returns what it reported."""
    command = [sys.executable, "-m", "tests.kills.worker", str(folder), str(cooperative), "1000000"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(key.hex() + "\n")
        worker.stdin.close()
        worker.stdin = None
        first = worker.stdout.readline()
        time.sleep(seconds)
        worker.kill()
        lines = [first, *worker.stdout.read().splitlines(keepends=True)]
    reported = [line.rstrip("\n").split(" ", 1) for line in lines if line.endswith("\n")]
    return {UUID(record_id): notes for record_id, notes in reported}


def check(folder: Path, key: bytes, reported: dict[UUID, str]) -> None:
    database = Database.open(folder, key)
    try:
        with database.reading() as work:
            assert work.connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert work.connection.execute(text("PRAGMA cipher_integrity_check")).all() == []
            edited = {(key, path) for _, key, path, _ in work.records.edits()}
            visits = {stored.key: stored for stored in work.records.list_all("visit")}
        for record_id, notes in reported.items():
            visit = RecordKey("visit", record_id)
            assert visits[visit].shown["notes"] == notes
        for visit, stored in visits.items():
            assert set(stored.shown) == {"visited_on", "notes"}
            assert {(visit, "visited_on"), (visit, "notes")} <= edited
    finally:
        database.close()


def kills(world: World, count: int, seed: int) -> int:
    """Kill so many times at random moments; returns how many saves were reported in all."""
    coop = world.cooperative()
    world.person("rina", coop)
    laptop = world.laptop("rina")
    assert laptop.sync().error is None
    key = laptop.keychain.get(DATABASE_KEY)
    assert key is not None
    laptop.close()
    chance = random.Random(seed)
    reported: dict[UUID, str] = {}
    for _ in range(count):
        new = run_and_kill(laptop.folder, key, coop, chance.uniform(0, 0.06))
        assert new
        reported |= new
        check(laptop.folder, key, reported)
    assert len(list_records(laptop.desk, "visit")) >= len(reported)
    return len(reported)


def test_twenty_kills_lose_nothing_that_was_saved(world: World) -> None:
    assert kills(world, 20, seed=1) >= 20


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_three_hundred_kills_lose_nothing_that_was_saved(world: World) -> None:
    assert kills(world, 300, seed=2) >= 300
