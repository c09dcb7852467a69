"""Which list a sheet is, and what its columns are called: in Indonesian, in many ways."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from kopdesk.domain.simkopdes_names import LEAVES
from kopdesk.sheets.reading import Cell, Sheet

_HEADING_WITHIN = 10
"""Lists of a Dinas begin with a title of some lines."""


class ListKind(StrEnum):
    """The three lists, by the name of their sheet."""

    COOPERATIVES = "koperasi"
    PEOPLE = "pendamping"
    ASSIGNMENTS = "penugasan"


class Columns(NamedTuple):
    """A sheet understood: its kind, the row of headings, what each column holds (by index)."""

    kind: ListKind
    heading_row: int
    fields: Mapping[int, str]
    headings: Sequence[str]
    unknown: Sequence[str]
    doubled: Sequence[str]


_COOPERATIVE = {
    "nik": "nik koperasi; nik; nomor induk koperasi; no induk koperasi",
    "name": "nama koperasi; nama; koperasi; nama kdmp; nama kdkmp",
    "decree_name": "nama di sk; nama sesuai sk",
    "village_code": "kode desa; kode kelurahan; kode desa kelurahan; kode wilayah; village id",
    "village_name": "desa; kelurahan; desa kelurahan; nama desa; nama kelurahan; nama desa kelurahan",
    "subdistrict_name": "kecamatan; nama kecamatan",
    "district_name": "kabupaten; kota; kabupaten kota; kab kota; nama kabupaten; nama kabupaten kota",
    "province_name": "provinsi; nama provinsi",
    "address": "alamat; alamat kantor; alamat koperasi",
    "rt": "rt",
    "rw": "rw",
    "postal_code": "kode pos",
    "phone": "telepon; telp; no telepon; nomor telepon; no telp; hp; no hp; nomor hp; kontak",
    "email": "email; e mail; surel",
    "latitude": "lintang; garis lintang; lat",
    "longitude": "bujur; garis bujur; long; lng",
    "deed_number": "nomor akta; no akta; akta",
    "deed_on": "tanggal akta; tgl akta",
    "decree_number": "nomor sk; no sk; sk ahu; nomor sk ahu; no sk ahu; nomor badan hukum; no badan hukum",
    "decree_on": "tanggal sk; tgl sk; tanggal badan hukum",
    "notary": "notaris; nama notaris",
    "npwp": "npwp; nomor npwp; no npwp",
    "nib": "nib; nomor nib; no nib; nomor induk berusaha",
    "pattern": "pola; pola pengelolaan",
    "form": "bentuk; bentuk koperasi; jenis koperasi",
    "established_on": "tanggal berdiri; tgl berdiri; tanggal pendirian; berdiri",
    "founding_capital": "modal; modal awal; modal pendirian",
    "principal_saving": "simpanan pokok",
    "mandatory_saving": "simpanan wajib",
    "registration_status": "status pendaftaran; status registrasi",
}
_PERSON = {
    "login": "nama pengguna; username; user name; user; login; akun; nama akun",
    "name": "nama; nama lengkap; nama pendamping; nama asisten; nama ba; nama asisten bisnis",
    "role": "peran; role; jabatan",
    "password": "kata sandi; sandi; password",
}
_ASSIGNMENT = {
    "login": _PERSON["login"],
    "nik": _COOPERATIVE["nik"],
    "name": "nama koperasi; koperasi; nama kdmp; nama kdkmp",
    "village_code": _COOPERATIVE["village_code"],
    "status": "status; status penugasan",
}


def _by_heading(names: Mapping[str, str]) -> dict[str, str]:
    return {heading.strip(): name for name, headings in names.items() for heading in headings.split(";")}


def _simkopdes() -> dict[str, str]:
    """SIMKOPDES's own column names are understood as well."""
    known = LEAVES["cooperative"].items()
    return {plain_heading(theirs): ours for ours, theirs in known if "/" not in ours and "." not in theirs}


