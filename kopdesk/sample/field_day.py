"""The story the demo plays: one day without network in a village, told as documents for the use cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.officer import Position
from kopdesk.domain.records import Leaves
from kopdesk.sample.bookkeeping import swapped
from kopdesk.sample.district import District, SampleCooperative
from kopdesk.sample.texts_field_day import FIELD_DAYS, FieldDayTexts

Document = Mapping[str, Any]
"""Nested JSON, as `kopdesk put` takes it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Some fields of a record that exists."""

    type: str
    id: UUID
    document: Document


@dataclass(frozen=True, slots=True)
class SameAmount:
    """An amount that both laptops change. `right` is one of the two; `reason` says why."""

    type: str
    id: UUID
    path: str
    before: int
    on_first: int
    on_second: int
    right: int
    reason: str


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """The books looked at with the treasurer. `ledger`: rows of the spreadsheet the treasurer has, headings
    first; what is wrong in it is wrong on purpose.
    """

    document: Document
    ledger: tuple[tuple[str | int | None, ...], ...]
    conclusion: str
    summary: str


@dataclass(frozen=True, slots=True)
class FieldDay:
    """What happens on the day. Promises and problem name the visit once it has an id."""

    assistant: str
    cooperative: SampleCooperative
    visit: Document
    promises: tuple[Document, ...]
    problem: Document
    profile: Edit
    opening_hours: Edit | None
    same_amount: SameAmount
    check: FieldCheck | None

    def promises_of(self, visit_id: UUID) -> tuple[Document, ...]:
        return tuple(
            {**promise, "origin_type": "visit", "origin_id": str(visit_id)} for promise in self.promises
        )

    def problem_of(self, visit_id: UUID) -> Document:
        return {**self.problem, "visit_id": str(visit_id)}


def field_day(district: District, today: date) -> FieldDay:
    """The day of the first assistant in the district's best-known cooperative."""
    texts = FIELD_DAYS[district.name]
    cooperative = next(coop for coop in district.cooperatives if coop.name.endswith(texts.village))
    profile = next(leaves for key, leaves in cooperative.current().items() if key.type == "cooperative")
    people = _people(cooperative)
    promises = tuple(_promise(texts, people, number, today) for number in (0, 1))
    return FieldDay(
        assistant=next(iter(district.assignments)),
        cooperative=cooperative,
        visit=_visit(district, texts, people, profile, today),
        promises=promises,
        problem={
            "text": texts.problem,
            "aspect": "partnership",
            "priority": "high",
            "status": "to_do",
            "noticed_on": today.isoformat(),
            "solution": texts.solution,
            "help_needed_from": texts.helper,
        },
        profile=Edit("cooperative", cooperative.id, {"phone": texts.phone, "address": texts.address}),
        opening_hours=_opening_hours(cooperative, texts),
        same_amount=_same_amount(cooperative, profile, texts),
        check=_check(cooperative, texts, people, profile, district, today),
    )


def _check(
    cooperative: SampleCooperative,
    texts: FieldDayTexts,
    people: Mapping[str, tuple[UUID, Leaves]],
    profile: Leaves,
    district: District,
    today: date,
) -> FieldCheck | None:
    """Three faults: the drawer is short, the trial balance does not balance, the savings cards do not tie.

    None while the cooperative has no trial balance yet, as in its first months.
    """
    books = _newest_books(cooperative)
    if not books:
        return None
    rows = [(number, *line) for number, line in sorted(books.items())]
    mandatory = sum(credit for number, _name, _debit, credit in rows if number == "3102")
    principal = sum(credit for number, _name, _debit, credit in rows if number == "3101")
    cash = sum(debit for number, _name, debit, _credit in rows if number == "1101")
    month = today.replace(day=1) - timedelta(days=1)
    document = {
        "period": f"{month:%Y-%m}",
        "checked_on": today.isoformat(),
        "zone": district.zone,
        "cash_book_balance": cash,
        "saving_totals": {"pokok": principal, "wajib": mandatory + 4 * int(profile["mandatory_saving"] or 0)},
        "cash": {"gerai": _till(texts, people, today)},
        "books": {
            "anggota": {"exists": True, "up_to_date": True, "quality": "good"},
            "kas": {"exists": True, "up_to_date": True, "quality": "fair"},
            "simpanan": {"exists": True, "up_to_date": False, "last_entry_on": f"{month:%Y-%m}-12"},
        },
    }
    return FieldCheck(document, _ledger(rows, cooperative, month), "needs_mending", texts.check_summary)


def _till(
    texts: FieldDayTexts, people: Mapping[str, tuple[UUID, Leaves]], today: date
) -> Mapping[str, object]:
    """Rp1.255.000 in the drawer, Rp1.325.000 in the book, a slip of Rp25.000 not booked: Rp45.000 lack."""
    return {
        "name": "Kas gerai",
        "custodian": people[Position.TREASURER][1]["name"],
        "counted_on": today.isoformat(),
        "counted_time": "10:15",
        "place": texts.place,
        "unannounced": True,
        "balance_on": today.isoformat(),
        "book_balance": 1_325_000,
        "returned": True,
        "note": {"100000": 8, "50000": 6, "20000": 5, "10000": 4, "5000": 2, "2000": 1},
        "coin": {"1000": 2, "500": 2},
        "vouchers": {
            "b1": {
                "number": "K-118",
                "dated_on": (today - timedelta(days=1)).isoformat(),
                "text": texts.slip,
                "direction": "out",
                "amount": 25_000,
            }
        },
    }


