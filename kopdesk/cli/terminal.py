"""What a command reads and prints: JSON in UTF-8 in and out, one line for people on stderr."""

import getpass
import io
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO


class WrongUsage(Exception):
    """A command that cannot be understood; the sentence says what was expected."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """The three streams of a process."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO

    def secret_line(self, asked: str) -> str | None:
        """The next line of stdin, typed without an echo where somebody sits; None at its end or if empty."""
        if self.stdin.isatty():
            return getpass.getpass(f"{asked}: ", self.stderr) or None
        return _text(self.stdin.readline()).rstrip("\r\n") or None

    def read_json(self) -> Any:
        """The rest of stdin. A name given twice in one object is refused: one of both would be lost."""
        text = _text(self.stdin.read())
        if not text.strip():
            raise WrongUsage("Isian JSON diharapkan di masukan standar, tetapi kosong.")
        return parsed(text)

    def print_json(self, value: object) -> None:
        """On one line, and handed over before anything else happens."""
        self.stdout.write(as_json(value) + "\n")
        self.stdout.flush()

    def print_rows(self, rows: Iterable[object]) -> None:
        """A JSON array with a line for each row, written as they come."""
        separator = "[\n"
        for row in rows:
            self.stdout.write(separator + as_json(row))
            separator = ",\n"
        self.stdout.write("[]\n" if separator == "[\n" else "\n]\n")
        self.stdout.flush()

    def print_line(self, sentence: str) -> None:
        """One line of the answer, for people."""
        self.stdout.write(sentence + "\n")
        self.stdout.flush()

    def say(self, sentence: str) -> None:
        """One line beside the answer: what went wrong and what to do."""
        self.stderr.write(sentence + "\n")
        self.stderr.flush()


def own_terminal() -> Terminal:
    """The process's own streams; UTF-8 and plain line ends on every system."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            errors = "strict" if stream is sys.stdout else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")
    return Terminal(sys.stdin.buffer, sys.stdout, sys.stderr)


def as_json(value: object) -> str:
    """Canonical: the same value always makes the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parsed(text: str) -> Any:
    """JSON as Python, or WrongUsage."""
    try:
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise WrongUsage(
            f"Isian bukan JSON yang benar: baris {error.lineno}, huruf ke-{error.colno}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise WrongUsage("Isian bukan JSON yang benar.") from error


def _each_once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise WrongUsage(f"Isian JSON memuat “{twice}” dua kali.")
    return found


def _no_constant(name: str) -> Any:
    raise WrongUsage(f"Isian JSON memuat {name}, yang bukan angka.")


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage("Masukan bukan teks UTF-8.") from error
