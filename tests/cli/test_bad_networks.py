import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kopdesk.cli.main import main
from kopdesk.server.listing import dump
from tests.cli.conftest import Desk, Village
from tests.support.faulty_network import BLACK_HOLE, CAPTIVE_PORTAL, NO_FAULT, Fault, FaultyNetwork


@pytest.fixture
def network(village: Village) -> Iterator[FaultyNetwork]:
    with FaultyNetwork(village.url) as network:
        yield network


@pytest.fixture
def desk(village: Village, network: FaultyNetwork) -> Desk:
    """Sari's laptop, behind the network, with a visit that waits to be sent."""
    desk = village.desk(url=network.url)
    desk.put("visit", **village.visit())
    return desk


def impatient(desk: Desk) -> Desk:
    """The same laptop, for which a little silence is long enough."""
    return replace(desk, app=replace(desk.app, silence_seconds=0.3))


def assert_nothing_was_lost(village: Village, desk: Desk) -> None:
    summary = desk.sync()
    assert (summary["conflicts"], summary["rejected"], desk.unsent()) == (0, 0, 0)
    channel = f"coop/{village.cooperative}"
    assert [row for row in desk.run("dump").json if row["channel"] == channel] == dump(
        village.world.server, (channel,)
    )


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (CAPTIVE_PORTAL, "captive_portal"),
        (BLACK_HOLE, "silence"),
        (Fault(cut_after_up=300), "cut_off"),
        (Fault(cut_after_down=0), "cut_off"),
        (Fault(cut_after_down=60), "cut_off"),
        (Fault(cut_after_down=200), "cut_off"),
    ],
)
def test_a_sync_on_a_bad_network_says_what_is_wrong_and_loses_nothing(
    village: Village, network: FaultyNetwork, desk: Desk, fault: Fault, word: str
) -> None:
    network.fault = fault
    network.cut()
    laptop = impatient(desk) if fault.is_silent else desk
    ran = laptop.run("sync", "--json", "--patience", "0")
    assert ran.code == 1
    assert ran.json["error"] == word
    assert ran.json["sentence"] == ran.sentence
    assert ran.json["sent"] == 0
    assert desk.unsent() == 2
    network.fault = NO_FAULT
    assert_nothing_was_lost(village, desk)


def test_work_goes_on_without_a_network(village: Village, network: FaultyNetwork, desk: Desk) -> None:
    network.break_down()
    assert desk.run("sync", "--patience", "0").code == 1
    desk.put("visit", **village.visit(visited_on="2026-11-23"))
    ran = desk.run("sync", "--json", "--patience", "0")
    assert (ran.code, ran.json["error"]) == (1, "server_down")
    assert ran.sentence
    assert desk.unsent() == 4
    network.restore()
    assert_nothing_was_lost(village, desk)


def test_a_signal_that_comes_back_is_used(village: Village, network: FaultyNetwork, desk: Desk) -> None:
    network.fault = Fault(cut_after_down=100)
    ran = desk.run("sync", "--json", "--patience", "3")
    assert ran.json["round_trips"] == 4
    network.fault = NO_FAULT
    assert desk.run("sync", "--json", "--patience", "3").json["sent"] == 2


class Watcher(io.StringIO):
    """A terminal at which somebody pulls the plug when the first batch is through."""

    def __init__(self, network: FaultyNetwork) -> None:
        super().__init__()
        self._network = network

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        sent = re.search(r"Terkirim (\d+)", text)
        if sent and sent[1] != "0":
            self._network.break_down()
        return super().write(text)


def test_what_was_sent_before_the_network_went_stays_counted(
    village: Village, network: FaultyNetwork, desk: Desk
) -> None:
    for number in range(12):
        notes = "".join(f"Nota {number}-{line} dibaca bersama bendahara.\n" for line in range(700))
        desk.put("visit", **village.visit(notes=notes))
    waiting = desk.unsent()
    out, err = io.StringIO(), Watcher(network)
    words = ["sync", "--json", "--patience", "0", "--profile", str(desk.folder)]
    assert main(words, io.BytesIO(), out, err, app=desk.app) == 1
    summary = json.loads(out.getvalue())
    assert summary["error"] in ("server_down", "cut_off")
    assert 0 < summary["sent"] < waiting
    assert desk.unsent() == waiting - summary["sent"]
    assert err.getvalue().endswith(f"\r{summary['sentence']}\n")
    network.restore()
    assert_nothing_was_lost(village, desk)


@pytest.mark.parametrize("fault", [CAPTIVE_PORTAL, BLACK_HOLE, Fault(cut_after_down=40)])
def test_an_enrolment_on_a_bad_network_leaves_nothing_behind(
    village: Village, network: FaultyNetwork, fault: Fault
) -> None:
    desk = village.new_desk()
    network.fault = fault
    laptop = impatient(desk) if fault.is_silent else desk
    assert laptop.enrol(network.url).code == 1
    assert not (desk.folder / "keys.json").exists()
    network.fault = NO_FAULT
    assert desk.enrol(network.url).code == 0


def test_a_wrong_password_is_said_and_another_pin_may_be_chosen(village: Village) -> None:
    desk = village.new_desk(pin="satu-dua")
    ran = desk.enrol(village.url, password="salah-semua")
    assert ran.code == 1
    assert "kata sandi" in ran.sentence
    desk.pin = "tiga-empat"
    assert desk.enrol(village.url).code == 0
    assert desk.sync()["received"] > 0


@pytest.mark.parametrize("url", ["http://pusat.example", "pusat", "ftp://127.0.0.1", "http://", ""])
def test_an_address_that_is_none_or_not_safe_is_refused(village: Village, url: str) -> None:
    ran = village.new_desk().enrol(url)
    assert ran.code == 1
    assert ran.sentence
