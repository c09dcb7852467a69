"""The visits themselves: who was met, what was found, promised and agreed, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kopdesk.domain.finding import Aspect, Finding, Weight
from kopdesk.domain.follow_up import FollowUp
from kopdesk.domain.signature import Signature
from kopdesk.domain.visit import Duty, Mode, Visit
from kopdesk.sample.dice import Dice
from kopdesk.sample.meeting import ReportBanks, label_of, meet, whereabouts
from kopdesk.sample.schedule import VisitDay
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_findings_books import BANK, BOOKS, CASH, LOANS, SAVINGS, STOCK, FindingText
from kopdesk.sample.texts_findings_people import MEETINGS, MEMBERS, OFFICERS
from kopdesk.sample.texts_findings_trade import LAND, LEGAL, LPG, ONLINE, PLANS, SHOP
from kopdesk.sample.texts_outcomes import ADDITIONS
from kopdesk.sample.voice import Bank, Voice

MONEY_FINDINGS = BOOKS + CASH + BANK + STOCK + SAVINGS + LOANS
TRADE_FINDINGS = SHOP + LPG + LEGAL + ONLINE + LAND + PLANS
ALL_FINDINGS = MONEY_FINDINGS + TRADE_FINDINGS + MEMBERS + OFFICERS + MEETINGS

ASPECTS = {
    "buku": Aspect.BOOKKEEPING, "kas": Aspect.CASH, "bank": Aspect.CASH, "stok": Aspect.STOCK,
    "simpanan": Aspect.MEMBERSHIP, "pinjaman": Aspect.BOOKKEEPING, "gerai": Aspect.OUTLET,
    "mitra": Aspect.PARTNERSHIP, "izin": Aspect.LEGAL, "simkopdes": Aspect.SIMKOPDES, "aset": Aspect.BUILDING,
    "rencana": Aspect.PLAN, "anggota": Aspect.MEMBERSHIP, "pengurus": Aspect.ORGANISATION,
    "karyawan": Aspect.OUTLET, "rapat": Aspect.ORGANISATION,
}  # fmt: skip
WEIGHTS = (Weight.LOW, Weight.MEDIUM, Weight.HIGH)
BY_WORD_OF_MOUTH = ("simkopdes", "izin", "anggota", "rapat", "rencana", "pengurus", "simpanan")
DUTIES = {
    "aset": Duty.OUTLET_PREPARATION, "rencana": Duty.PLANS, "simkopdes": Duty.SIMKOPDES_UPDATE,
    "mitra": Duty.PARTNERSHIPS, "izin": Duty.SIMKOPDES_UPDATE, "anggota": Duty.SIMKOPDES_UPDATE,
}  # fmt: skip
DUE_DAYS = ((14, 35), (10, 24), (5, 14))


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise and the aspect of the finding it answers, in the words of the text banks."""

    aspect: str
    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit that took place, and the promises made there."""

    day: VisitDay
    visit: Visit
    ended_at: datetime
    promises: tuple[Promised, ...]


def tell_visits(tale: Tale, voice: Voice) -> Sequence[Visited]:
    """Write every visit with its promises, in order."""
    dice = tale.dice_for("banks")
    banks, findings = ReportBanks(dice), Bank(ALL_FINDINGS, dice)
    return [
        _tell_visit(tale, voice, banks, findings, day, first=day is tale.visits[0]) for day in tale.visits
    ]


def _tell_visit(
    tale: Tale, voice: Voice, banks: ReportBanks, bank: Bank[FindingText], day: VisitDay, *, first: bool
) -> Visited:
    dice = tale.dice_for(f"visit {day.on}")
    begin = dice.clock(8, 11) if tale.region.trait == "kutim" else dice.clock(9, 15)
    minutes = dice.amount(60, 185, 5)
    ended_at = tale.at(day.on, begin) + timedelta(minutes=minutes)
    visit_id = dice.uuid7(ended_at - timedelta(minutes=minutes))
    by_phone = not first and dice.chance(7)
    found = _chosen(tale, bank, dice, day.on, by_phone)
    findings, promises = _written(tale, voice, dice, found, day.on, visit_id)
    end_time = _clock_after(begin, minutes)
    times = None if by_phone else (f"{begin:%H.%M}", end_time.replace(":", "."))
    meeting = meet(tale, voice, banks, dice, day.on, found, times)
    visit = Visit(
        id=visit_id,
        cooperative_id=tale.id,
        visited_on=day.on,
        start_time=f"{begin:%H:%M}",
        end_time=end_time,
        zone=tale.region.zone,
        place=meeting.place,
        topics=meeting.topics,
        agreement=meeting.agreement,
        purposes={duty.value: True for duty in _purposes(found, dice)},
        attendees=meeting.attendees,
        findings=findings,
        notes=meeting.notes,
        made_offline_at=ended_at if tale.village.signal in ("none", "weak") else None,
    )
    visit = replace(visit, **whereabouts(tale, dice, meeting.notes, by_phone))  # type: ignore[arg-type]
    tale.chronicle.write("visit", visit, day.author, ended_at)
    for place, promised in enumerate(promises):
        tale.chronicle.write(
            "follow_up", promised.follow_up, day.author, ended_at + timedelta(minutes=4 + place)
        )
    visit = _sealed(tale, dice, visit, day, ended_at)
    _tell_afterthought(tale, voice, dice, visit, day)
    return Visited(day, visit, ended_at, tuple(promises))


def _chosen(tale: Tale, bank: Bank[FindingText], dice: Dice, day: date, by_phone: bool) -> list[FindingText]:
    """Over the telephone nobody sees a shelf or a drawer."""
    traits = tale.traits_on(day)
    if by_phone:
        return [bank.take(traits, lambda item: item.aspect in BY_WORD_OF_MOUTH)]
    return [bank.take(traits) for _ in range(dice.pick((1, 2, 2, 3, 3)))]


def _purposes(found: Sequence[FindingText], dice: Dice) -> list[Duty]:
    duties = list(dict.fromkeys(DUTIES.get(pattern.aspect, Duty.OUTLET_GOVERNANCE) for pattern in found))
    return duties if len(duties) > 1 or dice.chance(60) else [*duties, dice.pick(tuple(Duty))]


def _clock_after(begin: time, minutes: int) -> str:
    total = begin.hour * 60 + begin.minute + minutes
    return f"{total // 60:02}:{total % 60:02}"


def _written(
    tale: Tale, voice: Voice, dice: Dice, found: Sequence[FindingText], day: date, visit_id: UUID
) -> tuple[dict[str, Finding], list[Promised]]:
    """Findings by key, and the promises that answer most of them."""
    findings: dict[str, Finding] = {}
    promises: list[Promised] = []
    for pattern in found:
        key, memory = dice.key(), dict[str, str]()
        due_on = day + timedelta(days=dice.number(*DUE_DAYS[pattern.weight - 1]))
        aspect, weight = ASPECTS[pattern.aspect], WEIGHTS[pattern.weight - 1]
        responsible = _responsible(tale, pattern.who)
        findings[key] = Finding(
            text=voice.say(pattern.found, day, memory),
            aspect=aspect,
            weight=weight,
            recommendation=voice.say(pattern.advice, day, memory),
            responsible=responsible,
            due_on=due_on,
        )
        promise = FollowUp(
            id=dice.uuid7(tale.at(day, time(12, 0))),
            cooperative_id=tale.id,
            promise=voice.say(pattern.promise, day, memory),
            responsible=responsible,
            responsible_officer_id=tale.officer_ids.get(pattern.who),
            promised_on=day,
            due_on=due_on,
            aspect=aspect,
            weight=weight,
            origin_type="visit",
            origin_id=visit_id,
            origin_path=f"findings/{key}",
        )
        if dice.chance(80):
            promises.append(Promised(pattern.aspect, promise))
    return findings, promises


def _responsible(tale: Tale, slot: str) -> str:
    return f"{tale.cast[slot].name} ({label_of(tale, slot).lower()})"


def _sealed(tale: Tale, dice: Dice, visit: Visit, day: VisitDay, ended_at: datetime) -> Visit:
    """Most are sealed the same evening, some days later: then the last one may still be a draft."""
    late = 0 if dice.chance(72) else dice.number(1, 3)
    sealed_at = tale.at(day.on + timedelta(days=late), dice.clock(19, 20))
    signatures = {}
    present = [attendee for attendee in visit.attendees.values() if attendee.officer_id]
    if visit.mode in (Mode.FIELD, Mode.OFFICE) and present and dice.chance(78):
        assistant = next(who.full_name for who in tale.office.values() if who.user_name == day.author)
        officer = present[0]
        signatures = {
            "ba": Signature(name=assistant, position="Asisten bisnis", signed_at=ended_at),
            "kop": Signature(name=officer.name, position=officer.position, signed_at=ended_at),
        }
    sealed = replace(visit, signatures=signatures).seal(sealed_at)
    tale.chronicle.write("visit", sealed, day.author, sealed_at)
    return sealed


def _tell_afterthought(tale: Tale, voice: Voice, dice: Dice, visit: Visit, day: VisitDay) -> None:
    """What was left out or wrong comes to mind after the seal."""
    if not dice.chance(14) or visit.sealed_at is None:
        return
    at = visit.sealed_at + timedelta(days=1, minutes=25)
    author = next(who.full_name for who in tale.office.values() if who.user_name == day.author)
    if dice.chance(65):
        visit = visit.add(dice.key(), voice.say(dice.pick(ADDITIONS), day.on), by=author, at=at)
    else:
        later = _clock_after(time.fromisoformat(visit.end_time or "12:00"), 30)
        visit = visit.correct(
            dice.key(), "end_time", later, reason="Salah catat jam selesai.", by=author, at=at
        )
    tale.chronicle.write("visit", visit, day.author, at)
