"""Brings in cooperatives, people and assignments from a list: tried first, then applied whole or not at all.

Importing the same list again changes nothing. Only what a row says is touched: an empty cell empties no
leaf, and nobody loses a cooperative because a row is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.ids import short_key
from kopdesk.server.import_match import CooperativeStep, Matches, matches
from kopdesk.server.import_rows import PersonRow, RowProblem, rows_in
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from kopdesk.server.operations import enter_user, new_user, say
from kopdesk.server.ports import Transaction, User
from kopdesk.sheets.reading import read_sheets


class Counts(NamedTuple):
    """How many of a list were, or would be, …"""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What a list does, or would do. With errors nothing was applied.

    `conflicts`: values that differ from what somebody typed later; people decide about them.
    `passwords`: made for new people whose row had none; shown once, known to nobody afterwards.
    """

    applied: bool
    cooperatives: Counts
    people: Counts
    assignments: Counts
    conflicts: int
    errors: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    passwords: Mapping[str, str]


def import_file(server: Server, path: Path, *, dry_run: bool) -> ImportReport:
    """Read a CSV or XLSX and say what it does; do it too, unless it is a dry run or has errors.

    Raises FileUnreadable if the file is no list at all.
    """
    rows = rows_in(read_sheets(path))
    with server.store.reading() as tx:
        tried = matches(tx, rows, server.operator)
    if dry_run or tried.errors:
        return _report(tried, applied=False)
    new = _new_people(server, tried.new_people)
    with server.store.writing() as tx:
        # Looked at again: between the two transactions laptops may have synchronised.
        found = matches(tx, rows, server.operator)
        if found.errors or any(row.login not in new for row in found.new_people):
            return _report(found, applied=False)
        _apply(server, tx, found, {login: user for login, (user, _) in new.items()})
    made = {login: password for login, (_, password) in new.items() if password}
    return _report(found, applied=True, passwords=made)


def _new_people(server: Server, rows: Iterable[PersonRow]) -> dict[str, tuple[User, str]]:
    """Accounts to be, with the password where one was made up. Hashing takes its time: in no transaction."""
    people = {}
    for row in rows:
        made = "" if row.password else _new_password(server)
        user = new_user(server, row.login, name=row.name, role=row.role, password=row.password or made)
        people[row.login] = user, made
    return people


def _new_password(server: Server) -> str:
    """Letters that can be read over the telephone: sixty bits."""
    letters = "".join(short_key(server.random_bytes(8)) for _ in range(2))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:12]}"


def _apply(server: Server, tx: Transaction, found: Matches, new: Mapping[str, User]) -> None:
    office, now = server.office(), server.now()
    for step in found.cooperatives:
        if step.edits:
            key = step.key
            bases = {(key, path): rev for path, rev in step.bases.items()}
            change(tx, office, coop_channel(key.id), {key: step.edits}, bases=bases)
    for row in found.new_people:
        enter_user(tx, new[row.login], now)
    for user, row in found.changed_people:
        tx.save_user(replace(user, name=row.name, role=row.role))
    for login, channel, kind in found.grants:
        granted = tx.user_named(login)
        assert granted is not None
        say(tx, granted, channel, kind, now)


def _report(found: Matches, *, applied: bool, passwords: Mapping[str, str] | None = None) -> ImportReport:
    people = found.rows.people
    return ImportReport(
        applied=applied,
        cooperatives=_cooperative_counts(found.cooperatives),
        people=Counts(
            len(found.new_people),
            len(found.changed_people),
            len(people) - len(found.new_people) - len(found.changed_people),
        ),
        assignments=Counts(new=len(found.grants), unchanged=found.unchanged_assignments),
        conflicts=sum(len(step.conflicts) for step in found.cooperatives),
        errors=tuple(found.errors),
        warnings=tuple(found.warnings),
        passwords=passwords or {},
    )


def _cooperative_counts(steps: Iterable[CooperativeStep]) -> Counts:
    counts = Counts()
    for step in steps:
        if step.is_new:
            counts = counts._replace(new=counts.new + 1)
        elif step.edits:
            counts = counts._replace(changed=counts.changed + 1)
        else:
            counts = counts._replace(unchanged=counts.unchanged + 1)
    return counts
