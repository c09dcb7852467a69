"""The rules of calc about bookkeeping: what goes in, how it is computed, an example."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kopdesk.cli.rule import Rule
from kopdesk.domain.bank_result import bank_result
from kopdesk.domain.book_check import BankReconciliation, BookCheck, LoanSample, StockItem, TrialBalanceLine
from kopdesk.domain.book_tests.dozen import run_tests
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.cash_result import cash_result
from kopdesk.domain.fields import Kind, leaf, rows, values
from kopdesk.domain.loan_grades import grade_loan, problem_loans
from kopdesk.domain.statement import UnitResult
from kopdesk.domain.statement_totals import totals
from kopdesk.domain.stock_result import stock_result
from kopdesk.domain.trial_balance import balance_sums, derived_statements
from kopdesk.rules.chart_of_accounts import chart_of_accounts
from kopdesk.rules.current import current_rules
from kopdesk.rules.legal_tender import legal_tender
from kopdesk.rules.loan_ageing import loan_ageing


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """One account, and how many days an item may stay open (30)."""

    on: date | None = leaf(Kind.DATE)
    oldest_days: int | None = leaf(Kind.COUNT)
    account: Mapping[str, BankReconciliation] = rows(BankReconciliation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loans:
    """Loans, graded on a day."""

    on: date | None = leaf(Kind.DATE)
    loans: Mapping[str, LoanSample] = rows(LoanSample)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Articles, looked at on a day."""

    on: date | None = leaf(Kind.DATE)
    stock: Mapping[str, StockItem] = rows(StockItem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A trial balance; the key of a line is its number in the chart of accounts."""

    lines: Mapping[str, TrialBalanceLine] = rows(TrialBalanceLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """A position and results in SIMKOPDES's keys."""

    position: Mapping[str, int] = values(Kind.MONEY)
    results: Mapping[str, int] = values(Kind.MONEY)
    units: Mapping[str, UnitResult] = rows(UnitResult)


def _cash(count: CashCount, today: date) -> Mapping[str, object]:
    """By the money that counts on the day of the count."""
    rules = legal_tender()
    result = cash_result(count, rules.counted(count.counted_on or today))
    return {**dataclasses.asdict(result), "rules": f"{rules.pack} {rules.version}"}


def _bank(given: Bank, today: date) -> Mapping[str, object]:
    days = 30 if given.oldest_days is None else given.oldest_days
    return {
        key: dataclasses.asdict(bank_result(account, given.on or today, days))
        for key, account in sorted(given.account.items())
    }


def _loans(given: Loans, today: date) -> Mapping[str, object]:
    rules, version = loan_ageing()
    on = given.on or today
    graded = {key: grade_loan(loan, rules, on) for key, loan in sorted(given.loans.items())}
    shares = problem_loans(given.loans.values(), rules, on)
    return {
        "grades": {key: one.grade.value if one.grade else None for key, one in graded.items()},
        "reasons": {key: one.reason for key, one in graded.items() if one.reason},
        "balances": {grade.value: amount for grade, amount in shares.balances.items()},
        "ungraded": shares.ungraded,
        "plain": str(shares.plain) if shares.plain is not None else None,
        "weighted": str(shares.weighted) if shares.weighted is not None else None,
        "rules": version,
    }


def _stock(given: Stock, today: date) -> Mapping[str, object]:
    on = given.on or today
    return {key: dataclasses.asdict(stock_result(item, on)) for key, item in sorted(given.stock.items())}


def _balance(given: Balance, today: date) -> Mapping[str, object]:
    chart = chart_of_accounts()
    sums, derived = balance_sums(given.lines, chart), derived_statements(given.lines, chart)
    return {
        "debit": sums.debit,
        "credit": sums.credit,
        "difference": sums.difference,
        "unknown": list(sums.unknown),
        "position": dict(sorted(derived.position.items())),
        "results": dict(sorted(derived.results.items())),
        "units": {
            name: {part: amount for part, amount in dataclasses.asdict(unit).items() if amount}
            for name, unit in sorted(derived.units.items())
        },
        "rules": chart.version,
    }


def _statement(given: Statements, today: date) -> Mapping[str, object]:
    found = totals(given.position, given.results, given.units)
    return {**dataclasses.asdict(found), "imbalance": found.imbalance}


def _tests(check: BookCheck, today: date) -> Mapping[str, object]:
    rules = current_rules()
    material = Material(
        check=check,
        chart=rules.chart,
        today=today,
        loan_rules=rules.loans,
        tender=rules.tender.counted(check.checked_on or today),
    )
    return {
        result.test.value: {
            "outcome": result.outcome.value,
            "differences": [case.difference for case in result.failed],
            "reasons": [case.reason for case in result.untested],
        }
        for result in run_tests(material)
    }


RULES_OF_BOOKS: Mapping[str, Rule] = {
    "cash-count": Rule(
        "hasil hitung kas: jumlah fisik, saldo buku, selisih",
        CashCount,
        _cash,
        {
            "counted_on": "2026-11-27",
            "note": {"50000": 9, "10000": 3, "2000": 2},
            "coin": {"500": 1},
            "others": [{"kind": "iou", "text": "Bon Pak Usman", "amount": 25_000}],
            "vouchers": [{"number": "BK-31", "direction": "out", "amount": 20_000}],
            "book_balance": 549_500,
        },
    ),
    "bank-reconciliation": Rule(
        "rekonsiliasi bank dari kedua sisi, dengan penyesuaian yang terlalu lama",
        Bank,
        _bank,
        {
            "account": {
                "bri": {
                    "balance_on": "2026-10-31",
                    "bank_balance": 14_187_500,
                    "book_balance": 14_200_000,
                    "items": {
                        "adm": {"side": "book", "kind": "fee", "amount": -12_500, "dated_on": "2026-10-31"}
                    },
                }
            }
        },
    ),
    "stock-count": Rule(
        "selisih barang dan rupiahnya menurut harga pokok, barang kedaluwarsa, tabung LPG",
        Stock,
        _stock,
        {
            "on": "2026-11-27",
            "stock": {
                "beras": {"book_thousandths": 430_000, "counted_thousandths": 425_500, "unit_cost": 15_000},
                "lpg": {
                    "full_cylinders": 40,
                    "empty_cylinders": 17,
                    "owned_cylinders": 60,
                    "unit_cost": 18_000,
                },
            },
        },
    ),
    "loan-ageing": Rule(
        "kolektibilitas pinjaman anggota dan bagian pinjaman bermasalah, tertimbang dan tidak",
        Loans,
        _loans,
        {
            "on": "2026-11-27",
            "loans": {
                "p1": {
                    "instalment_period": "one_to_three_months",
                    "principal_arrears_months": 4,
                    "card_balance": 1_500_000,
                },
                "p2": {
                    "instalment_period": "one_to_three_months",
                    "principal_arrears_months": 0,
                    "card_balance": 2_500_000,
                },
            },
        },
    ),
    "trial-balance": Rule(
        "jumlah neraca saldo, dan laporan yang mengikutinya menurut bagan akun",
        Balance,
        _balance,
        {
            "lines": {
                "1101": {"debit": 2_350_000},
                "3101": {"credit": 1_000_000},
                "4101-1": {"credit": 9_000_000},
                "5101-1": {"debit": 7_650_000},
            }
        },
    ),
    "statement": Rule(
        "jumlah-jumlah laporan keuangan dan selisih kedua sisi neraca",
        Statements,
        _statement,
        {
            "position": {
                "kas_dan_setara_kas": 2_350_000,
                "simpanan_pokok": 1_000_000,
                "shu_tahun_berjalan": 1_350_000,
            },
            "units": {"sembako": {"member_revenue": 9_000_000, "member_cost": 7_650_000}},
        },
    ),
    "book-tests": Rule(
        "dua belas uji pemeriksaan pembukuan yang dapat diuji tanpa catatan lain",
        BookCheck,
        _tests,
        {
            "checked_on": "2026-11-27",
            "members_in_book": 120,
            "members_in_simkopdes": 117,
            "cash": {"gerai": {"book_balance": 1_300_000, "note": {"100000": 12, "10000": 8}}},
            "lines": {"1101": {"debit": 1_300_000}, "3101": {"credit": 1_250_000}},
        },
    ),
}
