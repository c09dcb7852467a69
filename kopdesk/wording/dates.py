"""Dates, times and ages as people write them."""

from datetime import date, datetime

from kopdesk.domain.zones import business_date, local
from kopdesk.wording.catalogue import N_, NN_, _, language, n_
from kopdesk.wording.figures import counted, number

MONTHS = (
    N_("Januari"),
    N_("Februari"),
    N_("Maret"),
    N_("April"),
    N_("Mei"),
    N_("Juni"),
    N_("Juli"),
    N_("Agustus"),
    N_("September"),
    N_("Oktober"),
    N_("November"),
    N_("Desember"),
)
SHORT_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("Mei"),
    N_("Jun"),
    N_("Jul"),
    N_("Agu"),
    N_("Sep"),
    N_("Okt"),
    N_("Nov"),
    N_("Des"),
)
WEEKDAYS = (
    N_("Senin"),
    N_("Selasa"),
    N_("Rabu"),
    N_("Kamis"),
    N_("Jumat"),
    N_("Sabtu"),
    N_("Minggu"),
)


def date_text(day: date) -> str:
    """12 November 2025"""
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"


def long_date(day: date) -> str:
    """Rabu, 12 November 2025"""
    return f"{_(WEEKDAYS[day.weekday()])}, {date_text(day)}"


def short_date(day: date) -> str:
    """12 Nov 2025"""
    return f"{short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """12 Nov: where the year goes without saying."""
    return f"{day.day} {_(SHORT_MONTHS[day.month - 1])}"


def month_text(month: str) -> str:
    """November 2025, from 2025-11; anything else as it is."""
    first = _first_of(month)
    return f"{_(MONTHS[first.month - 1])} {first.year}" if first else month


def short_month(month: str) -> str:
    """Nov 2025, from 2025-11; anything else as it is."""
    first = _first_of(month)
    return f"{_(SHORT_MONTHS[first.month - 1])} {first.year}" if first else month


def _first_of(month: str) -> date | None:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return None


def time_text(clock: str, zone: str = "") -> str:
    """14.30 WITA, from 14:30."""
    shown = clock.replace(":", ".") if language() == "id" else clock
    return f"{shown} {zone}".strip()


def instant_text(at: datetime, zone: str) -> str:
    """12 November 2025, 14.30 WITA"""
    there = local(at, zone)
    return f"{date_text(there.date())}, {time_text(f'{there:%H:%M}', zone)}"


def short_instant(at: datetime, zone: str) -> str:
    """12 Nov 2025, 14.30 WITA"""
    there = local(at, zone)
    return f"{short_date(there.date())}, {time_text(f'{there:%H:%M}', zone)}"


_AGO = {
    "minute": NN_("{n} menit lalu"),
    "hour": NN_("{n} jam lalu"),
    "day": NN_("{n} hari lalu"),
    "month": NN_("{n} bulan lalu"),
    "year": NN_("{n} tahun lalu"),
}
_MONTH_DAYS, _YEAR_DAYS = 30, 365


def day_age(day: date, today: date) -> str:
    """hari ini, kemarin, 3 hari lalu, 2 bulan lalu; and for what is to come besok, 3 hari lagi."""
    days = (today - day).days
    if days == 0:
        return _("hari ini")
    if abs(days) == 1:
        return _("kemarin") if days == 1 else _("besok")
    if days < 0:
        return _("{span} lagi").format(span=counted(-days, "day"))
    if days < 2 * _MONTH_DAYS:
        return _ago(days, "day")
    if days < 2 * _YEAR_DAYS:
        return _ago(days // _MONTH_DAYS, "month")
    return _ago(days // _YEAR_DAYS, "year")


def age(at: datetime, now: datetime, zone: str) -> str:
    """How long ago an instant is, by the calendar of the zone once it was another day."""
    day, today = business_date(at, zone), business_date(now, zone)
    seconds = (now - at).total_seconds()
    if day != today or seconds < 0:
        return day_age(day, today)
    if seconds < 60:
        return _("baru saja")
    return _ago(int(seconds // 60), "minute") if seconds < 3600 else _ago(int(seconds // 3600), "hour")


def _ago(count: int, noun: str) -> str:
    return n_(_AGO[noun], count).format(n=number(count))
