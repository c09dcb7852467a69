"""What a command reads and prints: JSON in UTF-8 in and out, one line for people on stderr."""

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO, cast


class WrongUsage(Exception):
    """A command that cannot be understood; the sentence says what was expected."""


class AnswerLost(Exception):
    """The answer could not be written where it was to go. What the command did stays done."""

    def __init__(self) -> None:
        super().__init__(
            "Perintah sudah dikerjakan, tetapi jawabannya tidak dapat ditulis. Periksa tempat tujuannya."
        )


@dataclass(frozen=True, slots=True)
class Terminal:
    """The three streams of a process."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO

    def secret_line(self, asked: str) -> str | None:
        """The next line of stdin, typed without an echo where somebody sits; None at its end or if empty."""
        if self.stdin.isatty():
            import getpass

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
        self.print_line(as_json(value))

    def print_rows(self, rows: Iterable[object]) -> None:
        """A JSON array with a line for each row, written as they come."""
        separator = "[\n"
        for row in rows:
            self._write(separator + as_json(row))
            separator = ",\n"
        self._write("[]\n" if separator == "[\n" else "\n]\n")
        self.flush()

    def print_line(self, sentence: str) -> None:
        """One line of the answer, for people."""
        self._write(sentence + "\n")
        self.flush()

    def flush(self) -> None:
        """Hand over everything that was printed."""
        with _answering():
            self.stdout.flush()

    def say(self, sentence: str) -> None:
        """One line beside the answer: what went wrong and what to do."""
        self.stderr.write(sentence + "\n")
        self.stderr.flush()

    def _write(self, text: str) -> None:
        with _answering():
            self.stdout.write(text)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # somebody has read enough: no failure
        raise
    except OSError as error:
        raise AnswerLost from error


def own_terminal() -> Terminal:
    """The process's own streams: UTF-8 and plain line ends on every system; empty where they are closed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    given = cast("io.TextIOWrapper | None", sys.stdin)  # closed streams are None, whatever the types say
    return Terminal(
        cast("BinaryIO", given.buffer) if given else io.BytesIO(),
        cast("TextIO | None", sys.stdout) or io.StringIO(),
        cast("TextIO | None", sys.stderr) or io.StringIO(),
    )


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
