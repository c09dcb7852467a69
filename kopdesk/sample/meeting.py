"""What a visit report says around its findings: place, people, topics, agreement and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kopdesk.domain.place import Signal
from kopdesk.domain.visit import Attendee, Mode, PositionSource
from kopdesk.sample.dice import Dice
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_agreements import AGREEMENTS, AgreementText
from kopdesk.sample.texts_findings_books import FindingText
from kopdesk.sample.texts_notes import ARRIVALS, BY_PHONE, CLOSINGS, SCENES, TOPICS, Sentence
from kopdesk.sample.voice import Bank, Voice

LABELS = {
    "ketua": "Ketua",
    "wakil_usaha": "Wakil ketua bidang usaha",
    "wakil_anggota": "Wakil ketua bidang anggota",
    "sekretaris": "Sekretaris",
    "bendahara": "Bendahara",
    "pengawas": "Pengawas",
    "pengawas2": "Pengawas",
    "pegawai": "Penjaga gerai",
}
# Who is named like this was not there.
_ABSENT = ("{{{}}} tidak hadir", "{{{}}} sedang rapat", "{{{}}} masih di kantor")
_MOSTLY_MET = ("ketua", "bendahara", "sekretaris", "pengawas")


def label_of(tale: Tale, slot: str) -> str:
    """The office as it is written beside a name."""
    return LABELS.get(slot) or ("Kepala desa" if tale.region.head == "kades" else "Lurah")


class ReportBanks:
    """The sentences of one cooperative's visit reports."""

    def __init__(self, dice: Dice) -> None:
        self.arrivals: Bank[Sentence] = Bank(ARRIVALS, dice)
        self.scenes: Bank[Sentence] = Bank(SCENES, dice)
        self.closings: Bank[Sentence] = Bank(CLOSINGS, dice)
        self.calls: Bank[Sentence] = Bank(BY_PHONE, dice)
        self.agreements: Bank[AgreementText] = Bank(AGREEMENTS, dice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Everything of one visit that is not a finding."""

    place: str | None
    notes: str
    topics: str
    agreement: str
    attendees: dict[str, Attendee]


def meet(
    tale: Tale,
    voice: Voice,
    banks: ReportBanks,
    dice: Dice,
    day: date,
    found: Sequence[FindingText],
    times: tuple[str, str] | None,
) -> Meeting:
    """Notes first: who is named in them was there. Without times of coming and going they telephoned."""
    by_phone = times is None
    memory = {"jam": times[0], "jam_pulang": times[1]} if times else {}
    place = None if by_phone else voice.say("{tempat}", day, memory)
    slots = _present(tale, dice, day, by_phone)
    memory["hadir"] = str(len(slots) + dice.number(1, 4))
    sentences = _sentences(tale, banks, dice, day, by_phone)
    notes = " ".join(voice.say(text, day, memory) for text in sentences)
    if by_phone:
        slots = [slot for slot in _MOSTLY_MET if slot in memory] or slots
    else:
        slots += [slot for slot in _MOSTLY_MET if slot in memory and slot not in slots]
        slots = [slot for slot in slots if not _is_away(slot, sentences)]
    aspects = list(dict.fromkeys(pattern.aspect for pattern in found))
    agreed = [
        banks.agreements.take(tale.traits_on(day), lambda item: item.aspect in aspects)
        for _ in range(1 if dice.chance(60) else 2)
    ]
    return Meeting(
        place=place,
        notes=notes,
        topics="; ".join(dice.pick(TOPICS[aspect]) for aspect in aspects),
        agreement=" ".join(voice.say(item.text, day) for item in agreed),
        attendees={dice.key(): _attendee(tale, dice, slot, by_phone) for slot in slots},
    )


def _is_away(slot: str, sentences: Sequence[str]) -> bool:
    return any(gap.format(slot) in sentence for gap in _ABSENT for sentence in sentences)


def _present(tale: Tale, dice: Dice, day: date, by_phone: bool) -> list[str]:
    slots = ["ketua", "bendahara", "sekretaris", "wakil_usaha", "wakil_anggota", "pengawas", "kades"]
    if tale.has_trait("toko", day):
        slots.append("pegawai")
    if tale.has_trait("pindah", day):
        slots.remove("wakil_anggota")
    return dice.some(slots, 1 if by_phone else dice.number(2, 5))


def _attendee(tale: Tale, dice: Dice, slot: str, by_phone: bool) -> Attendee:
    return Attendee(
        name=tale.cast[slot].name,
        position=label_of(tale, slot),
        officer_id=tale.officer_ids.get(slot),
        initialled=None if by_phone else dice.chance(88),
    )


def _sentences(tale: Tale, banks: ReportBanks, dice: Dice, day: date, by_phone: bool) -> list[str]:
    traits = tale.traits_on(day)
    if by_phone:
        return [banks.calls.take(traits).text]
    sentences = [banks.arrivals.take(traits).text, banks.scenes.take(traits).text]
    if dice.chance(45):
        sentences.append(banks.scenes.take(traits).text)
    if dice.chance(50):
        sentences.append(banks.closings.take(traits).text)
    return sentences


def whereabouts(tale: Tale, dice: Dice, notes: str, by_phone: bool) -> dict[str, object]:
    """How they met and where; some positions are typed by hand, and say so."""
    if by_phone:
        return {"mode": Mode.ONLINE if "video" in notes else Mode.PHONE}
    village = tale.village
    by_hand = dice.chance(22)
    return {
        "mode": Mode.OFFICE if dice.chance(8) else Mode.FIELD,
        "latitude": village.latitude + dice.number(-700, 700),
        "longitude": village.longitude + dice.number(-700, 700),
        "accuracy_metres": None if by_hand else dice.number(4, 38),
        "position_source": PositionSource.MANUAL if by_hand else PositionSource.GPS,
        "signal": Signal(village.signal),
    }
