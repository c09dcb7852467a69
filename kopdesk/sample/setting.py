"""What a sample village is like, and what happens to its cooperative."""

from dataclasses import dataclass
from datetime import date

STORY_BEGINS = date(2025, 7, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagePotential:
    """What the village lives from, as SIMKOPDES asks for it."""

    name: str
    area: tuple[int, str] | None = None
    volume: tuple[int, str] | None = None
    people: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A real village: names and code are real, everything else is plausible."""

    code: str
    name: str
    subdistrict: str
    postal_code: str
    latitude: int
    longitude: int
    address: str
    roads: tuple[str, ...]
    hamlets: tuple[str, ...]
    meeting_places: tuple[str, ...]
    shops: tuple[str, ...]
    bank_branch: str
    near_town: str
    folk: tuple[str, ...]  # keys of `people.NAMES`, the more frequent named more often
    traits: tuple[str, ...]
    signal: str
    power: str
    water: str
    road_access: str
    about: str
    potentials: tuple[VillagePotential, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What all villages of a district share."""

    code: str
    name: str
    title: str
    province: str
    zone: str
    city: str
    elsewhere: tuple[str, ...]  # where people move to
    village_word: str  # desa or kelurahan
    office: str
    assembly: str  # musdes or musyawarah kelurahan
    head: str  # how people call the head of the village
    dinas: str
    market: str
    lpg_price: int  # highest retail price of 3 kg, as samples go
    trait: str
    villages: tuple[Village, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A trait the cooperative has from a day, until a day or still."""

    trait: str
    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Application:
    """A partnership asked for; `business` is the domain's word, `kind` the key of the text banks."""

    business: str
    kind: str
    partner: str
    applied: date
    outcome: str  # verified, approved, rejected or processed
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A loan asked for; `note` is the place in the bank of financing notes."""

    source: str
    bank: str | None
    amount: int
    tenor: int
    written: date
    status: str
    note: int
    status_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The life of one cooperative. Percentages say how much of what is promised is kept."""

    village: str
    diligence: int
    rhythm: int = 16  # days between visits
    members: int
    growth: int  # new members a month
    principal: int
    mandatory: int
    shop_opened: date | None = None
    monthly_sales: int = 0
    sales_growth: int = 2  # per cent a month
    account_opened: date | None = None
    nib_issued: date | None = None
    annual_meeting: date | None = None
    building: tuple[date, int] | None = None  # began, per cent reached
    plan: str | None = None  # a name in `plan_story`
    spans: tuple[Span, ...] = ()
    gaps: tuple[tuple[date, date], ...] = ()  # nobody gets there
    applications: tuple[Application, ...] = ()
    requests: tuple[Request, ...] = ()
    second_assistant: bool = False
    muddled_members: bool = False

    def traits_on(self, day: date) -> tuple[str, ...]:
        """What may be said of the cooperative on that day."""
        traits = [span.trait for span in self.spans if span.covers(day)]
        traits.append("toko" if self._since(self.shop_opened, day) else "belum_jual")
        traits.append("rekening" if self._since(self.account_opened, day) else "tanpa_rekening")
        traits.append("rat" if self._since(self.annual_meeting, day) else "")
        if day >= date(2026, 1, 1) and not self._since(self.annual_meeting, day):
            traits.append("tanpa_rat")
        if not self._since(self.nib_issued, day):
            traits.append("tanpa_nib")
        if "stop" not in traits:
            traits.append("catat")
        if self.building and self._since(self.building[0], day):
            traits.append("bangunan")
        traits += [self._trait_of(item) for item in self.applications if self._since(item.decided, day)]
        return tuple(trait for trait in traits if trait)

    def in_gap(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.gaps)

    @staticmethod
    def _since(begin: date | None, day: date) -> bool:
        return begin is not None and begin <= day

    @staticmethod
    def _trait_of(application: Application) -> str:
        if application.kind == "lpg" and application.outcome == "rejected":
            return "tolak_lpg"
        return application.kind if application.outcome == "approved" else ""
