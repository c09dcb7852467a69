"""Plays one scenario in a process of its own and says on its output what may be relied on from then on.

    python -m tests.crashes.worker SCENARIO FOLDER

FOLDER is what `prepare` left. Two runs do the same, call by call, unless they are told to be different.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from kopdesk.server import engine
from kopdesk.storage import database, keychain
from tests.crashes.scenarios import scenario_named
from tests.crashes.stage import Say, Stage, say_on

SYNCHRONOUS = "KOPDESK_TEST_SYNCHRONOUS"
"""Environment: another word for `PRAGMA synchronous` than the product's own: the planted bug."""


def prepare(name: str, root: Path) -> None:
    """Make what the scenario finds."""
    with quick_passphrases():
        scenario_named(name).prepare(Stage(root))


def play(name: str, root: Path, say: Say, *, synchronous: str = "", seed: int = 2) -> None:
    """Run the scenario on what `prepare` has left there. For a process that ends with it."""
    tempfile._name_sequence = (f"sementara{number}" for number in count())  # type: ignore[attr-defined]
    if synchronous:
        _plant(synchronous)
    with quick_passphrases():
        scenario_named(name).play(Stage(root, say, seed=seed, later=timedelta(minutes=seed)))


@contextmanager
def quick_passphrases() -> Iterator[None]:
    """A passphrase that is stretched for a third of a second would be most of a scenario."""
    slow = dict(keychain._ARGON2)
    keychain._ARGON2 |= {"memory_kib": 64, "iterations": 1, "lanes": 1}
    try:
        yield
    finally:
        keychain._ARGON2 |= slow


def _plant(synchronous: str) -> None:
    for module in (database, engine):
        pragmas = [p for p in module._PRAGMAS if not p.replace(" ", "").startswith("synchronous=")]
        assert len(pragmas) == len(module._PRAGMAS) - 1, module.__name__
        module._PRAGMAS = (*pragmas, f"synchronous={synchronous}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    play(
        sys.argv[1],
        Path(sys.argv[2]),
        say_on(sys.stdout.fileno()),
        synchronous=os.environ.get(SYNCHRONOUS, ""),
    )
