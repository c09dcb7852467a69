"""serve, server …: what whoever runs the centre does, until it has a console."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kopdesk.app import App
from kopdesk.cli.terminal import Terminal, WrongUsage
from kopdesk.domain.states import Role
from kopdesk.server import listing, operations, reviewing
from kopdesk.server.ports import User
from kopdesk.wording.devices import clock_sentence, copy_sentence, rewind_sentence

_CLOCK_OFF_S = 3600
"""From here on somebody is asked to set a laptop's clock right."""


def add_user(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Make an account; the first one may make the server."""
    password = _password(terminal)
    with app.server(arguments.data, create=True) as server:
        role = Role(arguments.role)
        user = operations.add_user(server, arguments.user, name=arguments.name, role=role, password=password)
    return _told(terminal, user)


def disable_user(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Close an account; what the person wrote stays."""
    with app.server(arguments.data) as server:
        user = operations.disable_user(server, arguments.user)
    return _told(terminal, user)


def enable_user(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Open a closed account again."""
    with app.server(arguments.data) as server:
        user = operations.disable_user(server, arguments.user, disabled=False)
    return _told(terminal, user)


def set_password(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Devices that are enrolled stay so."""
    password = _password(terminal)
    with app.server(arguments.data) as server:
        user = operations.set_password(server, arguments.user, password)
    return _told(terminal, user)


def assign(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """ "changed" is false where it was so already."""
    with app.server(arguments.data) as server:
        changed = operations.assign(server, arguments.user, arguments.cooperative)
    terminal.print_json({"user": arguments.user, "assigned": True, "changed": changed})
    return 0


def unassign(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """ "changed" is false where it was so already."""
    with app.server(arguments.data) as server:
        changed = operations.unassign(server, arguments.user, arguments.cooperative)
    terminal.print_json({"user": arguments.user, "assigned": False, "changed": changed})
    return 0


def list_devices(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Whose they are, and when they were last heard of; beside it what somebody should ask about."""
    with app.server(arguments.data) as server:
        rows = listing.list_devices(server)
    terminal.print_rows(rows)
    if not arguments.json:
        for sentence in (*_lost_past(rows), *(told for row in rows for told in _alarming(row))):
            terminal.say(sentence)
    return 0


def _lost_past(rows: list[dict[str, Any]]) -> Iterator[str]:
    noticed = [row for row in rows if row["rewind_noticed_at"]]
    if noticed:
        last = max(datetime.fromisoformat(row["rewind_noticed_at"]) for row in noticed)
        yield rewind_sentence([(row["name"], row["user"]) for row in noticed], last)


def _alarming(row: dict[str, Any]) -> Iterator[str]:
    if row["copy_noticed_at"] and not row["revoked"]:
        told = copy_sentence(row["name"], row["user"], datetime.fromisoformat(row["copy_noticed_at"]))
        yield f"{told} Idnya: {row['id']}"
    if abs(row["clock_ahead_s"] or 0) > _CLOCK_OFF_S:
        yield f"{clock_sentence(row['name'], row['user'], row['clock_ahead_s'])} Idnya: {row['id']}"


def revoke_device(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """For a lost laptop."""
    with app.server(arguments.data) as server:
        operations.revoke_device(server, arguments.device)
    terminal.print_json({"id": arguments.device, "revoked": True})
    return 0


def review(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """A decision, a remark, or both."""
    if arguments.decision is None and not arguments.remark:
        raise WrongUsage("Pilih --return atau --approve, atau beri keterangan dengan --remark.")
    decision = reviewing.Decision[arguments.decision.upper()] if arguments.decision else None
    with app.server(arguments.data) as server:
        rev = reviewing.review(
            server,
            arguments.type,
            arguments.id,
            decision,
            reviewer=arguments.by,
            at_path=arguments.at,
            remark=arguments.remark,
        )
    terminal.print_json({"type": arguments.type, "id": str(arguments.id), "rev": rev})
    return 0


def dump_all(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """In the shape of the laptop's own dump."""
    with app.server(arguments.data) as server:
        terminal.print_rows(listing.dump(server))
    return 0


def _password(terminal: Terminal) -> str:
    password = terminal.secret_line("Kata sandi")
    if password is None:
        raise WrongUsage("Kata sandi diharapkan di baris pertama masukan standar.")
    return password


def _told(terminal: Terminal, user: User) -> int:
    row = {"id": str(user.id), "login": user.login, "name": user.name, "role": user.role.value}
    terminal.print_json(row | {"disabled": user.disabled})
    return 0
