"""How often the disk is told to sync, counted from outside by strace."""

import sys
from collections.abc import Iterable

import pytest

from tests.crashes.history import Event, Said, Synced
from tests.crashes.rig import rig


def syncs_of_saves(events: Iterable[Event]) -> list[int]:
    """How many syncs there were between a save's beginning and the word that it is saved."""
    costs, syncs = [], 0
    for event in events:
        match event.change:
            case Said({"what": "saving" | "deleting"}):
                syncs = 0
            case Said({"what": "saved" | "deleted"}):
                costs.append(syncs)
            case Synced():
                syncs += 1
    return costs


@pytest.mark.skipif(sys.platform == "win32", reason="strace is a tool of Linux; the count is the same code's")
def test_saving_costs_one_sync_of_the_disk() -> None:
    with rig() as opened:
        costs = syncs_of_saves(opened.recording("save").history.events)
    assert costs == [3, *[1] * 7]  # the first one makes the WAL, whose head and name are synced as well