def plain_heading(text: str) -> str:
    """A heading as it is compared: small letters and digits, one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


_HEADINGS: Mapping[ListKind, Mapping[str, str]] = {
    ListKind.COOPERATIVES: {**_simkopdes(), **_by_heading(_COOPERATIVE)},
    ListKind.PEOPLE: _by_heading(_PERSON),
    ListKind.ASSIGNMENTS: _by_heading(_ASSIGNMENT),
}
_SHEET_NAMES = {
    "koperasi": ListKind.COOPERATIVES,
    "cooperatives": ListKind.COOPERATIVES,
    "pendamping": ListKind.PEOPLE,
    "asisten": ListKind.PEOPLE,
    "asisten bisnis": ListKind.PEOPLE,
    "pengguna": ListKind.PEOPLE,
    "penugasan": ListKind.ASSIGNMENTS,
}
_NUMBERING = ("no", "nomor", "no urut", "nomor urut")


class KnownColumn(NamedTuple):
    """A column of a list: what it is best called, other names for it, and whether the list needs it."""

    heading: str
    others: tuple[str, ...]
    is_needed: bool


_NEEDED = {
    ListKind.COOPERATIVES: ("name",),
    ListKind.PEOPLE: ("login", "name"),
    ListKind.ASSIGNMENTS: ("login",),
}
ONE_OF = {
    ListKind.COOPERATIVES: ("nik", "village_code"),
    ListKind.ASSIGNMENTS: ("nik", "village_code", "name"),
}
"""Of these columns a list needs at least one."""


def known_columns(kind: ListKind) -> list[KnownColumn]:
    """Of a list, in the order in which somebody would fill them in."""
    names = {
        ListKind.COOPERATIVES: _COOPERATIVE,
        ListKind.PEOPLE: _PERSON,
        ListKind.ASSIGNMENTS: _ASSIGNMENT,
    }[kind]
    found = []
    for name, headings in names.items():
        first, *others = (heading.strip() for heading in headings.split(";"))
        found.append(KnownColumn(first, tuple(others), name in _NEEDED[kind]))
    return found


def one_of(kind: ListKind) -> tuple[str, ...]:
    """The headings of the columns of which a list needs one."""
    by_name = {**_COOPERATIVE, **_PERSON, **(_ASSIGNMENT if kind is ListKind.ASSIGNMENTS else {})}
    return tuple(by_name[name].split(";")[0] for name in ONE_OF.get(kind, ()))


def understood(sheet: Sheet) -> Columns | None:
    """The sheet's kind and columns, from its name and headings; None if it is no list of ours."""
    named = _SHEET_NAMES.get(plain_heading(sheet.name))
    for number, cells in sheet.rows[:_HEADING_WITHIN]:
        headings = [plain_heading(cell.text) for cell in cells]
        kind = _kind_of(headings)
        if kind is not None and named in (None, kind):
            return _columns(kind, number, cells, headings)
    return None


def _kind_of(headings: Sequence[str]) -> ListKind | None:
    fields = {kind: {names[h] for h in headings if h in names} for kind, names in _HEADINGS.items()}
    if "login" in fields[ListKind.PEOPLE]:
        names_cooperative = fields[ListKind.ASSIGNMENTS].intersection(("nik", "name", "village_code"))
        return ListKind.ASSIGNMENTS if names_cooperative else ListKind.PEOPLE
    cooperative = fields[ListKind.COOPERATIVES]
    if "name" in cooperative and cooperative.intersection(("nik", "village_code")):
        return ListKind.COOPERATIVES
    return None


def _columns(kind: ListKind, number: int, cells: Sequence[Cell], headings: Sequence[str]) -> Columns:
    names = _HEADINGS[kind]
    fields: dict[int, str] = {}
    unknown, doubled = [], []
    for index, heading in enumerate(headings):
        name = names.get(heading)
        if name in fields.values() and name is not None:
            doubled.append(cells[index].text)
        elif name is not None:
            fields[index] = name
        elif heading and heading not in _NUMBERING:
            unknown.append(cells[index].text)
    return Columns(kind, number, fields, [cell.text for cell in cells], unknown, doubled)
