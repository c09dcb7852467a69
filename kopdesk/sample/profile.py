"""The cooperative's profile: how it began and what was changed in it since."""

import re
from dataclasses import replace
from datetime import date, time, timedelta

from kopdesk.domain.cooperative import (
    AccountPurpose,
    Bank,
    BankAccount,
    Cooperative,
    FillingMethod,
    Form,
    LegalStage,
    Licence,
    Pattern,
    Potential,
    RegistrationStatus,
    RegistrationType,
    Stage,
)
from kopdesk.sample.dice import Dice
from kopdesk.sample.setting import VillagePotential
from kopdesk.sample.tale import Tale

NOTARIES = ("Rina Maharani, S.H., M.Kn.", "Bagus Setiadi, S.H., M.Kn.", "Lestari Handayani, S.H., M.Kn.")


def tell_profile(tale: Tale) -> Cooperative:
    """Write the profile with its changes; returns it as it was founded."""
    dice = tale.dice_for("profile")
    founded = _as_founded(tale, dice)
    beginning = tale.by_dinas(tale.founded, time(9, 40))
    tale.chronicle.write("cooperative", founded, beginning.author, beginning.at)
    events = [
        (tale.witness(day, time(19, number)), changes)
        for number, (day, changes) in enumerate(_changes(tale, dice) + _steps(tale))
    ]
    profile = founded
    for witness, changes in sorted(events, key=lambda event: event[0].at):
        profile = replace(profile, **changes)  # type: ignore[arg-type]
        tale.chronicle.write("cooperative", profile, witness.author, witness.at)
    return founded


def _steps(tale: Tale) -> list[tuple[date, dict[str, object]]]:
    """The rungs of Kopdesk's ladder, each not before the one below it."""
    plot = tale.plot
    day = date(2025, 10, 8)
    steps = [(day, Stage.PROFILE_COMPLETE, "Akun dan profil SIMKOPDES sudah lengkap.")]
    if plot.nib_issued and plot.account_opened:
        day = max(plot.nib_issued, plot.account_opened, date(2025, 10, 20))
        steps.append((day, Stage.TAX_LICENCE_BANK, "NPWP, NIB dan rekening sudah ada."))
    if plot.shop_opened:
        day = max(plot.shop_opened, day + timedelta(days=5))
        note = f"Gerai buka sejak {plot.shop_opened.day}/{plot.shop_opened.month}."
        steps.append((day, Stage.OUTLET_OPERATING, note))
    if plot.diligence >= 70 and plot.annual_meeting:
        note = "Buku ditulis tiap hari, laporan bulanan jalan."
        steps.append((date(2026, 7, 15), Stage.BOOKS_IN_ORDER, note))
    return [(day, {"stage": stage, "stage_since": day, "stage_note": note}) for day, stage, note in steps]


