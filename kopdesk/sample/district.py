"""A whole believable district from a seed: its cooperatives with their history, and its people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from uuid import UUID

from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.domain.zones import instant_of
from kopdesk.sample.aftermath import tell_member_counts, tell_problems, tell_promises, tell_remarks
from kopdesk.sample.bookkeeping import tell_checks
from kopdesk.sample.dice import Dice
from kopdesk.sample.kutai_timur_places import KUTAI_TIMUR
from kopdesk.sample.kutai_timur_plots import PLOTS as KUTAI_TIMUR_PLOTS
from kopdesk.sample.land import tell_land
from kopdesk.sample.ledger import Ledger
from kopdesk.sample.malang_places import MALANG
from kopdesk.sample.malang_plots import PLOTS as MALANG_PLOTS
from kopdesk.sample.officers import POSITIONS, tell_officers
from kopdesk.sample.papers import tell_documents
from kopdesk.sample.people import Person, person
from kopdesk.sample.plan_story import tell_plan
from kopdesk.sample.profile import tell_profile
from kopdesk.sample.schedule import VisitDay, visit_days
from kopdesk.sample.setting import STORY_BEGINS, Plot, Region, Village
from kopdesk.sample.statements import tell_statements
from kopdesk.sample.tale import Chronicle, SamplePerson, SampleRecord, Tale
from kopdesk.sample.trade import tell_trade
from kopdesk.sample.visiting import tell_visits
from kopdesk.sample.voice import Voice

FIRST_TODAY = date(2025, 8, 1)
"""Before this day there is no cooperative to tell of."""

AHEAD = timedelta(days=60)
"""Visits are planned this far, because who writes something down depends on the next visit."""

DISTRICTS: Mapping[str, tuple[Region, tuple[Plot, ...]]] = {
    "kutai-timur": (KUTAI_TIMUR, KUTAI_TIMUR_PLOTS),
    "malang": (MALANG, MALANG_PLOTS),
}

OFFICES: Mapping[str, Mapping[str, SamplePerson]] = {
    "kutai-timur": {
        "first": SamplePerson("rahmat", "Rahmat Hidayat", Role.ASSISTANT),
        "second": SamplePerson("dian", "Dian Pratiwi", Role.ASSISTANT),
        "predecessor": SamplePerson("fajar", "Fajar Nugroho", Role.ASSISTANT, active=False),
        "pmo": SamplePerson("mariam", "Siti Mariam", Role.PMO),
        "dinas": SamplePerson("zainal", "H. Zainal Abidin", Role.DINAS),
    },
    "malang": {
        "first": SamplePerson("ratna", "Ratna Puspitasari", Role.ASSISTANT),
        "predecessor": SamplePerson("yoga", "Yoga Aditama", Role.ASSISTANT, active=False),
        "pmo": SamplePerson("hendra", "Hendra Gunawan", Role.PMO),
        "dinas": SamplePerson("lestari", "Lestari Widyaningrum", Role.DINAS),
    },
}


@dataclass(frozen=True, slots=True)
class SampleCooperative:
    """`records` is everything that was ever written, in that order; later writes hold only what changed."""

    id: UUID
    name: str
    village_code: str
    records: tuple[SampleRecord, ...]

    def current(self) -> Mapping[RecordKey, Leaves]:
        """All records as they stand today, in the order of their first write."""
        found: dict[RecordKey, dict[str, Value]] = {}
        for write in self.records:
            found.setdefault(RecordKey(write.type, write.id), {}).update(write.leaves)
        return found


@dataclass(frozen=True, slots=True)
class District:
    """`assignments` names the cooperatives each assistant accompanies today, by user name."""

    name: str
    title: str
    code: str
    zone: str
    cooperatives: tuple[SampleCooperative, ...]
    people: tuple[SamplePerson, ...]
    assignments: Mapping[str, tuple[UUID, ...]]


def district(name: str, *, seed: int, today: date) -> District:
    """The same arguments give the same district, to the last id; a later `today` only goes on telling."""
    if name not in DISTRICTS:
        raise ValueError(f"no sample district {name!r}: there are {', '.join(DISTRICTS)}")
    if today < FIRST_TODAY:
        raise ValueError(f"the sample story begins on {FIRST_TODAY}")
    region, plots = DISTRICTS[name]
    office = OFFICES[name]
    dice = Dice(f"kopdesk sample {name} {seed}")
    authors = {part: who.user_name for part, who in office.items()}
    days = visit_days(plots, authors, dice.fork("schedule"), today + AHEAD)
    taken: list[str] = [who.full_name for who in office.values()]
    cooperatives = tuple(
        _cooperative(region, village, plot, days[village.name], office, dice.fork(village.code), taken, today)
        for village, plot in zip(region.villages, plots, strict=True)
    )
    shared = [coop.id for coop, plot in zip(cooperatives, plots, strict=True) if plot.second_assistant]
    assignments = {office["first"].user_name: tuple(coop.id for coop in cooperatives)}
    if "second" in office:
        assignments[office["second"].user_name] = tuple(shared)
    return District(
        name, region.title, region.code, region.zone, cooperatives, tuple(office.values()), assignments
    )


def _cooperative(
    region: Region,
    village: Village,
    plot: Plot,
    days: tuple[VisitDay, ...],
    office: Mapping[str, SamplePerson],
    dice: Dice,
    taken: list[str],
    today: date,
) -> SampleCooperative:
    founded = STORY_BEGINS + timedelta(days=dice.number(2, 27))
    born_at = instant_of(founded, time(9, 40), region.zone)
    cast, members = _cast(region, village, dice.fork("people"), taken)
    word = region.village_word.capitalize()
    tale = Tale(
        id=dice.uuid7(born_at),
        name=f"Koperasi {word} Merah Putih {village.name}",
        region=region,
        village=village,
        plot=plot,
        founded=founded,
        cast=cast,
        officer_ids={slot: dice.uuid7(born_at + timedelta(minutes=50)) for slot in POSITIONS},
        members=members,
        visits=days,
        office=office,
        dice=dice,
        chronicle=Chronicle(region.zone, today - timedelta(days=1)),
    )
    _tell(tale)
    return SampleCooperative(tale.id, tale.name, village.code, tale.chronicle.history())


def _tell(tale: Tale) -> None:
    ledger = Ledger(tale.plot, tale.founded, tale.dice_for("ledger"))

    def voice(part: str) -> Voice:
        return Voice(tale, ledger, part)

    profile = tell_profile(tale)
    tell_officers(tale, voice("officers"))
    tell_documents(tale, voice("documents"), profile)
    tell_land(tale, voice("land"), ledger)
    outlets = tell_trade(tale, voice("trade"), ledger)
    visited = tell_visits(tale, voice("visits"))
    tell_promises(tale, voice("promises"), visited)
    tell_problems(tale, voice("problems"), visited, outlets["toko"])
    tell_member_counts(tale, ledger)
    tell_remarks(tale, voice("remarks"), visited)
    tell_checks(tale, voice("checks"), ledger, visited, outlets["toko"])
    tell_statements(tale, ledger)
    tell_plan(tale, voice("plan"), ledger, outlets["toko"])


def _cast(
    region: Region, village: Village, dice: Dice, taken: list[str]
) -> tuple[Mapping[str, Person], tuple[Person, ...]]:
    """The eight officers, the shop's keeper and eight members. No two in a village are called alike."""
    called = list(taken)
    area = village.code.replace(".", "")[:6]

    def somebody(female: bool) -> Person:
        return person(dice, village.folk, area, taken=called, female=female)

    women = {
        "ketua": dice.chance(15), "wakil_usaha": dice.chance(30), "wakil_anggota": True,
        "sekretaris": dice.chance(55), "bendahara": dice.chance(90), "kades": dice.chance(12),
        "pengawas": False, "pengawas2": dice.chance(40), "pegawai": dice.chance(60),
    }  # fmt: skip
    cast = {slot: somebody(female) for slot, female in women.items()}
    title = f"{'Bu' if cast['kades'].female else 'Pak'} {region.head.capitalize()}"
    cast["kades"] = replace(cast["kades"], called=title)
    members = tuple(somebody(number % 2 == 0) for number in range(8))
    taken += [somebody_.name for somebody_ in cast.values()]
    return cast, members
