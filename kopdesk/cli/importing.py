"""server import: a Dinas's list of cooperatives, people and assignments, whole or not at all."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal, WrongUsage
from kopdesk.server.import_columns import ListKind, known_columns, one_of
from kopdesk.server.importing import Counts, ImportReport, import_file
from kopdesk.wording.figures import number
from kopdesk.wording.sentences_import import row_sentence

if TYPE_CHECKING:
    from kopdesk.server.import_rows import RowProblem


def bring_in(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Try it first; one wrong row, and nothing of the list is stored."""
    if arguments.columns:
        for line in _column_lines():
            terminal.print_line(line)
        return 0
    if arguments.file is None:
        raise WrongUsage("Sebut berkas daftarnya, atau --columns untuk melihat kolom yang dikenal.")
    report = _imported(app, arguments.data, arguments.file, dry_run=arguments.dry_run)
    if arguments.json:
        terminal.print_json(_as_row(report))
    else:
        for line in _lines(report):
            terminal.print_line(line)
    if report.errors:
        wrong = number(len(report.errors))
        terminal.say(
            f"Daftar ini belum bisa diterima: {wrong} isian keliru, dan tidak ada yang disimpan. "
            "Betulkan di berkasnya, lalu impor lagi. Kolom yang dikenal: kopdesk server import --columns."
        )
        return 1
    return 0


def _imported(app: App, folder: Path, file: Path, *, dry_run: bool) -> ImportReport:
    """A folder that has no server gets one only by a list that is good."""
    # Where nobody said which folder, a server is not made by mistake beside the one that is meant.
    may_create = folder != app.settings.server
    if may_create and not (folder.is_dir() and any(folder.iterdir())):
        with tempfile.TemporaryDirectory() as empty, app.server(Path(empty), create=True) as server:
            tried = import_file(server, file, dry_run=True)
        if dry_run or tried.errors:
            return tried
    with app.server(folder, create=may_create) as server:
        return import_file(server, file, dry_run=dry_run)


def _column_lines() -> Iterator[str]:
    yield "Satu berkas XLSX dengan lembar-lembar ini, atau satu CSV untuk salah satunya. * harus ada."
    for kind in ListKind:
        yield f"Lembar {kind.value.capitalize()}:"
        for column in known_columns(kind):
            others = f" (juga: {', '.join(column.others)})" if column.others else ""
            yield f"  {column.heading.capitalize()}{' *' if column.is_needed else ''}{others}"
        if headings := one_of(kind):
            yield f"  Salah satu harus ada: {', '.join(headings)}."
    yield "Judul kolom SIMKOPDES juga dikenali. Tanpa kata sandi, dibuatkan satu dan ditampilkan sekali."


def _as_row(report: ImportReport) -> dict[str, Any]:
    return {
        "applied": report.applied,
        "cooperatives": report.cooperatives._asdict(),
        "people": report.people._asdict(),
        "assignments": report.assignments._asdict(),
        "conflicts": report.conflicts,
        "errors": [_problem_row(problem) for problem in report.errors],
        "warnings": [_problem_row(problem) for problem in report.warnings],
        "passwords": dict(report.passwords),
    }


def _problem_row(problem: RowProblem) -> dict[str, Any]:
    where = {"sheet": problem.sheet, "row": problem.row, "column": problem.column}
    what = {"reason": problem.reason, "detail": problem.detail}
    return where | what | {"sentence": _problem_line(problem)}


def _lines(report: ImportReport) -> Iterator[str]:
    if not report.errors:
        yield "Disimpan." if report.applied else "Hanya diperiksa, belum disimpan."
    for what, counts in (
        ("Koperasi", report.cooperatives),
        ("Akun", report.people),
        ("Penugasan", report.assignments),
    ):
        yield f"{what}: {_counted(counts)}."
    if report.conflicts:
        yield f"Beda dengan isian yang lebih baru: {number(report.conflicts)}; menunggu keputusan."
    for problem in (*_in_order(report.errors), *_in_order(report.warnings)):
        yield _problem_line(problem)
    for login, password in report.passwords.items():
        yield f"Kata sandi {login}: {password} (hanya ditampilkan sekali)"


def _counted(counts: Counts) -> str:
    return f"{number(counts.new)} baru, {number(counts.changed)} berubah, {number(counts.unchanged)} tetap"


def _in_order(problems: Iterable[RowProblem]) -> list[RowProblem]:
    """As somebody who mends the file comes upon them."""
    return sorted(problems, key=lambda problem: (problem.sheet, problem.row, problem.column))


def _problem_line(problem: RowProblem) -> str:
    return row_sentence(
        problem.reason, problem.detail, sheet=problem.sheet, row=problem.row, column=problem.column
    )
