"""Two business plans: one grows with the shop, in the other the instalment exceeds the profit."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from kopdesk.domain.plan import Plan, PlanState
from kopdesk.domain.remark import Remark
from kopdesk.sample.dice import Dice
from kopdesk.sample.ledger import Ledger
from kopdesk.sample.plan_draft import draft_of
from kopdesk.sample.schedule import VisitDay
from kopdesk.sample.tale import Tale
from kopdesk.sample.voice import Voice

BEGINS = {"grows": date(2026, 5, 20), "too_heavy": date(2026, 7, 6)}


def tell_plan(tale: Tale, voice: Voice, ledger: Ledger, shop_id: UUID) -> None:
    """Drafted at one visit, submitted at the next, then judged in the office."""
    if tale.plot.plan is None:
        return
    days = [visit for visit in tale.visits if visit.on >= BEGINS[str(tale.plot.plan)]]
    if not days:
        return
    dice = tale.dice_for("plan")
    written = tale.at(days[0].on, time(20, 20))
    plan = replace(draft_of(tale, voice, ledger, dice, shop_id, days[0].on), id=dice.uuid7(written))
    tale.chronicle.write("plan", plan, days[0].author, written)
    if len(days) < 2:
        return
    submitted_at = tale.at(days[1].on, time(20, 5))
    plan = replace(plan, state=PlanState.SUBMITTED, submitted_at=submitted_at)
    tale.chronicle.write("plan", plan, days[1].author, submitted_at)
    reading = tale.by_dinas(days[1].on + timedelta(days=3), time(9, 30))
    plan = replace(plan, state=PlanState.IN_REVIEW)
    tale.chronicle.write("plan", plan, tale.office["pmo"].user_name, reading.at)
    if tale.plot.plan == "grows":
        approved = tale.by_dinas(days[1].on + timedelta(days=11), time(15, 0))
        plan = replace(plan, state=PlanState.APPROVED)
        tale.chronicle.write("plan", plan, approved.author, approved.at)
    else:
        _tell_return(tale, voice, dice, plan, days)


def _tell_return(tale: Tale, voice: Voice, dice: Dice, plan: Plan, days: list[VisitDay]) -> None:
    pmo = tale.office["pmo"]
    returned = tale.by_dinas(days[1].on + timedelta(days=7), time(13, 45))
    tale.chronicle.write("plan", replace(plan, state=PlanState.RETURNED), pmo.user_name, returned.at)
    remark = Remark(
        id=dice.uuid7(returned.at),
        cooperative_id=tale.id,
        about_type="plan",
        about_id=plan.id,
        about_path="loans/utama/amount",
        text=voice.say(
            "Angsuran melebihi laba gerai. Kecilkan pinjaman, pupuk dan sembako dihitung terpisah.",
            days[1].on,
        ),
        by=pmo.full_name,
        at=returned.at,
    )
    tale.chronicle.write("remark", remark, pmo.user_name, returned.at)
    again = next((visit for visit in days[2:] if tale.at(visit.on, time(20, 15)) > returned.at), None)
    if again:
        sections = dict(plan.sections) | {
            "risks": voice.say(
                "Dikembalikan PMO krn angsuran; dihitung ulang bersama {ketua} dan {bendahara}.", again.on
            )
        }
        plan = replace(plan, state=PlanState.DRAFT, sections=sections)
        tale.chronicle.write("plan", plan, again.author, tale.at(again.on, time(20, 15)))
