"""What whoever runs a centre does for its history: what was put aside, backups, a lost day come back."""

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests

from kopdesk.app import App
from kopdesk.cli.main import main
from kopdesk.domain.states import Role
from kopdesk.server.lock import LOCK_FILE, SERVING_FILE
from kopdesk.server.opening import DATABASE, KEY_FILE
from kopdesk.server.serving import running_server
from kopdesk.settings import Settings
from tests.cli.conftest import Desk, Ran
from tests.support.world import PASSWORD, MemoryKeyStore, World

LOCKS = (LOCK_FILE, SERVING_FILE)


class Centre:
    """A server's folder, the commands on it, and the same address whenever it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = App(settings=Settings(app_version="0.1.0", data=folder, device_name=""))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def run(self, *words: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        words = ("server", *words, "--data", str(self.folder))
        code = main(words, io.BytesIO(), out, err, app=self.app)
        return Ran(code, out.getvalue(), err.getvalue())

    def serve_again(self) -> Ran:
        """As a program would that is started twice."""
        command = [sys.executable, "-m", "kopdesk", "serve", "--data", str(self.folder), "--port", "0"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    def done(self, *words: str) -> Any:
        ran = self.run(*words)
        assert ran.code == 0, ran.err
        return ran.json

    @contextmanager
    def running(self) -> Iterator[str]:
        with running_server(self.folder, port=self.port) as url:
            yield url


@contextmanager
def serving(centre: Centre) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """As a process of its own; gone at the end whatever happens. Gives its address as well."""
    command = [sys.executable, "-m", "kopdesk", "serve", "--data", str(centre.folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())["serving"]
        finally:
            process.kill()


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """One cooperative with two assistants; a PMO decides. Not running."""
    world = World(tmp_path)
    cooperative = world.cooperative()
    for login in ("sari", "budi"):
        world.person(login, cooperative)
    world.person("hadi", role=Role.PMO)
    world.close()
    return Centre(tmp_path / "server")


@pytest.fixture
def cooperative(centre: Centre) -> str:
    (row,) = [row for row in centre.done("dump", "--json") if row["type"] == "cooperative"]
    return str(UUID(row["id"]))


def laptop(centre: Centre, url: str, login: str) -> Desk:
    """Enrolled over HTTP and synchronised."""
    key_store = MemoryKeyStore()
    data = centre.folder.parent / f"laptop-{login}"
    settings = Settings(app_version="0.1.0", data=data, device_name=f"laptop-{login}")
    app = App(settings=settings, dice=lambda: 0.0, key_store=lambda: key_store)
    desk = Desk(data / "profile", app)
    assert desk.enrol(url, login, PASSWORD).code == 0
    desk.sync()
    return desk


def a_visit(cooperative: str, day: int, notes: str) -> dict[str, Any]:
    return {"cooperative_id": cooperative, "visited_on": f"2026-11-{day:02d}", "notes": notes}


def test_a_second_server_on_the_same_folder_is_refused_and_commands_go_on(
    centre: Centre, tmp_path: Path
) -> None:
    with serving(centre):
        second = centre.serve_again()
        assert second.code == 1
        assert second.sentence.startswith("Server di ")
        assert "sudah berjalan di proses lain" in second.sentence
        assert centre.run("backup", str(tmp_path / "cadangan.zip")).code == 0
        assert centre.done("device", "list", "--json") == []
    with serving(centre) as (process, _url):  # killed, it leaves nothing behind
        assert process.poll() is None


# What was put aside.


@pytest.fixture
def aside(centre: Centre, cooperative: str) -> list[str]:
    """Two leaves of a visit that Sari wrote when the cooperative was hers no more."""
    with centre.running() as url:
        sari = laptop(centre, url, "sari")
        assert centre.run("unassign", "sari", cooperative).code == 0
        sari.put("visit", **a_visit(cooperative, 20, "Kas cocok."))
        assert sari.sync()["quarantined"] == 2
    return [row["entry"] for row in centre.done("quarantine", "list", "--json")]


def test_what_waits_is_listed_for_people_and_for_programs(centre: Centre, aside: list[str]) -> None:
    rows = centre.done("quarantine", "list", "--json")
    assert {(row["author"], row["path"], row["reason"]) for row in rows} == {
        ("sari", "notes", "withdrawn_channel"),
        ("sari", "visited_on", "withdrawn_channel"),
    }
    lines = centre.run("quarantine", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == aside
    for line, value in zip(lines, ("Kas cocok.", "20 November 2026"), strict=True):
        assert "Koperasi Desa Merah Putih Peridan › Kunjungan 20 November 2026, " in line
        assert f"“{value}”. Sari (sari), " in line
        assert line.endswith("Penugasan penulisnya sudah diakhiri.")
    assert (
        centre.done("quarantine", "list", "--json", "--user", "sari", "--cooperative", "64.08.05.2003")
        == rows
    )
    assert centre.done("quarantine", "list", "--json", "--user", "budi") == []
    assert centre.run("quarantine", "list", "--user", "budi").out == "Tidak ada titipan.\n"
    assert "ejaan" in centre.run("quarantine", "list", "--user", "nobody").sentence
    assert centre.done("quarantine", "list", "--json", "--decided") == []


def test_released_work_reaches_the_other_laptop_under_its_authors_name(
    centre: Centre, cooperative: str, aside: list[str]
) -> None:
    with centre.running() as url:
        released = centre.done("quarantine", "release", *aside, "--by", "hadi")
        assert [row["outcome"] for row in released] == ["applied", "applied"]
        again = centre.done("quarantine", "release", *aside)
        assert [(row["outcome"], row["already"]) for row in again] == [("applied", True)] * 2
        (visit,) = laptop(centre, url, "budi").run("list", "visit").json
        assert visit["notes"] == "Kas cocok."
    assert centre.done("quarantine", "list", "--json") == []
    decided = centre.done("quarantine", "list", "--json", "--decided")
    assert {(row["author"], row["decided_by"], row["outcome"]) for row in decided} == {
        ("sari", "hadi", "applied")
    }


def test_dropped_work_stays_in_the_log_with_the_reason(centre: Centre, aside: list[str]) -> None:
    first, second = aside
    assert centre.run("quarantine", "drop", first).code == 2
    assert centre.run("quarantine", "drop", first, "--reason", " ").sentence.startswith(
        "Alasannya belum ada."
    )
    (dropped,) = centre.done("quarantine", "drop", first, "--reason", "Sudah ditulis ulang.")
    assert (dropped["entry"], dropped["outcome"]) == (first, "dropped")
    assert [row["entry"] for row in centre.done("quarantine", "list", "--json")] == [second]
    (line,) = centre.run("quarantine", "list", "--decided").out.splitlines()
    assert "hadi, " in line
    assert line.endswith("Tidak dipakai. “Sudah ditulis ulang.”")


def test_what_cannot_be_released_is_said_and_goes_on_waiting(
    centre: Centre, cooperative: str, aside: list[str]
) -> None:
    assert "0123" in centre.run("quarantine", "release", "0123").sentence
    assert "siti" in centre.run("quarantine", "release", *aside, "--by", "siti").sentence
    told = centre.run("quarantine", "release", *aside, "--by", "sari").sentence
    assert told == (
        "Akun “sari” bukan peninjau yang bisa memutuskan. Sebut salah satu: hadi."
        " Di baris perintah: --by AKUN."
    )
    assert [row["entry"] for row in centre.done("quarantine", "list", "--json")] == aside


# Backups.


def test_a_backup_is_made_while_the_server_runs_and_put_back_only_when_it_does_not(
    centre: Centre, tmp_path: Path
) -> None:
    file = tmp_path / "cadangan.zip"
    with centre.running():
        made = centre.done("backup", str(file))
        assert made["name"] == "Dinas Koperasi"
        assert "sudah ada" in centre.run("backup", str(file)).sentence
        assert "sedang dipakai" in centre.run("restore", str(file)).sentence
    before = centre.run("dump", "--json").out
    restored = centre.done("restore", str(file))
    assert restored["server"] == made["server"]
    assert (Path(restored["aside"]) / DATABASE).exists()
    assert centre.run("dump", "--json").out == before
    assert "bukan cadangan" in centre.run("restore", str(centre.folder / DATABASE)).sentence


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("told", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_server_that_is_told_to_stop_closes_its_files_first(
    centre: Centre, told: signal.Signals, code: int
) -> None:
    before = centre.run("dump", "--json").out
    with serving(centre) as (server, url):
        with requests.Session() as laptop:  # keeps its connection
            assert laptop.get(f"{url}/health", timeout=20).ok
            assert centre.run("user", "disable", "budi").code == 0
            assert (centre.folder / f"{DATABASE}-wal").stat().st_size > 0
            server.send_signal(told)
            out, err = server.communicate(timeout=30)
        assert (server.returncode, out, err) == (code, b"", b"")
    assert {path.name for path in centre.folder.iterdir()} == {DATABASE, KEY_FILE, *LOCKS}
    assert centre.run("dump", "--json").out == before


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_server_that_is_told_twice_still_closes_its_files(centre: Centre) -> None:
    with serving(centre) as (server, _):
        assert centre.run("user", "disable", "budi").code == 0
        while server.poll() is None:
            server.send_signal(signal.SIGTERM)
            time.sleep(0.01)
        # A signal that comes when all is closed and Python itself is ending may be what ends it.
        assert server.returncode in (0, -signal.SIGTERM)
    assert not (centre.folder / f"{DATABASE}-wal").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_server_in_another_process_is_not_restored_under_its_hands(centre: Centre, tmp_path: Path) -> None:
    file = tmp_path / "cadangan.zip"
    centre.done("backup", str(file))
    with serving(centre) as (server, _):
        assert centre.run("user", "disable", "budi").code == 0  # commands beside it still work
        assert "sedang dipakai" in centre.run("restore", str(file)).sentence
        server.kill()
        server.communicate(timeout=30)
    assert centre.run("restore", str(file)).code == 0  # a killed server leaves no lock behind


def test_the_help_says_that_a_backup_holds_the_key(centre: Centre) -> None:
    out = io.StringIO()
    assert main(["server", "backup", "--help"], io.BytesIO(), out, io.StringIO(), app=centre.app) == 0
    assert "kunci server" in " ".join(out.getvalue().split())


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_old_file_beside_the_wal_of_a_killed_server_is_refused_with_the_remedy(
    centre: Centre, tmp_path: Path
) -> None:
    centre.done("backup", str(tmp_path / "cadangan.zip"))
    shutil.copy(centre.folder / DATABASE, tmp_path / "server.db")
    before = centre.run("dump", "--json").out
    assert centre.run("user", "disable", "sari").code == 0
    with serving(centre) as (server, _):
        assert centre.run("user", "disable", "budi").code == 0
        server.kill()
        server.communicate(timeout=30)
    shutil.copy(tmp_path / "server.db", centre.folder / DATABASE)
    command = [sys.executable, "-m", "kopdesk", "serve", "--data", str(centre.folder), "--port", "0"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "server.db-wal" in refused.stderr
    assert "kopdesk server restore" in refused.stderr
    assert centre.run("dump", "--json").sentence == refused.stderr.strip()
    assert (centre.folder / f"{DATABASE}-wal").stat().st_size > 0
    centre.done("restore", str(tmp_path / "cadangan.zip"))
    assert centre.run("dump", "--json").out == before


@pytest.mark.parametrize("way", ["restored", "put back behind its back"])
def test_a_server_from_yesterdays_backup_gets_its_lost_day_back_from_the_laptops(
    centre: Centre, cooperative: str, tmp_path: Path, way: str
) -> None:
    channel = f"coop/{cooperative}"
    with centre.running() as url:
        sari, budi = laptop(centre, url, "sari"), laptop(centre, url, "budi")
        gone = sari.put("visit", **a_visit(cooperative, 1, "Akan dihapus."))["id"]
        sari.sync()
        budi.sync()
        centre.done("backup", str(tmp_path / "cadangan.zip"))
    shutil.copy(centre.folder / DATABASE, tmp_path / "server.db")
    with centre.running():  # the day that will be lost
        visit = sari.put("visit", **a_visit(cooperative, 2, "Kas cocok. Buku lengkap."))["id"]
        assert sari.run("delete", "visit", gone).code == 0
        sari.sync()
        budi.sync()
        budi.put("visit", id=visit, notes="Kas cocok. Buku lengkap. Stok kurang.")
        budi.put("cooperative", id=cooperative, principal_saving=100_000)
        budi.sync()
        sari.sync()
    sari.put("visit", **a_visit(cooperative, 3, "Ditulis selagi server mati."))
    if way == "restored":
        centre.done("restore", str(tmp_path / "cadangan.zip"))
    else:
        shutil.copy(tmp_path / "server.db", centre.folder / DATABASE)
    assert "Stok kurang" not in centre.run("dump", "--json").out
    with centre.running():
        for desk in (sari, budi, sari, budi):
            assert desk.sync().get("error") is None
        assert [desk.unsent() for desk in (sari, budi)] == [0, 0]
        assert [desk.run("conflicts", "--json").json for desk in (sari, budi)] == [[], []]
        dumps = [
            [row for row in ran.json if row["channel"] == channel]
            for ran in (sari.run("dump", "--json"), budi.run("dump", "--json"), centre.run("dump", "--json"))
        ]
    assert dumps[0] == dumps[1] == dumps[2]
    visits = {row["id"]: row for row in dumps[2] if row["type"] == "visit"}
    assert visits[gone]["deleted"]
    assert visits[visit]["leaves"]["notes"] == "Kas cocok. Buku lengkap. Stok kurang."
    assert "Ditulis selagi server mati." in {row["leaves"].get("notes") for row in visits.values()}
    (profile,) = [row for row in dumps[2] if row["type"] == "cooperative"]
    assert profile["leaves"]["principal_saving"] == 100_000
    assert centre.done("quarantine", "list", "--json") == []
