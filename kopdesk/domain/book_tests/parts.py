"""The tests of what was counted on site against the books: cash, bank, savings, loans, goods, people."""

from collections.abc import Iterator

from kopdesk.domain.bank_result import bank_result
from kopdesk.domain.book_check import SavingSample
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.outcome import (
    BookTest,
    Case,
    Figure,
    Source,
    TestResult,
    Unit,
    compared,
    not_testable,
    result_of,
)
from kopdesk.domain.cash_result import cash_result
from kopdesk.domain.chart import SAVING_ROLES, AccountRole
from kopdesk.domain.stock_result import counted_pieces, stock_result


def cash_count(material: Material) -> TestResult:
    """4: what lies in each till is what its book says."""
    return result_of(BookTest.CASH_COUNT, _tills(material), nothing="no_cash_count")


def _tills(material: Material) -> Iterator[Case]:
    for key, till in sorted(material.check.cash.items()):
        path = f"cash/{key}"
        if not (till.note or till.coin):
            yield not_testable("till", "nothing_counted", subject=path)
            continue
        result = cash_result(till, material.tender)
        day = till.balance_on or till.counted_on
        counted = Figure(name="counted", amount=result.on_balance_day, path=path, as_of=day)
        expected = (
            Figure(name="expected", amount=result.expected, path=f"{path}/book_balance", as_of=day)
            if result.expected is not None
            else None
        )
        yield compared(
            "till",
            counted,
            expected,
            missing="no_book_balance",
            subject=path,
            tolerance=till.tolerance or 0,
        )


def bank(material: Material) -> TestResult:
    """5: each account's balance is the book's, once what stands between them is told."""
    return result_of(BookTest.BANK, _accounts(material), nothing="no_bank_account")


def _accounts(material: Material) -> Iterator[Case]:
    for key, account in sorted(material.check.bank.items()):
        path, day = f"bank/{key}", account.balance_on
        result = bank_result(account, material.day)
        sides = [
            Figure(name=name, amount=amount, path=f"{path}/{name}_balance", as_of=day)
            if amount is not None
            else None
            for name, amount in (("bank", result.bank), ("book", result.book))
        ]
        yield compared("account", sides[0], sides[1], missing="no_bank_balances", subject=path)
    books = [account.book_balance for account in material.check.bank.values()]
    if books and None not in books:
        held = Figure(name="book", amount=sum(amount or 0 for amount in books), path="bank")
        ledger = material.ledger("ledger", AccountRole.BANK)
        yield compared("bank_ledger", held, ledger, missing="no_bank_in_lines")


def savings(material: Material) -> TestResult:
    """6: all cards of a kind of saving add up to its account; and the cards that were looked at tie."""
    check = material.check
    cases = [_kind(material, kind, check.saving_totals[kind]) for kind in sorted(check.saving_totals)]
    if not cases and check.savings_card_total is not None:
        cases.append(_all_kinds(material))
    cases += [case for key, sample in sorted(check.savings.items()) for case in _saver(key, sample)]
    return result_of(BookTest.SAVINGS, cases, nothing="no_savings")


def _kind(material: Material, kind: str, total: int) -> Case:
    cards = Figure(name="cards", amount=total, path=f"saving_totals/{kind}", as_of=material.period_end)
    role = SAVING_ROLES.get(kind)
    ledger = material.ledger("ledger", role) if role else None
    return compared(
        "saving_kind", cards, ledger, missing="no_savings_in_lines", subject=f"saving_totals/{kind}"
    )


def _all_kinds(material: Material) -> Case:
    held = [material.ledger("ledger", role) for role in SAVING_ROLES.values()]
    there = [figure.amount for figure in held if figure is not None]
    ledger = (
        Figure(name="ledger", amount=sum(there), path="lines", as_of=material.period_end) if there else None
    )
    cards = material.of_check("cards", "savings_card_total")
    return compared("all_savings", cards, ledger, missing="no_savings_in_lines")


def _saver(key: str, sample: SavingSample) -> Iterator[Case]:
    for kind in sorted(sample.card.keys() | sample.book.keys()):
        sides = [
            Figure(name=name, amount=side[kind], path=f"savings/{key}/{name}/{kind}")
            if kind in side
            else None
            for name, side in (("card", sample.card), ("book", sample.book))
        ]
        yield compared(
            "saver", sides[0], sides[1], missing="card_or_book", subject=f"savings/{key}/card/{kind}"
        )


