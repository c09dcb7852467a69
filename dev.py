"""Everything an engineer types. Each command first sets up this folder, then does its work.

Only the standard library: this file must run on a machine that has Python and nothing else. Set-up means
system libraries (apt-get on Debian and Ubuntu), uv into `.tools/`, and the locked environment into `.venv/`.
Delete both folders and nothing is lost. On Windows the commands are the same, and the libraries are there.
"""

from __future__ import annotations

import sys

OLDEST_PYTHON = (3, 11)
if sys.version_info < OLDEST_PYTHON:  # before the imports, so that an old Python says this and no ImportError
    sys.exit("Kopdesk needs Python %d.%d or newer, this is %d.%d" % (OLDEST_PYTHON + sys.version_info[:2]))

import ctypes
import hashlib
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import NamedTuple

UV_VERSION = "0.13.9"

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
PYPROJECT = ROOT / "pyproject.toml"
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMP = VENV / "kopdesk-setup.txt"

WINDOWS = os.name == "nt"
EXE = ".exe" if WINDOWS else ""
# Not the environment's own interpreter, which may be rebuilt while it runs this.
PYTHON = str(getattr(sys, "_base_executable", sys.executable))
UV = TOOLS / "bin" / f"uv{EXE}"  # pip --target says bin/ on Windows too

OFFLINE = re.compile(
    r"name resolution|could not resolve|temporary failure|failed to lookup|getaddrinfo|dns error|unreachable"
    r"|timed out|connection (refused|reset|aborted|error)|newconnectionerror|error sending request"
    r"|(could not|unable to) connect",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"://| @ |^\s*--(?!hash=)", re.MULTILINE)


class SetupError(Exception):
    """What is missing and what to do about it, in words for the person at the keyboard."""


class StepFailed(SetupError):
    """A tool that set-up called has failed."""

    def __init__(self, sentence: str, output: str) -> None:
        if OFFLINE.search(output):
            reason = "the package servers cannot be reached. Connect to the network"
        else:
            reason = "failed, see above. Mend that"
            sentence = f"{output.rstrip()}\n{sentence}"
        super().__init__(f"{sentence}: {reason} and type the same command again; what was fetched is kept.")


class Need(NamedTuple):
    """A shared library or a program that the operating system provides, and the Debian package it is in."""

    name: str
    package: str

    def is_met(self) -> bool:
        if ".so" not in self.name:
            return shutil.which(self.name) is not None
        try:
            ctypes.CDLL(self.name)
        except OSError:
            return False
        return True


