"""How often the disk is told to sync, counted from outside by strace."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.storage.keychain import DATABASE_KEY
from tests.support.world import World

ROOT = Path(__file__).parents[2]


def syncs_of(folder: Path, key: bytes, cooperative: UUID, saves: int, log: Path) -> int:
    worker = [sys.executable, "-m", "tests.kills.worker", str(folder), str(cooperative), str(saves)]
    subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(log), *worker],
        cwd=ROOT, input=key.hex() + "\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    return sum("sync(" in line for line in log.read_text(encoding="utf-8").splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="strace is a tool of Linux; the count is the same code's")
def test_saving_a_visit_costs_one_sync_of_the_disk(world: World, tmp_path: Path) -> None:
    coop = world.cooperative()
    world.person("rina", coop)
    laptop = world.laptop("rina")
    laptop.sync()
    key = laptop.keychain.get(DATABASE_KEY)
    assert key is not None
    laptop.close()
    few = syncs_of(laptop.folder, key, coop, 2, tmp_path / "few")
    many = syncs_of(laptop.folder, key, coop, 12, tmp_path / "many")
    assert many - few == 10
