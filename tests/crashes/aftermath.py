"""Life goes on after an accident by itself: what was cut is simply done again, and the world becomes one."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.states import Role
from kopdesk.protocol.messages import GrantKind
from kopdesk.server.backups import back_up, restore
from kopdesk.server.listing import dump
from kopdesk.server.opening import Server
from kopdesk.server.operations import add_user, assign
from kopdesk.storage.database import Database
from kopdesk.storage.errors import NoProfile
from kopdesk.usecases.records import list_records
from tests.crashes.history import Fact
from tests.crashes.laptop_checks import check_facts, check_migrated, check_whole
from tests.crashes.laptop_scenarios import KEPT_KEY, steps_to_come
from tests.crashes.server_checks import check_nothing_set_aside_is_lost, check_open_server, visits_in
from tests.crashes.stage import COOP, LAPTOP, LOGIN, PROFILE, SERVER, Stage, a_visit, office_writes
from tests.support.world import PASSWORD, TestLaptop


def _next_day(root: Path) -> Stage:
    return Stage(root, seed=99, later=timedelta(days=1))


def meet(root: Path, facts: Sequence[Fact]) -> None:
    """The laptop (enrolled now, if that was cut) saves and syncs: both hold the same, nothing waits."""
    stage = _next_day(root)
    with closing(stage.server()) as server:
        _enrol_if_cut(stage, server)
        with closing(stage.laptop(server)) as laptop:
            if not list_records(laptop.desk, "cooperative"):
                stage.sync(laptop)
            laptop.put("visit", cooperative_id=str(COOP), **a_visit(99))
            stage.sync(laptop)
            _check_met(laptop, server, facts)


def log_in_and_meet(root: Path, facts: Sequence[Fact]) -> None:
    """Whoever was not told that he is logged in does it again; his unsent work goes with him."""
    stage = _next_day(root)
    with closing(stage.server()) as server, closing(stage.laptop(server)) as laptop:
        if {"what": "logged in"} not in facts:
            stage.log_in_again(laptop)
    meet(root, facts)


def _enrol_if_cut(stage: Stage, server: Server) -> None:
    try:
        stage.laptop(server).close()
    except NoProfile:
        stage.enrol(server)


def _check_met(laptop: TestLaptop, server: Server, facts: Sequence[Fact]) -> None:
    assert laptop.unsent() == 0
    assert _sorted(laptop.dump()) == _sorted(dump(server, (coop_channel(COOP),)))
    with laptop.desk.database.reading() as work:
        check_whole(work)
        check_facts(work, facts)
    check_open_server(server, facts)


def _sorted(rows: object) -> str:
    return json.dumps(rows, sort_keys=True)


def found_again(root: Path, facts: Sequence[Fact]) -> None:
    """The operator types the same commands again; then an assistant can enrol."""
    stage = _next_day(root)
    with closing(stage.server()) as server:
        office_writes(server, PROFILE, name="Koperasi Desa Merah Putih Peridan")
        with server.store.reading() as tx:
            known = tx.user_named(LOGIN) is not None
        if not known:
            add_user(server, LOGIN, name="Rina", role=Role.ASSISTANT, password=PASSWORD)
        assign(server, LOGIN, str(COOP), GrantKind.READ_WRITE)
    meet(root, facts)


def back_up_again(root: Path, facts: Sequence[Fact]) -> None:
    """Another backup can be made and used, and the laptops notice nothing."""
    back_up(root / SERVER, root / "lagi.zip")
    restore(root / "kosong" / SERVER, root / "lagi.zip")
    assert visits_in(root / "kosong") == visits_in(root)
    meet(root, facts)


def restore_again(root: Path, facts: Sequence[Fact]) -> None:
    """The same command once more ends in the restored centre, with all that was there before set aside."""
    if not any(fact["what"] == "restored" for fact in facts):
        restore(root / SERVER, root / "cadangan" / "pusat.zip")
    assert visits_in(root) == 1
    check_nothing_set_aside_is_lost(root)
    meet(root, facts)


def migrate_again(root: Path, facts: Sequence[Fact]) -> None:
    """Opened once more the file is of today's schema and can be written."""
    with (
        steps_to_come(),
        closing(Database.open(root / LAPTOP, KEPT_KEY)) as database,
        database.writing() as work,
    ):
        work.profile.save_value("after", "the accident")
    check_migrated(root, facts)
