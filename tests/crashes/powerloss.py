"""Power loss: after every change of a scenario the disk is rebuilt in many ways and held to its facts.

An image is good if its database opens and is sound, if what it says is what it said at some moment of the
recorded run (so no unit of work is half there), and if that moment is not before the last thing that
anybody was told. Every new content, and at least one image after every change, is also opened by the
program itself and looked at leaf by leaf; from some of them life goes on.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time

from tests.crashes.disk import Disk, Fate, Image
from tests.crashes.history import Event, Fact, Said, Written
from tests.crashes.peeking import Peek
from tests.crashes.rig import Recording, Rig, kind_of, lay

UNREADABLE, HALVED, FORGOTTEN = "does not open", "half a unit of work", "something confirmed is lost"
WAYS_TO_LOSE = (UNREADABLE, HALVED, FORGOTTEN)

CONFIRMS_NOTHING = {"saving", "deleting"}
"""Said before the deed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How thoroughly. `chances`: images by chance for each boundary.

    Of so many writes one is a boundary (`every`), of so many boundaries one has an image that the program
    itself opens (`opening`; 0: none), from so many of these life goes on once (`going_on`).
    """

    chances: int
    every: int = 1
    opening: int = 1
    going_on: int = 20
    seed: int = 1


@dataclass
class Figures:
    """What was seen. A boundary is the moment after a change; images that are alike count once."""

    images: int = 0
    opened: int = 0
    went_on: int = 0
    boundaries: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def add(self, other: "Figures") -> None:
        self.images += other.images
        self.opened += other.opened
        self.went_on += other.went_on
        self.boundaries += other.boundaries
        self.losses += other.losses
        self.seconds += other.seconds
        self.cpu_seconds += other.cpu_seconds


def lose_power(rig: Rig, recording: Recording, plan: Plan) -> Figures:
    """Every boundary of a recording, in every way the plan wants."""
    started, used = monotonic(), process_time()
    trial = _Trial(recording, plan, rig.folder / "image")
    trial.run()
    trial.figures.seconds, trial.figures.cpu_seconds = monotonic() - started, process_time() - used
    return trial.figures


class _Trial:
    def __init__(self, recording: Recording, plan: Plan, folder: Path) -> None:
        self.figures = Figures()
        self._recording, self._plan, self._folder = recording, plan, folder
        self._scenario = recording.scenario
        self._disk = Disk.before(recording.history)
        self._facts: list[Fact] = []
        self._moments: dict[str, int] = {}
        """Everything the database ever said, in order."""
        self._confirmed = -1
        self._tried: set[tuple[int, int]] = set()
        self._writes: Counter[str] = Counter()
        self._opened_at = 0

    def run(self) -> None:
        for number, event in enumerate(self._recording.history.on_disk):
            self._disk.take(event.change, elsewhere=not self._recording.concerns(event))
            if isinstance(event.change, Said):
                self._facts.append(event.change.fact)
            if self._recording.concerns(event) and not self._is_left_out(event):
                self.figures.boundaries[self._kind(event)] += 1
                self._try_boundary(number, event)

    def _is_left_out(self, event: Event) -> bool:
        """Writes of one kind are nearly all alike."""
        if not isinstance(event.change, Written):
            return False
        kind = self._kind(event)
        self._writes[kind] += 1
        return self._writes[kind] % self._plan.every != 1 % self._plan.every

    def _kind(self, event: Event) -> str:
        """A database is written when it is made, and later by checkpoints only."""
        kind = kind_of(event)
        is_checkpoint = kind == "database write" and event.path + "-wal" in self._disk.live_names
        return "checkpoint write" if is_checkpoint else kind

    def _try_boundary(self, number: int, event: Event) -> None:
        chance = random.Random(f"{self._plan.seed} {self._recording.name} {number}")
        whole = self._disk.image(Fate.EVERYTHING, chance)
        says_something_new = self._note_moment(whole, event)
        images = [(Fate.EVERYTHING, whole), *self._others(chance)]
        new = [(fate, image) for fate, image in images if self._is_new(image)]
        chosen = chance.randrange(len(new)) if new and self._opens_one() else -1
        chosen = 0 if says_something_new else chosen
        for place, (fate, image) in enumerate(new):
            wrong = self._wrong_with(image, is_chosen=place == chosen)
            if wrong:
                when = f"{self._recording.name}, {self._kind(event)} {number} {event.path}"
                self.figures.losses.append(f"{when}, {fate.value}: {wrong}")

    def _opens_one(self) -> bool:
        self._opened_at += 1
        return self._plan.opening > 0 and self._opened_at % self._plan.opening == 0

    def _others(self, chance: random.Random) -> Iterator[tuple[Fate, Image]]:
        if self._disk.is_certain:
            return
        for fate in (Fate.NOTHING, Fate.ONLY_NAMES, Fate.ONLY_CONTENT, *[Fate.CHANCE] * self._plan.chances):
            yield fate, self._disk.image(fate, chance)

    def _is_new(self, image: Image) -> bool:
        known = len(self._tried)
        self._tried.add((hash(image), len(self._facts)))
        return len(self._tried) > known

    def _note_moment(self, whole: Image, event: Event) -> bool:
        """The database as it is while nothing is lost: the next moment, if it says anything new."""
        if self._scenario.peek is None:
            return False
        known = len(self._moments)
        lay(whole, self._folder, self._scenario.place)
        content = self._scenario.peek(self._folder).content
        moment = self._moments.setdefault(content, len(self._moments))
        if isinstance(event.change, Said) and event.change.fact["what"] not in CONFIRMS_NOTHING:
            self._confirmed = moment
        return len(self._moments) > known and self._plan.opening > 0

    def _wrong_with(self, image: Image, *, is_chosen: bool) -> str:
        self.figures.images += 1
        if self._scenario.peek is None:
            return self._opened_wrong(image)
        lay(image, self._folder, self._scenario.place)
        peek = self._scenario.peek(self._folder)
        wrong = self._peek_wrong(peek)
        return self._opened_wrong(image, is_early=not peek.content) if is_chosen and not wrong else wrong

    def _peek_wrong(self, peek: Peek) -> str:
        if not peek.content:
            first = self._scenario.opens_after
            is_early = first and not any(fact["what"] == first for fact in self._facts)
            return "" if is_early else f"{UNREADABLE}: {peek.wrong}"
        moment = self._moments.get(peek.content)
        if moment is None:
            return HALVED
        return "" if moment >= self._confirmed else FORGOTTEN

    def _opened_wrong(self, image: Image, *, is_early: bool = False) -> str:
        """As the program opens it; and from some images people go on: from all where there is nothing yet."""
        self.figures.opened += 1
        lay(image, self._folder)
        try:
            self._scenario.check(self._folder, self._facts)
            if is_early or self.figures.opened % self._plan.going_on == 0:
                self.figures.went_on += 1
                self._scenario.go_on(self._folder, self._facts)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this image did
            return f"{type(error).__name__}: {error}"
        return ""
