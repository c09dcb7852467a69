"""`python3 dev.py bench`: how long things take, where possible as ratios to a floor of the same run."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from kopdesk.sample import district, field_day
from kopdesk.sample.loading import load
from kopdesk.storage.keychain import DATABASE_KEY
from kopdesk.usecases.records import put_record
from tests.support.world import PASSWORD, World

ROUNDS = 7
MODULES = (
    "msgspec",
    "sqlcipher3.dbapi2",
    "cryptography.hazmat.primitives.ciphers.aead",
    "requests",
    "keyring",
    "sqlalchemy",
    "PySide6.QtWidgets",
    "starlette.applications",
    "kopdesk.cli.main",
    "kopdesk.storage.database",
)


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def python(code: str, *arguments: str, stdin: str = "") -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, input=stdin).stdout


def imports() -> None:
    bare = median_ms(lambda: python("pass"))
    print(f"imports, over a bare interpreter ({bare:.0f} ms)")
    for module in MODULES:
        whole = median_ms(lambda module=module: python(f"import {module}"))  # type: ignore[misc]
        print(f"  {module:45} +{whole - bare:5.0f} ms   {whole / bare:4.1f} x")


OPENING = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from kopdesk.storage.database import Database
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.records import list_records
imported = time.perf_counter()
database = Database.open(Path(sys.argv[1]), bytes.fromhex(sys.stdin.read()))
with database.reading() as work:
    owner = work.profile.owner()
desk = Desk(database=database, attachments=None, owner=owner, now=None, random_bytes=None)
found = list_records(desk, "cooperative")
listed = time.perf_counter()
print(json.dumps([imported - start, listed - imported, len(found),
                  resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def a_profile(folder: Path) -> tuple[Path, bytes, World]:
    world = World(folder)
    sample = district("kutai-timur", seed=1, today=date(2026, 11, 22))
    load(world.server, sample, password=PASSWORD)
    laptop = world.laptop("rahmat")
    start = time.perf_counter()
    summary = laptop.sync()
    assert summary.error is None
    seconds = time.perf_counter() - start
    rate = summary.received / seconds
    print(f"first sync of {summary.received} leaves: {seconds:.1f} s, {rate:.0f} leaves/s, server included")
    key = laptop.keychain.get(DATABASE_KEY)
    assert key is not None
    return laptop.folder, key, world


def opening(folder: Path, key: bytes) -> None:
    runs = [json.loads(python(OPENING, str(folder), stdin=key.hex())) for _ in range(ROUNDS)]
    imported, listed, count, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    size = (folder / "kopdesk.db").stat().st_size / 1e6
    print(f"a profile of {size:.1f} MB to the first list of {count:.0f} cooperatives")
    print(f"  imports {imported * 1000:.0f} ms, open and list {listed * 1000:.0f} ms")
    print(f"  memory {memory / 1024:.0f} MB")


def saving(world: World) -> None:
    laptop = world.laptops[0]
    today = date(2026, 11, 22)
    day = field_day(district("kutai-timur", seed=1, today=today), today)
    document = {"cooperative_id": str(day.cooperative.id), **day.visit}
    save = median_ms(lambda: put_record(laptop.desk, "visit", document), rounds=100)
    floor = median_ms(bare_commit(laptop.folder.parent / "floor.db"), rounds=100)
    print(f"saving a visit with 3 findings: {save:.1f} ms, {save / floor:.0f} x a bare commit")


def bare_commit(path: Path) -> Callable[[], object]:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    for pragma in (f"key = \"x'{'00' * 32}'\"", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE one (text)")
    return lambda: connection.execute("INSERT INTO one VALUES ('Kas dihitung bersama bendahara.')")


def main() -> None:
    imports()
    with tempfile.TemporaryDirectory() as folder:
        profile, key, world = a_profile(Path(folder))
        saving(world)
        world.close()
        opening(profile, key)


if __name__ == "__main__":
    main()
