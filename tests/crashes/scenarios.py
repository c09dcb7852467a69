"""The list of scenarios: what each begins with, whose disk it is about, and what must be so afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crashes import aftermath, laptop_checks, server_checks
from tests.crashes import laptop_scenarios as on_laptop
from tests.crashes import server_scenarios as on_server
from tests.crashes.history import Fact
from tests.crashes.peeking import Peeking, peek_at_kept_file, peek_at_laptop, peek_at_server
from tests.crashes.stage import Stage

Checking = Callable[[Path, Sequence[Fact]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`place`: the folders on the disk that loses its power; the rest of the world lives on.

    `peek`: the cheap look; without one every image is checked in full. `opens_after`: the fact from which on
    there is a database; empty if there always is one. `check` fails unless the facts hold and nothing is half
    done; `go_on` does what people do next, and fails unless all ends well.
    """

    prepare: Callable[[Stage], None]
    play: Callable[[Stage], None]
    place: tuple[str, ...]
    peek: Peeking | None
    check: Checking
    go_on: Checking
    opens_after: str = ""


def _on_laptop(
    prepare: Callable[[Stage], None], play: Callable[[Stage], None], go_on: Checking = aftermath.meet
) -> Scenario:
    return Scenario(
        prepare=prepare,
        play=play,
        place=("laptop",),
        peek=peek_at_laptop,
        check=laptop_checks.check_laptop,
        go_on=go_on,
    )


SCENARIOS: dict[str, Scenario] = {
    "first run": Scenario(
        prepare=on_laptop.prepare_first_run,
        play=on_laptop.first_run,
        place=("laptop",),
        peek=peek_at_laptop,
        check=laptop_checks.check_new_laptop,
        go_on=aftermath.meet,
        opens_after="enrolled",
    ),
    "save": _on_laptop(on_laptop.prepare_laptop, on_laptop.save),
    "freeze": _on_laptop(on_laptop.prepare_laptop, on_laptop.freeze),
    "receipt": _on_laptop(on_laptop.prepare_receipt, on_laptop.receipt),
    "pages": _on_laptop(on_laptop.prepare_pages, on_laptop.pages),
    "checkpoint": _on_laptop(on_laptop.prepare_laptop, on_laptop.checkpoint),
    "waking": _on_laptop(on_laptop.prepare_waking, on_laptop.waking),
    "logging in": _on_laptop(on_laptop.prepare_logging_in, on_laptop.logging_in, aftermath.log_in_and_meet),
    "migration": Scenario(
        prepare=on_laptop.prepare_migration,
        play=on_laptop.migration,
        place=("laptop",),
        peek=peek_at_kept_file,
        check=laptop_checks.check_migrated,
        go_on=aftermath.migrate_again,
    ),
    "founding": Scenario(
        prepare=on_server.prepare_nothing,
        play=on_server.founding,
        place=("server",),
        peek=peek_at_server,
        check=server_checks.check_server,
        go_on=aftermath.found_again,
        opens_after="founded",
    ),
    "accepting": Scenario(
        prepare=on_laptop.prepare_laptop,
        play=on_server.accepting,
        place=("server",),
        peek=peek_at_server,
        check=server_checks.check_server,
        go_on=aftermath.meet,
    ),
    "backup": Scenario(
        prepare=on_server.prepare_backup,
        play=on_server.backing_up,
        place=("server", "cadangan"),
        peek=None,
        check=server_checks.check_backup,
        go_on=aftermath.back_up_again,
    ),
    "restore": Scenario(
        prepare=on_server.prepare_restore,
        play=on_server.restoring,
        place=("server", "cadangan"),
        peek=None,
        check=server_checks.check_restore,
        go_on=aftermath.restore_again,
    ),
}

SAVING_ON = "saving on"
"""Has no end: for kills at any moment."""

_ENDLESS = {SAVING_ON: _on_laptop(on_laptop.prepare_laptop, on_laptop.save_on)}


def scenario_named(name: str) -> Scenario:
    return (SCENARIOS | _ENDLESS)[name]
