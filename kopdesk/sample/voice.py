"""Fills the gaps in sentences with people, dates, amounts and goods of one cooperative."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from kopdesk.sample.dice import Dice
from kopdesk.sample.ledger import Ledger
from kopdesk.sample.tale import Tale

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

GOODS = (
    "beras", "gula pasir", "minyak goreng", "telur", "terigu", "mi instan", "kopi bubuk", "teh celup",
    "garam", "sabun cuci", "susu kental", "kecap", "air mineral", "biskuit", "popok bayi", "sampo",
    "pakan ayam",
)  # fmt: skip

_SLOT = re.compile(r"\{(\w+)\}")
_EARLIEST = date(2025, 8, 4)


def rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


class Voice:
    """Speaks for one part of one cooperative's story. The day decides what "last month" is."""

    def __init__(self, tale: Tale, ledger: Ledger, part: str) -> None:
        self._tale, self._ledger = tale, ledger
        self._dice = tale.dice_for(f"voice {part}")
        self._slots: Mapping[str, Callable[[date], str]] = {
            **_people_slots(tale, self._dice),
            **_place_slots(tale, self._dice),
            **_time_slots(tale, self._dice),
            **_amount_slots(tale, ledger, self._dice),
        }

    def say(self, text: str, day: date, memory: dict[str, str] | None = None) -> str:
        """Sentences that share a memory speak of the same people, things and amounts."""
        known = {} if memory is None else memory

        def slot(found: re.Match[str]) -> str:
            if memory is None or found[1] not in known:
                known[found[1]] = self._slots[found[1]](day)
            return known[found[1]]

        for _ in range(2):  # a place may itself name a person
            text = _SLOT.sub(slot, text)
        return text[:1].upper() + text[1:]


def _people_slots(tale: Tale, dice: Dice) -> dict[str, Callable[[date], str]]:
    slots: dict[str, Callable[[date], str]] = {}
    for slot, somebody in tale.cast.items():
        slots[slot] = lambda _day, called=somebody.called: called  # type: ignore[misc]
    called = [member.called for member in tale.members]
    slots["warga"] = lambda _day: dice.pick(called[:4])
    slots["warga2"] = lambda _day: dice.pick(called[4:])
    slots["hadir"] = lambda _day: str(dice.number(4, 9))
    return slots


def _place_slots(tale: Tale, dice: Dice) -> dict[str, Callable[[date], str]]:
    region, village = tale.region, tale.village
    fixed = {
        "desa": village.name, "kec": village.subdistrict, "kota_dekat": village.near_town,
        "kota": region.city if region.trait == "kutim" else "kota", "kantor": region.office,
        "wilayah": region.village_word, "musyawarah": region.assembly, "dinas": region.dinas,
        "bank": village.bank_branch, "pasar": region.market,
    }  # fmt: skip

    def constant(text: str) -> Callable[[date], str]:
        return lambda _day: text

    def of(places: Sequence[str]) -> Callable[[date], str]:
        return lambda _day: dice.pick(places)

    # A place that is not there yet is no place to meet.
    def meeting_place(day: date) -> str:
        open_now = tale.has_trait("toko", day)
        return dice.pick([place for place in village.meeting_places if open_now or place != "gerai"])

    return {
        **{slot: constant(text) for slot, text in fixed.items()},
        "dusun": of(village.hamlets),
        "rw": lambda _day: dice.pick(village.hamlets).removeprefix("RW "),
        "toko": of(village.shops),
        "jalan": of(village.roads),
        "tempat": meeting_place,
        "barang": of(GOODS),
        "kota_lain": of(region.elsewhere),
        "waktu_daring": lambda _day: "malam ini" if region.trait == "malang" else "waktu ada sinyal",
    }


