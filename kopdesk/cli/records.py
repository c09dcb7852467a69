"""put, get, list, delete, dump: records of any type as JSON."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal, WrongUsage
from kopdesk.domain.zones import Zone
from kopdesk.usecases.desk import OpenProfile
from kopdesk.usecases.records import delete_record, dump, get_record, list_records, put_record


@contextmanager
def opened(app: App, arguments: Namespace, terminal: Terminal) -> Iterator[OpenProfile]:
    """The profile a command names, with its PIN from stdin where that was said."""
    passphrase = terminal.secret_line("PIN") if arguments.pin_stdin else None
    with app.profile(arguments.profile, passphrase) as profile:
        yield profile


def shown_zone(app: App) -> str:
    """In which zone times are told: the laptop's, or WIB where that is none of Indonesia's."""
    return app.zone if app.zone in tuple(Zone) else Zone.WIB


def put(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Says "saved" when the record is committed, and not before."""
    passphrase = terminal.secret_line("PIN") if arguments.pin_stdin else None
    document = terminal.read_json()
    if not isinstance(document, dict):
        raise WrongUsage('Isian catatan harus berupa objek JSON, misalnya {"visited_on": "2026-11-22"}.')
    with app.profile(arguments.profile, passphrase) as profile:
        saved = put_record(profile.desk, arguments.type, document)
        answer = {"type": saved.key.type, "id": str(saved.key.id), "saved": True}
        if saved.like:
            answer["like"] = [{"id": str(like), "reasons": list(reasons)} for like, reasons in saved.like]
        terminal.print_json(answer)
    return 0


def get(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """With the "rev" that names what was seen."""
    with opened(app, arguments, terminal) as profile:
        terminal.print_json(get_record(profile.desk, arguments.type, arguments.id))
    return 0


def list_all(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """An array, a record a line."""
    with opened(app, arguments, terminal) as profile:
        found = list_records(profile.desk, arguments.type, arguments.cooperative)
    terminal.print_rows(found)
    return 0


def delete(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Says so when it is committed."""
    with opened(app, arguments, terminal) as profile:
        delete_record(profile.desk, arguments.type, arguments.id, arguments.rev)
        terminal.print_json({"type": arguments.type, "id": str(arguments.id), "deleted": True})
    return 0


def dump_all(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """The same bytes on every laptop that sees the same."""
    with opened(app, arguments, terminal) as profile:
        rows = dump(profile.desk)
    terminal.print_rows(rows)
    return 0
