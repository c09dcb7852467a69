"""The five of the board and the three of the supervisory board, and what is noted about them."""

from dataclasses import replace
from datetime import date, time, timedelta

from kopdesk.domain.officer import Body, Education, Gender, Officer, OfficerSource, Position
from kopdesk.sample.dice import Dice
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_details import OFFICER_NOTES
from kopdesk.sample.voice import Voice

POSITIONS = {
    "ketua": (Body.BOARD, Position.CHAIR),
    "wakil_usaha": (Body.BOARD, Position.VICE_CHAIR_BUSINESS),
    "wakil_anggota": (Body.BOARD, Position.VICE_CHAIR_MEMBERS),
    "sekretaris": (Body.BOARD, Position.SECRETARY),
    "bendahara": (Body.BOARD, Position.TREASURER),
    "kades": (Body.SUPERVISORS, Position.CHAIR),
    "pengawas": (Body.SUPERVISORS, Position.MEMBER),
    "pengawas2": (Body.SUPERVISORS, Position.MEMBER),
}
_SCHOOLS = (
    Education.JUNIOR_SECONDARY,
    Education.SENIOR_SECONDARY,
    Education.SENIOR_SECONDARY,
    Education.BACHELOR,
)


def tell_officers(tale: Tale, voice: Voice) -> None:
    """As the deed names them; notes and a leaver come with the visits."""
    dice = tale.dice_for("officers")
    founded = tale.by_dinas(tale.founded, time(10, 30))
    for slot in POSITIONS:
        officer = _officer(tale, dice, slot)
        tale.chronicle.write("officer", officer, founded.author, founded.at)
        seen = tale.witness(date(2026, 4, 13) + timedelta(days=dice.number(0, 60)), time(18, 30))
        if slot == "wakil_anggota" and any(span.trait == "pindah" for span in tale.plot.spans):
            left = voice.say("Pindah ke {kota_lain} ikut suami, belum ada pengganti.", date(2026, 5, 1))
            officer = replace(officer, ends_on=date(2026, 4, 1), note=left)
        elif slot in OFFICER_NOTES:
            officer = replace(officer, note=voice.say(dice.pick(OFFICER_NOTES[slot]), date(2026, 5, 1)))
        tale.chronicle.write("officer", officer, seen.author, seen.at)


def _officer(tale: Tale, dice: Dice, slot: str) -> Officer:
    somebody, (body, position) = tale.cast[slot], POSITIONS[slot]
    begins = tale.founded - timedelta(days=20)
    return Officer(
        id=tale.officer_ids[slot],
        cooperative_id=tale.id,
        name=somebody.name,
        nik=somebody.nik,
        body=body,
        position=position,
        phone=somebody.phone if slot not in ("pengawas", "pengawas2") else None,
        gender=Gender.FEMALE if somebody.female else Gender.MALE,
        born_on=somebody.born_on,
        education=dice.pick(_SCHOOLS),
        address=f"{dice.pick(tale.village.hamlets)} {tale.village.name}",
        starts_on=begins,
        ends_on=begins.replace(year=begins.year + 5),
        is_village_official=slot == "kades",
        source=OfficerSource.AHU_APPROVAL,
    )
