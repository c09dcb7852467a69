import io
from pathlib import Path

from kopdesk.app import App
from kopdesk.cli.main import main
from kopdesk.settings import Settings
from tests.cli.conftest import Ran


def demo(tmp_path: Path, *words: str) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    app = App(settings=Settings(app_version="0.1.0", data=tmp_path / "data", device_name="laptop"))
    code = main(["demo", "--headless", *words], io.BytesIO(), out, err, app=app)
    return Ran(code, out.getvalue(), err.getvalue())


def test_a_visit_recorded_without_a_network_arrives_on_a_second_laptop(tmp_path: Path) -> None:
    world = tmp_path / "world"
    ran = demo(tmp_path, "--district", "malang", "--today", "2025-10-06", "--data", str(world))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("✓") == 9
    assert "100 %" in ran.out
    assert (world / "laptop-1" / "kopdesk.db").exists()
    assert (world / "demo-pictures" / "01-home.png").read_bytes().startswith(b"\x89PNG")
    again = demo(tmp_path, "--data", str(world))
    assert again.code == 1
    assert again.sentence


def test_the_story_does_not_begin_before_its_beginning(tmp_path: Path) -> None:
    assert demo(tmp_path, "--today", "2020-01-01").code == 2
