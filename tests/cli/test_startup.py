import argparse
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from kopdesk.cli.arguments import parser
from kopdesk.settings import Settings, data_folder, zone_word

HEAVY = ("sqlalchemy", "sqlcipher3", "requests", "keyring", "cryptography", "starlette", "uvicorn", "PySide6")


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_nothing_heavy_is_imported_to_say_who_one_is(word: str) -> None:
    code = f"""
import sys
from kopdesk.__main__ import main
code = main([{word!r}])
sys.exit(code or ", ".join(name for name in {HEAVY!r} if name in sys.modules))
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.stderr == "\n"
    assert "kopdesk" in ended.stdout


def test_every_command_has_its_work(tmp_path: Path) -> None:
    works = set(_works(parser(Settings(app_version="0", data=tmp_path, device_name=""))))
    assert "records.put" in works
    for work in works:
        module, _, name = work.rpartition(".")
        assert callable(getattr(import_module(f"kopdesk.cli.{module}"), name))


def _works(command: argparse.ArgumentParser) -> Iterator[str]:
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    work = command.get_default("work")
    if work:
        yield work
    for group in groups:
        for below in group.choices.values():
            yield from _works(below)


def test_data_lies_where_the_system_wants_it() -> None:
    home = Path("/home/sari").absolute()
    assert data_folder({}, home, "linux") == home / ".local" / "share" / "kopdesk"
    elsewhere = str(home / "elsewhere")
    assert data_folder({"XDG_DATA_HOME": elsewhere}, home, "linux") == home / "elsewhere" / "kopdesk"
    assert data_folder({"XDG_DATA_HOME": "relative"}, home, "linux") == home / ".local" / "share" / "kopdesk"
    assert data_folder({"LOCALAPPDATA": elsewhere}, home, "win32") == home / "elsewhere" / "Kopdesk"
    assert data_folder({}, home, "darwin") == home / "Library" / "Application Support" / "Kopdesk"


def test_zones_are_said_in_indonesian_words_where_there_are_some() -> None:
    from datetime import timedelta

    assert zone_word(timedelta(hours=8)) == "WITA"
    assert zone_word(timedelta(hours=5, minutes=30)) == "UTC+05:30"
    assert zone_word(timedelta(hours=-3)) == "UTC-03:00"
    assert zone_word(None) == "UTC+00:00"
