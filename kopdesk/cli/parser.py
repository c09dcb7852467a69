"""argparse that speaks Indonesian."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

_SAID = (
    (r"the following arguments are required: (.+)", "Perintah ini belum lengkap; masih perlu: {0}."),
    (r"unrecognized arguments: (.+)", "Tidak dikenal di sini: {0}."),
    (r"argument (\S+): expected one argument", "Setelah {0} harus ada isinya."),
    (
        r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)",
        "Untuk {0} tidak ada “{1}”; pilih: {2}.",
    ),
    (r"argument (\S+): not allowed with argument (\S+)", "{0} tidak dapat dipakai bersama {1}."),
    (r"argument (.+?): invalid \S+ value: '(.*)'", "Untuk {0}, “{1}” bukan isi yang benar."),
    (r"one of the arguments (.+) is required", "Salah satu harus dipilih: {0}."),
    (r"argument (.+?): (.+)", "{0}: {1}"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cara pakai: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Exits 2 with one line on stderr; `--help` exits 0."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(allow_abbrev=False, add_help=False, **options)
        self._positionals.title = "Isi perintah"
        self._optionals.title = "Pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        """One sentence, and where to read more."""
        self.exit(2, f"{in_indonesian(message)} Lihat: {self.prog} --help\n")


def in_indonesian(message: str) -> str:
    """What argparse says, in one sentence; as it is where it says something new."""
    for pattern, sentence in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(*_without_quotes(found.groups()))
    return message


def _without_quotes(parts: Iterable[str]) -> list[str]:
    return [" ".join(part.replace("'", "").split()) for part in parts]
