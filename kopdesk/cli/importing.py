"""server import: a Dinas's list of cooperatives, people and assignments, whole or not at all."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal
from kopdesk.server.importing import Counts, ImportReport, import_file
from kopdesk.wording.figures import number
from kopdesk.wording.sentences_import import row_sentence

if TYPE_CHECKING:
    from kopdesk.server.import_rows import RowProblem


def bring_in(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Try it first; one wrong row, and nothing of the list is stored."""
    # Where nobody said which folder, a server is not made by mistake beside the one that is meant.
    with app.server(arguments.data, create=arguments.data != app.settings.server) as server:
        report = import_file(server, arguments.file, dry_run=arguments.dry_run)
    if arguments.json:
        terminal.print_json(_as_row(report))
    else:
        for line in _lines(report):
            terminal.print_line(line)
    if report.errors:
        wrong = number(len(report.errors))
        terminal.say(
            f"Daftar ini belum bisa diterima: {wrong} isian keliru, dan tidak ada yang disimpan. "
            "Betulkan di berkasnya, lalu impor lagi."
        )
        return 1
    return 0


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
