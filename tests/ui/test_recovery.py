"""A window that is killed while somebody types: what was left is kept, and the next start says so."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kopdesk.cli.training import Training
from kopdesk.settings import Settings
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.preferences import read_preferences
from kopdesk.ui.start import open_window
from kopdesk.ui.visits.page import VisitsPage
from tests.ui.conftest import settle
from tests.ui.looking import texts

TYPING = """
import sys
from tests.ui.test_recovery import opened, training, type_into_a_new_visit
from pathlib import Path
from kopdesk.ui.theme.theme import make_application

application = make_application()
window = opened(application, training(Path(sys.argv[1])))
type_into_a_new_visit(window)
print("typing", flush=True)
application.exec()
"""


def training(folder: Path) -> Training:
    settings = Settings(app_version="0", data=folder / "data", device_name="laptop")
    return Training(
        settings=settings, folder=folder / "world", district_name="malang", today=date(2026, 11, 27)
    )


def opened(application: QApplication, program: Training) -> MainWindow:
    from kopdesk.ui.tour import until

    window = open_window(application, program, program.laptop, program.folder)
    window.show()
    window.open_profile(None)
    until(lambda: window.page is not None and window.session.is_at_rest)
    return window


def type_into_a_new_visit(window: MainWindow) -> None:
    """The agreement is left, the notes are still being typed."""
    from PySide6.QtTest import QTest

    from kopdesk.ui.tour import settle as settled

    window.show_page("cooperatives")
    settled(window)
    card = window.page.table.current  # type: ignore[union-attr]
    window.session.focus_cooperative(card.id, card.name)
    window.press("new")
    settled(window)
    assert isinstance(window.page, VisitsPage)
    form = window.page.form
    form.open_folds()
    agreement, notes = form.fields["agreement"].control, form.fields["notes"].control
    agreement.setFocus()
    QTest.keyClicks(agreement, "Buku kas diisi tiap sore.")
    notes.setFocus()
    settled(window)
    QTest.keyClicks(notes, "Belum selesai")


def test_killed_while_typing_it_loses_at_most_the_field_being_typed_and_says_what_was_kept(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", TYPING, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "typing\n"
        process.send_signal(signal.SIGKILL)
    program = training(tmp_path)
    assert read_preferences(program.folder).is_open
    window = opened(qapp, program)
    qtbot.addWidget(window, before_close_func=lambda closing: closing.close())
    qtbot.waitUntil(lambda: any("tertutup mendadak" in text for text in texts(window)))
    told = next(text for text in texts(window) if "tertutup mendadak" in text)
    assert "yang terakhir diketik: Koperasi" in told
    assert "Kunjungan" in told
    window.banner.action.click()
    settle(qtbot, window)
    assert isinstance(window.page, VisitsPage)
    assert window.page.form.form is not None
    assert window.page.form.form.leaves["agreement"] == "Buku kas diisi tiap sore."
    assert window.page.form.form.leaves.get("notes") in (None, "Belum selesai")  # kept if it thought long
    assert not window.banner.isVisible()
    window.close()
    assert not read_preferences(program.folder).is_open
