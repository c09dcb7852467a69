"""Deed, decree, tax number, minutes: known when, and whether the original was seen."""

from dataclasses import replace
from datetime import date, time, timedelta

from kopdesk.domain.cooperative import Cooperative
from kopdesk.domain.legal_document import DocumentType, LegalDocument
from kopdesk.sample.dice import Dice
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_details import DOCUMENT_NOTES
from kopdesk.sample.voice import Voice


def tell_documents(tale: Tale, voice: Voice, profile: Cooperative) -> None:
    """The papers there are; what is missing is simply not there."""
    dice = tale.dice_for("documents")
    notes = dice.shuffled(DOCUMENT_NOTES)
    for known, kind, number, issuer, issued in _papers(tale, dice, profile):
        paper = LegalDocument(
            id=dice.uuid7(tale.at(known, time(10, 50))),
            cooperative_id=tale.id,
            type=kind,
            number=number,
            issuer=issuer,
            issued_on=issued,
        )
        _tell_paper(tale, voice, paper, known, notes.pop())


def _papers(
    tale: Tale, dice: Dice, profile: Cooperative
) -> list[tuple[date, DocumentType, str | None, str | None, date]]:
    """(known on, type, number, issuer, issued on)"""
    plot, founded = tale.plot, tale.founded
    minutes_on = profile.village_meeting_on or founded
    office = f"{tale.region.office.capitalize()} {tale.village.name}"
    minutes = DocumentType.VILLAGE_MEETING_MINUTES
    papers: list[tuple[date, DocumentType, str | None, str | None, date]] = [
        (founded, DocumentType.DEED, profile.deed_number, profile.notary, profile.deed_on or founded),
        (founded, DocumentType.DECREE, profile.decree_number, "Kemenkum", founded),
        (
            founded + timedelta(days=9),
            DocumentType.NPWP,
            profile.npwp,
            "Kantor pajak",
            founded + timedelta(days=6),
        ),
        (date(2025, 10, 6), minutes, profile.village_meeting_number, office, minutes_on),
    ]
    if plot.nib_issued:
        papers.append((plot.nib_issued, DocumentType.NIB, None, "OSS", plot.nib_issued))
    if dice.chance(plot.diligence):
        papers.append((date(2025, 10, 13), DocumentType.BYLAWS, None, "Rapat Anggota", founded))
    if plot.annual_meeting:
        number = f"01/BA-RAT/{plot.annual_meeting:%m}/2026"
        held = plot.annual_meeting
        papers.append((held, DocumentType.MEMBER_MEETING_MINUTES, number, None, held))
    return papers


def _tell_paper(tale: Tale, voice: Voice, paper: LegalDocument, known: date, note: str) -> None:
    witness = tale.witness(known, time(18, 35)) if known >= date(2025, 10, 1) else tale.by_dinas(known)
    tale.chronicle.write("legal_document", paper, witness.author, witness.at)
    later = [visit for visit in tale.visits if tale.at(visit.on, time(20, 0)) > witness.at]
    dice = tale.dice_for(f"paper {paper.type}")
    nth = dice.number(0, 5)
    if len(later) <= nth or not dice.chance(tale.plot.diligence + 15):
        return
    visit = later[nth]
    said = voice.say(note, visit.on) if dice.chance(45) else None
    seen = replace(paper, original_seen_on=visit.on, note=said)
    tale.chronicle.write("legal_document", seen, visit.author, tale.at(visit.on, time(20, 0)))
