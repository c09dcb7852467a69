"""What the sync pill says: what is not at the centre yet, and whether somebody has to act."""

from dataclasses import dataclass
from datetime import datetime

from kopdesk.domain.zones import business_date, local
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import day_age, time_text
from kopdesk.wording.figures import counted, number


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncView:
    """How things stand between laptop and centre. Counts are leaves; times are aware.

    `to_act`: what waits for this person, decisions and refusals; `sending`: sent and all, while a sync runs;
    `reached`: whether the last attempt reached the centre, None before the first.
    """

    unsent: int = 0
    to_act: int = 0
    oldest_unsent_at: datetime | None = None
    last_contact_at: datetime | None = None
    sending: tuple[int, int] | None = None
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Pill:
    """What the pill says."""

    symbol: str
    tone: str
    text: str


def pill(view: SyncView, now: datetime, zone: str) -> Pill:
    """Neutral when offline; red only where someone must act."""
    if view.sending is not None:
        sent, every = view.sending
        if not every:
            return Pill("sync", "notice", _("Menyinkronkan …"))
        told = _("Mengirim {sent} dari {all}").format(sent=number(sent), all=number(every))
        return Pill("sync", "notice", told)
    if view.to_act:
        return Pill("decide", "bad", _("Perlu keputusan: {n}").format(n=number(view.to_act)))
    if view.unsent and view.reached is False:
        return Pill("offline", "", _("Luring · {unsent}").format(unsent=_unsent(view, now)))
    if view.unsent:
        return Pill("waiting", "", _unsent(view, now))
    if view.last_contact_at is None:
        return Pill("offline", "", _("Belum pernah sinkron"))
    return Pill("sent", "", _("Semua terkirim · {when}").format(when=_when(view.last_contact_at, now, zone)))


def _unsent(view: SyncView, now: datetime) -> str:
    told = counted(view.unsent, "unsent")
    if view.oldest_unsent_at is None:
        return told
    days = (now - view.oldest_unsent_at).days  # whole ones: a minute after midnight is no day
    return _("{unsent} sejak {days}").format(unsent=told, days=counted(days, "day")) if days > 0 else told


def _when(at: datetime, now: datetime, zone: str) -> str:
    there = local(at, zone)
    today = business_date(now, zone)
    return time_text(f"{there:%H:%M}") if there.date() == today else day_age(there.date(), today)
