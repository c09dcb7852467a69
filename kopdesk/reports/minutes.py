"""The minutes of a visit (berita acara kunjungan): its facts in words, ready for a template or a message."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.finding import Finding
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.domain.visit import Duty, Mode, Visit
from kopdesk.reports.page_code import with_code
from kopdesk.storage.database import Database, UnitOfWork
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import date_text, long_date, time_text
from kopdesk.wording.figures import scaled
from kopdesk.wording.later import later_lines
from kopdesk.wording.values import field_text

_NUMBERS = re.compile(r"(?<!\d)(?:\+?62|0)[\s.-]?8\d(?:[\s.-]?\d){6,11}(?!\d)|(?<!\d)\d{15,16}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """Something found; `mend`: what should be done, by whom and until when."""

    text: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise that came of the visit."""

    text: str
    responsible: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who was there, and as what."""

    name: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """All texts are as they stand on the page; empty where nothing was recorded."""

    cooperative: str
    address: str
    day: str
    time: str
    place: str
    mode: str
    assistant: str
    people: tuple[Person, ...]
    purposes: tuple[str, ...]
    topics: str
    findings: tuple[FindingLine, ...]
    agreement: str
    promises: tuple[Promised, ...]
    later: tuple[str, ...]
    """Corrections and additions after the seal."""
    is_draft: bool


def read_minutes(database: Database, visit_id: UUID, *, assistant: str, zone: str) -> Minutes:
    """Raises RecordNotFound. `assistant`: the name under which it is signed; `zone` is for instants."""
    key = RecordKey("visit", visit_id)
    with database.reading() as work:
        stored = work.records.find(key)
        leaves = {} if stored is None else {p: v for p, v in stored.shown.items() if v is not None}
        if stored is None or not leaves or leaves.get(DELETED) is True:
            raise RecordNotFound(key.type, key.id)
        visit = Visit.from_leaves(visit_id, stored.cooperative_id, leaves)
        profile = _profile(work, stored.cooperative_id)
        checks = list(_checks(work, stored.channel, visit))
        promises = _promises(work, stored.channel, {visit_id, *(check.id for check in checks)})
    all_findings = [visit.findings, *(check.findings for check in checks)]
    return Minutes(
        cooperative=str(profile.get("name") or ""),
        address=_address(profile),
        day=long_date(visit.visited_on) if visit.visited_on else "",
        time=_time(visit),
        place=_place(visit),
        mode=choice_label(Mode, visit.mode) if visit.mode else "",
        assistant=assistant,
        people=tuple(
            Person(name=one.name or "", position=one.position or "")
            for _key, one in sorted(visit.attendees.items())
            if one.name
        ),
        purposes=tuple(choice_label(Duty, duty) for duty in Duty if visit.purposes.get(duty) is True),
        topics=visit.topics or "",
        findings=tuple(line for found in all_findings for line in _findings(found)),
        agreement=visit.agreement or "",
        promises=promises,
        later=tuple(later_lines("visit", leaves, zone)),
        is_draft=not visit.is_sealed,
    )


def minutes_facts(minutes: Minutes) -> dict[str, object]:
    """As a template gets them, with a code of the content."""
    return with_code(asdict(minutes))


def minutes_message(minutes: Minutes) -> str:
    """A short text for a message: no telephone numbers, no NIK, whoever typed them."""
    lines = [
        _("Kunjungan {cooperative}").format(cooperative=minutes.cooperative),
        ", ".join(filter(None, (minutes.day, minutes.time, minutes.place))),
        _("Hadir: {names}").format(names=", ".join(map(_named, minutes.people))) if minutes.people else "",
        _("Tujuan: {purposes}").format(purposes=", ".join(minutes.purposes)) if minutes.purposes else "",
        *_listed(_("Temuan:"), (finding.text for finding in minutes.findings)),
        _("Disepakati: {text}").format(text=minutes.agreement) if minutes.agreement else "",
        *_listed(_("Janji:"), (_promise_line(promise) for promise in minutes.promises)),
        *minutes.later,
        minutes.assistant,
    ]
    return _NUMBERS.sub(_("[nomor]"), "\n".join(line for line in lines if line))


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    found = [f"- {line}" for line in lines if line]
    return [title, *found] if found else []


def _named(person: Person) -> str:
    return f"{person.name} ({person.position})" if person.position else person.name


def _promise_line(promise: Promised) -> str:
    return ", ".join(filter(None, (promise.text.rstrip("."), promise.responsible, promise.due)))


def _profile(work: UnitOfWork, cooperative_id: UUID | None) -> Leaves:
    stored = work.records.find(RecordKey("cooperative", cooperative_id)) if cooperative_id else None
    return stored.shown if stored is not None else {}


def _address(profile: Leaves) -> str:
    names = ("address", "village_name", "subdistrict_name", "district_name", "province_name")
    return ", ".join(str(profile[name]) for name in names if profile.get(name))


def _time(visit: Visit) -> str:
    times = [time_text(one) for one in (visit.start_time, visit.end_time) if one]
    return f"{'–'.join(times)} {visit.zone or ''}".strip() if times else ""


def _place(visit: Visit) -> str:
    where = visit.place or ""
    if visit.latitude is not None and visit.longitude is not None:
        point = f"{scaled(visit.latitude, 6)}; {scaled(visit.longitude, 6)}"
        return f"{where} ({point})" if where else point
    return where


def _checks(work: UnitOfWork, channel: str, visit: Visit) -> Iterator[BookCheck]:
    """The bookkeeping checks made at the visit: those that name it, or of its day without naming one."""
    for stored in work.records.list_all("book_check", channel):
        check = BookCheck.from_leaves(stored.key.id, stored.cooperative_id, stored.shown)
        is_of_day = check.visit_id is None and check.checked_on == visit.visited_on is not None
        if not check.deleted and (check.visit_id == visit.id or is_of_day):
            yield check


def _findings(findings: Mapping[str, Finding]) -> Iterable[FindingLine]:
    for _key, one in sorted(findings.items()):
        if one.text:
            due = _("sampai {day}").format(day=date_text(one.due_on)) if one.due_on else ""
            mend = ", ".join(filter(None, ((one.recommendation or "").rstrip("."), one.responsible, due)))
            yield FindingLine(text=one.text, mend=mend)


def _promises(work: UnitOfWork, channel: str, origins: Collection[UUID]) -> tuple[Promised, ...]:
    wanted = {str(origin) for origin in origins}
    found = []
    for stored in work.records.list_all("follow_up", channel):
        leaves = stored.shown
        if leaves.get("origin_id") in wanted and leaves.get(DELETED) is not True:
            due = leaves.get("due_on")
            found.append(
                Promised(
                    text=str(leaves.get("promise") or ""),
                    responsible=str(leaves.get("responsible") or ""),
                    due=field_text("follow_up", "due_on", due) if due else "",
                )
            )
    return tuple(found)
