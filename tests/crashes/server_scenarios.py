"""What a centre does while its power is cut: each is a small program that runs the same way every time."""

from contextlib import closing
from uuid import UUID

from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.protocol.messages import GrantKind
from kopdesk.server import engine
from kopdesk.server.backups import back_up, restore
from kopdesk.server.operations import add_user, assign
from tests.crashes.laptop_scenarios import prepare_laptop
from tests.crashes.stage import (
    COOP,
    PROFILE,
    SERVER,
    Stage,
    a_visit,
    office_writes,
)
from tests.support.world import PASSWORD

BACKUP = "cadangan/pusat.zip"


def founding(stage: Stage) -> None:
    """A centre is made: database, signing key, a cooperative, a person, an assignment."""
    with closing(stage.server()) as server:
        stage.say("founded", key=server.identity.keys[0].public_key.hex())
        office_writes(server, PROFILE, name="Koperasi Desa Merah Putih Peridan")
        stage.say("kept", type=PROFILE.type, id=str(PROFILE.id))
        add_user(server, "rina", name="Rina", role=Role.ASSISTANT, password=PASSWORD)
        assign(server, "rina", str(COOP), GrantKind.READ_WRITE)
        stage.say("assigned")


def accepting(stage: Stage) -> None:
    """Batches are answered, one of them twice; the database is checkpointed between and at the end."""
    engine._PRAGMAS = (*engine._PRAGMAS, "wal_autocheckpoint=30")  # type: ignore[assignment]
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        for number in range(2, 6):
            visit = stage.save(laptop, "visit", **a_visit(number))
            laptop.link.lose_answers = int(number == 3)
            laptop.sync()
            stage.sync(laptop)
            stage.save(laptop, "visit", id=str(visit), notes=a_visit(number + 20)["notes"])
        stage.sync(laptop)


def prepare_backup(stage: Stage) -> None:
    """A centre with a visit, and a place for its backups."""
    prepare_laptop(stage)
    (stage.root / BACKUP).parent.mkdir()


def backing_up(stage: Stage) -> None:
    """A backup is made while the centre serves, and it goes on serving."""
    with closing(stage.server()) as server:
        office_writes(server, RecordKey("visit", UUID(int=1)), **a_visit(2))
        stage.say("kept", type="visit", id=str(UUID(int=1)))
        back_up(stage.root / SERVER, stage.root / BACKUP, now=stage.clock.ms)
        stage.say("backed up")
        office_writes(server, RecordKey("visit", UUID(int=2)), **a_visit(3))
        stage.say("kept", type="visit", id=str(UUID(int=2)))


def prepare_restore(stage: Stage) -> None:
    """A centre and its backup; it has gone on since, and something of that is only in its WAL."""
    prepare_backup(stage)
    back_up(stage.root / SERVER, stage.root / BACKUP, now=stage.clock.ms)
    server = stage.server()
    office_writes(server, RecordKey("visit", UUID(int=1)), **a_visit(2))
    abandoned = {path: path.read_bytes() for path in (stage.root / SERVER).glob("server.db*")}
    server.close()
    for path, content in abandoned.items():  # as a centre leaves them that was killed
        path.write_bytes(content)


def restoring(stage: Stage) -> None:
    """The centre is put back to its backup; what was there is set aside."""
    done = restore(stage.root / SERVER, stage.root / BACKUP, now=stage.clock.ms)
    assert done.aside is not None
    stage.say("restored", aside=done.aside.name)


def prepare_nothing(stage: Stage) -> None:
    """An empty disk."""
