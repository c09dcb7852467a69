"""The overview in words: what each light says, what has to be put right before the field."""

from dataclasses import dataclass
from datetime import date, datetime

from kopdesk.domain.plan import PlanState
from kopdesk.usecases.overview import CooperativeCard, Promise, VisitLine
from kopdesk.usecases.readiness import Check
from kopdesk.wording.catalogue import _, many
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import age, day_age, short_month, time_text
from kopdesk.wording.figures import bytes_text, counted
from kopdesk.wording.labels import lowered

_VISIT_DUE_DAYS, _VISIT_LATE_DAYS = 21, 45
_GOOD_PLANS = (PlanState.SUBMITTED, PlanState.IN_REVIEW, PlanState.APPROVED)


@dataclass(frozen=True, slots=True)
class LightView:
    """`tone`: good, warning, bad, or nothing where it is not known."""

    tone: str
    subject: str
    since: str


def lights(card: CooperativeCard, today: date) -> tuple[LightView, ...]:
    """Visit, books, plan, annual meeting. What is not known is said so, never coloured."""
    return (_visit(card, today), _books(card, today), _plan(card), _meeting())


def promise_tone(promise: Promise, today: date) -> str:
    """Overdue is bad, due today or tomorrow a warning."""
    if promise.due_on is None:
        return ""
    days = (promise.due_on - today).days
    return "bad" if days < 0 else "warning" if days <= 1 else ""


def promise_due(promise: Promise, today: date) -> str:
    """lewat 3 hari, hari ini, 3 hari lagi."""
    if promise.due_on is None:
        return _("tanpa tenggat")
    days = (today - promise.due_on).days
    return _("lewat {days}").format(days=counted(days, "day")) if days > 0 else day_age(promise.due_on, today)


def visit_detail(visit: VisitLine) -> str:
    """09.00, Balai desa."""
    return ", ".join(filter(None, (time_text(visit.start_time) if visit.start_time else "", visit.place)))


def check_told(check: Check, now: datetime, zone: str) -> tuple[str, str]:
    """What is in order or not, and how it stands."""
    match check.subject:
        case "copies":
            since = age(check.at, now, zone) if check.at else _("belum pernah")
            return _("Salinan dari pusat"), since
        case "unsent":
            return _("Isian terkirim"), counted(check.count or 0, "unsent") if check.count else _("semua")
        case "decisions":
            return many("Keputusan"), counted(check.count or 0, "conflict") if check.count else _(
                "tidak ada yang menunggu"
            )
        case "clock":
            return _("Jam laptop"), _("benar") if check.is_ready else _("meleset")
        case "disk":
            return _("Ruang disk"), _("{size} kosong").format(size=bytes_text((check.count or 0) * 10**6))


def _visit(card: CooperativeCard, today: date) -> LightView:
    subject = _("Kunjungan")
    if card.visited_on is None:
        return LightView("bad", subject, _("belum pernah"))
    days = (today - card.visited_on).days
    tone = "good" if days <= _VISIT_DUE_DAYS else "warning" if days <= _VISIT_LATE_DAYS else "bad"
    return LightView(tone, subject, day_age(card.visited_on, today))


def _books(card: CooperativeCard, today: date) -> LightView:
    subject = _("Pembukuan")
    if card.checked_month is None:
        return LightView("bad", subject, _("belum diperiksa"))
    behind = (today.year - int(card.checked_month[:4])) * 12 + today.month - int(card.checked_month[5:7])
    tone = "good" if behind <= 1 else "warning" if behind <= 3 else "bad"
    return LightView(tone, subject, short_month(card.checked_month))


def _plan(card: CooperativeCard) -> LightView:
    subject = _("Rencana usaha")
    if card.plan_state is None:
        return LightView("bad", subject, _("belum ada"))
    tone = "good" if card.plan_state in _GOOD_PLANS else "warning"
    return LightView(tone, subject, lowered(choice_label(PlanState, card.plan_state)))


def _meeting() -> LightView:
    return LightView("", _("RAT"), _("belum dicatat"))
