"""What follows from visits: promises kept or dropped, problems, member counts, remarks of reviewers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kopdesk.domain.finding import Aspect
from kopdesk.domain.follow_up import FollowUp
from kopdesk.domain.ids import derived_id
from kopdesk.domain.member_count import MemberCount
from kopdesk.domain.problem import Problem, ProblemStatus
from kopdesk.domain.remark import Remark, RemarkState
from kopdesk.sample.dice import Dice
from kopdesk.sample.ledger import Ledger, month_end
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_notes import Sentence
from kopdesk.sample.texts_outcomes import DONE, DROPPED, REMARKS
from kopdesk.sample.texts_problems import PROBLEMS
from kopdesk.sample.visiting import WEIGHTS, Promised, Visited
from kopdesk.sample.voice import Bank, Voice

PROBLEM_ASPECTS = {
    "jaringan": Aspect.SIMKOPDES, "listrik": Aspect.OUTLET, "angkut": Aspect.STOCK, "cuaca": Aspect.STOCK,
    "modal": Aspect.MEMBERSHIP, "mitra": Aspect.PARTNERSHIP, "gedung": Aspect.BUILDING,
    "orang": Aspect.ORGANISATION, "keamanan": Aspect.CASH, "catatan": Aspect.BOOKKEEPING,
    "pesaing": Aspect.OUTLET, "syariah": Aspect.BOOKKEEPING, "izin": Aspect.LEGAL,
    "anggota": Aspect.MEMBERSHIP, "air": Aspect.OUTLET, "usaha": Aspect.PLAN,
}  # fmt: skip


def tell_promises(tale: Tale, voice: Voice, visited: Sequence[Visited]) -> None:
    """At every visit the old promises are gone through; some are kept, few are given up."""
    dice = tale.dice_for("promises")
    done = Bank(DONE, dice)
    dropped = Bank(DROPPED, dice)
    still_open: list[Promised] = []
    for visit in visited:
        day, at = visit.day.on, visit.ended_at + timedelta(minutes=10)
        for promised in list(still_open):
            ended = _outcome(tale, dice, promised.follow_up, day)
            if ended is None:
                continue
            still_open.remove(promised)
            if ended == "done":
                closed = promised.follow_up.close(day, voice.say(_result(tale, done, promised, day), day))
            else:
                closed = promised.follow_up.drop(day, voice.say(dropped.take(tale.traits_on(day)).text, day))
            tale.chronicle.write("follow_up", closed, visit.day.author, at)
        still_open += visit.promises


def _result(tale: Tale, done: Bank[Sentence], promised: Promised, day: date) -> str:
    """In the words of its aspect, and honest about being late."""
    speed = "telat" if promised.follow_up.overdue_days(day) > 6 else "awal"
    traits = (*tale.traits_on(day), promised.aspect, speed)
    return done.take(traits, lambda item: promised.aspect in item.needs).text


def _outcome(tale: Tale, dice: Dice, promise: FollowUp, day: date) -> str | None:
    assert promise.promised_on is not None
    if (day - promise.promised_on).days < 4:
        return None
    late = promise.overdue_days(day)
    if dice.chance(tale.plot.diligence * 3 // 4 if late else tale.plot.diligence // 3):
        return "done"
    return "dropped" if late > 75 and dice.chance(30) else None


def tell_problems(tale: Tale, voice: Voice, visited: Sequence[Visited], shop_id: UUID) -> None:
    """A problem at every second or third visit; later it moves, or does not."""
    dice = tale.dice_for("problems")
    bank = Bank(PROBLEMS, dice)
    problems: list[Problem] = []
    for visit in visited:
        at = visit.ended_at + timedelta(minutes=15)
        for place, problem in enumerate(problems):
            moved = _moved(tale, dice, problem, visit.day.on)
            if moved is not problem:
                tale.chronicle.write("problem", moved, visit.day.author, at + timedelta(minutes=place))
                problems[place] = moved
        if len(problems) >= 12 or not dice.chance(55):
            continue
        pattern, memory = bank.take(tale.traits_on(visit.day.on)), dict[str, str]()
        problem = Problem(
            id=dice.uuid7(at),
            cooperative_id=tale.id,
            text=voice.say(pattern.problem, visit.day.on, memory),
            aspect=PROBLEM_ASPECTS[pattern.aspect],
            priority=WEIGHTS[pattern.priority - 1],
            status=ProblemStatus.TO_DO,
            noticed_on=visit.day.on,
            solution=voice.say(pattern.solution, visit.day.on, memory),
            help_needed_from=_helper(tale, dice) if pattern.priority > 1 else None,
            visit_id=visit.visit.id,
            outlet_id=shop_id if PROBLEM_ASPECTS[pattern.aspect] is Aspect.OUTLET else None,
        )
        tale.chronicle.write("problem", problem, visit.day.author, at + timedelta(minutes=30))
        problems.append(problem)


def _helper(tale: Tale, dice: Dice) -> str:
    head = "Kepala desa" if tale.region.head == "kades" else "Lurah"
    return dice.pick((tale.region.dinas, head, "PMO", "Pengawas", "Camat"))


def _moved(tale: Tale, dice: Dice, problem: Problem, day: date) -> Problem:
    if problem.status == ProblemStatus.TO_DO and dice.chance(40):
        return replace(problem, status=ProblemStatus.IN_PROGRESS)
    if problem.status == ProblemStatus.IN_PROGRESS and dice.chance(tale.plot.diligence // 3):
        return replace(problem, status=ProblemStatus.SOLVED, solved_on=day)
    return problem


def tell_member_counts(tale: Tale, ledger: Ledger) -> None:
    """At the first visit of each month; in months without one the Dinas takes what SIMKOPDES says."""
    beginning = tale.by_dinas(tale.founded, time(13, 30))
    _tell_count(tale, ledger, tale.founded, beginning.author, beginning.at, "Daftar pendiri")
    visits = {f"{visit.on:%Y-%m}": visit for visit in reversed(tale.visits)}
    month = month_end(tale.founded) + timedelta(days=1)
    while month <= tale.chronicle.last:
        visit = visits.get(f"{month:%Y-%m}")
        if visit:
            _tell_count(tale, ledger, visit.on, visit.author, tale.at(visit.on, time(19, 0)), "Buku anggota")
        else:
            office = tale.by_dinas(month.replace(day=26), time(13, 30))
            _tell_count(tale, ledger, month.replace(day=26), office.author, office.at, "SIMKOPDES")
        month = month_end(month) + timedelta(days=1)


def _tell_count(tale: Tale, ledger: Ledger, day: date, author: str, at: datetime, source: str) -> None:
    dice = tale.dice_for(f"members {day}")
    period, members = f"{day:%Y-%m}", ledger.members_on(day)
    before = ledger.members_on(day.replace(day=1) - timedelta(days=1))
    left = 1 if dice.chance(15) else 0
    missing = dice.number(9, 14) if tale.plot.muddled_members else dice.pick((0, 0, 0, 1, 2))
    count = MemberCount(
        id=derived_id("member_count", tale.id, period),
        cooperative_id=tale.id,
        period=period,
        members=members,
        women=ledger.share_of_members(day, 41, 46, "women"),
        joined=max(0, members - before) + left,
        left=left,
        in_members_book=None if source == "SIMKOPDES" else members - missing,
        in_simkopdes=ledger.members_online(day),
        principal_paid=ledger.share_of_members(day, 90, 98, "principal"),
        mandatory_paid=ledger.payers(day),
        counted_on=day,
        source=source,
    )
    tale.chronicle.write("member_count", count, author, at)


def tell_remarks(tale: Tale, voice: Voice, visited: Sequence[Visited]) -> None:
    """PMO and Dinas read what came in and write back; the assistant answers when there is signal."""
    dice = tale.dice_for("remarks")
    remarks = Bank(REMARKS, dice)
    for visit in visited:
        if not dice.chance(40):
            continue
        reviewer = tale.office[dice.pick(("pmo", "pmo", "dinas"))]
        written_on = visit.day.on + timedelta(days=dice.number(4, 8))
        at = tale.by_dinas(written_on, dice.clock(9, 15)).at
        pattern, memory = remarks.take(tale.traits_on(visit.day.on)), dict[str, str]()
        remark = Remark(
            id=dice.uuid7(at),
            cooperative_id=tale.id,
            about_type="visit",
            about_id=visit.visit.id,
            about_path=dice.pick((None, None, "notes")),
            text=voice.say(pattern.text, visit.day.on, memory),
            by=reviewer.full_name,
            at=at,
        )
        tale.chronicle.write("remark", remark, reviewer.user_name, at)
        _tell_answer(tale, dice, remark, visit, voice.say(pattern.answer, visit.day.on, memory))


def _tell_answer(tale: Tale, dice: Dice, remark: Remark, visit: Visited, said: str) -> None:
    if remark.at is None or not dice.chance(35 + tale.plot.diligence // 2):
        return
    assistant = next(who for who in tale.office.values() if who.user_name == visit.day.author)
    at = remark.at + timedelta(days=dice.number(1, 6), hours=5)
    remark = replace(
        remark, state=RemarkState.ANSWERED, answer=said, answered_by=assistant.full_name, answered_at=at
    )
    tale.chronicle.write("remark", remark, assistant.user_name, at)
    if dice.chance(60):
        reviewer = next(who for who in tale.office.values() if who.full_name == remark.by)
        later = at + timedelta(days=dice.number(1, 4), hours=-3)
        remark = replace(
            remark, state=RemarkState.RESOLVED, resolved_by=reviewer.full_name, resolved_at=later
        )
        tale.chronicle.write("remark", remark, reviewer.user_name, later)
