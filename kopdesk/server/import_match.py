"""Compares a list with what the centre knows: what is new, what differs, what cannot be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.duplicates import CooperativeSummary, like_cooperatives, plain_name
from kopdesk.domain.ids import derived_id
from kopdesk.domain.merge import ABSENT
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value, same
from kopdesk.protocol.messages import GrantKind
from kopdesk.server.cooperatives import deleted_cooperatives, known_cooperatives
from kopdesk.server.import_rows import AssignmentRow, CooperativeRow, PersonRow, RowProblem, Rows
from kopdesk.server.ports import Transaction, User


class CooperativeStep(NamedTuple):
    """What a row does to a cooperative: the leaves that differ, and the rev each was last imported at."""

    key: RecordKey
    is_new: bool
    edits: Mapping[str, Value]
    bases: Mapping[str, int]
    conflicts: tuple[str, ...]


@dataclass
class Matches:
    """What a list would do."""

    rows: Rows
    errors: list[RowProblem]
    warnings: list[RowProblem]
    cooperatives: list[CooperativeStep] = field(default_factory=list)
    new_people: list[PersonRow] = field(default_factory=list)
    changed_people: list[tuple[User, PersonRow]] = field(default_factory=list)
    grants: list[tuple[str, str, GrantKind]] = field(default_factory=list)
    unchanged_assignments: int = 0


def matches(tx: Transaction, rows: Rows, operator: User) -> Matches:
    """Compare all rows with the centre as it is in this transaction."""
    found = Matches(rows, list(rows.errors), list(rows.warnings))
    register = _Register(known_cooperatives(tx), deleted_cooperatives(tx))
    for cooperative_row in rows.cooperatives:
        _match_cooperative(tx, found, register, cooperative_row, operator)
    _match_people(tx, found)
    _match_assignments(tx, found, register)
    return found


class _Register:
    """Cooperatives by what they are recognised by: those the centre knows, then those of the list."""

    def __init__(self, known: Iterable[CooperativeSummary], deleted: Iterable[CooperativeSummary]) -> None:
        self.by_id: dict[UUID, CooperativeSummary] = {}
        self.row_of: dict[UUID, int] = {}
        self._by: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
        self.deleted = {cooperative.id for cooperative in deleted}
        for cooperative in (*known, *deleted):
            self.add(cooperative)

    def add(self, cooperative: CooperativeSummary) -> None:
        earlier = self.by_id.get(cooperative.id)
        if earlier:
            for key in _keys(earlier):
                self._by[key].remove(cooperative.id)
        self.by_id[cooperative.id] = cooperative
        for key in _keys(cooperative):
            self._by[key].append(cooperative.id)

    def with_nik(self, nik: str | None) -> list[UUID]:
        return self._by.get(("nik", nik), []) if nik else []

    def at(self, code: str | None, name: str | None) -> list[UUID]:
        return self._by.get(("place", code, plain_name(name)), []) if code and name else []

    def in_village(self, code: str) -> list[UUID]:
        return self._by.get(("village", code), []) if code else []

    def named(self, name: str) -> list[UUID]:
        return self._by.get(("name", plain_name(name)), []) if name else []

    def near(self, new: CooperativeSummary) -> Iterator[CooperativeSummary]:
        """Those worth comparing: a number that ends alike, the same subdistrict, no village known."""
        ids = {other for key in _neighbourhoods(new) for other in self._by.get(key, ())}
        return (self.by_id[other] for other in sorted(ids - self.deleted))


def _keys(of: CooperativeSummary) -> Iterator[tuple[str, ...]]:
    if of.nik:
        yield "nik", of.nik
    if of.name:
        yield "name", plain_name(of.name)
    if of.village_code:
        yield "village", of.village_code
        if of.name:
            yield "place", of.village_code, plain_name(of.name)
    yield from _neighbourhoods(of)


def _neighbourhoods(of: CooperativeSummary) -> Iterator[tuple[str, ...]]:
    if of.nik:
        yield "tail", of.nik[-6:]
    yield "near", of.village_code[:8] if of.village_code else ""


def _match_cooperative(
    tx: Transaction, found: Matches, register: _Register, row: CooperativeRow, operator: User
) -> None:
    name, nik, code = (_text(row.leaves.get(path)) for path in ("name", "nik", "village_code"))
    candidates = {*register.with_nik(nik), *register.at(code, name)}
    if len(candidates) > 1:
        found.errors.append(row.place.problem("nik", "cooperative_unclear", nik or code or ""))
        return
    is_new = not candidates
    # A list has no ids: the same new row is the same cooperative when it is looked at twice.
    record_id = next(iter(candidates), derived_id("cooperative", "import", nik or "", code or "", name or ""))
    if record_id in register.row_of:
        found.errors.append(row.place.problem("nik", "row_twice", str(register.row_of[record_id])))
        return
    if record_id in register.deleted:  # an old list brings nothing back
        found.warnings.append(row.place.problem("name", "was_deleted", name or ""))
        return
    known = register.by_id.get(record_id)
    if known and nik and known.nik and known.nik != nik:
        found.errors.append(row.place.problem("nik", "other_nik", known.nik))
        return
    summary = CooperativeSummary(
        id=record_id,
        name=name,
        nik=nik or (known.nik if known else None),
        village_code=code or (known.village_code if known else None),
    )
    if is_new:
        for likeness in like_cooperatives(summary, register.near(summary)):
            other = register.by_id[likeness.id].name or ""
            found.warnings.append(row.place.problem("name", f"looks_alike_{likeness.reasons[0]}", other))
    register.add(summary)
    register.row_of[record_id] = row.place.row
    key = RecordKey("cooperative", record_id)
    step = CooperativeStep(key, True, row.leaves, {}, ()) if is_new else _difference(tx, key, row, operator)
    found.cooperatives.append(step)
    found.warnings += [row.place.problem(path, "newer_value") for path in step.conflicts]


def _difference(tx: Transaction, key: RecordKey, row: CooperativeRow, operator: User) -> CooperativeStep:
    """What the row says anew. Its author saw what was imported last, not what assistants typed since."""
    channel = coop_channel(key.id)
    leaves = tx.leaves(channel, key)
    edits: dict[str, Value] = {}
    bases: dict[str, int] = {}
    conflicts = []
    for path, value in row.leaves.items():
        current = leaves.get(path, ABSENT)
        if same(value, current.value):
            continue
        imported = tx.last_by(channel, key, path, operator.id) or ABSENT
        if imported.rev < current.rev:
            if same(value, imported.value) or _was_offered(tx, channel, key, path, value):
                continue
            conflicts.append(path)
        edits[path], bases[path] = value, imported.rev
    return CooperativeStep(key, False, edits, bases, tuple(conflicts))


def _was_offered(tx: Transaction, channel: str, key: RecordKey, path: str, value: Value) -> bool:
    """Whether an earlier import of this value met a conflict already."""
    about = {"about_type": key.type, "about_id": str(key.id), "about_path": path, "offered_value": value}
    return any(
        all(same(leaves.get(name, ABSENT).value, wanted) for name, wanted in about.items())
        for _, other, leaves in tx.records_after(channel, None)
        if other.type == "conflict"
    )


def _match_people(tx: Transaction, found: Matches) -> None:
    first: dict[str, int] = {}
    for row in found.rows.people:
        login = row.login.casefold()
        if login in first:
            found.errors.append(row.place.problem("login", "row_twice", str(first[login])))
            continue
        first[login] = row.place.row
        user = tx.user_named(row.login)
        if user is None:
            found.new_people.append(row)
        elif (user.name, user.role) != (row.name, row.role):
            found.changed_people.append((user, row))


def _match_assignments(tx: Transaction, found: Matches, register: _Register) -> None:
    new_logins = {row.login.casefold() for row in found.new_people}
    said: dict[tuple[str, str], AssignmentRow] = {}
    for row in found.rows.assignments:
        login = row.login.casefold()
        user = tx.user_named(row.login)
        if login not in new_logins and (user is None or user.role is Role.OPERATOR):
            found.errors.append(row.place.problem("login", "no_such_user", row.login))
            continue
        cooperatives = _meant(register, row)
        if len(cooperatives) != 1:
            reason = "cooperative_unclear" if cooperatives else "no_such_cooperative"
            found.errors.append(row.place.problem("nik", reason, row.nik or row.village_code or row.name))
            continue
        channel = coop_channel(cooperatives[0])
        earlier = said.setdefault((login, channel), row)
        if earlier is not row:
            if earlier.kind is not row.kind:
                found.errors.append(row.place.problem("status", "row_twice", str(earlier.place.row)))
            continue
        before = tx.permissions(user.id).get(channel) if user else None
        if before is row.kind or (before is None and row.kind is GrantKind.WITHDRAWN):
            found.unchanged_assignments += 1
        else:
            found.grants.append((row.login, channel, row.kind))


def _meant(register: _Register, row: AssignmentRow) -> list[UUID]:
    """By the strongest of what the row has: number, village, name."""
    if row.nik:
        meant = register.with_nik(row.nik)
    elif row.village_code:
        meant = register.at(row.village_code, row.name) or register.in_village(row.village_code)
    else:
        meant = register.named(row.name)
    return [record_id for record_id in meant if record_id not in register.deleted]


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
