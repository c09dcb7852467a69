"""conflicts, resolve: what two people wrote into one leaf, and the decision."""

from argparse import Namespace
from typing import Any

from kopdesk.app import App
from kopdesk.cli.records import opened
from kopdesk.cli.terminal import Terminal, WrongUsage, parsed
from kopdesk.domain.conflict import Choice
from kopdesk.domain.records import written
from kopdesk.domain.zones import Zone
from kopdesk.usecases.conflicts import ConflictCase, list_conflicts, resolve_conflict


def list_open(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Oldest first."""
    from kopdesk.wording.sentences import conflict_sentence

    with opened(app, arguments, terminal) as profile:
        cases = list_conflicts(profile.desk)
    if arguments.json:
        terminal.print_rows(_row(case) for case in cases)
        return 0
    zone = app.zone if app.zone in tuple(Zone) else Zone.WIB
    for case in cases:
        terminal.print_line(f"{case.conflict.id}  {conflict_sentence(case.conflict, zone=zone)}")
    if cases:
        terminal.print_line(
            "Putuskan dengan: kopdesk resolve ID, lalu kept (yang berlaku), offered (yang ditawarkan),"
            " atau value dan isinya."
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
    with opened(app, arguments, terminal) as profile:
        resolve_conflict(profile.desk, arguments.id, choice, value, arguments.reason)
        terminal.print_json({"type": "conflict", "id": str(arguments.id), "resolved": choice.value})
    return 0


def _row(case: ConflictCase) -> dict[str, Any]:
    conflict = case.conflict
    return {
        "id": str(conflict.id),
        "cooperative_id": written(conflict.cooperative_id),
        "about_type": case.about.type,
        "about_id": str(case.about.id),
        "about_path": conflict.about_path,
        "kept_value": conflict.kept_value,
        "kept_author": conflict.kept_author,
        "kept_at": written(conflict.kept_at),
        "offered_value": conflict.offered_value,
        "offered_author": conflict.offered_author,
        "offered_at": written(conflict.offered_at),
        "base_value": conflict.base_value,
        "current_value": case.current,
    }
