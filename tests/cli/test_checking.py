"""kopdesk check: the twelve tests of a check, for a person and for a program."""

import json
from pathlib import Path

from tests.cli.conftest import Village


def test_a_shortage_and_an_unbalanced_trial_balance_are_told_with_their_differences(village: Village) -> None:
    siti = village.desk()
    given = {
        "cooperative_id": str(village.cooperative),
        "period": "2026-10",
        "checked_on": "2026-11-20",
        "cash": {
            "gerai": {"name": "Kas gerai", "book_balance": 1_300_000, "note": {"100000": 12, "10000": 8}}
        },
        "lines": {"1101": {"debit": 1_300_000}, "3101": {"credit": 1_250_000}},
    }
    made = siti.run("put", "book_check", given=given).json["id"]
    document = siti.run("check", made, "--json").json
    tests = {one["test"]: one for one in document["tests"]}
    assert [one["number"] for one in document["tests"]] == list(range(1, 13))
    assert tests["cash_count"]["cases"][0]["difference"] == -20_000
    assert tests["trial_balance"]["cases"][0]["difference"] == 50_000
    assert tests["bank"]["cases"][0]["reason"] == "no_bank_account"
    assert {one["rule"] for one in document["proposals"]} == {
        "cash_count/till",
        "trial_balance/trial_balance",
    }
    told = siti.run("check", made)
    assert "Kas gerai: dihitung Rp1.280.000, seharusnya Rp1.300.000; kurang Rp20.000" in told.out
    assert "12 Buku anggota = SIMKOPDES = dasar kuorum: Belum dapat diuji" in told.out


def test_a_check_there_is_not_is_told_in_a_sentence(village: Village) -> None:
    ran = village.desk().run("check", "00000000-0000-7000-8000-000000000001")
    assert ran.code == 1
    assert ran.sentence


def test_documents_are_saved_by_their_ending(village: Village, tmp_path: Path) -> None:
    desk = village.desk()
    where = {"cooperative_id": str(village.cooperative)}
    check = desk.put(
        "book_check", **where, period="2026-10", checked_on="2026-11-20", cash={"g": {"note": {"50000": 2}}}
    )["id"]
    visit = desk.put("visit", **where, visited_on="2026-11-20")["id"]
    for name, record, ending in (
        ("cash-count", check, "pdf"),
        ("book-check", check, "PDF"),
        ("visit-minutes", visit, "pdf"),
    ):
        path = tmp_path / f"{name}.{ending}"
        ran = desk.run("report", name, record, "--out", str(path), "--paper", "f4")
        assert ran.json["bytes"] == len(path.read_bytes())
        assert path.read_bytes().startswith(b"%PDF")


def test_a_statement_is_saved_once_there_is_one(village: Village, tmp_path: Path) -> None:
    desk = village.desk()
    where = {"cooperative_id": str(village.cooperative)}
    check = desk.put("book_check", **where, period="2026-10", checked_on="2026-11-20")["id"]
    path = tmp_path / "laporan.json"
    refused = desk.run("report", "statement", check, "--out", str(path))
    assert refused.code == 1
    assert "Belum ada laporan keuangan" in refused.sentence
    desk.put("statement", **where, period_kind="year", period="2026-10", position={"giro": 5})
    assert desk.run("report", "statement", check, "--out", str(path)).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["laporan_posisi_keuangan"]["total_aset"] == 5
    assert desk.run("report", "statement", check, "--out", str(tmp_path / "laporan.pdf")).code == 2
