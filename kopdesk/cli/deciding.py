"""conflicts, resolve: what two people wrote into one leaf, and the decision."""

import shlex
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from kopdesk.app import App
from kopdesk.cli.records import opened, shown_zone
from kopdesk.cli.terminal import Terminal, WrongUsage, parsed
from kopdesk.domain.conflict import Choice
from kopdesk.domain.records import written
from kopdesk.usecases.conflicts import ConflictCase, list_conflicts, resolve_conflict
from kopdesk.usecases.seen import parse_seen, seen_text


def list_open(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Oldest first."""
    with opened(app, arguments, terminal) as profile:
        cases = list_conflicts(profile.desk)
    zone = shown_zone(app)
    if arguments.json:
        terminal.print_rows(_row(case, zone) for case in cases)
        return 0
    for case in cases:
        for line in _lines(case, zone):
            terminal.print_line(line)
    if cases:
        terminal.print_line(
            "PILIHAN: kept (yang berlaku atau tadinya berlaku), offered (yang ditawarkan),"
            " atau value dan isi lain. --rev menyebut apa yang Anda lihat di sini."
        )
    else:
        terminal.print_line("Tidak ada perbedaan yang menunggu keputusan.")
    return 0


def resolve(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Says so when it is committed."""
    choice = Choice(arguments.choice)
    if (choice is Choice.VALUE) != (arguments.value is not None):
        raise WrongUsage("Pilihan value memerlukan isinya sebagai JSON; kept dan offered tidak.")
    value = parsed(arguments.value) if arguments.value is not None else None
    seen = parse_seen(arguments.rev) if arguments.rev is not None else None
    with opened(app, arguments, terminal) as profile:
        resolve_conflict(profile.desk, arguments.id, choice, value, arguments.reason, seen=seen)
        terminal.print_json({"type": "conflict", "id": str(arguments.id), "resolved": choice.value})
    return 0


def _lines(case: ConflictCase, zone: str) -> Iterator[str]:
    """What it is about, both values, what a deletion would take, and how to decide."""
    from kopdesk.wording.differences import conflict_sentence
    from kopdesk.wording.labels import path_label
    from kopdesk.wording.shortening import shortened
    from kopdesk.wording.titles import record_heading
    from kopdesk.wording.values import field_text

    yield record_heading(case.about.type, case.cooperative_name, case.record, zone)
    yield f"  {conflict_sentence(case.conflict, case.current, case.record, zone=zone)}"
    if case.deletes:
        yield "  Isinya, yang ikut hilang bila dihapus:"
    for path, value in case.deletes.items():
        told = shortened(field_text(case.about.type, path, value, zone), _LONGEST_LINE)
        yield f"    {path_label(case.about.type, path)}: {told}"
    yield f"  kopdesk resolve {case.conflict.id} PILIHAN --rev {shlex.quote(seen_text(case.seen))}"


_LONGEST_LINE = 100


def _row(case: ConflictCase, zone: str) -> dict[str, Any]:
    from kopdesk.wording.differences import conflict_sentence
    from kopdesk.wording.titles import record_heading

    conflict = case.conflict
    return {
        "id": str(conflict.id),
        "cooperative_id": written(conflict.cooperative_id),
        "about_type": case.about.type,
        "about_id": str(case.about.id),
        "about_path": conflict.about_path,
        "heading": record_heading(case.about.type, case.cooperative_name, case.record, zone),
        "sentence": conflict_sentence(conflict, case.current, case.record, zone=zone),
        "kept_value": conflict.kept_value,
        "kept_author": conflict.kept_author,
        "kept_at": written(conflict.kept_at),
        "offered_value": conflict.offered_value,
        "offered_author": conflict.offered_author,
        "offered_at": written(conflict.offered_at),
        "base_value": conflict.base_value,
        "current_value": case.current,
        "deletes": dict(case.deletes),
        "rev": seen_text(case.seen),
    }
