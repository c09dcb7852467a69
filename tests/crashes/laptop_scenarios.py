"""What a laptop does while its power is cut: each is a small program that runs the same way every time."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import ModuleType
from uuid import UUID

from kopdesk.domain.records import RecordKey
from kopdesk.server.errors import Refused
from kopdesk.server.operations import revoke_device
from kopdesk.storage import database, migrations
from kopdesk.storage.database import DATABASE_FILE, Database
from kopdesk.sync.errors import LinkFailed
from kopdesk.usecases.records import list_records
from tests.crashes.stage import COOP, LAPTOP, PROFILE, Stage, a_visit, found_centre, office_writes

KEPT_FILES = Path(__file__).parents[1] / "storage" / "kept"
KEPT_KEY = bytes(range(32))
"""Of the files of old schemas."""


def prepare_first_run(stage: Stage) -> None:
    found_centre(stage).close()


def first_run(stage: Stage) -> None:
    """Keys, database, a refused password, and all anew with the right one; owner, first sync, close."""
    with closing(stage.server()) as server:
        with suppress(Refused):
            stage.enrol(server, "salah-ketik")
        stage.enrol(server)
        stage.say("enrolled")
        with closing(stage.laptop(server)) as laptop:
            stage.sync(laptop)


def prepare_laptop(stage: Stage) -> None:
    """Enrolled, with one visit that the centre has."""
    with closing(found_centre(stage)) as server:
        stage.enrol(server)
        with closing(stage.laptop(server)) as laptop:
            stage.sync(laptop)
            laptop.put("visit", cooperative_id=str(COOP), **a_visit(1))
            stage.sync(laptop)


def save(stage: Stage) -> None:
    """Create, edit, edit what the centre has, delete what nobody has seen and what the centre has."""
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        old = UUID(list_records(laptop.desk, "visit")[0]["id"])
        first = stage.save(laptop, "visit", **a_visit(2))
        stage.save(laptop, "visit", **{**a_visit(3), "id": str(first)})
        second = stage.save(laptop, "problem", text="Buku kas hilang.", noticed_on="2026-11-20")
        stage.save(laptop, "cooperative", id=str(COOP), mandatory_saving=25_000)
        stage.delete(laptop, "problem", second)
        stage.save(laptop, "visit", id=str(old), notes=a_visit(4)["notes"])
        stage.delete(laptop, "visit", old)
        stage.save(laptop, "visit", **a_visit(5))


def save_on(stage: Stage) -> None:
    """One visit after another, until the process ends."""
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        for number in count(2):
            stage.save(laptop, "visit", **a_visit(number))


def freeze(stage: Stage) -> None:
    """A batch is frozen without a network, typed over, sent in vain, sent again, and answered."""
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        visit = stage.save(laptop, "visit", **a_visit(2))
        laptop.link.offline = True
        assert isinstance(laptop.sync().error, LinkFailed)
        stage.save(laptop, "visit", **{**a_visit(3), "id": str(visit)})
        laptop.link.offline, laptop.link.lose_answers = False, 1
        assert isinstance(laptop.sync().error, LinkFailed)
        stage.save(laptop, "visit", **a_visit(4))
        stage.sync(laptop)


def prepare_receipt(stage: Stage) -> None:
    """Edits wait on the laptop, and one of them has met another of the centre's."""
    prepare_laptop(stage)
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        laptop.put("visit", cooperative_id=str(COOP), **a_visit(2))
        laptop.put("cooperative", id=str(COOP), mandatory_saving=25_000)
        office_writes(server, PROFILE, mandatory_saving=20_000)
        office_writes(server, RecordKey("visit", UUID(int=1)), **a_visit(6))


def receipt(stage: Stage) -> None:
    """Answers are taken in: a receipt with a conflict, a page, a new token for one that has expired."""
    stage.clock.time += timedelta(minutes=30)
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        stage.sync(laptop)
        stage.save(laptop, "visit", **a_visit(3))
        stage.clock.time += timedelta(minutes=30)
        stage.sync(laptop)


