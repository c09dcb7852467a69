"""A bookkeeping check on paper: the minutes of a cash count, the summary of the check, as facts in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kopdesk.domain.book_check import Book, BookCheck, BookCheckState, Conclusion, Quality
from kopdesk.domain.book_tests.outcome import Outcome, TestResult
from kopdesk.domain.book_tests.report import Change, CheckReport
from kopdesk.domain.cash_count import CashCount, Direction, NotCash
from kopdesk.domain.cash_result import CashResult, cash_result
from kopdesk.domain.signature import Signature
from kopdesk.reports.page_code import with_code
from kopdesk.wording.catalogue import _
from kopdesk.wording.checking import result_lines, subjects_of
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import date_text, long_date, month_text, short_date, time_text
from kopdesk.wording.figures import number, rupiah
from kopdesk.wording.labels import lowered
from kopdesk.wording.terbilang import rupiah_in_words

Facts = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose page it is, who signs as examiner, and where the clock stands."""

    cooperative: str
    address: str
    assistant: str
    zone: str


def cash_facts(check: BookCheck, head: Letterhead, tender: Collection[tuple[str, int]]) -> Facts:
    """Berita acara pemeriksaan kas: a page for each till, amounts in words, and a code of the content."""
    counts = [_count(check, till, head, tender) for _key, till in sorted(check.cash.items())]
    is_draft = check.state != BookCheckState.CONCLUDED
    return with_code({**_head(head, is_draft=is_draft), "counts": counts})


def _count(check: BookCheck, till: CashCount, head: Letterhead, tender: Collection[tuple[str, int]]) -> Facts:
    result = cash_result(till, tender)
    day = till.counted_on or check.checked_on
    difference = result.difference
    return {
        "day": long_date(day) if day else "",
        "time": time_text(till.counted_time, check.zone or head.zone) if till.counted_time else "",
        "place": till.place or "",
        "till": till.name or _("Kas"),
        "custodian": till.custodian or "",
        "announced": _announced(till.unannounced),
        "vouchers_told": _last_vouchers(till),
        "previous": date_text(till.previous_count_on) if till.previous_count_on else "",
        "pieces": list(_pieces(till, tender)),
        "counted": rupiah(result.counted),
        "counted_in_words": rupiah_in_words(result.counted),
        "unbooked": list(_unbooked(till)),
        "others": list(_others(till)),
        "steps": list(_steps(till, result)),
        "has_difference": bool(difference),
        "difference": _difference(difference),
        "difference_in_words": rupiah_in_words(abs(difference)) if difference else "",
        "cause": till.cause or "",
        "statement": _statement(till, result),
        "signatures": _signers(till.signatures, till.custodian, head),
    }


def _unbooked(till: CashCount) -> Iterable[Mapping[str, str]]:
    for _key, voucher in sorted(till.vouchers.items()):
        sign = 1 if voucher.direction == Direction.IN else -1
        yield {
            "number": voucher.number or "",
            "date": short_date(voucher.dated_on) if voucher.dated_on else "",
            "text": voucher.text or "",
            "amount": rupiah((voucher.amount or 0) * sign),
        }


def _head(head: Letterhead, *, is_draft: bool) -> Facts:
    return {
        "cooperative": head.cooperative,
        "address": head.address,
        "assistant": head.assistant,
        "is_draft": is_draft,
    }


def _announced(unannounced: bool | None) -> str:
    if unannounced is None:
        return ""
    return _("tanpa pemberitahuan") if unannounced else _("diberitahukan lebih dulu")


def _last_vouchers(till: CashCount) -> str:
    last = ((_("masuk {number}"), till.last_voucher_in), (_("keluar {number}"), till.last_voucher_out))
    return ", ".join(pattern.format(number=voucher) for pattern, voucher in last if voucher)


def _pieces(till: CashCount, tender: Collection[tuple[str, int]]) -> Iterable[Mapping[str, str]]:
    """Every denomination that counts, those without a piece too: an empty row was counted as well."""
    found = {("note", int(one)): pieces for one, pieces in till.note.items()}
    found |= {("coin", int(one)): pieces for one, pieces in till.coin.items()}
    for kind, amount in sorted({*found, *tender}, key=lambda one: (one[0] != "note", -one[1])):
        pieces = found.get((kind, amount), 0)
        if not pieces and (kind, amount) not in tender:
            continue
        name = _("kertas {amount}") if kind == "note" else _("logam {amount}")
        is_tender = (kind, amount) in tender
        yield {
            "denomination": name.format(amount=rupiah(amount)),
            "pieces": number(pieces),
            "worth": rupiah(amount * pieces) if is_tender else _("sudah ditarik"),
        }


def _others(till: CashCount) -> Iterable[Mapping[str, str]]:
    for _key, item in sorted(till.others.items()):
        kind = choice_label(NotCash, item.kind) if item.kind else ""
        yield {"text": ", ".join(filter(None, (kind, item.text))), "amount": rupiah(item.amount or 0)}


