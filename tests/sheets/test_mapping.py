"""Which column is what: proposed from the headings, remembered once somebody has chosen."""

from pathlib import Path

from kopdesk.rules.chart_of_accounts import chart_of_accounts
from kopdesk.sheets.mapping import (
    TRIAL_BALANCE,
    Learned,
    account_for,
    account_word,
    fingerprint,
    is_total,
    keep_learned,
    proposed_mapping,
    read_learned,
)
from kopdesk.sheets.reading import Cell, Sheet

CHART = chart_of_accounts()


def sheet(*rows: list[str]) -> Sheet:
    return Sheet("Neraca", [(at, [Cell(text) for text in row]) for at, row in enumerate(rows, 1)])


def test_headings_are_found_below_the_title_whatever_their_signs() -> None:
    found = proposed_mapping(
        sheet(
            ["KOPERASI DESA MERAH PUTIH"],
            ["Neraca Saldo Oktober"],
            ["No.", "Kode Akun", "Nama Perkiraan", "DEBET", "Kredit"],
        ),
        TRIAL_BALANCE,
    )
    assert found.heading_row == 2
    assert found.columns == {"number": 1, "name": 2, "debit": 3, "credit": 4}


def test_without_headings_nothing_is_proposed() -> None:
    assert proposed_mapping(sheet(["1101", "Kas", "1.000"]), TRIAL_BALANCE).heading_row == -1


def test_sums_are_no_accounts() -> None:
    assert is_total(["", "JUMLAH", "110.000.000"])
    assert is_total(["Total Debet"])
    assert not is_total(["1101", "Kas"])
    assert not is_total(["", ""])


def test_the_cooperatives_own_account_is_found_by_its_number_or_its_name() -> None:
    assert account_for("1101", "Kas kecil", CHART, {}) == "1101"
    assert account_for("1-1100", "Simpanan Pokok", CHART, {}) == "3101"
    assert account_for("9-9", "Biaya entah apa", CHART, {}) == ""
    chosen = {account_word("9-9", "Biaya entah apa"): "5207"}
    assert account_for("9-9", "biaya  ENTAH apa", CHART, chosen) == "5207"


def test_what_was_chosen_is_there_for_the_next_file_of_the_same_layout(tmp_path: Path) -> None:
    first = sheet(["Kode", "Nama", "D", "K"], ["1101", "Kas", "5", ""])
    next_month = sheet(["KODE ", "nama", "d", "k"], ["1101", "Kas", "7", ""])
    assert fingerprint(first, 0) == fingerprint(next_month, 0)
    learned = Learned({fingerprint(first, 0): {"number": 0, "debit": 2}}, {"1|kas": "1101"})
    keep_learned(tmp_path, learned)
    assert read_learned(tmp_path) == learned
    (tmp_path / "columns.json").write_text('{"columns": 5}')
    assert read_learned(tmp_path) == Learned()
