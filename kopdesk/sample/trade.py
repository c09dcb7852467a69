"""Shops with their months, partnerships and loan requests, with the centre's answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from kopdesk.domain.cooperative import Bank as BankWord
from kopdesk.domain.financing_request import FinancingRequest, FinancingStatus, FundingSource
from kopdesk.domain.outlet import (
    Building,
    Construction,
    Equipment,
    FilledBy,
    Operation,
    Outlet,
    OutletMonth,
    OutletStatus,
    OutletType,
    Utilisation,
)
from kopdesk.domain.partnership import (
    Business,
    PartnerKind,
    Partnership,
    PartnershipStatus,
    PartnershipType,
    Progress,
)
from kopdesk.domain.place import Access, Ownership, PowerSource, Signal, WaterSource
from kopdesk.sample.dice import Dice
from kopdesk.sample.ledger import Ledger, month_end
from kopdesk.sample.setting import Application, Request
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_details import MONTH_NOTES, OUTLET_NOTES
from kopdesk.sample.texts_outcomes import ACCEPTED, FINANCING_NOTES, PROPOSALS, REJECTIONS
from kopdesk.sample.voice import Voice

UNITS: Mapping[str, tuple[str, OutletType]] = {
    "usp": ("Unit simpan pinjam", OutletType.SAVINGS_LOAN),
    "air": ("Depot isi ulang air", OutletType.OTHER),
}


def tell_trade(tale: Tale, voice: Voice, ledger: Ledger) -> Mapping[str, UUID]:
    """Returns the ids of the outlets by trait, for those who refer to them."""
    dice = tale.dice_for("trade")
    outlets = {"kantor": _tell_outlet(tale, dice, OutletType.OFFICE, "Kantor koperasi", tale.founded)}
    if tale.plot.shop_opened:
        outlets["toko"] = _tell_shop(tale, dice, voice, ledger)
    else:
        outlets["toko"] = _tell_planned_shop(tale, dice, voice)
    for span in tale.plot.spans:
        if span.trait in UNITS:
            name, kind = UNITS[span.trait]
            outlets[span.trait] = _tell_outlet(tale, dice, kind, name, span.first)
    for application in tale.plot.applications:
        _tell_partnership(tale, dice, voice, application)
    for request in tale.plot.requests:
        _tell_request(tale, dice, voice, request)
    return outlets


def _outlet(tale: Tale, dice: Dice, kind: OutletType, name: str, known: date) -> Outlet:
    village = tale.village
    keeper = tale.cast["sekretaris" if kind is OutletType.OFFICE else "pegawai"]
    return Outlet(
        id=dice.uuid7(tale.at(known, time(11, 0))),
        cooperative_id=tale.id,
        name=name,
        type=kind,
        latitude=village.latitude + dice.number(-900, 900),
        longitude=village.longitude + dice.number(-900, 900),
        building=Building.OTHER,
        ownership=Ownership.VILLAGE if kind is OutletType.OFFICE else Ownership.GRANT,
        utilisation=Utilisation.LOAN
        if kind is OutletType.OFFICE
        else dice.pick((Utilisation.LOAN, Utilisation.RENT)),
        internet=Access.NONE if village.signal == "none" else Access.AVAILABLE,
        signal=Signal(village.signal),
        electricity=Access.AVAILABLE,
        power_source=PowerSource(village.power),
        water_source=WaterSource(village.water),
        contact_name=keeper.name,
        contact_phone=keeper.phone,
        filled_by=FilledBy.ASSISTANT if known >= date(2025, 10, 6) else FilledBy.DINAS,
    )


def _tell_outlet(tale: Tale, dice: Dice, kind: OutletType, name: str, opened: date) -> UUID:
    outlet = _outlet(tale, dice, kind, name, opened)
    outlet = replace(outlet, status=OutletStatus.ACTIVE, operation=Operation.OPERATING, opened_on=opened)
    witness = (
        tale.witness(opened, time(19, 10)) if opened > tale.founded else tale.by_dinas(opened, time(11, 5))
    )
    tale.chronicle.write("outlet", outlet, witness.author, witness.at)
    return outlet.id


def _tell_planned_shop(tale: Tale, dice: Dice, voice: Voice) -> UUID:
    known = date(2025, 10, 20)
    outlet = replace(
        _outlet(tale, dice, OutletType.GROCERY, f"Gerai {tale.village.name}", known),
        status=OutletStatus.INACTIVE,
        operation=Operation.NOT_OPEN,
        land_ready=True,
        construction=Construction.NOT_BUILT,
        note=voice.say("Belum buka: tempat ada di {kantor}, barang dan penjaga belum.", known),
    )
    witness = tale.witness(known)
    tale.chronicle.write("outlet", outlet, witness.author, witness.at)
    return outlet.id


def _tell_shop(tale: Tale, dice: Dice, voice: Voice, ledger: Ledger) -> UUID:
    opened = tale.plot.shop_opened
    assert opened is not None
    witness = tale.witness(opened, time(18, 55))
    built = tale.plot.building is not None
    shop = replace(
        _outlet(tale, dice, OutletType.GROCERY, f"Gerai sembako {tale.village.name}", opened),
        status=OutletStatus.ACTIVE,
        operation=Operation.OPERATING,
        opened_on=opened,
        land_ready=True,
        construction=Construction.UNFINISHED if built else Construction.NOT_BUILT,
        has_guide=dice.chance(tale.plot.diligence),
        note=voice.say(dice.pick(OUTLET_NOTES[tale.region.trait]), opened),
        equipment={word.value: dice.chance(55) for word in Equipment},
        employees={"2025": 1} if opened.year == 2025 else {},
    )
    tale.chronicle.write("outlet", shop, witness.author, witness.at)
    _tell_months(tale, voice, ledger, shop)
    return shop.id


def _tell_months(tale: Tale, voice: Voice, ledger: Ledger, shop: Outlet) -> None:
    """At each visit the months that ended since are written down, unless nobody keeps a book any more."""
    dice = tale.dice_for("months")
    notes = dice.shuffled(MONTH_NOTES)
    month = (shop.opened_on or tale.founded).replace(day=1)
    for visit in tale.visits:
        months = dict(shop.months)
        while month_end(month) < visit.on and not tale.has_trait("stop", month_end(month)):
            note = voice.say(notes[len(months) % len(notes)], month) if dice.chance(35) else None
            sales = ledger.sales_of(month)
            if sales:
                profit = ledger.month_profit(month)
                months[f"{month:%Y-%m}"] = OutletMonth(revenue=sales, profit=profit, note=note)
            month = month_end(month) + timedelta(days=1)
        if len(months) == len(shop.months) or visit.on <= (shop.opened_on or visit.on):
            continue
        staff = {**shop.employees, str(visit.on.year): 1 + (ledger.sales_of(visit.on) > 30_000_000)}
        shop = replace(shop, months=months, employees=staff)
        tale.chronicle.write("outlet", shop, visit.author, tale.at(visit.on, time(19, 15)))


def _tell_partnership(tale: Tale, dice: Dice, voice: Voice, application: Application) -> None:
    day = application.applied
    written = tale.witness(day, time(19, 25))
    contact = tale.cast[dice.pick(("ketua", "wakil_usaha"))]
    bank_words = ("brilink", "bni", "bsi")
    partnership = Partnership(
        id=dice.uuid7(written.at),
        cooperative_id=tale.id,
        business=Business(application.business),
        partner=application.partner,
        partner_kind=PartnerKind.STATE_COMPANY,
        type=PartnershipType.PARTNERSHIP,
        scheme="Agen" if application.kind in bank_words else "Penyalur",
        capacity=f"{dice.amount(40, 240, 20)} tabung per bulan" if application.kind == "lpg" else None,
        application_code=f"KMT-{day:%y%m}-{dice.digits(5)}",
        applied_on=day,
        length_months=dice.pick((12, 24)),
        proposal=voice.say(PROPOSALS[application.kind], day),
        contact_name=contact.name,
        contact_nik=contact.nik,
        contact_phone=contact.phone,
        progress=Progress.APPLICATION,
    )
    tale.chronicle.write("partnership", partnership, written.author, written.at)
    if application.decided is None:
        return
    decided = tale.by_dinas(max(application.decided, written.at.date() + timedelta(days=3)), time(11, 20))
    partnership = replace(
        partnership,
        status=PartnershipStatus(application.outcome),
        status_on=application.decided,
        status_note=voice.say(_answer(dice, application), application.decided),
    )
    tale.chronicle.write("partnership", partnership, decided.author, decided.at)
    if application.outcome == "approved":
        seen = tale.witness(application.decided + timedelta(days=6), time(19, 35))
        agreement = f"{dice.number(11, 240):03}/PKS/KDMP/{application.decided:%m}/{application.decided.year}"
        partnership = replace(
            partnership, progress=Progress.AGREEMENT, agreement_signed=True, agreement_number=agreement
        )
        tale.chronicle.write("partnership", partnership, seen.author, seen.at)


def _answer(dice: Dice, application: Application) -> str:
    if application.outcome == "rejected":
        return REJECTIONS[application.kind]
    if application.outcome == "approved":
        return dice.pick(ACCEPTED)
    return "Berkas diterima, menunggu survei tempat."


def _tell_request(tale: Tale, dice: Dice, voice: Voice, request: Request) -> None:
    written = tale.witness(request.written, time(19, 40))
    old_scheme = request.written < date(2025, 11, 1)
    number = f"{dice.number(4, 60):03}/KMP/{request.written:%m}/{request.written.year}"
    financing = FinancingRequest(
        id=dice.uuid7(written.at),
        cooperative_id=tale.id,
        source=FundingSource(request.source),
        bank=BankWord(request.bank) if request.bank else None,
        type="Pinjaman PMK 49/2025" if old_scheme else "Modal kerja",
        amount=request.amount,
        tenor_months=request.tenor,
        application_letter=None if request.status == "draft" else number,
        application_letter_on=None if request.status == "draft" else request.written,
        note=voice.say(FINANCING_NOTES[0 if old_scheme else request.note], request.written),
    )
    tale.chronicle.write("financing_request", financing, written.author, written.at)
    if request.status_on is None:
        return
    decided = tale.by_dinas(max(request.status_on, written.at.date() + timedelta(days=2)), time(14, 5))
    financing = replace(financing, status=FinancingStatus(request.status), status_on=request.status_on)
    tale.chronicle.write("financing_request", financing, decided.author, decided.at)
    if old_scheme:
        seen = tale.witness(request.status_on + timedelta(days=1), time(19, 45))
        financing = replace(financing, note=voice.say(FINANCING_NOTES[request.note], request.status_on))
        tale.chronicle.write("financing_request", financing, seen.author, max(seen.at, decided.at))