def _as_founded(tale: Tale, dice: Dice) -> Cooperative:
    village, region, plot = tale.village, tale.region, tale.plot
    digits = village.code.replace(".", "")
    slug = re.sub(r"[^a-z]", "", village.name.lower())
    meeting = tale.founded - timedelta(days=dice.number(24, 45))
    chair = tale.cast["ketua"]
    rw = re.search(r"RW (\d+)", village.address)
    rt = re.search(r"RT (\d+)", village.address)
    desa = region.village_word == "desa"
    return Cooperative(
        id=tale.id,
        cooperative_id=tale.id,
        name=tale.name,
        decree_name=tale.name.upper(),
        form=Form.PRIMARY,
        pattern=Pattern.SYARIAH if tale.has_trait("syariah", tale.founded) else Pattern.CONVENTIONAL,
        business_category="Konsumen",
        working_area=f"{region.village_word.capitalize()} {village.name}",
        duration="Tidak terbatas",
        about=village.about,
        subdomain=f"kdmp-{slug}",
        nik=digits[:6] + dice.digits(10),
        deed_number=str(dice.number(3, 88)),
        deed_on=tale.founded - timedelta(days=dice.number(5, 12)),
        decree_number=f"AHU-00{dice.digits(5)}.AH.01.29.TAHUN 2025",
        decree_on=tale.founded,
        notary=dice.pick(NOTARIES),
        npwp="0" + dice.digits(15),
        npwp_name=tale.name.upper(),
        tax_status="PPh Final 0,5%",
        village_meeting_number=f"{dice.number(3, 40):02}/BA-{'MDK' if desa else 'MKK'}/{meeting:%m}/2025",
        village_meeting_on=meeting,
        village_code=village.code,
        village_name=village.name,
        subdistrict_name=village.subdistrict,
        district_name=region.title,
        province_name=region.province,
        address=village.address,
        rt=rt[1] if rt else None,
        rw=rw[1] if rw else None,
        postal_code=village.postal_code,
        latitude=village.latitude,
        longitude=village.longitude,
        phone=chair.phone,
        email=f"{slug}@kdmp.example",
        established_on=tale.founded,
        founding_meeting_on=meeting,
        founding_meeting_address=region.office.capitalize() + " " + village.name,
        founding_participants=dice.number(24, 58),
        founding_capital=plot.members * plot.principal,
        principal_saving=plot.principal,
        mandatory_saving=plot.mandatory,
        registration_type=RegistrationType.NEW,
        registration_channel="SIMKOPDES",
        registration_status=RegistrationStatus.APPROVED,
        legal_stage=LegalStage.COMPLETED,
        filling_method=dice.pick((FillingMethod.SELF, FillingMethod.SELF, FillingMethod.ASSISTED)),
        has_account=True,
        stage=Stage.LEGAL_ENTITY,
        stage_since=tale.founded,
        potentials={f"p{number}": _potential(item) for number, item in enumerate(village.potentials, 1)},
    )


def _potential(item: VillagePotential) -> Potential:
    area, area_unit = item.area or (None, None)
    volume, volume_unit = item.volume or (None, None)
    return Potential(
        name=item.name,
        area=area,
        area_unit=area_unit,
        volume=volume,
        volume_unit=volume_unit,
        people=item.people,
        value=item.value,
    )


def _changes(tale: Tale, dice: Dice) -> list[tuple[date, dict[str, object]]]:
    """What was changed in the profile, by day: account, licence, phone, a mended address."""
    plot, village = tale.plot, tale.village
    changes: list[tuple[date, dict[str, object]]] = []
    if plot.account_opened:
        word = village.bank_branch.split()[0].lower()
        account = BankAccount(
            bank=Bank(word),
            branch=village.bank_branch,
            account_number=dice.digits(15 if word == "bri" else 10),
            account_name=tale.name.upper(),
            purpose=AccountPurpose.OPERATING,
            opened_on=plot.account_opened,
        )
        changes.append((plot.account_opened, {"bank_accounts": {"utama": account}}))
    if plot.nib_issued:
        licences = {
            kbli: Licence(kbli=kbli, kbli_year=2020, issued_on=plot.nib_issued) for kbli in _kbli(tale)
        }
        changes.append((plot.nib_issued, {"nib": "2" + dice.digits(12), "licences": licences}))
    phone_day = date(2026, 5, 4) + timedelta(days=dice.number(0, 120))
    if dice.chance(60):
        changes.append((phone_day, {"phone": tale.cast["sekretaris"].phone}))
    moved = f"{village.address}, samping {tale.region.office}"
    changes.append((date(2026, 4, 20) + timedelta(days=dice.number(0, 90)), {"address": moved}))
    return changes


def _kbli(tale: Tale) -> tuple[str, ...]:
    last = date(2026, 12, 31)
    extra = {"lpg": "47772", "usp": "64144" if tale.has_trait("syariah", last) else "64142"}
    return ("47111", *(code for trait, code in extra.items() if tale.has_trait(trait, last)))
