"""What power cuts and kills once broke, each as a test of its own; unsynced folders only `powerloss` sees."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.records import RecordKey
from kopdesk.server.backups import back_up, restore
from kopdesk.server.opening import DATABASE, KEY_FILE, open_server
from kopdesk.storage import keychain
from kopdesk.storage.database import DATABASE_FILE
from kopdesk.storage.errors import NoProfile
from kopdesk.storage.keychain import DATABASE_KEY, DEVICE_KEY, TOKEN, create_keychain, open_keychain
from kopdesk.usecases.enrolment import is_enrolled, open_desk
from tests.crashes.server_checks import visits_in
from tests.crashes.stage import LAPTOP, PASSPHRASE, SERVER, Stage, a_visit, found_centre, office_writes


def test_an_enrolment_that_was_cut_when_its_database_was_just_a_name_is_done_again(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    folder = tmp_path / LAPTOP
    folder.mkdir(parents=True)
    create_keychain(folder, None, PASSPHRASE)
    (folder / DATABASE_FILE).touch()
    with closing(found_centre(stage)) as server:
        with pytest.raises(NoProfile):
            stage.laptop(server)
        stage.enrol(server)
        stage.laptop(server).close()


def test_a_key_file_is_never_there_with_one_key_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def cut(path: Path, content: bytes) -> None:
        path.write_bytes(content)
        written.append(set(open_keychain(path.parent, None, PASSPHRASE)._opened()))  # type: ignore[attr-defined]

    monkeypatch.setattr(keychain, "write_whole", cut)
    create_keychain(tmp_path, None, PASSPHRASE)
    assert written == [{DATABASE_KEY, DEVICE_KEY}]


def test_a_profile_whose_enrolment_was_cut_at_its_last_step_stays_complete_with_the_next_token(
    tmp_path: Path,
) -> None:
    stage = Stage(tmp_path)
    with closing(found_centre(stage)) as server:
        stage.enrol(server)
    key_file = tmp_path / LAPTOP / keychain.KEY_FILE
    content = json.loads(key_file.read_bytes())
    del content["complete"]
    key_file.write_text(json.dumps(content))
    desk, opened = open_desk(
        tmp_path / LAPTOP,
        key_store=None,
        passphrase=PASSPHRASE,
        now=lambda: datetime.now(UTC),
        random_bytes=stage.random_bytes,
    )
    desk.database.close()
    opened.put(TOKEN, b"new")
    assert is_enrolled(tmp_path / LAPTOP)
    assert open_keychain(tmp_path / LAPTOP, None, PASSPHRASE).get(TOKEN) == b"new"


@pytest.mark.parametrize("moved", [[DATABASE], [DATABASE, f"{DATABASE}-wal"]])
def test_a_restore_that_was_cut_sets_the_database_aside_together_with_its_wal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: list[str]
) -> None:
    folder, file = tmp_path / SERVER, tmp_path / "pusat.zip"
    with closing(found_centre(Stage(tmp_path))) as server:
        office_writes(server, RecordKey("visit", UUID(int=1)), **a_visit(1))
    back_up(folder, file)
    running = open_server(folder)
    office_writes(running, RecordKey("visit", UUID(int=2)), **a_visit(2))
    as_killed = {path.name: path.read_bytes() for path in folder.glob(f"{DATABASE}*")}
    running.close()
    for name, content in as_killed.items():
        (folder / name).write_bytes(content)
    real = Path.replace

    def cut(path: Path, target: Path) -> Path:
        if path.parent == folder and path.name not in moved:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        restore(folder, file)
    monkeypatch.setattr(Path, "replace", real)
    done = restore(folder, file)
    assert done.aside is not None
    assert (done.aside / KEY_FILE).exists()
    assert visits_in(tmp_path) == 1
    assert visits_in(done.aside.parent, done.aside.name) == 2
