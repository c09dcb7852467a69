"""A window on a real profile. Offscreen unless a screen is asked for."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kopdesk.ui.frame.main_window import DESIGNED, MainWindow
from kopdesk.ui.start import open_window
from kopdesk.ui.theme.theme import ARGUMENTS
from kopdesk.usecases.contact import note_contact
from tests.support.histories import synced
from tests.support.window import TestProgram
from tests.support.world import TestLaptop, World


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return [*ARGUMENTS]


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("ani", coop)
    world.person("budi", coop)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    ani = synced(world, "ani", coop)
    note_contact(ani.desk, server_at=world.clock.ms())
    return ani


@pytest.fixture
def program(ani: TestLaptop) -> TestProgram:
    return TestProgram(ani)


@pytest.fixture
def open_desk(
    qtbot: QtBot, qapp: QApplication, program: TestProgram, tmp_path: Path
) -> Callable[[], MainWindow]:
    """Open the window, and wait until its first page is there."""

    def open_it() -> MainWindow:
        window = open_window(qapp, program, program.laptop.folder, tmp_path / "data")
        qtbot.addWidget(window, before_close_func=lambda closing: closing.close())
        window.resize(*DESIGNED)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.open_profile(None)
        qtbot.waitUntil(lambda: window.page is not None)
        settle(qtbot, window)
        return window

    return open_it


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Until everything that was asked for has been answered, and what came of it can be seen."""
    qtbot.waitUntil(lambda: window.session.is_at_rest, timeout=20_000)
    QCoreApplication.sendPostedEvents()  # layouts show what they were given in a call of their own
