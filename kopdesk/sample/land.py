"""Land for the gerai and the building that rises on it, or does not."""

from dataclasses import replace
from datetime import date, time, timedelta

from kopdesk.domain.asset import Asset, AssetKind, AssetStatus
from kopdesk.domain.place import Ownership, PowerSource, RoadAccess, Signal, WaterSource
from kopdesk.sample.dice import Dice
from kopdesk.sample.ledger import Ledger
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_details import BUILDING_NOTES, LAND_NOTES
from kopdesk.sample.voice import Voice


def tell_land(tale: Tale, voice: Voice, ledger: Ledger) -> None:
    """The plot of land, judged by the centre, and the building if one was begun."""
    dice = tale.dice_for("land")
    noted = tale.witness(date(2025, 10, 15) + timedelta(days=dice.number(0, 35)), time(18, 45))
    note = voice.say(dice.pick(LAND_NOTES), date(2025, 11, 1))
    land = replace(_land(tale, dice), id=dice.uuid7(noted.at), note=note)
    tale.chronicle.write("asset", land, noted.author, noted.at)
    checked = tale.by_dinas(date(2025, 12, 3) + timedelta(days=dice.number(0, 20)))
    undecided = dice.pick((AssetStatus.CONSIDERED, AssetStatus.NEEDS_VERIFICATION))
    land = replace(land, status=AssetStatus.VERIFIED if tale.plot.building else undecided)
    tale.chronicle.write("asset", land, checked.author, checked.at)
    if tale.plot.building:
        _tell_building(tale, voice, ledger, land, tale.plot.building[0])


def _land(tale: Tale, dice: Dice) -> Asset:
    village, desa = tale.village, tale.region.village_word == "desa"
    width, length = dice.amount(1_000, 2_400, 50), dice.amount(1_500, 3_600, 50)
    deeds = (
        ("Surat keterangan tanah desa", "SKT 2019", "Sertifikat hak pakai") if desa else ("Hak pakai pemkot",)
    )
    return Asset(
        id=tale.id,
        cooperative_id=tale.id,
        name="Tanah calon gerai",
        kind=AssetKind.LAND,
        ownership=Ownership.VILLAGE_LAND if desa else Ownership.REGENCY_LAND,
        owner_name=f"Pemerintah Desa {village.name}" if desa else "Pemerintah Kota Malang",
        title_deed=dice.pick(deeds),
        area_square_metres=width * length // 10_000,
        width_centimetres=width,
        length_centimetres=length,
        latitude=village.latitude + dice.number(-1_500, 1_500),
        longitude=village.longitude + dice.number(-1_500, 1_500),
        road_access=RoadAccess(village.road_access),
        settlement_distance_metres=dice.amount(30, 420, 10),
        signal=Signal(village.signal),
        water_source=WaterSource(village.water),
        power_source=PowerSource(village.power),
        is_built=False,
    )


def _tell_building(tale: Tale, voice: Voice, ledger: Ledger, land: Asset, began: date) -> None:
    """The gerai built under Inpres 17/2025: the village's building, watched at every second visit."""
    dice = tale.dice_for("building")
    begun = tale.by_dinas(began)
    building = replace(
        land,
        id=dice.uuid7(begun.at),
        name="Gedung gerai (Agrinas)",
        kind=AssetKind.BUILDING,
        ownership=Ownership.VILLAGE if tale.region.village_word == "desa" else Ownership.REGION,
        title_deed=None,
        status=None,
        built_under_inpres_17=True,
        is_built=True,
        progress=ledger.building_progress(began),
        progress_on=began,
        note=None,
    )
    tale.chronicle.write("asset", building, begun.author, begun.at)
    for visit in [visit for visit in tale.visits if visit.on > began][::2]:
        progress = ledger.building_progress(visit.on)
        if progress == building.progress:
            continue
        note = voice.say(_building_note(progress, dice), visit.on)
        building = replace(building, progress=progress, progress_on=visit.on, note=note)
        tale.chronicle.write("asset", building, visit.author, tale.at(visit.on, time(18, 50)))


def _building_note(progress: int, dice: Dice) -> str:
    """The notes are in the order in which a building grows."""
    place = progress * len(BUILDING_NOTES) // 10_000
    return BUILDING_NOTES[min(len(BUILDING_NOTES) - 1, max(0, place + dice.number(-1, 0)))]
