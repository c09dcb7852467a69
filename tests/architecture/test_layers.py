"""The folder tree is the architecture, and this keeps it so."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=110
    )


def test_imports_point_down() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_a_broken_layer_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "kopdesk", tmp_path / "kopdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    visit = tmp_path / "kopdesk" / "domain" / "visit.py"
    visit.write_text(
        visit.read_text(encoding="utf-8") + "\nimport kopdesk.storage.database\n", encoding="utf-8"
    )
    result = lint(tmp_path)
    assert result.returncode != 0
    assert "kopdesk.domain.visit" in result.stdout


def test_a_folder_without_a_place_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "kopdesk", tmp_path / "kopdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "kopdesk" / "helpers.py").write_text('"""No place."""\n', encoding="utf-8")
    assert lint(tmp_path).returncode != 0
