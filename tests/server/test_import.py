"""Lists of cooperatives, people and assignments: good ones, wrong ones, hostile ones."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import RecordKey
from kopdesk.server.importing import Counts, ImportReport, import_file
from kopdesk.server.listing import dump, list_channels, list_users
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from tests.support.raw_client import RawClient
from tests.support.server_parts import PASSWORD, PERIDAN, PERIDAN_CHANNEL, PERIDAN_PROFILE, a_person

GOOD = """\
No;Nama Koperasi;NIK Koperasi;Kode Desa;Desa/Kelurahan;Tgl. Berdiri;Simpanan Pokok;Telepon
1;KDMP Susuk Dalam;0408111200300001;6408112006;Susuk Dalam;17 Juli 2025;Rp 100.000,00;0812-3456-7890
2;Koperasi Desa Merah Putih Tadoan;;64.08.11.2003;Tadoan;2025-08-17;50000;
"""


Import = Callable[..., ImportReport]


@pytest.fixture
def run(server: Server, tmp_path: Path) -> Import:
    """Import a text or bytes as a file."""

    def run(content: str | bytes, *, dry_run: bool = False) -> ImportReport:
        path = tmp_path / "list.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_file(server, path, dry_run=dry_run)

    return run


def faults(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.reason) for problem in report.errors]


def profiles(server: Server) -> dict[str, dict[str, Any]]:
    return {row["leaves"]["name"]: row["leaves"] for row in dump(server) if row["type"] == "cooperative"}


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# Good lists.


def test_a_dry_run_says_what_would_be_and_changes_nothing(server: Server, run: Import) -> None:
    before = list_channels(server)
    report = run(GOOD, dry_run=True)
    assert (report.applied, report.cooperatives, faults(report)) == (False, Counts(new=2), [])
    assert list_channels(server) == before


def test_cooperatives_come_in_as_they_are_meant(server: Server, run: Import) -> None:
    assert run(GOOD).applied
    assert profiles(server)["KDMP Susuk Dalam"] == {
        "name": "KDMP Susuk Dalam",
        "nik": "0408111200300001",
        "village_code": "64.08.11.2006",
        "village_name": "Susuk Dalam",
        "established_on": "2025-07-17",
        "principal_saving": 100_000,
        "phone": "+6281234567890",
    }
    assert profiles(server)["Koperasi Desa Merah Putih Tadoan"]["established_on"] == "2025-08-17"


def test_the_same_list_twice_changes_nothing(server: Server, run: Import) -> None:
    run(GOOD)
    before = list_channels(server)
    report = run(GOOD)
    assert (report.applied, report.cooperatives) == (True, Counts(unchanged=2))
    assert list_channels(server) == before


def test_only_what_differs_is_changed(server: Server, run: Import) -> None:
    run(GOOD)
    report = run(GOOD.replace("0812-3456-7890", "0899 1111 2222").replace(";50000;", ";;"))
    assert report.cooperatives == Counts(changed=1, unchanged=1)
    assert profiles(server)["KDMP Susuk Dalam"]["phone"] == "+6289911112222"
    assert profiles(server)["Koperasi Desa Merah Putih Tadoan"]["principal_saving"] == 50_000


@pytest.mark.parametrize(
    "convert",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("Tadoan", "Tadoañ").encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",00;", ";").replace(";", ",").encode(),
        lambda text: text.replace(";", "\t").replace("\n", "\r\n").encode(),
        lambda text: f"DAFTAR KOPERASI KABUPATEN KUTAI TIMUR\n\n{text}".encode(),
    ],
    ids=["BOM", "Windows", "UTF-16", "commas", "tabs", "title"],
)
def test_lists_come_in_many_clothes(run: Import, convert: Callable[[str], bytes]) -> None:
    report = run(convert(GOOD))
    assert (report.cooperatives, faults(report)) == (Counts(new=2), [])


def test_a_workbook_with_three_sheets_is_one_import(server: Server, run: Import) -> None:
    book = workbook(
        Koperasi=[
            ["Nama Koperasi", "NIK Koperasi", "Kode Desa", "NIB", "No HP"],
            ["Koperasi Desa Merah Putih Tadoan", "0408111200300002", 6408112003, 1234567890123, 81234567890],
        ],
        Pendamping=[
            ["Nama Pengguna", "Nama Lengkap", "Peran", "Kata Sandi"],
            ["siti.aminah", "Siti Aminah", "Asisten Bisnis", "rahasia-sekali"],
            ["pak.hadi", "Hadi Susanto", "PMO", None],
        ],
        Penugasan=[
            ["Nama Pengguna", "NIK Koperasi", "Nama Koperasi"],
            ["siti.aminah", "0408111200300002", None],
            ["Siti.Aminah", None, "KDMP Peridan"],
        ],
        Catatan=[["apa saja"]],
    )
    report = run(book)
    assert faults(report) == []
    assert (report.cooperatives, report.people, report.assignments) == (
        Counts(new=1),
        Counts(new=2),
        Counts(new=2),
    )
    assert [problem.reason for problem in report.warnings] == ["unknown_list"]
    assert list(report.passwords) == ["pak.hadi"]
    leaves = profiles(server)["Koperasi Desa Merah Putih Tadoan"]
    assert (leaves["village_code"], leaves["nib"], leaves["phone"]) == (
        "64.08.11.2003",
        "1234567890123",
        "+6281234567890",
    )
    siti = RawClient(server.centre, "siti.aminah", "rahasia-sekali")
    assert {page.channel[:1] for page in siti.send(siti.request()).pages} == {b"c"}
    assert RawClient(server.centre, "pak.hadi", report.passwords["pak.hadi"], seed=2).me.role == "pmo"
    again = run(book)
    assert (again.people, again.assignments, again.passwords) == (
        Counts(unchanged=2),
        Counts(unchanged=2),
        {},
    )


def test_an_assignment_ends_only_by_a_word_of_its_own(server: Server, run: Import) -> None:
    a_person(server, "siti", PERIDAN)
    run("Username;Nama Koperasi\nsiti;Koperasi Desa Merah Putih Manubar\n")
    report = run("Username;NIK Koperasi;Status\nsiti;6408050200300001;Berakhir\n")
    assert report.assignments == Counts(new=1)
    (siti,) = [row for row in list_users(server) if row["login"] == "siti"]
    assert sorted(siti["channels"].values()) == ["read_write", "read_write", "withdrawn"]
    assert siti["channels"][PERIDAN_CHANNEL] == "withdrawn"


def test_a_person_gets_a_new_name_but_keeps_the_password(server: Server, run: Import) -> None:
    a_person(server, "siti")
    report = run("Username,Nama,Kata Sandi\nSITI,Siti Aminah,ganti-sandi\n")
    assert report.people == Counts(changed=1)
    assert RawClient(server.centre, "siti", PASSWORD).me.name == "Siti Aminah"


# What somebody typed since.


def test_an_old_list_does_not_undo_what_an_assistant_typed(server: Server, run: Import) -> None:
    run(GOOD)
    (tadoan,) = [row for row in dump(server) if row["leaves"].get("village_name") == "Tadoan"]
    key = RecordKey("cooperative", UUID(tadoan["id"]))
    a_person(server, "siti")
    with server.store.writing() as tx:
        user = tx.user_named("siti")
        change(tx, server.office(user), coop_channel(key.id), {key: {"village_name": "Desa Tadoan"}})
    assert run(GOOD).cooperatives == Counts(unchanged=2)
    # A new list that says something else is a second opinion, not the truth.
    differs = GOOD.replace(";Tadoan;", ";Tado'an;")
    report = run(differs)
    assert (report.conflicts, report.cooperatives) == (1, Counts(changed=1, unchanged=1))
    assert [(problem.row, problem.reason) for problem in report.warnings] == [(3, "newer_value")]
    assert profiles(server)["Koperasi Desa Merah Putih Tadoan"]["village_name"] == "Desa Tadoan"
    conflicts = [row["leaves"] for row in dump(server) if row["type"] == "conflict"]
    assert [(c["kept_value"], c["offered_value"]) for c in conflicts] == [("Desa Tadoan", "Tado'an")]
    before = list_channels(server)
    assert run(differs).conflicts == 0
    assert list_channels(server) == before


def test_what_was_deleted_is_not_brought_back_by_an_old_list(server: Server, run: Import) -> None:
    with server.store.writing() as tx:
        change(tx, server.office(), PERIDAN_CHANNEL, {PERIDAN_PROFILE: {DELETED: True}})
    report = run("Nama Koperasi;NIK Koperasi\nKoperasi Desa Merah Putih Peridan;6408050200300001\n")
    assert report.cooperatives == Counts()
    assert [problem.reason for problem in report.warnings] == ["was_deleted"]


# Wrong rows.


def test_every_wrong_cell_is_named_and_nothing_is_applied(server: Server, run: Import) -> None:
    before = dump(server)
    report = run(
        "Nama Koperasi;NIK Koperasi;Kode Desa;Tanggal SK;Telepon;Email;Simpanan Pokok\n"
        "Koperasi A;0408111200300001;64.08.11.2006;;;;\n"
        "Koperasi B;12345;64.08.11.2003;31 Februari 2025;nol delapan;bukan email;1,5\n"
        ";0408111200300009;;;;;\n"
        "Koperasi C;;;;;;\n"
        "Koperasi D;6,40811E+15;;;;;\n"
        '=HYPERLINK("http://x");0408111200300010;;;;;\n'
    )
    assert not report.applied
    assert faults(report) == [
        (3, "NIK Koperasi", "wrong_digits"),
        (3, "Tanggal SK", "not_a_date"),
        (3, "Telepon", "not_a_phone"),
        (3, "Email", "not_a_email"),
        (3, "Simpanan Pokok", "not_a_whole_number"),
        (4, "Nama Koperasi", "required"),
        (5, "NIK Koperasi", "needs_nik_or_village"),
        (6, "NIK Koperasi", "digits_lost"),
        (7, "Nama Koperasi", "formula"),
    ]
    assert dump(server) == before


def test_a_number_that_a_spreadsheet_rounded_is_an_error(run: Import) -> None:
    book = workbook(
        Koperasi=[
            ["Nama Koperasi", "NIK Koperasi"],
            ["Koperasi A", 6408111200300001],
            ["Koperasi B", "6408111200300002"],
        ]
    )
    assert faults(run(book)) == [(2, "NIK Koperasi", "digits_lost")]


def test_text_that_excel_was_told_to_leave_alone_is_text(server: Server, run: Import) -> None:
    run('Nama Koperasi;NIK Koperasi;Alamat\n"Koperasi A";"=""0408111200300001""";\'-Jalan Baru\n')
    assert profiles(server)["Koperasi A"]["nik"] == "0408111200300001"
    assert profiles(server)["Koperasi A"]["address"] == "-Jalan Baru"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (
            "Koperasi A;0408111200300001;\nKoperasi Lain;0408111200300001;64.08.11.2006\n",
            (3, "NIK Koperasi", "row_twice"),
        ),
        ("Koperasi A;;64.08.11.2006\nKDMP A;;6408112006\n", (3, "NIK Koperasi", "row_twice")),
        ("KDMP Manubar;6408050200300001;64.08.11.2002\n", (2, "NIK Koperasi", "cooperative_unclear")),
    ],
    ids=["same NIK", "same place", "two at once"],
)
def test_rows_that_mean_the_same_cooperative_are_errors(
    run: Import, rows: str, fault: tuple[int, str, str]
) -> None:
    assert faults(run("Nama Koperasi;NIK Koperasi;Kode Desa\n" + rows)) == [fault]


