"""The packs of accounts, books and loan grades: complete, sourced, and refused where they do not fit."""

from datetime import date
from pathlib import Path

import pytest

from kopdesk.domain.chart import SAVING_ROLES, AccountRole
from kopdesk.rules.books import books
from kopdesk.rules.chart_of_accounts import chart_of_accounts
from kopdesk.rules.current import current_rules
from kopdesk.rules.loan_ageing import loan_ageing
from kopdesk.rules.packs import RuleFault, pack_path
from kopdesk.rules.statement_layout import statement_layout

TODAY = date(2026, 11, 27)
HEAD = 'pack = "chart_of_accounts"\nversion = "1"\nsources = { A = "a" }\nunits = { 1 = "sembako" }\n'
CASH = """[[accounts]]
number = "1101"
name = "Kas"
class = "asset"
key = "giro"
status = "sure"
sources = ["A"]
"""


def test_both_lists_ask_for_sixteen_books_and_together_for_eighteen() -> None:
    pack = books()
    assert [len(pack.asked_for(preset, TODAY)) for preset in ("a", "b")] == [16, 16]
    assert len([book for book in pack.books if book.presets]) == 18
    assert not any(book.code == "kas" for book in pack.asked_for("b", TODAY))
    assert not any(book.code == "pinjaman" for book in pack.asked_for("a", TODAY))


def test_every_administrative_book_says_its_columns_and_what_to_verify() -> None:
    assert all(book.columns and book.checks for book in books().books if book.kind == "administration")


def test_every_role_that_is_compared_has_an_account() -> None:
    chart = chart_of_accounts()
    for role in (
        *SAVING_ROLES.values(),
        AccountRole.CASH,
        AccountRole.BANK,
        AccountRole.STOCK,
        AccountRole.REVENUE,
    ):
        assert list(chart.with_role(role)), role


def test_a_unit_has_accounts_of_its_own_and_a_syariah_cooperative_its_words() -> None:
    chart = chart_of_accounts()
    assert chart.accounts["4101-1"].unit == "sembako"
    assert chart.name_of("4103", is_syariah=True) == "Pendapatan margin dan bagi hasil"
    assert chart.name_of("1101", is_syariah=True) == "Kas"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + CASH.replace("giro", "simpanan_pokok"), "1101: key"),
        (HEAD + CASH + CASH, "1101: 2×"),
        (HEAD + CASH.replace('key = "giro"', 'unit = "sembako"\npart = "price"'), "1101: unit"),
        (HEAD + CASH.replace('sources = ["A"]', 'sources = ["B"]'), "1101: B"),
        (HEAD + CASH.replace('class = "asset"', 'class = "thing"'), "thing"),
        ("pack =", "("),
    ],
)
def test_a_chart_at_fault_is_refused_and_the_account_named(text: str, told: str, tmp_path: Path) -> None:
    own = tmp_path / "chart_of_accounts.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(RuleFault) as refused:
        chart_of_accounts(own)
    assert told in refused.value.told


def test_the_grades_of_loans_say_by_which_pack() -> None:
    rules, name = loan_ageing()
    assert name.startswith("loan_ageing ")
    assert rules.bad_after_months == 21


def test_the_layout_has_every_key_of_the_statements_once() -> None:
    layout = statement_layout()
    assert [section.code for section in layout.of("position")] == [
        "assets",
        "contra_assets",
        "liabilities",
        "equity",
    ]
    assert "modal_penyertaan_pihak_ketiga" in layout.of("position")[2].keys


def test_a_layout_that_lacks_a_key_is_refused_and_the_key_named(tmp_path: Path) -> None:
    own = tmp_path / "statement_layout.toml"
    text = pack_path("statement_layout").read_text(encoding="utf-8")
    own.write_text(text.replace('    "giro",\n', ""), encoding="utf-8")
    with pytest.raises(RuleFault, match="giro"):
        statement_layout(own)


def test_a_file_of_ones_own_replaces_the_shipped_one_and_a_faulty_one_does_not(tmp_path: Path) -> None:
    text = pack_path("books").read_text(encoding="utf-8")
    (tmp_path / "books.toml").write_text(text.replace('version = "', 'version = "dinas-'), encoding="utf-8")
    (tmp_path / "legal_tender.toml").write_text("pack =", encoding="utf-8")
    rules = current_rules(tmp_path)
    assert rules.books.version.startswith("dinas-")
    assert [fault.path.name for fault in rules.faults] == ["legal_tender.toml"]
    assert rules.tender.counted(TODAY)
    assert "books dinas-" in rules.version
