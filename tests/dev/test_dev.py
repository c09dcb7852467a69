import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import dev

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs faked here are shell scripts")

NOWHERE = dev.Need("libnowhere.so.9", "libnowhere9")


class Folder:
    """A clone with dev.py in it and fakes, which write down how they were called, for all it calls."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        (path / "dev.py").write_bytes(Path(dev.__file__).read_bytes())
        (path / "requirements.lock").write_text("one==1 \\\n    --hash=sha256:11\n")
        (path / "pyproject.toml").write_text("[project]\n")
        self.dev = self.load()
        (path / f".tools/uv-{self.dev.UV_VERSION}.dist-info").mkdir(parents=True)
        self.fake(".tools/bin/uv", "case $1 in venv) mkdir -p .venv/bin; touch .venv/bin/python;; esac")

    def load(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location("dev_of_a_clone", self.path / "dev.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def fake(self, name: str, body: str = "") -> None:
        script = self.path / name
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(
            f'#!/bin/sh\necho "{script.name} $*" >> "{self.path}/calls"\ncd "{self.path}"\n{body}\n'
        )
        script.chmod(0o755)

    def calls(self) -> list[str]:
        """What was called since the last look, without the questions for a version."""
        log = self.path / "calls"
        calls = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [call.replace(str(self.path), "HERE") for call in calls if "--version" not in call]

    def set_up(self) -> list[str]:
        self.calls()
        self.dev.set_up([])
        return [" ".join(call.split()[:3]) for call in self.calls()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    clone = Folder(tmp_path / "a clone")
    monkeypatch.setenv("PATH", f"{clone.path / 'system'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return clone


def as_user(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


def test_without_a_word_every_command_is_listed_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line.split()[0] for line in lines] == list(dev.COMMANDS)
    assert all(len(line.split()) > 2 for line in lines)


def test_a_word_that_is_no_command_exits_2_and_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    said = capsys.readouterr().err
    assert "There is no command 'tset'." in said
    assert dev.usage() in said


def test_an_old_python_can_read_the_file_as_far_as_the_sentence_that_refuses_it() -> None:
    source = Path(dev.__file__).read_text()
    ast.parse(source, feature_version=(3, 7))
    refusal = source.index("sys.exit(")
    assert re.findall(r"^import (\w+)", source[:refusal], re.MULTILINE) == ["sys"]


def test_dev_py_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(Path(dev.__file__).read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_ci_runs_what_engineers_run() -> None:
    assert (dev.ROOT / ".ci" / "run").read_text().splitlines()[-1].endswith("python3 dev.py test")


def test_who_may_not_install_is_told_the_line_to_type(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(1000, monkeypatch)
    folder.fake("system/apt-get")
    folder.fake("system/sudo", "exit 1")
    monkeypatch.setattr(folder.dev, "QT_NEEDS", (NOWHERE, folder.dev.Need("nowhere-tool", "anywhere")))
    assert folder.dev.main(["setup"]) == 1
    line = "  sudo apt-get update && sudo apt-get install -y --no-install-recommends anywhere libnowhere9\n"
    assert capsys.readouterr().err.endswith(line)
    assert folder.calls() == ["sudo -n true"]


def test_who_has_sudo_without_a_password_is_not_asked(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(1000, monkeypatch)
    folder.fake("system/apt-get")
    folder.fake("system/sudo", '[ $2 = true ] || PATH="system:$PATH" "$2" "$3" "$4" "$5"')
    folder.dev.install_system_packages([NOWHERE])
    assert folder.calls()[-1] == "apt-get install"


def test_lists_of_packages_are_read_when_a_package_is_not_found(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(0, monkeypatch)
    folder.fake("system/apt-get", "case $1 in update) touch known;; *) [ -e known ];; esac")
    folder.dev.install_system_packages([NOWHERE])
    assert [call.split()[1] for call in folder.calls()] == ["install", "update", "install"]


def test_without_network_one_sentence_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(0, monkeypatch)
    folder.fake("system/apt-get", "echo \"Err: Temporary failure resolving 'a.server'\"; exit 100")
    with pytest.raises(folder.dev.SetupError, match="servers cannot be reached") as failure:
        folder.dev.install_system_packages([NOWHERE])
    assert str(failure.value).count("\n") == 0


def test_what_a_tool_said_is_shown_when_it_failed_for_another_reason(folder: Folder) -> None:
    folder.fake(".tools/bin/uv", "case $1 in venv) echo 'No space left on device'; exit 2;; esac")
    with pytest.raises(folder.dev.SetupError, match="No space left on device"):
        folder.dev.set_up([])


def test_a_library_that_is_there_is_not_missing() -> None:
    assert dev.Need("libc.so.6", "libc6").is_met()
    assert not NOWHERE.is_met()


SYNC = ["uv pip sync", "uv pip install"]
ANEW = ["uv venv --clear", *SYNC]


def test_the_first_set_up_makes_the_environment_and_the_second_does_nothing(folder: Folder) -> None:
    assert folder.set_up() == ANEW
    assert folder.set_up() == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_change_of_dependencies_brings_the_environment_up_to_date(folder: Folder, name: str) -> None:
    folder.set_up()
    with (folder.path / name).open("a") as file:
        file.write("# more\n")
    assert folder.set_up() == SYNC


def test_another_python_gets_a_new_environment(folder: Folder) -> None:
    folder.set_up()
    stamp = folder.dev.STAMP.read_text()
    folder.dev.STAMP.write_text(stamp.replace("python 3", "python 2"))
    assert folder.set_up() == ANEW


def test_a_folder_that_was_moved_gets_a_new_environment(folder: Folder) -> None:
    folder.set_up()
    folder.path = folder.path.rename(folder.path.with_name("moved"))
    folder.dev = folder.load()
    folder.fake(".tools/bin/uv", "case $1 in venv) mkdir -p .venv/bin; touch .venv/bin/python;; esac")
    assert folder.set_up() == ANEW


def test_an_interrupted_set_up_starts_over(folder: Folder) -> None:
    folder.set_up()
    (folder.path / "pyproject.toml").write_text("[project] # changed\n")
    folder.fake(".tools/bin/uv", 'case "$*" in *sync*) exit 9;; esac')
    with pytest.raises(folder.dev.SetupError):
        folder.dev.set_up([])
    folder.fake(".tools/bin/uv")
    assert folder.set_up() == ANEW


def test_two_set_ups_at_once_make_one_environment(folder: Folder) -> None:
    folder.fake(
        ".tools/bin/uv", "case $1 in venv) sleep 0.5; mkdir -p .venv/bin; touch .venv/bin/python;; esac"
    )
    words = [sys.executable, "-c", "import dev; dev.set_up([])"]
    both = [subprocess.Popen(words, cwd=folder.path, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert [" ".join(call.split()[:3]) for call in folder.calls()] == ANEW


def test_a_lock_with_an_address_is_not_written(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    before = folder.dev.LOCK.read_text()
    last_but_two = "while [ $# -gt 0 ]; do [ $1 = --output-file ] && out=$2; shift; done"
    folder.fake(
        ".tools/bin/uv", f"{last_but_two}; [ -z $out ] || echo '--index-url https://example.org' > $out"
    )
    assert folder.dev.main(["lock"]) == 1
    assert "--index-url https://example.org" in capsys.readouterr().err
    assert folder.dev.LOCK.read_text() == before


def test_one_failing_check_fails_the_run_but_stops_nothing(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("mypy", "deptry", "python"):
        folder.fake(f".venv/bin/{name}")
    folder.fake(".venv/bin/ruff", "[ $1 = format ]")
    assert folder.dev.test(["-k", "visit"]) == 1
    calls = folder.calls()
    assert [call.split()[0] for call in calls] == ["ruff", "ruff", "mypy", "deptry", "python"]
    assert calls[-1] == "python -m pytest -n auto --dist worksteal -k visit"
    said = capsys.readouterr().out
    assert "lint: FAILED" in said
    assert said.splitlines()[-1] == "FAILED: lint"


def test_when_all_is_well_pytest_has_the_last_word(folder: Folder, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("ruff", "mypy", "deptry"):
        folder.fake(f".venv/bin/{name}")
    folder.fake(".venv/bin/python", "echo 3 passed")
    assert folder.dev.test([]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "3 passed"
