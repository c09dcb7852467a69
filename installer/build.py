"""Packs the program into build/kopdesk, says how large it is, and starts it. Called by `dev.py bundle`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from PyInstaller.__main__ import run as pack

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
BUNDLE = BUILD / "kopdesk"
PROGRAM = BUNDLE / ("kopdesk.exe" if os.name == "nt" else "kopdesk")

# What a bundle must be able to do before anybody gets it.
TRIALS = (["--version"], ["demo", "--headless"])


def main() -> int:
    shutil.rmtree(BUNDLE, ignore_errors=True)
    spec = ROOT / "installer" / "kopdesk.spec"
    folders = ["--distpath", str(BUILD), "--workpath", str(BUILD / "pyinstaller")]
    pack([str(spec), "--noconfirm", "--log-level", "ERROR", *folders])
    print(f"{BUNDLE}: {megabytes(BUNDLE):.0f} MB", flush=True)
    return max(started(trial) for trial in TRIALS)


def started(words: list[str]) -> int:
    """Start the bundle away from the repository, without this environment's variables."""
    with tempfile.TemporaryDirectory() as folder:
        began = monotonic()
        done = subprocess.run([PROGRAM, *words], cwd=folder, env=bare_environment(folder))
    print(f"kopdesk {' '.join(words)}: exit {done.returncode} ({monotonic() - began:.1f} s)", flush=True)
    return abs(done.returncode)


def bare_environment(home: str) -> dict[str, str]:
    """A stranger's machine: no PATH to lean on, no screen, nobody's profile and key store."""
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), home)
    needed_by_windows = {
        name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ
    }
    return {"LANG": "C.UTF-8", **homes, **needed_by_windows}


def megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if not file.is_symlink()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