def _time_slots(tale: Tale, dice: Dice) -> dict[str, Callable[[date], str]]:
    def shown(day: date) -> str:
        return f"{day.day}/{day.month}" if dice.chance(65) else f"{day.day} {MONTHS[day.month - 1][:3]}"

    def month(day: date) -> str:
        return MONTHS[day.month - 1]

    def back(day: date, low: int, high: int) -> date:
        return max(_EARLIEST, day - timedelta(days=dice.number(low, high)))

    def began(trait: str) -> Callable[[date], date]:
        spans = [span for span in tale.plot.spans if span.trait == trait]
        return lambda day: max((span.first for span in spans if span.first <= day), default=_EARLIEST)

    return {
        "tgl_lalu": lambda day: shown(back(day, 3, 13)),
        "tgl_jauh": lambda day: shown(back(day, 35, 90)),
        "tgl_depan": lambda day: shown(day + timedelta(days=dice.number(5, 14))),
        "bln_ini": month,
        "bln_lalu": lambda day: month(back(day.replace(day=1), 1, 1)),
        "bln_jauh": lambda day: month(back(day.replace(day=15), 75, 130)),
        "bln_stop": lambda day: month(began("stop")(day)),
        "tgl_stop": lambda day: shown(began("stop")(day)),
        "bln_ribut": lambda day: month(began("ribut")(day)),
        "tgl_kunci": lambda day: shown(began("kunci")(day)),
        "tgl_banjir": lambda day: shown(began("banjir")(day)),
        "thn": lambda day: str(day.year),
        "thn_lalu": lambda day: str(day.year - 1),
        "jam": lambda _day: f"{dice.number(9, 11)}.{dice.pick(('00', '15', '30', '45'))}",
        "jam_pulang": lambda _day: f"{dice.number(14, 17)}.{dice.pick(('00', '15', '30', '45'))}",
    }


def _amount_slots(tale: Tale, ledger: Ledger, dice: Dice) -> dict[str, Callable[[date], str]]:
    def money(low: int, high: int, step: int) -> Callable[[date], str]:
        def shown(_day: date) -> str:
            amount = dice.amount(low, high, step)
            return f"Rp{rupiah(amount)}" if dice.chance(60) else rupiah(amount)

        return shown

    def count(low: int, high: int) -> Callable[[date], str]:
        return lambda _day: str(dice.number(low, high))

    def sales(day: date) -> str:
        tenths = ledger.sales_of(day.replace(day=1) - timedelta(days=1)) // 100_000
        return f"Rp{tenths // 10},{tenths % 10} juta"

    def progress(day: date) -> str:
        return str(ledger.building_progress(day) // 100)

    price, coastal = tale.region.lpg_price, tale.region.trait == "kutim"
    return {
        "rp_kecil": money(500, 2_500, 500),
        "rp_puluh": money(15_000, 95_000, 500),
        "rp_ratus": money(110_000, 980_000, 2_500),
        "rp_juta": money(1_100_000, 5_900_000, 50_000),
        "rp_kas": money(185_000, 1_450_000, 500),
        "rp_omzet": sales,
        "rp_gedung": lambda _day: f"Rp{dice.number(14, 24) / 10:.1f} miliar".replace(".", ","),
        "pokok": lambda _day: f"Rp{rupiah(tale.plot.principal)}",
        "wajib": lambda _day: f"Rp{rupiah(tale.plot.mandatory)}",
        "het": lambda _day: rupiah(price),
        "harga_lpg": lambda _day: rupiah(price + dice.amount(3_000, 12_000 if coastal else 5_000, 1_000)),
        "n2": count(2, 4),
        "n5": count(5, 9),
        "n20": count(12, 34),
        "n_shu": lambda _day: dice.pick(("95", "97", "103", "105")),
        "rp_selisih": money(12_000, 185_000, 500),
        "n_bayar": lambda day: str(ledger.payers(day)),
        "n_simkopdes": lambda day: str(ledger.members_online(day)),
        "n_anggota": lambda day: str(ledger.members_on(day)),
        "persen": progress,
    }


class Choosable(Protocol):
    """A sentence or pattern with the traits it needs."""

    @property
    def needs(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=Choosable)

# What makes a cooperative's story its own is told more often than what happens everywhere.
_TELLING = (
    "ribut", "kunci", "stop", "banjir", "tanah", "pindah", "syariah", "tolak_lpg", "bangunan", "pesisir",
    "pupuk", "air", "pulau", "kos", "lpg", "rencana",
)  # fmt: skip


class Bank(Generic[C]):
    """Sentences of one kind for one cooperative: none twice as long as another fits."""

    def __init__(self, items: Sequence[C], dice: Dice) -> None:
        self._items, self._dice = dice.shuffled(items), dice
        self._used: list[C] = []

    def take(self, traits: Sequence[str], suits: Callable[[C], bool] = lambda _item: True) -> C:
        """One that fits the traits, rather one that suits, rather a fresh and a telling one."""
        fitting = [item for item in self._items if all(need in traits for need in item.needs)]
        fresh = [item for item in fitting if item not in self._used] or fitting
        fresh = [item for item in fresh if suits(item)] or fresh
        telling = [item for item in fresh if any(need in _TELLING for need in item.needs)]
        chosen = self._dice.pick(telling) if telling and self._dice.chance(45) else self._dice.pick(fresh)
        self._used.append(chosen)
        return chosen
