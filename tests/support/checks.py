"""A bookkeeping check of a village cooperative whose books are in order; tests put the faults in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from kopdesk.domain.book_check import (
    BankReconciliation,
    BookCheck,
    LoanSample,
    SavingSample,
    StockItem,
    TrialBalanceLine,
)
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.statement import PeriodKind, Statement, UnitResult
from kopdesk.rules.chart_of_accounts import chart_of_accounts
from kopdesk.rules.legal_tender import legal_tender
from kopdesk.rules.loan_ageing import loan_ageing

TODAY = date(2026, 11, 27)
COOPERATIVE = UUID(int=9)

ORDERLY_LINES: Mapping[str, tuple[int, int]] = {
    "1101": (2_350_000, 0),
    "1111": (14_200_000, 0),
    "1121": (8_000_000, 0),
    "1131": (6_450_000, 0),
    "1206": (5_000_000, 0),
    "1207": (0, 500_000),
    "2101": (0, 3_000_000),
    "2102": (0, 4_000_000),
    "3101": (0, 12_000_000),
    "3102": (0, 10_500_000),
    "4101-1": (0, 60_000_000),
    "4102-1": (0, 20_000_000),
    "5101-1": (54_000_000, 0),
    "5102-1": (18_000_000, 0),
    "5201": (2_000_000, 0),
}
"""Debit and credit: both come to Rp110.000.000."""


def lines(amounts: Mapping[str, tuple[int, int]] = ORDERLY_LINES) -> dict[str, TrialBalanceLine]:
    return {
        number: TrialBalanceLine(debit=debit or None, credit=credit or None)
        for number, (debit, credit) in amounts.items()
    }


def an_orderly_check(**changes: Any) -> BookCheck:
    check = BookCheck(
        id=UUID(int=1),
        cooperative_id=COOPERATIVE,
        period="2026-10",
        checked_on=date(2026, 11, 5),
        members_in_book=120,
        members_in_simkopdes=120,
        quorum_base=120,
        reported_revenue=80_000_000,
        cash_book_opening=1_900_000,
        cash_book_received=7_450_000,
        cash_book_paid=7_000_000,
        cash_book_balance=2_350_000,
        saving_totals={"pokok": 12_000_000, "wajib": 10_500_000, "sukarela": 4_000_000},
        loan_card_total=8_000_000,
        stock_is_complete=True,
        cash={"utama": CashCount(name="Kas utama", book_balance=2_350_000, note={"50000": 47})},
        bank={"bri": BankReconciliation(bank_balance=14_200_000, book_balance=14_200_000)},
        stock={
            "beras": StockItem(
                name="Beras",
                unit="kg",
                book_thousandths=430_000,
                counted_thousandths=430_000,
                unit_cost=15_000,
                account="1131",
            )
        },
        savings={"a1": SavingSample(member_name="Sri", card={"pokok": 100_000}, book={"pokok": 100_000})},
        loans={"p1": LoanSample(member_name="Usman", card_balance=1_500_000, book_balance=1_500_000)},
        lines=lines(),
    )
    return replace(check, **changes)


def an_orderly_statement(**changes: Any) -> Statement:
    statement = Statement(
        id=UUID(int=2),
        cooperative_id=COOPERATIVE,
        period_kind=PeriodKind.YEAR,
        period="2026-10",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 10, 31),
        position={
            "kas_dan_setara_kas": 2_350_000,
            "giro": 14_200_000,
            "piutang_usaha_simpan_pinjam": 8_000_000,
            "persediaan_sembako": 6_450_000,
            "aset_tetap_mesin_peralatan": 5_000_000,
            "akumulasi_penyusutan": 500_000,
            "utang_usaha_sembako": 3_000_000,
            "simpanan_anggota": 4_000_000,
            "simpanan_pokok": 12_000_000,
            "simpanan_wajib": 10_500_000,
            "shu_tahun_berjalan": 6_000_000,
        },
        results={"beban_kepegawaian": 2_000_000},
        units={
            "sembako": UnitResult(
                member_revenue=60_000_000,
                other_revenue=20_000_000,
                member_cost=54_000_000,
                other_cost=18_000_000,
            )
        },
        cash_flow={
            "kas_awal": 1_900_000,
            "arus_operasi": 450_000,
            "arus_investasi": 0,
            "arus_pendanaan": 0,
            "kas_akhir": 2_350_000,
        },
    )
    return replace(statement, **changes)


def material(check: BookCheck | None = None, **changes: Any) -> Material:
    rules, _name = loan_ageing()
    whole = Material(
        check=check or an_orderly_check(),
        chart=chart_of_accounts(),
        today=TODAY,
        loan_rules=rules,
        tender=legal_tender().counted(TODAY),
        statement=an_orderly_statement(),
    )
    return replace(whole, **changes)
