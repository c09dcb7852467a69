"""The training world: made behind the window, marked on every page and print, nothing of it real."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kopdesk.app import App
from kopdesk.cli.training import Training
from kopdesk.settings import Settings
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.start import open_window
from tests.ui.conftest import settle
from tests.ui.looking import texts

TODAY = date(2026, 11, 27)


@pytest.fixture
def training(tmp_path: Path) -> Training:
    settings = Settings(app_version="0", data=tmp_path / "data", device_name="laptop")
    return Training(settings=settings, folder=tmp_path / "world", district_name="malang", today=TODAY)


def opened(qtbot: QtBot, qapp: QApplication, training: Training) -> MainWindow:
    window = open_window(qapp, training, training.laptop, training.folder)
    qtbot.addWidget(window, before_close_func=lambda closing: closing.close())
    window.show()
    window.open_profile(None)
    qtbot.waitUntil(lambda: window.page is not None, timeout=60_000)
    settle(qtbot, window)
    return window


def test_a_world_is_made_the_first_time_and_found_again_the_next(
    qtbot: QtBot, qapp: QApplication, training: Training
) -> None:
    window = opened(qtbot, qapp, training)
    assert "LATIHAN" in list(texts(window))
    assert "Semua terkirim" in window.top_bar.pill.text()
    window.show_page("settings")
    settle(qtbot, window)
    assert "Buka data latihan" not in list(texts(window))
    window.close()
    server = training.folder / "server"
    made = server.stat().st_ino
    again = opened(qtbot, qapp, training)
    assert server.stat().st_ino == made
    told: list[object] = []
    again.session.synchronise(told.append, told.append, told.append)
    settle(qtbot, again)
    assert not [one for one in told if isinstance(one, Exception)]


def test_a_world_whose_making_was_cut_is_made_anew(
    qtbot: QtBot, qapp: QApplication, training: Training
) -> None:
    part = training.folder / "server.part"
    part.mkdir(parents=True)
    (part / "half").write_text("")
    window = opened(qtbot, qapp, training)
    assert not part.exists()
    window.close()


def test_the_command_starts_ourselves_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda words, **options: started.append(words))
    App(settings=Settings(app_version="0", data=tmp_path, device_name="")).start_training()
    assert started[0][-3:] == ["-m", "kopdesk", "demo"]
