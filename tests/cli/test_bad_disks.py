import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from uuid import UUID

import pytest

from tests.cli.conftest import PIN, Desk, Village
from tests.support.bad_disk import (
    BOUND_BY_MODES,
    FILLER,
    can_mount,
    files_no_larger_than,
    fill,
    small_disk,
    unwritable,
)
from tests.support.world import PASSWORD

pytestmark = pytest.mark.skipif(os.name == "nt", reason="mounts and limits of POSIX")

LONG = "Kas dihitung bersama bendahara, nota dicocokkan satu per satu. " * 450


@contextmanager
def full_disk(desk: Desk) -> Iterator[None]:
    """From here to the end nothing more fits."""
    if desk.folder.is_mount():
        fill(desk.folder)
        try:
            yield
        finally:
            (desk.folder / FILLER).unlink()
    else:
        with files_no_larger_than(40_000):
            yield


@pytest.fixture
def small_desk(village: Village, tmp_path: Path) -> Iterator[Desk]:
    """A profile on a disk of its own where that can be made."""
    desk = village.new_desk("small")
    if not can_mount(tmp_path):
        yield village.desk("small")
        return
    with small_disk(desk.folder, 4096):
        assert desk.enrol(village.url).code == 0
        desk.sync()
        yield desk


def test_a_full_disk_is_said_and_takes_nothing_away(village: Village, small_desk: Desk) -> None:
    before = small_desk.put("visit", **village.visit())
    with full_disk(small_desk):
        ran = small_desk.run("put", "visit", given=village.visit(notes=LONG))
        assert ran.code == 1
        assert ran.out == ""
        assert "isk" in ran.sentence
    assert [visit["id"] for visit in small_desk.run("list", "visit").json] == [before["id"]]
    small_desk.put("visit", **village.visit(notes=LONG))
    assert small_desk.sync()["sent"] > 0


def test_a_sync_onto_a_full_disk_ends_in_a_sentence_and_can_be_repeated(
    village: Village, small_desk: Desk
) -> None:
    other = village.desk("other")
    for _ in range(6):
        other.put("visit", **village.visit(notes=LONG))
    other.sync()
    with full_disk(small_desk):
        ran = small_desk.run("sync", "--json", "--patience", "0")
        assert ran.code == 1
        assert ran.sentence
    small_desk.sync()
    assert len(small_desk.run("list", "visit").json) == 6
    assert small_desk.run("dump").out == other.run("dump").out


def test_an_enrolment_onto_a_full_disk_can_be_repeated(village: Village, tmp_path: Path) -> None:
    desk = village.new_desk("small")
    if can_mount(tmp_path):
        with small_disk(desk.folder, 512):
            fill(desk.folder)
            ran = desk.enrol(village.url)
    else:
        with files_no_larger_than(100):
            ran = desk.enrol(village.url)
    assert ran.code == 1
    assert "isk" in ran.sentence
    assert desk.enrol(village.url).code == 0


def test_a_folder_that_cannot_be_written_is_said(village: Village, pin_desk: Desk) -> None:
    with unwritable(pin_desk.folder):
        ran = pin_desk.process("put", "visit", given=village.visit(), before=BOUND_BY_MODES)
    assert (ran.code, ran.out) == (1, "")
    assert "tidak bisa ditulisi" in ran.sentence
    pin_desk.put("visit", **village.visit())


def test_no_profile_is_made_where_nothing_can_be_written(village: Village, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    words = village.new_desk("closed/sari").command("enrol", "--server", village.url, "--user", "sari")
    given = f"{PASSWORD}\n{PIN}\n".encode()
    with unwritable(closed):
        ended = subprocess.run([*BOUND_BY_MODES, *words], input=given, capture_output=True, check=False)
    assert ended.returncode == 1
    assert "tidak bisa ditulisi" in ended.stderr.decode()
    assert not list(closed.iterdir())


def test_a_wrong_pin_opens_nothing(village: Village) -> None:
    desk = village.desk(pin=PIN)
    desk.pin = "bukan-itu"
    ran = desk.run("status")
    assert ran.code == 1
    assert "PIN" in ran.sentence
    desk.pin = None
    assert "PIN" in desk.run("status").sentence


def test_the_keys_of_another_profile_are_told_from_a_damaged_file(village: Village) -> None:
    desk, other = village.desk("one", pin=PIN), village.desk("two", pin=PIN)
    own = (desk.folder / "keys.json").read_bytes()
    before = (desk.folder / "kopdesk.db").read_bytes()
    copyfile(other.folder / "keys.json", desk.folder / "keys.json")
    ran = desk.run("status")
    assert ran.code == 1
    assert "bukan kunci" in ran.sentence
    assert (desk.folder / "kopdesk.db").read_bytes() == before
    (desk.folder / "keys.json").write_bytes(own)
    assert desk.run("status").code == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"place": "key_store"}', None])
def test_a_key_file_that_is_gone_or_garbage_is_said(desk: Desk, content: bytes | None) -> None:
    keys = desk.folder / "keys.json"
    if content is None:
        keys.unlink()
    else:
        keys.write_bytes(content)
    ran = desk.run("status")
    assert ran.code == 1
    assert "kunci" in ran.sentence
    assert (desk.folder / "kopdesk.db").exists()


@pytest.mark.parametrize("damaged", [slice(20, 2000), slice(4096 + 20, None)])
def test_a_damaged_database_is_said_and_left_as_it_is(desk: Desk, damaged: slice) -> None:
    database = desk.folder / "kopdesk.db"
    content = bytearray(database.read_bytes())
    content[damaged] = bytes(len(content[damaged]))
    database.write_bytes(content)
    ran = desk.run("put", "visit", given={"cooperative_id": str(UUID(int=1)), "notes": "?"})
    assert ran.code == 1
    assert "rusak" in ran.sentence
    assert database.read_bytes() == content


@pytest.mark.parametrize("content", [None, b""])
def test_a_missing_database_is_said_and_never_made_anew(desk: Desk, content: bytes | None) -> None:
    database = desk.folder / "kopdesk.db"
    database.unlink()
    if content is not None:
        database.write_bytes(content)
    ran = desk.run("list", "visit")
    assert ran.code == 1
    assert "tidak ada" in ran.sentence
    assert not database.exists() or database.read_bytes() == b""


def test_a_folder_without_a_profile_is_said(village: Village) -> None:
    desk = village.new_desk("nowhere")
    ran = desk.run("status")
    assert ran.code == 1
    assert "belum ada" in ran.sentence
    assert not desk.folder.exists()


def test_a_file_where_the_folder_should_be_is_said(village: Village) -> None:
    desk = village.new_desk("file")
    desk.folder.write_text("bukan folder", encoding="utf-8")
    for ran in (desk.enrol(village.url), desk.run("status")):
        assert ran.code == 1
        assert ran.sentence.startswith(("Folder", "Di folder"))


def test_nothing_is_enrolled_over_a_profile(village: Village, desk: Desk) -> None:
    visit = desk.put("visit", **village.visit())
    assert desk.enrol(village.url).json["again"] is True
    assert desk.run("get", "visit", visit["id"]).json["notes"] == "Kas dihitung."
    assert desk.unsent() == 2