QT_NEEDS = (
    Need("libGL.so.1", "libgl1"),
    Need("libEGL.so.1", "libegl1"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need(
        "libglib-2.0.so.0", "libglib2.0-0"
    ),  # renamed in Debian 13 and Ubuntu 24.04, which know this name too
    Need("libdbus-1.so.3", "libdbus-1-3"),
    Need("libbrotlidec.so.1", "libbrotli1"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    # From here on: a window on a real desktop.
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-image.so.0", "libxcb-image0"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1"),
)


TEST_NEEDS = (
    Need("strace", "strace"),  # records from outside what is written, and kills at any call
    Need("soffice", "libreoffice-calc-nogui"),  # recalculates the workbooks
)


def bundle_needs() -> tuple[Need, ...]:
    """PyInstaller packs the interpreter as a library, which Debian keeps in a package of its own."""
    python = f"libpython3.{sys.version_info[1]}"
    library = (Need(f"{python}.so.1.0", python),) if sys.base_prefix == "/usr" else ()
    return (Need("objdump", "binutils"), *library)


def set_up(needs: Sequence[Need]) -> None:
    """Bring the machine and this folder to where a command can run. Does nothing, fast, when all is there."""
    if sys.platform == "linux":
        missing = [need for need in needs if not need.is_met()]
        if missing:
            install_system_packages(missing)
    if not environment_is_ready():
        with one_at_a_time():
            if not environment_is_ready():
                install_uv()
                install_environment()


def install_system_packages(missing: Sequence[Need]) -> None:
    """Ask apt-get for what is missing; without the right to do so, say the exact line to type."""
    packages = sorted({need.package for need in missing})
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        names = ", ".join(need.name for need in missing)
        raise SetupError(f"Please install what provides {names}, then type the same command again.")
    if not may_install():
        raise SetupError(
            "System packages are missing. Type this line, then the same command again:\n"
            f"  sudo apt-get update && sudo {' '.join(install)}"
        )
    as_root = [] if is_root() else ["sudo", "-n"]
    quietly = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    sentence = f"Installing {' '.join(packages)}"
    try:
        step(sentence, [*quietly, *install])
    except StepFailed:  # the lists of packages are missing or too old, as on any fresh machine
        step("Reading the lists of packages", [*quietly, "apt-get", "update"])
        step(sentence, [*quietly, *install])


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def may_install() -> bool:
    """Whether apt-get may be called without asking anybody for a password."""
    if is_root():
        return True
    return shutil.which("sudo") is not None and succeeds(["sudo", "-n", "true"])


def environment_is_ready() -> bool:
    return stamp() == fingerprint() and program("python").exists()


def stamp() -> str:
    """What the last finished set-up was made from; nothing after an unfinished one."""
    return STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""


def fingerprint() -> str:
    """What the environment is made from: two lines that ask for a new one, one that only changes packages."""
    inputs = hashlib.sha256(LOCK.read_bytes() + PYPROJECT.read_bytes()).hexdigest()
    return f"python {platform.python_version()}\nin {ROOT}\nfrom {inputs}\n"


def environment_can_be_kept() -> bool:
    """No stamp means an unfinished set-up, and a half-written package cannot be told from a whole one."""
    return program("python").exists() and stamp().splitlines()[:2] == fingerprint().splitlines()[:2]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second set-up of this folder wait. SQLite's lock works everywhere and dies with its process."""
    TOOLS.mkdir(exist_ok=True)
    with closing(sqlite3.connect(TOOLS / "setup.lock", timeout=900, isolation_level=None)) as lock_file:
        lock_file.execute("BEGIN EXCLUSIVE")
        yield


def install_uv() -> None:
    """Debian's Python bars `pip install` (PEP 668) and cannot make environments; --target and uv do both."""
    if UV.exists() and succeeds([UV, "--version"]) and (TOOLS / f"uv-{UV_VERSION}.dist-info").is_dir():
        return
    if not succeeds([PYTHON, "-c", "import pip"]):
        if sys.base_prefix != "/usr" or shutil.which("apt-get") is None:
            raise SetupError(f"This Python has no pip. Type: {PYTHON} -m ensurepip")
        install_system_packages([Need("pip", "python3-pip")])
    step(
        f"Fetching uv {UV_VERSION} (25 MB)",
        [PYTHON, "-m", "pip", "install", "--quiet", "--upgrade", "--target", TOOLS, f"uv=={UV_VERSION}"],
        PIP_REQUIRE_VIRTUALENV="0",
        PIP_USER="0",
    )


def install_environment() -> None:
    """Make .venv hold exactly what the lock says, and the project itself as it lies here."""
    if not environment_can_be_kept():
        uv("Making .venv", "venv", "--clear", "--no-project", "--python", PYTHON, VENV)
    made_from = fingerprint()  # read before the work: a file that changes meanwhile is set up again next time
    STAMP.unlink(missing_ok=True)
    here = ("--python", program("python"))
    # Compiled now: SQLAlchemy alone takes a second to compile, and not every machine keeps the result.
    locked = ("--require-hashes", "--compile-bytecode", LOCK)
    uv("Fetching the Python packages (150 MB the first time)", "pip", "sync", *here, *locked)
    uv("Installing Kopdesk", "pip", "install", *here, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(made_from, encoding="utf-8")


def uv(sentence: str, *arguments: str | Path) -> None:
    step(sentence, [UV, *arguments], UV_PYTHON_DOWNLOADS="never")


def step(sentence: str, command: Sequence[str | Path], **environment: str) -> None:
    """Run one step of set-up: its name on stderr, what the tool says only when it fails."""
    print(f"{sentence} ...", file=sys.stderr, flush=True)
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise StepFailed(sentence, done.stdout)


def succeeds(command: Sequence[str | Path]) -> bool:
    try:
        return subprocess.run([str(word) for word in command], capture_output=True).returncode == 0
    except OSError:
        return False


def program(name: str) -> Path:
    """A program of the environment."""
    return VENV / ("Scripts" if WINDOWS else "bin") / f"{name}{EXE}"


def run(words: Sequence[str], *, captured: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment from the top of the repository."""
    sys.stdout.flush()
    return subprocess.run(
        [str(program(words[0])), *words[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE if captured else None,
        stderr=subprocess.STDOUT if captured else None,
        encoding="utf-8",
        errors="replace",
    )


def runs(*words: str) -> Callable[[list[str]], int]:
    """The work of a command that only starts one program; what the engineer adds is passed on."""
    return lambda arguments: run([*words, *arguments]).returncode


CHECKS = {
    "format": ("ruff", "format", "--check", "."),
    "lint": ("ruff", "check", "."),
    "types": ("mypy",),
    "dependencies": ("deptry", "--no-ansi", "kopdesk"),
}


def test(arguments: list[str]) -> int:
    """Run every check although one fails; pytest goes last, so that its closing line closes the output."""
    failed = [name for name, words in CHECKS.items() if not check_passes(name, words)]
    # A worker for each core; whoever debugs says -n 0.
    if run(["python", "-m", "pytest", "-n", "auto", "--dist", "worksteal", *arguments]).returncode:
        failed.append("tests")
    if failed:
        print(f"\nFAILED: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def check_passes(name: str, words: Sequence[str]) -> bool:
    started = monotonic()
    done = run(words, captured=True)
    if done.returncode:
        print(done.stdout)
    print(f"{name}: {'FAILED' if done.returncode else 'ok'} ({monotonic() - started:.1f} s)", flush=True)
    return done.returncode == 0


def lock(arguments: list[str]) -> int:
    """Write requirements.lock anew. Versions stay unless they must move; `--upgrade` moves all."""
    with one_at_a_time(), tempfile.TemporaryDirectory() as folder:
        install_uv()
        fresh = Path(folder, LOCK.name)
        if LOCK.exists():
            shutil.copyfile(LOCK, fresh)  # uv keeps the versions it finds in its output file
        python = "{}.{}".format(*OLDEST_PYTHON)
        everything = ("--universal", "--python-version", python, "--group", "dev", "--group", "bundle")
        form = ("--generate-hashes", "--no-header", "--python", PYTHON, "--output-file", fresh)
        uv("Choosing versions", "pip", "compile", *everything, *form, *arguments, PYPROJECT.name)
        text = fresh.read_text(encoding="utf-8")
    address = ADDRESS.search(text)
    if address:
        line = text.count("\n", 0, address.end())
        raise SetupError(f"Not written: the lock would hold an address:\n  {text.splitlines()[line]}")
    LOCK.write_text(text, encoding="utf-8", newline="\n")
    print("requirements.lock is written; commit it together with pyproject.toml.")
    return 0


class Command(NamedTuple):
    """One word an engineer can type. A new suite is one more of them, with what it needs of the system."""

    does: str
    work: Callable[[list[str]], int]
    needs: tuple[Need, ...] = ()
    in_environment: bool = True


COMMANDS = {
    "setup": Command("set up this folder and stop there", lambda _: 0),
    "demo": Command("play the main job, from server to second laptop", runs("kopdesk", "demo", "--headless")),
    "test": Command(
        "format, lint, types, dependencies and tests; takes pytest's arguments", test, TEST_NEEDS
    ),
    "bench-window": Command(
        "measure the window: start, standing still, memory", runs("python", "-m", "tests.benchmarks.window")
    ),
    "bench-books": Command(
        "measure the bookkeeping check: the twelve tests, 2,000 pasted rows",
        runs("python", "-m", "tests.benchmarks.books"),
    ),
    "bench-plans": Command(
        "measure a business plan: five scenarios, what breaks it first",
        runs("python", "-m", "tests.benchmarks.plans"),
    ),
    "bench": Command("measure speed, memory and imports", runs("python", "-m", "tests.benchmarks")),
    "powerloss": Command(
        "cut the power after every write, in thousands of ways",
        runs("python", "-m", "tests.crashes", "powerloss"),
        TEST_NEEDS,
    ),
    "kills": Command(
        "kill the program at every call it makes", runs("python", "-m", "tests.crashes", "kills"), TEST_NEEDS
    ),
    "simulation": Command(
        "whole lives of laptops, by seed (--seeds N)", runs("python", "-m", "tests.simulation")
    ),
    "mutations": Command(
        "damaged bytes into every decoder, by seed (--count N)",
        runs("python", "-m", "tests.protocol.mutations"),
    ),
    "bundle": Command("pack the program, start it", runs("python", "installer/build.py"), bundle_needs()),
    "lock": Command("write requirements.lock (--upgrade: newer versions)", lock, in_environment=False),
}


def usage() -> str:
    lines = [f"  {name:10} {command.does}" for name, command in COMMANDS.items()]
    return "\n".join(["python3 dev.py COMMAND [arguments]", "", *lines])


def main(arguments: list[str]) -> int:
    """Exit codes: what the command returned, 1 when set-up cannot go on, 2 for a word that is no command."""
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        print(usage())
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    command = COMMANDS[name]
    try:
        if command.in_environment:
            set_up([*QT_NEEDS, *command.needs])
        return command.work(rest)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # what tools draw may not be in a Windows code page
    sys.exit(main(sys.argv[1:]))