def loans(material: Material) -> TestResult:
    """7: all loan cards add up to the account of loans; and the cards that were looked at tie."""
    check = material.check
    cases = []
    if check.loan_card_total is not None:
        cards = material.of_check("cards", "loan_card_total")
        ledger = material.ledger("ledger", AccountRole.MEMBER_LOANS)
        cases.append(compared("all_loans", cards, ledger, missing="no_loans_in_lines"))
    for key, loan in sorted(check.loans.items()):
        sides = [
            Figure(name=name, amount=amount, path=f"loans/{key}/{name}_balance")
            if amount is not None
            else None
            for name, amount in (("card", loan.card_balance), ("book", loan.book_balance))
        ]
        cases.append(compared("borrower", sides[0], sides[1], missing="card_or_book", subject=f"loans/{key}"))
    return result_of(BookTest.LOANS, cases, nothing="no_loans")


def stock(material: Material) -> TestResult:
    """8: goods are there as their cards say; counted completely, they are worth what the accounts hold."""
    return result_of(BookTest.STOCK, _goods(material), nothing="no_stock")


def _goods(material: Material) -> Iterator[Case]:
    check = material.check
    for key, item in sorted(check.stock.items()):
        path = f"stock/{key}"
        result, pieces = stock_result(item, material.day), counted_pieces(item)
        if result.difference is None or pieces is None or item.unit_cost is None:
            yield not_testable("article", "article_incomplete", subject=path)
        else:
            value = (pieces * item.unit_cost + 500) // 1000
            yield compared(
                "article",
                Figure(name="counted", amount=value, path=f"{path}/counted_thousandths"),
                Figure(name="card", amount=value - result.difference, path=f"{path}/book_thousandths"),
                missing="",
                subject=path,
            )
        if result.cylinders is not None:
            yield compared(
                "cylinders",
                Figure(name="cylinders", amount=result.cylinders + (item.owned_cylinders or 0), path=path),
                Figure(name="owned", amount=item.owned_cylinders or 0, path=f"{path}/owned_cylinders"),
                missing="",
                subject=path,
                unit=Unit.CYLINDERS,
            )
    if check.stock:
        yield from _stock_accounts(material)


def _stock_accounts(material: Material) -> Iterator[Case]:
    """Only a complete count can be held against the accounts."""
    check = material.check
    if check.stock_is_complete is not True:
        yield not_testable("stock_ledger", "only_a_sample")
        return
    counted: dict[str, int] = dict.fromkeys(
        (number for number in material.chart.with_role(AccountRole.STOCK) if number in check.lines), 0
    )
    for item in check.stock.values():
        if item.account:
            worth = stock_result(item, material.day).value or 0
            counted[item.account] = counted.get(item.account, 0) + worth
    for number, worth in sorted(counted.items()):
        line = check.lines.get(number)
        yield compared(
            "stock_ledger",
            Figure(name="counted", amount=worth, path="stock", as_of=check.checked_on),
            Figure(
                name="ledger",
                amount=(line.debit or 0) - (line.credit or 0),
                path=f"lines/{number}",
                as_of=material.period_end,
            )
            if line is not None
            else None,
            missing="no_such_account",
            subject=f"lines/{number}",
        )


def members(material: Material) -> TestResult:
    """12: the book of members, SIMKOPDES and the base of the quorum speak of the same people."""
    counted = material.members
    book = _people(material, "members_in_book", counted.in_members_book if counted else None)
    online = _people(material, "members_in_simkopdes", counted.in_simkopdes if counted else None)
    cases = [
        compared("members_online", book, online, missing="members_missing", unit=Unit.PEOPLE),
        compared(
            "members_quorum",
            book,
            _people(material, "quorum_base", None),
            missing="no_quorum_base",
            unit=Unit.PEOPLE,
        ),
    ]
    return TestResult(test=BookTest.MEMBERS, cases=tuple(cases))


def _people(material: Material, path: str, otherwise: int | None) -> Figure | None:
    found = material.of_check(path, path)
    if found is not None or otherwise is None or material.members is None:
        return found
    as_of = material.members.counted_on
    return Figure(name=path, amount=otherwise, source=Source.MEMBER_COUNT, path=path, as_of=as_of)
