"""What a check says: each sentence with its arithmetic, each finding with what to do."""

from dataclasses import replace
from datetime import date

import pytest

from kopdesk.domain.book_check import Book, LoanSample, SavingSample, StockItem
from kopdesk.domain.book_tests import proposals as proposals_of
from kopdesk.domain.book_tests.dozen import run_tests
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.outcome import BookTest
from kopdesk.domain.cash_count import CashCount, OtherItem, Voucher
from kopdesk.wording.catalogue import use_language
from kopdesk.wording.checking import _FIGURES, _REASONS, case_text, reason_text, result_lines, subjects_of
from kopdesk.wording.proposed import _ADVICE, Names, ProposalText, proposal_text
from tests.support.checks import ORDERLY_LINES, an_orderly_check, an_orderly_statement, lines, material

BOOKS = {"kas": "Buku kas", "simpanan": "Buku simpanan anggota"}
SHORT = CashCount(
    name="Kas gerai",
    book_balance=1_325_000,
    note={"50000": 25},
    coin={"500": 10},
    limit=1_000_000,
    others={"bon": OtherItem(kind="iou", text="Bon Pak Usman", amount=45_000)},
    vouchers={"b": Voucher(direction="out", amount=25_000)},
)


def told(given: Material, test: BookTest) -> list[str]:
    results = run_tests(given)
    subjects = subjects_of(given.check, given.chart, results)
    return result_lines(next(one for one in results if one.test is test), subjects)


def texts(given: Material) -> dict[str, ProposalText]:
    names = Names(given.check, given.chart, BOOKS)
    found = proposals_of.proposals(given, run_tests(given))
    return {one.rule: proposal_text(one, names) for one in found}


def test_a_shortage_is_told_with_all_its_figures() -> None:
    given = material(an_orderly_check(cash={"gerai": SHORT}))
    assert told(given, BookTest.CASH_COUNT) == [
        "Kas gerai: dihitung Rp1.255.000, seharusnya Rp1.300.000; kurang Rp45.000"
    ]


def test_what_agrees_says_on_what() -> None:
    assert told(material(), BookTest.BANK) == [
        "Rekening bank: cocok, Rp14.200.000",
        "Semua rekening: cocok, Rp14.200.000",
    ]
    assert told(material(), BookTest.MEMBERS)[0] == "Jumlah anggota: cocok, 120 orang"


def test_what_cannot_be_tested_says_why() -> None:
    assert told(material(statement=None), BookTest.POSITION) == [
        "Posisi keuangan: belum ada laporan keuangan untuk bulan ini."
    ]


def test_a_finding_says_what_may_have_happened_and_what_is_to_be_done() -> None:
    found = texts(material(an_orderly_check(cash={"gerai": SHORT})))
    shortage = found["cash_count/till"]
    assert shortage.finding == "Kas gerai: dihitung Rp1.255.000, seharusnya Rp1.300.000; kurang Rp45.000."
    assert shortage.cause == "Selisihnya sama dengan Bon Pak Usman: mungkin hanya tercatat di satu sisi."
    assert shortage.promise.startswith("Kas gerai, kurang Rp45.000: cari bukti yang belum dibukukan")
    assert found["cash_over_limit"].finding == "Kas gerai: uang di laci Rp1.255.000, batas kas Rp1.000.000."
    assert found["vouchers_unbooked"].finding == "Kas gerai: bukti kas Rp25.000 belum dibukukan."


def test_swapped_digits_are_named_with_the_account_they_stand_in() -> None:
    wrong = lines({**ORDERLY_LINES, "5201": (1_550_000, 0), "5204": (540_000, 0)})
    cause = texts(material(an_orderly_check(lines=wrong)))["trial_balance/trial_balance"].cause
    assert "5204 Penyusutan tertulis Rp540.000; kalau Rp450.000, cocok" in cause


def test_books_savers_and_loans_are_called_by_their_names() -> None:
    check = an_orderly_check(
        books={"kas": Book(exists=False),
               "simpanan": Book(exists=True, up_to_date=False, last_entry_on=date(2026, 10, 12))},
        savings={"a": SavingSample(member_name="Bu Sri", card={"wajib": 50_000}, book={"wajib": 40_000})},
        loans={"p": LoanSample(member_name="Pak Usman", card_balance=900_000, book_balance=900_000,
                               in_court=True)},
        stock={"t": StockItem(name="Telur", unit="kg", counted_thousandths=4_500, book_thousandths=4_500,
                              unit_cost=28_000, condition="damaged")},
        stock_is_complete=None,
    )  # fmt: skip
    found = {rule: text.finding for rule, text in texts(material(check)).items()}
    assert found["book_missing"] == "Buku kas tidak ada."
    assert found["book_late"] == "Buku simpanan anggota terakhir diisi 12 Oktober 2026."
    assert found["savings/saver"].startswith(
        "Bu Sri, simpanan wajib: menurut kartu Rp50.000, menurut buku Rp40.000"
    )
    assert found["loan_grade"] == "Pinjaman Pak Usman, sisa Rp900.000, macet."
    assert found["stock_damaged"] == "Telur: 4,5 kg rusak."


def test_every_comparison_that_can_fail_has_an_advice_and_every_figure_a_name() -> None:
    """Whatever the tests may say of a check that is wrong in every part."""
    statement = an_orderly_statement(
        position={"kas_dan_setara_kas": 1, "shu_tahun_berjalan": 7},
        stated={"total_aset": 2},
        opening={"giro": 5},
        cash_flow={"kas_awal": 1, "arus_operasi": 9, "kas_akhir": 3},
    )
    prior = an_orderly_statement(period_kind="year", position={"giro": 8})
    wrong = lines({number: (debit + 3, credit) for number, (debit, credit) in ORDERLY_LINES.items()})
    wrong = {number: replace(line, opening=2) for number, line in wrong.items()}
    before = an_orderly_check(period="2026-09", checked_on=date(2026, 10, 1))
    check = an_orderly_check(
        lines=wrong, saving_totals={"wajib": 1}, loan_card_total=1, reported_revenue=1, cash_book_received=1,
        members_in_book=1, quorum_base=3,
        stock={"g": StockItem(counted_thousandths=1_000, book_thousandths=2_000, unit_cost=5, account="1131",
                              full_cylinders=1, empty_cylinders=1, owned_cylinders=5)},
    )  # fmt: skip
    given = material(check, statement=statement, prior_statement=prior, previous_check=before)
    results = run_tests(given)
    failed = [case for result in results for case in result.failed]
    assert len({case.name for case in failed}) > 15
    assert {case.name for case in failed} <= _ADVICE.keys()
    assert {figure.name for case in failed for figure in case.figures} <= _FIGURES.keys()
    empty = an_orderly_check(
        lines={}, cash={}, bank={}, stock={}, savings={}, loans={}, saving_totals={}, loan_card_total=None
    )
    reasons = {case.reason for result in run_tests(material(empty)) for case in result.untested}
    assert reasons <= _REASONS.keys()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sentence_is_made_in_both_languages(language: str) -> None:
    use_language("en" if language == "en" else "id")
    try:
        given = material(an_orderly_check(cash={"gerai": SHORT}))
        case = next(one for one in run_tests(given) if one.test is BookTest.CASH_COUNT).failed[0]
        word = "short" if language == "en" else "kurang"
        assert word in case_text(case, "Kas gerai")
        assert reason_text("no_lines") != "no_lines"
    finally:
        use_language("id")
