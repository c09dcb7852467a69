"""From sheets to rows that mean something, with everything that is wrong with them in themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.identifiers import is_village_code, village_code
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import GrantKind
from kopdesk.server.import_columns import Columns, ListKind, understood
from kopdesk.server.import_values import cooperative_value, official_number
from kopdesk.server.opening import OPERATOR_LOGIN
from kopdesk.server.operations import checked_login, checked_name, checked_password
from kopdesk.sheets.reading import Cell, Sheet


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong, or worth a look, in one cell: the row's number and the heading as the file has them."""

    sheet: str
    row: int
    column: str
    reason: str
    detail: str = ""


class Place(NamedTuple):
    """Where a row stands, and what its columns are called there."""

    sheet: str
    row: int
    headings: Mapping[str, str]

    def problem(self, name: str, reason: str, detail: str = "") -> RowProblem:
        """Something about the column that holds `name`."""
        return RowProblem(self.sheet, self.row, self.headings.get(name, ""), reason, detail)


class CooperativeRow(NamedTuple):
    """Leaves of one cooperative, never empty ones: an empty cell says nothing."""

    place: Place
    leaves: Mapping[str, Value]


class PersonRow(NamedTuple):
    """One account."""

    place: Place
    login: str
    name: str
    role: Role
    password: str


class AssignmentRow(NamedTuple):
    """Who accompanies which cooperative, named by any of three, or no longer."""

    place: Place
    login: str
    nik: str
    village_code: str
    name: str
    kind: GrantKind


@dataclass
class Rows:
    """Everything a file says."""

    cooperatives: list[CooperativeRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    assignments: list[AssignmentRow] = field(default_factory=list)
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)


_ROLES = {
    "": Role.ASSISTANT,
    "assistant": Role.ASSISTANT,
    "asisten": Role.ASSISTANT,
    "asisten bisnis": Role.ASSISTANT,
    "ba": Role.ASSISTANT,
    "business assistant": Role.ASSISTANT,
    "pendamping": Role.ASSISTANT,
    "pmo": Role.PMO,
    "dinas": Role.DINAS,
}
_KINDS = {
    "": GrantKind.READ_WRITE,
    "aktif": GrantKind.READ_WRITE,
    "baca": GrantKind.READ_ONLY,
    "baca saja": GrantKind.READ_ONLY,
    "berakhir": GrantKind.WITHDRAWN,
    "dicabut": GrantKind.WITHDRAWN,
    "nonaktif": GrantKind.WITHDRAWN,
    "tidak aktif": GrantKind.WITHDRAWN,
    "selesai": GrantKind.WITHDRAWN,
}
_EMPTY = ("", "-", "–", "n/a")


def rows_in(sheets: Iterable[Sheet]) -> Rows:
    """Read every list of ours; sheets that are none are warned about."""
    rows = Rows()
    any_list = False
    for sheet in sheets:
        if not sheet.rows:
            continue
        columns = understood(sheet)
        if columns is None:
            rows.warnings.append(RowProblem(sheet.name, sheet.rows[0][0], "", "unknown_list"))
            continue
        any_list = True
        rows.warnings += [
            RowProblem(sheet.name, columns.heading_row, heading, "unknown_column")
            for heading in columns.unknown
        ]
        rows.errors += [
            RowProblem(sheet.name, columns.heading_row, heading, "column_twice")
            for heading in columns.doubled
        ]
        for place, cells in _filled(sheet, columns):
            _READ[columns.kind](rows, place, cells)
    if not any_list:
        rows.errors.append(RowProblem("", 0, "", "no_list"))
    return rows


def _filled(sheet: Sheet, columns: Columns) -> Iterator[tuple[Place, dict[str, Cell]]]:
    headings = {name: columns.headings[index] for index, name in columns.fields.items()}
    for number, cells in sheet.rows:
        if number <= columns.heading_row:
            continue
        filled = {
            columns.fields[index]: cell
            for index, cell in enumerate(cells)
            if index in columns.fields and cell.text.casefold() not in _EMPTY
        }
        if filled:
            yield Place(sheet.name, number, headings), filled


def _read_cooperative(rows: Rows, place: Place, cells: Mapping[str, Cell]) -> None:
    leaves: dict[str, Value] = {}
    problems = []
    for path, cell in cells.items():
        try:
            leaves[path] = cooperative_value(path, cell)
        except InvalidField as error:
            problems.append(place.problem(path, error.reason, error.detail or cell.text))
    if "name" not in cells:
        problems.append(place.problem("name", "required"))
    if "nik" not in cells and "village_code" not in cells:
        problems.append(place.problem("nik", "needs_nik_or_village"))
    rows.errors += problems
    if not problems:
        rows.cooperatives.append(CooperativeRow(place, leaves))


def _read_person(rows: Rows, place: Place, cells: Mapping[str, Cell]) -> None:
    problems: list[RowProblem] = []
    login = _checked(place, cells, "login", checked_login, problems)
    name = _checked(place, cells, "name", checked_name, problems)
    password = cells["password"].text if "password" in cells else ""
    if password:
        _checked(place, cells, "password", checked_password, problems)
    role = _ROLES.get(_text(cells, "role").casefold())
    if role is None:
        problems.append(place.problem("role", "unknown_choice", _text(cells, "role")))
    if login.casefold() == OPERATOR_LOGIN:
        problems.append(place.problem("login", "reserved_login"))
    rows.errors += problems
    if not problems and role is not None:
        rows.people.append(PersonRow(place, login, name, role, password))


def _read_assignment(rows: Rows, place: Place, cells: Mapping[str, Cell]) -> None:
    problems: list[RowProblem] = []
    login = _checked(place, cells, "login", checked_login, problems)
    nik = ""
    if "nik" in cells:
        try:
            nik = official_number("nik", cells["nik"])
        except InvalidField as error:
            problems.append(place.problem("nik", error.reason, error.detail))
    code = village_code(_text(cells, "village_code"))
    if code and not is_village_code(code):
        problems.append(place.problem("village_code", "not_a_village_code", code))
    name = _text(cells, "name")
    if not (nik or code or name) and not problems:
        problems.append(place.problem("nik", "required"))
    kind = _KINDS.get(_text(cells, "status").casefold())
    if kind is None:
        problems.append(place.problem("status", "unknown_choice", _text(cells, "status")))
    rows.errors += problems
    if not problems and kind is not None:
        rows.assignments.append(AssignmentRow(place, login, nik, code, name, kind))


_READ: Mapping[ListKind, Callable[[Rows, Place, Mapping[str, Cell]], None]] = {
    ListKind.COOPERATIVES: _read_cooperative,
    ListKind.PEOPLE: _read_person,
    ListKind.ASSIGNMENTS: _read_assignment,
}


def _text(cells: Mapping[str, Cell], name: str) -> str:
    return " ".join(cells[name].text.split()) if name in cells else ""


def _checked(
    place: Place,
    cells: Mapping[str, Cell],
    name: str,
    check: Callable[[str], str],
    problems: list[RowProblem],
) -> str:
    """The text of a cell that must be there and pass a check; "" and a problem otherwise."""
    if name not in cells:
        problems.append(place.problem(name, "required"))
        return ""
    try:
        return check(cells[name].text)
    except InvalidField as error:
        problems.append(place.problem(name, error.reason, error.detail))
        return ""
