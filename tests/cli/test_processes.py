"""What only shows when commands are processes of their own."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kopdesk.cli.failures import log_bug
from tests.cli.conftest import PIN, Desk, Village
from tests.support.faulty_network import BLACK_HOLE, NO_FAULT, FaultyNetwork
from tests.support.world import PASSWORD

WINDOWS = os.name == "nt"


@contextmanager
def started(desk: Desk, *words: str, given: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """A command that is still running; gone at the end whatever happens."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        desk.command(*words), stdin=pipe, stdout=pipe, stderr=pipe, env=desk.env
    ) as process:
        assert process.stdin is not None
        process.stdin.write(f"{desk.pin}\n{given}".encode())
        process.stdin.close()
        process.stdin = None
        try:
            yield process
        finally:
            process.kill()


def until(happened: Any) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_whole_road_as_it_is_typed(village: Village) -> None:
    desk = village.new_desk(pin=PIN)
    words = ["enrol", "--profile", str(desk.folder), "--server", village.url, "--user", "sari"]
    given = f"{PASSWORD}\r\n{PIN}\r\n".encode()
    command = [sys.executable, "-m", "kopdesk", *words]
    enrolled = subprocess.run(command, input=given, capture_output=True, env=desk.env, check=False)
    assert enrolled.returncode == 0, enrolled.stderr
    assert desk.sync()["received"] > 0
    notes = "Rapat “warga” — Rp1.250.000 ✓ 🌾"
    saved = desk.process("put", "visit", given=village.visit(notes=notes))
    assert saved.json["saved"] is True
    summary = desk.process("sync", "--json")
    assert summary.json["sent"] == 2
    assert summary.err == ""
    assert notes in desk.process("dump", "--json").out


def test_a_second_command_on_the_profile_is_turned_away(village: Village, pin_desk: Desk) -> None:
    with FaultyNetwork(village.url) as network:
        desk = village.desk("behind", url=network.url, pin=PIN)
        network.fault = BLACK_HOLE
        before = network.taken_bytes
        with started(desk, "sync"):
            until(lambda: network.taken_bytes > before)
            ran = desk.run("put", "visit", given=village.visit())
            assert (ran.code, ran.out) == (1, "")
            assert "sedang dibuka" in ran.sentence
        network.fault = NO_FAULT
        desk.put("visit", **village.visit())


def test_a_sync_that_is_killed_loses_nothing_and_sends_nothing_twice(village: Village) -> None:
    with FaultyNetwork(village.url) as network:
        desk = village.desk("behind", url=network.url, pin=PIN)
        other = village.desk("other")
        desk.put("visit", **village.visit())
        network.swallow_answers = True
        with started(desk, "sync") as process:
            until(lambda: network.swallowed_bytes)
            process.kill()
        network.swallow_answers = False
        assert desk.unsent() == 2
        assert desk.sync()["sent"] == 2
        assert desk.unsent() == 0
        other.sync()
        assert other.run("dump").out == desk.run("dump").out
        assert len(desk.run("list", "visit").json) == 1


def test_what_put_reported_as_saved_is_there_after_a_kill(village: Village, pin_desk: Desk) -> None:
    dice = random.Random(1)
    reported = []
    for number in range(4):
        given = json.dumps(village.visit(notes=f"Kunjungan {number}"))
        with started(pin_desk, "put", "visit", given=given) as process:
            assert process.stdout is not None
            if number % 2:
                time.sleep(dice.uniform(0.3, 1.2))
                process.kill()
            line = process.stdout.readline()
            process.kill()
        if line.endswith(b"\n"):
            reported.append(json.loads(line)["id"])
    assert reported
    assert set(reported) <= {visit["id"] for visit in pin_desk.run("list", "visit").json}


@pytest.mark.skipif(WINDOWS, reason="signals of POSIX")
def test_ctrl_c_ends_a_sync_quietly(village: Village) -> None:
    with FaultyNetwork(village.url) as network:
        desk = village.desk("behind", url=network.url, pin=PIN)
        network.fault = BLACK_HOLE
        before = network.taken_bytes
        with started(desk, "sync") as process:
            until(lambda: network.taken_bytes > before)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (130, b"", b"")
        assert desk.run("status").code == 0


@pytest.mark.skipif(WINDOWS, reason="pipes of POSIX")
def test_a_reader_who_has_seen_enough_is_no_failure(village: Village, pin_desk: Desk) -> None:
    for day in range(1, 6):
        pin_desk.put("visit", **village.visit(visited_on=f"2026-11-0{day}", notes="Kas dihitung.\n" * 2000))
    with started(pin_desk, "list", "visit") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(2) == b"[\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the full device of Linux")
def test_an_answer_that_cannot_be_written_does_not_look_like_work_that_was_lost(
    village: Village, pin_desk: Desk
) -> None:
    given = f"{PIN}\n{json.dumps(village.visit())}".encode()
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            pin_desk.command("put", "visit"), input=given, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.decode().startswith("Perintah sudah dikerjakan")
    assert ended.stderr.count(b"\n") == 1
    assert len(pin_desk.run("list", "visit").json) == 1


@pytest.mark.skipif(WINDOWS, reason="closes descriptors with a POSIX shell")
def test_closed_streams_are_no_failure(pin_desk: Desk) -> None:
    shell = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *pin_desk.command("status")]
    assert subprocess.run(shell, check=False).returncode == 1


def test_a_bug_is_a_sentence_and_a_log_entry_without_what_was_typed(village: Village, desk: Desk) -> None:
    def broken(count: int) -> bytes:
        raise RuntimeError("Budi Santoso, 6408054107850001")

    desk.app = replace(desk.app, random_bytes=broken)
    ran = desk.run("put", "visit", given=village.visit(notes="Budi Santoso"))
    assert (ran.code, ran.out) == (1, "")
    assert "kesalahan" in ran.sentence
    assert "Budi" not in ran.err
    log = desk.folder / "kopdesk.log"
    assert str(log) in ran.sentence
    text = log.read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in text
    assert "kopdesk/usecases/records.py" in text.replace(os.sep, "/")
    assert "Budi" not in text
    assert str(Path.home()) not in text


def test_the_log_of_bugs_stays_small(village: Village, desk: Desk) -> None:
    for _ in range(3000):
        log_bug(ValueError("?"), (desk.folder,))
    assert sum(path.stat().st_size for path in desk.folder.glob("kopdesk.log*")) < 300_000
