"""From what a check found to findings that are proposed: how heavy, of which kind, what may be the cause."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from kopdesk.domain.bank_result import bank_result
from kopdesk.domain.book_check import BookCheck, Quality
from kopdesk.domain.book_tests.causes import Cause, likely_causes
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.outcome import BookTest, Case, TestResult
from kopdesk.domain.cash_count import Direction
from kopdesk.domain.cash_result import cash_result
from kopdesk.domain.chart import AccountRole
from kopdesk.domain.finding import Aspect, Weight
from kopdesk.domain.ids import short_key
from kopdesk.domain.loan_grades import Grade, grade_loan
from kopdesk.domain.stock_result import counted_pieces, stock_result
from kopdesk.domain.trial_balance import held_in
from kopdesk.domain.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`rule`: which rule found it, "cash_count/till" or "book_missing"; `subject`: the row it is about."""

    rule: str
    subject: str
    aspect: Aspect
    weight: Weight
    case: Case | None = None
    causes: tuple[Cause, ...] = ()
    facts: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Of its row among the findings: the same for the same fault whatever it amounts to, so that two
        laptops which find it make one finding of it.
        """
        return short_key(blake2b(f"{self.rule}:{self.subject}".encode(), digest_size=8).digest())


_ASPECTS = {
    BookTest.CASH_BOOK: Aspect.CASH,
    BookTest.CASH_COUNT: Aspect.CASH,
    BookTest.BANK: Aspect.CASH,
    BookTest.STOCK: Aspect.STOCK,
    BookTest.REVENUE: Aspect.TAX,
    BookTest.MEMBERS: Aspect.MEMBERSHIP,
}
_HEAVY = {"till", "account", "saving_kind", "all_savings", "all_loans", "borrower"}
_LIGHT = {"stated", "members_quorum"}
_LAWFUL_BOOKS = frozenset({"anggota", "kas", "simpanan"})
"""What nothing can be checked without, or the law asks for."""


def proposals(material: Material, results: tuple[TestResult, ...]) -> tuple[Proposal, ...]:
    """What the tests and the rules of good keeping found, the heaviest first."""
    found = [*_of_tests(material, results), *_of_keeping(material)]
    return tuple(sorted(found, key=lambda one: -tuple(Weight).index(one.weight)))


def _of_tests(material: Material, results: tuple[TestResult, ...]) -> Iterator[Proposal]:
    for result in results:
        for case in result.failed:
            yield Proposal(
                rule=f"{result.test}/{case.name}",
                subject=case.subject,
                aspect=_ASPECTS.get(result.test, Aspect.BOOKKEEPING),
                weight=_weight(case),
                case=case,
                causes=likely_causes(case.difference or 0, _amounts(material.check, result.test, case)),
            )


def _weight(case: Case) -> Weight:
    if case.name == "till" and (case.difference or 0) > 0:
        return Weight.MEDIUM  # too much is a slip more often than a theft
    if case.name in _HEAVY:
        return Weight.HIGH
    return Weight.LOW if case.name in _LIGHT else Weight.MEDIUM


def _amounts(check: BookCheck, test: BookTest, case: Case) -> dict[str, int]:
    """In which the slip may have been made, with the sign in which they count in the difference."""
    if case.name == "trial_balance":
        debits = {f"lines/{number}/debit": line.debit or 0 for number, line in check.lines.items()}
        credits = {f"lines/{number}/credit": -(line.credit or 0) for number, line in check.lines.items()}
        return {path: amount for path, amount in {**debits, **credits}.items() if amount}
    if test is BookTest.CASH_COUNT:
        key = case.subject.split("/")[1]
        till = check.cash[key]  # what is no cash lacks in the count; a voucher may have been booked after all
        others = {f"cash/{key}/others/{k}": -(other.amount or 0) for k, other in till.others.items()}
        vouchers = {
            f"cash/{key}/vouchers/{k}": (one.amount or 0) * (1 if one.direction == Direction.OUT else -1)
            for k, one in till.vouchers.items()
        }
        return {path: amount for path, amount in {**others, **vouchers}.items() if amount}
    signs = (1, -1)
    return {
        figure.path: sign * figure.amount
        for figure, sign in zip(case.figures, signs, strict=False)
        if figure.path
    }


def _of_keeping(material: Material) -> Iterator[Proposal]:
    """Faults that are no sum."""
    yield from _books(material)
    yield from _tills(material)
    yield from _bank_items(material)
    yield from _goods(material)
    yield from _loans(material)
    for key, saver in sorted(material.check.savings.items()):
        if saver.confirmed is False:
            facts = {"name": saver.member_name}
            yield _kept("saver_denies", f"savings/{key}", Aspect.MEMBERSHIP, Weight.HIGH, facts)
    yield from _building(material)


def _kept(
    rule: str, subject: str, aspect: Aspect, weight: Weight, facts: Mapping[str, Value] | None = None
) -> Proposal:
    return Proposal(rule=rule, subject=subject, aspect=aspect, weight=weight, facts=facts or {})


def _books(material: Material) -> Iterator[Proposal]:
    for code, book in sorted(material.check.books.items()):
        subject = f"books/{code}"
        heavy = Weight.HIGH if code in _LAWFUL_BOOKS else Weight.LOW
        if book.exists is False:
            yield _kept("book_missing", subject, Aspect.BOOKKEEPING, heavy)
        elif book.up_to_date is False:
            last = book.last_entry_on.isoformat() if book.last_entry_on else None
            weight = Weight.MEDIUM if code in _LAWFUL_BOOKS else Weight.LOW
            yield _kept("book_late", subject, Aspect.BOOKKEEPING, weight, {"last_entry_on": last})
        elif book.quality == Quality.POOR:
            yield _kept("book_poor", subject, Aspect.BOOKKEEPING, Weight.LOW)


def _tills(material: Material) -> Iterator[Proposal]:
    for key, till in sorted(material.check.cash.items()):
        result, subject = cash_result(till, material.tender), f"cash/{key}"
        if till.limit is not None and result.counted > till.limit:
            facts: dict[str, Value] = {"counted": result.counted, "limit": till.limit}
            yield _kept("cash_over_limit", subject, Aspect.CASH, Weight.MEDIUM, facts)
        if result.listed:
            yield _kept("not_cash_in_till", subject, Aspect.CASH, Weight.MEDIUM, {"listed": result.listed})
        if till.vouchers:
            facts = {"vouchers": len(till.vouchers), "amount": abs(result.unbooked)}
            yield _kept("vouchers_unbooked", subject, Aspect.CASH, Weight.MEDIUM, facts)
        if till.returned is False:
            yield _kept("cash_not_returned", subject, Aspect.CASH, Weight.HIGH)


def _bank_items(material: Material) -> Iterator[Proposal]:
    for key, account in sorted(material.check.bank.items()):
        for item in bank_result(account, material.day).old:
            row = account.items[item]
            facts: dict[str, Value] = {
                "text": row.text,
                "amount": row.amount,
                "dated_on": row.dated_on.isoformat() if row.dated_on else None,
            }
            yield _kept("bank_item_old", f"bank/{key}/items/{item}", Aspect.CASH, Weight.MEDIUM, facts)


def _goods(material: Material) -> Iterator[Proposal]:
    for key, item in sorted(material.check.stock.items()):
        if not stock_result(item, material.day).is_sellable:
            facts: dict[str, Value] = {"name": item.name, "pieces": counted_pieces(item), "unit": item.unit}
            rule = "stock_expired" if stock_result(item, material.day).is_expired else "stock_damaged"
            yield _kept(rule, f"stock/{key}", Aspect.STOCK, Weight.MEDIUM, facts)


def _loans(material: Material) -> Iterator[Proposal]:
    for key, loan in sorted(material.check.loans.items()):
        subject, facts = f"loans/{key}", {"name": loan.member_name}
        if loan.agreement_seen is False:
            yield _kept("loan_without_agreement", subject, Aspect.BOOKKEEPING, Weight.MEDIUM, facts)
        if loan.confirmed is False:
            yield _kept("borrower_denies", subject, Aspect.BOOKKEEPING, Weight.HIGH, facts)
        if material.loan_rules is None:
            continue
        grade = grade_loan(loan, material.loan_rules, material.day).grade
        if grade is not None and grade is not Grade.CURRENT:
            weight = Weight.MEDIUM if grade is Grade.SUBSTANDARD else Weight.HIGH
            graded: dict[str, Value] = {**facts, "grade": grade.value, "balance": loan.card_balance}
            yield _kept("loan_grade", subject, Aspect.BOOKKEEPING, weight, graded)


def _building(material: Material) -> Iterator[Proposal]:
    """A gerai built under Inpres 17/2025 belongs to the village or the pemda. Reference: finance.md §1.2."""
    held = held_in(material.check.lines, material.chart, AccountRole.BUILDING)
    facts: dict[str, Value] = {"amount": held}
    if material.check.state_building_recorded:
        yield _kept("state_building", "state_building_recorded", Aspect.BUILDING, Weight.HIGH, facts)
    elif material.check.state_building_recorded is None and material.has_state_building and held:
        yield _kept("state_building_asked", "state_building_recorded", Aspect.BUILDING, Weight.MEDIUM, facts)
