"""A second start raises the window of the first."""

import json
import os
import socket
from contextlib import closing
from pathlib import Path

from pytestqt.qtbot import QtBot

from kopdesk.ui.frame.single_instance import ADDRESS_FILE, only_window


def test_a_second_start_raises_the_first_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    first = only_window(tmp_path)
    assert first is not None
    first.listen()
    with closing(first), qtbot.waitSignal(first.raised):
        assert only_window(tmp_path) is None


def test_when_the_first_is_closed_the_next_is_the_first_again(qtbot: QtBot, tmp_path: Path) -> None:
    for _ in range(2):
        only = only_window(tmp_path)
        assert only is not None
        only.listen()
        only.close()


def test_a_second_start_ends_also_while_the_first_is_not_painted_yet(qtbot: QtBot, tmp_path: Path) -> None:
    first = only_window(tmp_path)
    assert first is not None
    assert only_window(tmp_path) is None
    first.close()


def test_another_folder_has_its_own_window(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = only_window(tmp_path / "one"), only_window(tmp_path / "other")
    assert one is not None
    assert other is not None
    one.close()
    other.close()


def test_who_does_not_know_the_word_raises_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    only = only_window(tmp_path)
    assert only is not None
    only.listen()
    with closing(only), qtbot.assertNotEmitted(only.raised, wait=300):
        port = json.loads((tmp_path / ADDRESS_FILE).read_text())["port"]
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"0" * 32)


def test_an_address_left_by_a_killed_program_does_no_harm(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / ADDRESS_FILE).write_text("{", encoding="utf-8")
    only = only_window(tmp_path)
    assert only is not None
    only.listen()
    if os.name != "nt":
        assert (tmp_path / ADDRESS_FILE).stat().st_mode & 0o077 == 0
    only.close()