def test_another_number_for_a_known_cooperative_is_an_error(run: Import) -> None:
    run("Nama Koperasi;NIK Koperasi;Kode Desa\nKDMP Manubar;6408111200300002;64.08.11.2002\n")
    again = run("Nama Koperasi;NIK Koperasi;Kode Desa\nKDMP Manubar;6408111200300003;64.08.11.2002\n")
    assert faults(again) == [(2, "NIK Koperasi", "other_nik")]


def test_likely_duplicates_are_pointed_out(run: Import) -> None:
    report = run("Nama Koperasi;Kode Desa\nKoperasi Desa Merah Putih Manubbar;64.08.11.2002\n", dry_run=True)
    assert [(problem.reason, problem.detail) for problem in report.warnings] == [
        ("looks_alike_same_village", "Koperasi Desa Merah Putih Manubar")
    ]


def test_people_and_assignments_have_their_own_errors(run: Import) -> None:
    people = run(
        "Username;Nama;Peran;Sandi\nsiti;Siti;Raja;rahasia-sekali\noperator;Orang;;rahasia-sekali\n"
        ";Tanpa;;\nbudi;Budi;;pendek\nadi;Adi;;\nADI;Adi;;\n"
    )
    assert faults(people) == [
        (2, "Peran", "unknown_choice"),
        (3, "Username", "reserved_login"),
        (4, "Username", "required"),
        (5, "Sandi", "password_too_short"),
        (7, "Username", "row_twice"),
    ]
    assignments = run(
        "Username;NIK Koperasi;Kode Desa;Status\nnobody;6408050200300001;;\noperator;6408050200300001;;\n"
    )
    assert faults(assignments) == [(2, "Username", "no_such_user"), (3, "Username", "no_such_user")]


def test_assignments_to_nowhere_are_errors(server: Server, run: Import) -> None:
    a_person(server, "siti")
    report = run(
        "Username;NIK Koperasi;Kode Desa;Status\nsiti;0000000000000000;;\nsiti;;x;\nsiti;;;mungkin\n"
    )
    assert faults(report) == [
        (3, "Kode Desa", "not_a_village_code"),
        (4, "NIK Koperasi", "required"),
        (4, "Status", "unknown_choice"),
        (2, "NIK Koperasi", "no_such_cooperative"),
    ]


def test_columns_nobody_knows_are_pointed_out_and_doubled_ones_refused(run: Import) -> None:
    report = run("Nama Koperasi;NIK;Nama KDMP;Warna\nKoperasi A;0408111200300001;Koperasi A;merah\n")
    assert faults(report) == [(1, "Nama KDMP", "column_twice")]
    assert ("Warna", "unknown_column") in [(problem.column, problem.reason) for problem in report.warnings]


def test_a_table_of_something_else_is_no_list(run: Import) -> None:
    assert faults(run("Tanggal;Saldo\n2025-01-01;100\n")) == [(0, "", "no_list")]
    assert faults(run("")) == [(0, "", "no_list")]