def prepare_pages(stage: Stage) -> None:
    """Enrolled, and the centre has more than fits into a page."""
    with closing(found_centre(stage)) as server:
        stage.enrol(server)
        for number in range(1, 61):
            office_writes(server, RecordKey("visit", UUID(int=number)), **a_visit(number))


def pages(stage: Stage) -> None:
    """A first sync over several pages; while it is open the centre changes; then what is newer."""
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        laptop.want_bytes = 1_024
        laptop.link.meanwhile = lambda: office_writes(server, RecordKey("visit", UUID(int=1)), **a_visit(7))
        stage.sync(laptop)


def checkpoint(stage: Stage) -> None:
    """Saves with checkpoints between them, one of them while somebody reads; close, open, save, close."""
    database._CHECKPOINT_BYTES = 50_000
    with closing(stage.server()) as server:
        with closing(stage.laptop(server)) as laptop:
            for number in range(2, 11):
                stage.save(laptop, "visit", **a_visit(number))
                if number == 6:
                    with laptop.desk.database.reading() as reader:
                        reader.records.unsent_count()
                        stage.save(laptop, "visit", **a_visit(number + 20))
                        laptop.desk.database.checkpoint()
                laptop.desk.database.checkpoint()
        with closing(stage.laptop(server)) as laptop:
            stage.save(laptop, "visit", **a_visit(40))


def prepare_waking(stage: Stage) -> None:
    """A laptop that was killed: what it saved last is in the WAL only."""
    prepare_laptop(stage)
    folder = stage.root / LAPTOP
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        laptop.put("visit", cooperative_id=str(COOP), **a_visit(2))
        left = {path: path.read_bytes() for path in folder.glob(f"{DATABASE_FILE}*")}
    for path, content in left.items():
        path.write_bytes(content)


def waking(stage: Stage) -> None:
    """The WAL is recovered, moved into the database, and written on."""
    database._CHECKPOINT_BYTES = 10_000
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        stage.say("opened")
        laptop.desk.database.checkpoint()
        stage.save(laptop, "visit", **a_visit(3))


def prepare_logging_in(stage: Stage) -> None:
    """A laptop with unsent work, which the centre does not serve any more."""
    prepare_laptop(stage)
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        laptop.put("visit", cooperative_id=str(COOP), **a_visit(2))
        revoke_device(server, str(laptop.desk.owner.device_id))


def logging_in(stage: Stage) -> None:
    """A new device key, a new token and a new replica in the old file."""
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        stage.save(laptop, "visit", **a_visit(3))
        stage.log_in_again(laptop)
        stage.say("logged in")
        stage.sync(laptop)


def prepare_migration(stage: Stage) -> None:
    """A file of the first schema, as a laptop that was away for long has it."""
    folder = stage.root / LAPTOP
    folder.mkdir(parents=True)
    shutil.copy(KEPT_FILES / "schema_1.db", folder / DATABASE_FILE)


def migration(stage: Stage) -> None:
    """An old file is opened by a program that knows two steps more than there are."""
    with steps_to_come(), closing(Database.open(stage.root / LAPTOP, KEPT_KEY)) as opened:
        stage.say("opened")
        with opened.writing() as work:
            work.profile.save_value("after", "the migration")
        stage.say("written")


STEPS_TO_COME: dict[str, tuple[str, ...]] = {
    "8001_to_come": (
        "CREATE TABLE to_come (num INTEGER NOT NULL PRIMARY KEY, word TEXT NOT NULL)",
        "INSERT INTO to_come SELECT num, type FROM record",
        "ALTER TABLE receipt ADD COLUMN remark TEXT",
    ),
    "8002_to_come": ("UPDATE to_come SET word = upper(word)", "CREATE INDEX by_word ON to_come (word)"),
}


@contextmanager
def steps_to_come() -> Iterator[None]:
    """Let this process know steps that no release has yet."""
    known = migrations.STEPS
    for name, statements in STEPS_TO_COME.items():
        module = ModuleType(name)
        module.STATEMENTS = statements  # type: ignore[attr-defined]
        sys.modules[f"{migrations.__name__}.{name}"] = module
    migrations.STEPS = (*known, *STEPS_TO_COME)  # type: ignore[assignment]
    try:
        yield
    finally:
        migrations.STEPS = known