def _steps(till: CashCount, result: CashResult) -> Iterable[Mapping[str, str]]:
    """kas_t = kas_count + keluar − masuk; selisih = fisik − (buku + bukti)."""
    yield {"text": _("Uang dihitung"), "amount": rupiah(result.counted)}
    if till.paid_since:
        yield {"text": _("Ditambah pengeluaran setelah tanggal saldo"), "amount": rupiah(till.paid_since)}
    if till.received_since:
        yield {
            "text": _("Dikurangi penerimaan setelah tanggal saldo"),
            "amount": rupiah(-till.received_since),
        }
    if till.paid_since or till.received_since:
        yield {"text": _("Uang pada tanggal saldo"), "amount": rupiah(result.on_balance_day)}
    if till.book_balance is not None:
        per = date_text(till.balance_on) if till.balance_on else ""
        text = _("Saldo buku per {day}").format(day=per) if per else _("Saldo menurut buku")
        yield {"text": text, "amount": rupiah(till.book_balance)}
    if result.unbooked:
        yield {"text": _("Bukti yang belum dibukukan"), "amount": rupiah(result.unbooked)}
    if result.expected is not None:
        yield {"text": _("Seharusnya ada"), "amount": rupiah(result.expected)}


def _difference(difference: int | None) -> str:
    if difference is None:
        return _("Belum dapat dibandingkan: saldo menurut buku belum diisi.")
    if not difference:
        return _("Tidak ada selisih.")
    pattern = _("Selisih kurang {amount}") if difference < 0 else _("Selisih lebih {amount}")
    return pattern.format(amount=rupiah(abs(difference)))


def _statement(till: CashCount, result: CashResult) -> str:
    """What is signed: only if somebody said that it was so."""
    if not till.returned:
        return ""
    return _("Seluruh uang sebesar {amount} dihitung di hadapan pemegang kas dan diserahkan kembali.").format(
        amount=rupiah(result.counted)
    )


def _signers(
    signatures: Mapping[str, Signature], custodian: str | None, head: Letterhead
) -> list[dict[str, str]]:
    """Those who were named; otherwise custodian, chair and examiner."""
    named = [
        {"position": one.position or "", "name": one.name or ""}
        for _key, one in sorted(signatures.items())
        if one.name or one.position
    ]
    examiner = {"position": _("Pemeriksa"), "name": head.assistant}
    if named:
        return [*named, examiner]
    return [
        {"position": _("Pemegang kas"), "name": custodian or ""},
        {"position": _("Ketua"), "name": ""},
        examiner,
    ]


def check_facts(
    check: BookCheck,
    report: CheckReport,
    head: Letterhead,
    books: Mapping[str, str],
    rules: str,
    *,
    is_syariah: bool,
) -> Facts:
    """The summary of a check. `books`: names by code; `rules`: the packs it was made with."""
    subjects = subjects_of(check, report.material.chart, report.results, is_syariah=is_syariah)
    return with_code(
        {
            **_head(head, is_draft=check.state != BookCheckState.CONCLUDED),
            "month": month_text(check.period) if check.period else "",
            "day": long_date(check.checked_on) if check.checked_on else "",
            "conclusion": choice_label(Conclusion, check.conclusion) if check.conclusion else "",
            "summary": check.summary or "",
            "advice": check.recommendation or "",
            "tests": [_test(result, subjects, report.changes.get(result.test)) for result in report.results],
            "findings": [
                {
                    "text": finding.text or "",
                    "cause": finding.cause or "",
                    "mend": _mend(finding.recommendation, finding.responsible, finding.due_on),
                }
                for _key, finding in sorted(check.findings.items())
            ],
            "books": [
                {"name": books.get(code, code.replace("_", " ")), "state": _book(book)}
                for code, book in sorted(check.books.items())
            ],
            "rules": check.rule_pack_version or rules,
            "signatures": _check_signers(check, head),
        }
    )


def _test(result: TestResult, subjects: Mapping[str, str], change: Change | None) -> Facts:
    outcome = choice_label(Outcome, result.outcome)
    if change is not None:
        outcome = f"{outcome}, {lowered(choice_label(Change, change))}"
    return {
        "number": str(result.test.number),
        "title": choice_label(type(result.test), result.test),
        "outcome": outcome,
        "failed": result.outcome is Outcome.FAILED,
        "lines": result_lines(result, subjects),
    }


def _mend(recommendation: str | None, responsible: str | None, due: date | None) -> str:
    until = _("sampai {day}").format(day=date_text(due)) if due else ""
    return ", ".join(filter(None, ((recommendation or "").rstrip("."), responsible, until)))


def _book(book: Book) -> str:
    if book.exists is False:
        return _("tidak ada")
    parts = [
        _("ada") if book.exists else "",
        _kept_up(book.up_to_date),
        _("terakhir {day}").format(day=short_date(book.last_entry_on)) if book.last_entry_on else "",
        lowered(choice_label(Quality, book.quality)) if book.quality else "",
        book.note or "",
    ]
    return ", ".join(filter(None, parts))


def _kept_up(up_to_date: bool | None) -> str:
    if up_to_date is None:
        return ""
    return _("terisi sampai kini") if up_to_date else _("belum terisi sampai kini")


def _check_signers(check: BookCheck, head: Letterhead) -> list[dict[str, str]]:
    named = _signers(check.signatures, None, head)
    if check.signatures:
        return named
    return [
        {"position": _("Bendahara"), "name": ""},
        {"position": _("Ketua"), "name": ""},
        {"position": _("Asisten bisnis"), "name": head.assistant},
    ]
