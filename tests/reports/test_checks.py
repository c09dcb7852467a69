"""A check on paper: what stands on the pages, the code of it, the statement as a spreadsheet."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from kopdesk.domain.book_tests.report import check_report
from kopdesk.domain.cash_count import CashCount, OtherItem, Voucher
from kopdesk.domain.rapb import Rapb
from kopdesk.domain.signature import Signature
from kopdesk.domain.statement import UnitResult
from kopdesk.domain.statement_totals import totals
from kopdesk.reports.checks import Letterhead, cash_facts, check_facts
from kopdesk.reports.page_code import with_code
from kopdesk.reports.statement_keys import position_keys, result_keys, statement_document
from kopdesk.reports.statement_sheets import SheetsOf, statement_workbook
from kopdesk.reports.typesetting import typeset
from kopdesk.rules.chart_of_accounts import chart_of_accounts
from kopdesk.rules.legal_tender import legal_tender
from kopdesk.rules.statement_layout import statement_layout
from tests.support.checks import an_orderly_check, an_orderly_statement, material

HEAD = Letterhead(cooperative="KDMP Peridan", address="Peridan", assistant="Rahmat Hidayat", zone="WITA")
TENDER = legal_tender().counted(date(2026, 11, 27), with_optional=False)
TILL = CashCount(
    name="Kas gerai",
    custodian="Suparti",
    counted_on=date(2026, 11, 27),
    counted_time="10:15",
    balance_on=date(2026, 11, 27),
    book_balance=1_325_000,
    returned=True,
    note={"50000": 25},
    coin={"500": 10},
    others={"m": OtherItem(kind="stamp", text="2 meterai", amount=20_000)},
    vouchers={"b": Voucher(number="K-118", text="Es batu", direction="out", amount=25_000)},
)


def counted(**changes: Any) -> dict[str, Any]:
    facts: dict[str, Any] = cash_facts(
        an_orderly_check(cash={"gerai": replace(TILL, **changes)}), HEAD, TENDER
    )
    return facts


def test_the_minutes_of_a_count_show_every_step_and_say_amounts_in_words() -> None:
    (count,) = counted()["counts"]
    assert count["counted_in_words"] == "satu juta dua ratus lima puluh lima ribu rupiah"
    assert [(step["text"], step["amount"]) for step in count["steps"]] == [
        ("Uang dihitung", "Rp1.255.000"),
        ("Saldo buku per 27 November 2026", "Rp1.325.000"),
        ("Bukti yang belum dibukukan", "-Rp25.000"),
        ("Seharusnya ada", "Rp1.300.000"),
    ]
    assert count["difference"] == "Selisih kurang Rp45.000"
    assert count["difference_in_words"] == "empat puluh lima ribu rupiah"
    assert {"text": "Meterai, 2 meterai", "amount": "Rp20.000"} in count["others"]
    assert len(count["pieces"]) == 11
    assert count["time"] == "10.15 WITA"


def test_that_the_money_was_returned_is_only_stated_if_somebody_said_so() -> None:
    assert counted()["counts"][0]["statement"].startswith("Seluruh uang sebesar Rp1.255.000")
    assert counted(returned=None)["counts"][0]["statement"] == ""


def test_who_was_named_signs_otherwise_keeper_chair_and_examiner() -> None:
    assert [one["position"] for one in counted()["counts"][0]["signatures"]] == [
        "Pemegang kas",
        "Ketua",
        "Pemeriksa",
    ]
    named = {"a": Signature(name="Jarkasi", position="Ketua pengawas")}
    signers = counted(signatures=named)["counts"][0]["signatures"]
    assert [one["name"] for one in signers] == ["Jarkasi", "Rahmat Hidayat"]


def test_a_changed_figure_changes_the_code_and_nothing_else_does() -> None:
    assert counted()["code"] == counted()["code"]
    assert counted()["code"] != counted(coin={"500": 11})["code"]
    assert with_code({"b": 1, "a": [2]})["code"] == with_code({"a": [2], "b": 1})["code"]
    code = str(counted()["code"])
    assert len(code) == 9
    assert code[4] == "-"


def test_the_summary_has_all_twelve_and_both_pages_can_be_set() -> None:
    check = an_orderly_check(quorum_base=99, conclusion="needs_mending")
    given = material(check)
    facts = check_facts(check, check_report(given), HEAD, {}, "rules 1", is_syariah=False)
    tests = facts["tests"]
    assert isinstance(tests, list)
    assert [one["number"] for one in tests] == [str(number) for number in range(1, 13)]
    assert [one["number"] for one in tests if one["failed"]] == ["12"]
    for name, page in (("book_check", facts), ("cash_count", counted())):
        document = typeset(name, page, own_templates=None)
        assert document.fault is None
        assert document.pdf.startswith(b"%PDF")


def test_the_export_has_every_key_of_simkopdes_and_its_totals() -> None:
    statement = an_orderly_statement()
    position, results = position_keys(statement.position), result_keys(statement.results, statement.units)
    found = totals(statement.position, statement.results, statement.units)
    assert (position["total_aset"], position["total_liabilitas"]) == (found.assets, found.liabilities)
    assert results["pendapatan_anggota_sembako"] == 60_000_000
    assert results["hpp_non_anggota_sembako"] == 18_000_000
    assert results["shu_tahun_berjalan"] == found.result == 6_000_000
    assert results["pendapatan_anggota_klinik"] == 0
    document = statement_document(
        statement, Rapb(id=statement.id, cooperative_id=None, year=2027), "KDMP", "64"
    )
    assert document["tahun_rencana_anggaran"] == 2027


def workbook(**changes: Any) -> openpyxl.Workbook:
    statement = an_orderly_statement(**changes)
    rapb = Rapb(
        id=statement.id, cooperative_id=None, year=2027, units={"klinik": UnitResult(other_revenue=5_000_000)}
    )
    content = statement_workbook(
        SheetsOf(
            cooperative="KDMP =1+1",
            statement=statement,
            rapb=rapb,
            chart=chart_of_accounts(),
            layout=statement_layout(),
            is_syariah=False,
            signers=(("Ketua", ""), ("Bendahara", "Suparti")),
        )
    )
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_spreadsheet_has_the_keys_beside_the_names_and_text_stays_text() -> None:
    book = workbook()
    assert book.sheetnames == [
        "Posisi keuangan", "Hasil usaha", "RAPB posisi 2027", "RAPB hasil 2027", "Pemetaan akun",
    ]  # fmt: skip
    rows = {str(row[1]): row for row in book["Posisi keuangan"].values if row[1]}
    assert rows["kas_dan_setara_kas"][2] == 2_350_000
    assert str(rows["total_aset"][2]).startswith("=SUM(")
    assert book["Posisi keuangan"]["A2"].value == "KDMP =1+1"
    assert book["Posisi keuangan"]["A2"].data_type == "s"
    mapping = {row[0]: row[2] for row in book["Pemetaan akun"].values}
    assert mapping["4101-1"] == "pendapatan_anggota_sembako"


@pytest.mark.parametrize("owed", [0, 700_000])
def test_words_for_what_is_signed(owed: int) -> None:
    statement = an_orderly_statement()
    book = workbook(position={**statement.position, "utang_bank": owed})
    texts = [str(row[0]) for row in book["Posisi keuangan"].values if row[0]]
    assert any(
        text.startswith("Terbilang jumlah aset: tiga puluh lima juta lima ratus ribu") for text in texts
    )
