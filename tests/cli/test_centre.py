import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kopdesk.app import App
from kopdesk.cli.main import main
from kopdesk.domain.states import Role
from kopdesk.protocol.codec import decode
from kopdesk.protocol.messages import Batch, Signed
from kopdesk.server.tables import receipts
from kopdesk.settings import Settings
from tests.cli.conftest import Desk, Ran, Village

COOPERATIVES = """\
NIK Koperasi;Nama Koperasi;Kode Desa
6408052003000001;Koperasi Desa Merah Putih Peridan;64.08.05.2003
6408052004000001;Koperasi Desa Merah Putih Susuk Luar;{}
"""


class Centre:
    """Commands on a server's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = App(settings=Settings(app_version="0.1.0", data=folder, device_name=""))

    def run(self, *words: str, given: str = "") -> Ran:
        out, err = io.StringIO(), io.StringIO()
        words = ("server", *words, "--data", str(self.folder))
        code = main(words, io.BytesIO(given.encode()), out, err, app=self.app)
        return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path / "server")


def test_people_get_accounts_cooperatives_and_passwords(village: Village, centre: Centre) -> None:
    added = centre.run("user", "add", "budi", "--name", "Budi Santoso", given="rahasia-budi\n")
    assert added.json["role"] == "assistant"
    assert "rahasia" not in added.out
    assigned = centre.run("assign", "budi", "Koperasi Desa Merah Putih Peridan")
    assert assigned.json["changed"] is True
    assert centre.run("user", "password", "budi", given="rahasia-baru\n").code == 0
    desk = village.new_desk("budi")
    assert desk.enrol(village.url, "budi", "rahasia-budi").code == 1
    assert desk.enrol(village.url, "budi", "rahasia-baru").code == 0
    assert desk.sync()["received"] > 0
    desk.put("visit", **village.visit())
    assert centre.run("unassign", "budi", str(village.cooperative)).json["changed"] is True
    assert desk.sync()["quarantined"] == 2
    assert desk.run("status", "--json").json["to_mend"] == 2
    held = desk.run("mend", "--json").json
    assert {(row["held_at_centre"], row["reason"]) for row in held} == {(True, "withdrawn_channel")}
    assert "Penugasan Anda di koperasi ini sudah diakhiri" in desk.run("mend").out
    assert centre.run("user", "disable", "budi").json["disabled"] is True
    ran = desk.run("sync", "--json")
    assert ran.json["error"] == "account_disabled"
    assert "Dinas" in ran.sentence
    assert centre.run("user", "enable", "budi").json["disabled"] is False
    assert desk.run("sync", "--json").json["error"] is None


def test_what_was_dropped_is_told_with_the_reason_and_can_be_taken_off_the_list(
    village: Village, centre: Centre, desk: Desk
) -> None:
    centre.run("user", "add", "hadi", "--name", "Hadi", "--role", "pmo", given="rahasia-hadi\n")
    desk.put("visit", **village.visit())
    centre.run("unassign", "sari", str(village.cooperative))
    desk.sync()
    held, other = desk.run("mend", "--json").json
    ran = desk.run("mend", "--done", held["entry"])
    assert (ran.code, ran.sentence.split(",")[0]) == (1, "Isian ini masih dititipkan di pusat")
    names = [row["entry"] for row in centre.run("quarantine", "list", "--json").json]
    assert {row["aside"] for row in (held, other)} == set(names)
    shown = desk.run("mend").out
    assert shown.startswith("Koperasi Desa Merah Putih Peridan › Kunjungan ")
    assert all(shown.count(name) == 1 for name in (held["entry"], other["entry"], *names))
    centre.run("quarantine", "drop", *names, "--reason", "Sudah ditulis penggantinya.")
    desk.sync()
    rows = desk.run("mend", "--json").json
    assert [(row["reason"], row["words"]) for row in rows] == [("dropped", "Sudah ditulis penggantinya.")] * 2
    assert "tidak dipakai: “Sudah ditulis penggantinya.”." in desk.run("mend").out
    assert desk.run("mend", "--done", rows[0]["entry"], held["entry"]).code == 1
    assert desk.run("mend", "--taken-off").out == "Belum ada isian yang diturunkan dari daftar.\n"
    ran = desk.run("mend", "--done", *(row["entry"] for row in rows))
    assert ran.out.count("Diturunkan dari daftar: Koperasi Desa Merah Putih Peridan › Kunjungan") == 2
    assert desk.run("status", "--json").json["to_mend"] == 0
    off = desk.run("mend", "--taken-off", "--json").json
    assert [(row["value"], row["taken_off_by"]) for row in off] == [
        (held["value"], "sari"),
        (other["value"], "sari"),
    ]
    assert "oleh sari: Koperasi Desa Merah Putih Peridan › Kunjungan" in desk.run("mend", "--taken-off").out


def test_a_lost_laptop_is_served_no_more(village: Village, centre: Centre, desk: Desk) -> None:
    (device,) = centre.run("device", "list").json
    assert (device["user"], device["name"], device["unsent"]) == ("sari", "laptop-uji", 0)
    assert centre.run("device", "revoke", device["id"]).code == 0
    desk.put("visit", **village.visit())
    ran = desk.run("sync", "--json")
    assert ran.json["error"] == "device_revoked"
    assert desk.unsent() == 2


def test_a_laptop_tells_how_much_room_it_has_and_that_it_doubts_its_clock(
    village: Village, centre: Centre, desk: Desk
) -> None:
    ran = centre.run("device", "list")
    (device,) = ran.json
    assert device["free_disk_mb"] > 0
    assert (device["clock_doubt"], abs(device["clock_ahead_s"]) < 60, ran.err) == (False, True, "")
    slow = replace(desk.app, now=lambda: datetime.now(UTC) - timedelta(days=2, seconds=30))
    for app in (desk.app, slow):
        desk.app = app
        desk.put("visit", **village.visit())
        desk.sync()
    ran = centre.run("device", "list")
    (device,) = ran.json
    assert (device["clock_doubt"], -device["clock_ahead_s"] // 86_400) == (True, 2)
    assert ran.sentence.startswith("Jam laptop laptop-uji (sari) meleset 2 hari")
    assert centre.run("device", "list", "--json").err == ""
    with village.world.server.store.reading() as tx:
        kept = tx._connection.execute(receipts.select().order_by(receipts.c.seq)).all()
    batches = [decode(Batch, decode(Signed, row.batch).body) for row in kept]
    assert [batch.clock_doubt for batch in batches] == [False, True]


def test_a_copied_laptop_is_shown_to_whoever_runs_the_centre(
    village: Village, centre: Centre, desk: Desk
) -> None:
    copy = Desk(desk.folder.with_name("copy"), desk.app)
    shutil.copytree(desk.folder, copy.folder)
    for one in (desk, copy):
        one.put("visit", **village.visit())
        one.sync()
    ran = centre.run("device", "list")
    assert [row["copies_noticed"] for row in ran.json] == [1]
    assert ran.sentence.startswith("Laptop laptop-uji (sari) punya salinan")
    assert centre.run("device", "revoke", ran.json[0]["id"]).code == 0
    assert centre.run("device", "list").err == ""  # it is served no more


def test_a_reviewer_leaves_a_remark_that_reaches_the_laptop(
    village: Village, centre: Centre, desk: Desk
) -> None:
    village.world.person("dinas", role=Role.DINAS)
    visit = desk.put("visit", **village.visit())["id"]
    desk.sync()
    assert centre.run("review", "visit", visit, "--at", "notes", "--remark", "Sebut jumlahnya.").code == 0
    desk.sync()
    (remark,) = desk.run("list", "remark").json
    assert (remark["about_id"], remark["about_path"], remark["text"]) == (visit, "notes", "Sebut jumlahnya.")
    approved = centre.run("review", "visit", visit, "--approve")
    assert approved.code == 1
    assert approved.sentence
    assert centre.run("review", "visit", visit).code == 2


def test_the_centre_and_a_laptop_dump_a_channel_alike(village: Village, centre: Centre, desk: Desk) -> None:
    desk.put("visit", **village.visit())
    desk.sync()
    channel = f"coop/{village.cooperative}"
    dumps = [
        [r for r in ran.json if r["channel"] == channel] for ran in (centre.run("dump"), desk.run("dump"))
    ]
    assert dumps[0] == dumps[1] != []


def test_a_list_is_imported_and_importing_it_again_changes_nothing(centre: Centre, tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text(COOPERATIVES.format("64.08.05.2004"), encoding="utf-8")
    tried = centre.run("import", str(path), "--dry-run", "--json").json
    assert (tried["applied"], tried["cooperatives"]["new"]) == (False, 2)
    assert not centre.folder.exists()  # a trial makes no server
    first = centre.run("import", str(path), "--json")
    assert first.code == 0, first.out
    assert first.json["applied"] is True
    assert first.json["cooperatives"] == {"new": 2, "changed": 0, "unchanged": 0}
    again = centre.run("import", str(path), "--dry-run", "--json").json
    assert again["cooperatives"] == {"new": 0, "changed": 0, "unchanged": 2}
    assert "Koperasi: 0 baru, 0 berubah, 2 tetap." in centre.run("import", str(path)).out
    assert len(centre.run("dump").json) == 2


def test_a_list_with_wrong_rows_is_refused_whole_and_each_row_is_named(
    centre: Centre, tmp_path: Path
) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text(COOPERATIVES.format("bukan kode"), encoding="utf-8")
    ran = centre.run("import", str(path), "--json")
    assert ran.code == 1
    assert "tidak ada yang disimpan" in ran.sentence
    (error,) = ran.json["errors"]
    assert (error["row"], error["column"]) == (3, "Kode Desa")
    assert error["sentence"].startswith("Baris 3, kolom “Kode Desa”: kode desa ini keliru.")
    assert error["sentence"] in centre.run("import", str(path)).out
    assert "import --columns" in ran.sentence
    assert not centre.folder.exists()


@pytest.mark.parametrize("content", [None, b"%PDF-1.7", b"PK\x03\x04 not a workbook"])
def test_a_file_that_is_no_list_is_said(centre: Centre, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "daftar.xlsx"
    if content is not None:
        path.write_bytes(content)
    ran = centre.run("import", str(path))
    assert ran.code == 1
    assert "daftar.xlsx" in ran.sentence
    assert not centre.folder.exists()


def test_a_list_made_of_the_columns_that_are_named_is_taken(centre: Centre, tmp_path: Path) -> None:
    lines = centre.run("import", "--columns").out.splitlines()
    assert [line for line in lines if line.startswith("Lembar")] == [
        "Lembar Koperasi:",
        "Lembar Pendamping:",
        "Lembar Penugasan:",
    ]
    people = lines[lines.index("Lembar Pendamping:") + 1 : lines.index("Lembar Penugasan:")]
    headings = [line.partition(" (juga")[0].strip() for line in people]
    needed = [heading.removesuffix(" *") for heading in headings if heading.endswith(" *")]
    assert needed == ["Nama pengguna", "Nama"]
    path = tmp_path / "pendamping.csv"
    path.write_text(",".join(needed) + "\nsari,Sari Wulandari\n", encoding="utf-8")
    assert centre.run("import", str(path), "--json").json["people"]["new"] == 1
    assert centre.run("import").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["assign", "nobody", "Koperasi Desa Merah Putih Peridan"],
        ["assign", "sari", "Koperasi Entah"],
        ["user", "disable", "nobody"],
        ["device", "revoke", "x"],
        ["user", "add", "sari", "--name", "Sari"],
        ["user", "add", "sari dua", "--name", "Sari"],
    ],
)
def test_what_the_office_gets_wrong_is_said(village: Village, centre: Centre, words: list[str]) -> None:
    ran = centre.run(*words, given="rahasia-panjang\n")
    assert ran.code == 1
    assert ran.sentence


def test_no_server_is_made_by_looking_at_one(centre: Centre) -> None:
    ran = centre.run("dump")
    assert ran.code == 1
    assert "belum ada" in ran.sentence
    assert not centre.folder.exists()


@pytest.mark.parametrize(
    "words", [["--host", "::"], ["--workers", "2"], ["--cert", "c.pem", "--key", "k.pem"]]
)
def test_a_server_that_would_not_be_safe_does_not_start(centre: Centre, words: list[str]) -> None:
    out, err = io.StringIO(), io.StringIO()
    words = ["serve", "--data", str(centre.folder), "--port", "0", *words]
    assert main(words, io.BytesIO(), out, err, app=centre.app) == 1
    assert err.getvalue().count("\n") == 1
    assert not centre.folder.exists()


def test_a_taken_port_is_said(centre: Centre) -> None:
    out, err = io.StringIO(), io.StringIO()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        words = ["serve", "--data", str(centre.folder), "--port", str(taken.getsockname()[1])]
        assert main(words, io.BytesIO(), out, err, app=centre.app) == 1
    assert err.getvalue().count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_serve_announces_its_address_and_ends_quietly_on_ctrl_c(village: Village, centre: Centre) -> None:
    command = [sys.executable, "-m", "kopdesk", "serve", "--data", str(centre.folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdout is not None
        url = json.loads(server.stdout.readline())["serving"]
        desk = village.desk(url=url)
        assert desk.run("list", "cooperative").json
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert (server.returncode, out, err) == (130, b"", b"")