def _newest_books(cooperative: SampleCooperative) -> dict[str, tuple[str, int, int]]:
    """Name, debit and credit of every account in the newest trial balance; cash makes it balance."""
    checks = [
        BookCheck.from_leaves(key.id, cooperative.id, leaves)
        for key, leaves in cooperative.current().items()
        if key.type == "book_check"
    ]
    kept = [check for check in checks if check.lines]
    if not kept:
        return {}
    newest = max(kept, key=lambda check: check.period or "")
    books = {n: (one.name or "", one.debit or 0, one.credit or 0) for n, one in newest.lines.items()}
    off = sum(credit - debit for _name, debit, credit in books.values())
    name, debit, credit = books["1101"]
    return {**books, "1101": (name, debit + off, credit)}


def _ledger(
    rows: list[tuple[str, str, int, int]], cooperative: SampleCooperative, month: date
) -> tuple[tuple[str | int | None, ...], ...]:
    """As the treasurer typed it: two digits of an expense the wrong way round, and sums that hide it."""
    wrong = next(
        (n for n, _name, debit, _credit in rows if n.startswith("52") and swapped(debit) > debit), rows[-1][0]
    )
    typed = [(n, name, swapped(debit) if n == wrong else debit, credit) for n, name, debit, credit in rows]
    filled = [(n, name, debit or None, credit or None) for n, name, debit, credit in typed]
    debit, credit = sum(row[2] for row in typed), sum(row[3] for row in typed)
    return (
        (cooperative.name, None, None, None),
        (f"Neraca saldo per {month.day}/{month.month}/{month.year}", None, None, None),
        ("Kode Akun", "Nama Akun", "Debet", "Kredit"),
        *filled,
        (None, "JUMLAH", debit, credit),
    )


def _people(cooperative: SampleCooperative) -> Mapping[str, tuple[UUID, Leaves]]:
    """The officers by position; of several members of a body the first."""
    people: dict[str, tuple[UUID, Leaves]] = {}
    for key, leaves in cooperative.current().items():
        if key.type == "officer" and leaves["body"] == "board":
            people.setdefault(str(leaves["position"]), (key.id, leaves))
    return people


def _visit(
    district: District,
    texts: FieldDayTexts,
    people: Mapping[str, tuple[UUID, Leaves]],
    profile: Leaves,
    today: date,
) -> Document:
    met = (
        ("p1", Position.CHAIR, "Ketua"),
        ("p2", Position.TREASURER, "Bendahara"),
        ("p3", Position.SECRETARY, "Sekretaris"),
    )
    return {
        "visited_on": today.isoformat(),
        "start_time": "09:20",
        "end_time": "11:40",
        "zone": district.zone,
        "mode": "field",
        "place": texts.place,
        "latitude": int(profile["latitude"] or 0) + 140,
        "longitude": int(profile["longitude"] or 0) - 95,
        "accuracy_metres": 12,
        "position_source": "gps",
        "signal": "none",
        "topics": texts.topics,
        "notes": texts.notes,
        "agreement": texts.agreement,
        "purposes": {"outlet_governance": True, "partnerships": True},
        "attendees": {
            key: {
                "name": people[position][1]["name"],
                "position": label,
                "officer_id": str(people[position][0]),
                "initialled": True,
            }
            for key, position, label in met
        },
        "findings": {
            f"t{number}": {
                "text": finding.text,
                "aspect": finding.aspect,
                "weight": finding.weight,
                "recommendation": finding.advice,
                "due_on": (today + timedelta(days=finding.days)).isoformat(),
            }
            for number, finding in enumerate(texts.findings, 1)
        },
    }


def _promise(
    texts: FieldDayTexts, people: Mapping[str, tuple[UUID, Leaves]], number: int, today: date
) -> Document:
    finding = texts.findings[number]
    officer_id, officer = people[finding.responsible]
    return {
        "promise": finding.promise,
        "responsible": f"{officer['name']} ({finding.office})",
        "responsible_officer_id": str(officer_id),
        "promised_on": today.isoformat(),
        "due_on": (today + timedelta(days=finding.days)).isoformat(),
        "aspect": finding.aspect,
        "weight": finding.weight,
        "origin_path": f"findings/t{number + 1}",
    }


def _opening_hours(cooperative: SampleCooperative, texts: FieldDayTexts) -> Edit | None:
    """The shop's note; before the shop opens there is none."""
    for key, leaves in cooperative.current().items():
        if key.type == "outlet" and leaves["type"] == "grocery":
            return Edit("outlet", key.id, {"note": texts.opening_hours})
    return None


def _same_amount(cooperative: SampleCooperative, profile: Leaves, texts: FieldDayTexts) -> SameAmount:
    before = int(profile["mandatory_saving"] or 0)
    return SameAmount(
        type="cooperative",
        id=cooperative.id,
        path="mandatory_saving",
        before=before,
        on_first=before + 5_000,
        on_second=before + 2_500,
        right=before + 5_000,
        reason=texts.reason,
    )
