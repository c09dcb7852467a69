"""tour: a picture of every page with sample data, in both sizes, schemes and languages."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from kopdesk.app import App
from kopdesk.cli.sample_world import LAPTOP, PASSWORD, ZONE, SampleWorld, make_centre, on_day, sample_district
from kopdesk.cli.terminal import Terminal
from kopdesk.cli.window import paint_offscreen
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.zones import business_date, local
from kopdesk.sample.district import District
from kopdesk.sample.field_day import FieldDay, field_day
from kopdesk.sample.picture import cash_book_photo
from kopdesk.server.operations import add_user, unassign
from kopdesk.usecases.photos import attach_photo
from kopdesk.usecases.records import list_records, put_record
from kopdesk.wording.catalogue import Language
from kopdesk.wording.figures import number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kopdesk.ui.frame.main_window import MainWindow
    from kopdesk.ui.theme.tokens import Scheme

SIZES = ((1366, 768), (1024, 600))
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LANGUAGES: tuple[Language, ...] = ("id", "en")
FULL, EMPTY, NEW, CUT = "full", "empty", "new", "cut"
_NOBODY_YET = "pendamping.baru"


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at everything."""

    language: Language
    scheme: Scheme
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """Of its folder."""
        return f"{self.language}-{self.scheme}-{self.size[0]}x{self.size[1]}"


def tour(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Save the pictures below a folder, by data and look."""
    paint_offscreen()
    from kopdesk.ui.theme.theme import make_application

    application = make_application()
    today = arguments.today or business_date(app.now(), ZONE)
    looks = [Look(*one) for one in product(LANGUAGES, SCHEMES, SIZES)]
    with tempfile.TemporaryDirectory(prefix="kopdesk-tour-") as temporary:
        count = sum(
            1 for _ in pictures(on_day(app, today), Path(temporary), arguments.folder, application, looks)
        )
    terminal.print_line(f"{number(count)} gambar tersimpan di {arguments.folder}.")
    return 0


def day_pictures(world: SampleWorld, laptop: str, folder: Path) -> int:
    """Every page of a laptop in one look, counted. Raises ImportError where Qt has no libraries to paint."""
    paint_offscreen()
    from kopdesk.ui.theme.theme import make_application

    look = Look(LANGUAGES[0], SCHEMES[0], SIZES[0])
    with opened_window(world, laptop, make_application()) as window:
        show_look(window, look)
        return sum(1 for _ in _walked(window, folder))


def _walked(window: MainWindow, folder: Path) -> Iterator[Path]:
    from kopdesk.ui.tour import save_picture, walk

    for at, (name, front) in enumerate(walk(window), 1):
        path = folder / f"{at:02}-{name}.png"
        save_picture(window, front, path)
        yield path


def pictures(
    app: App, world_folder: Path, folder: Path, application: QApplication, looks: list[Look]
) -> Iterator[Path]:
    """Each picture once it is saved. `world_folder`: an empty one for the sample world."""
    with sample_day(app, world_folder) as world:
        for data, laptop in ((FULL, LAPTOP), (EMPTY, EMPTY)):
            with opened_window(world, laptop, application) as window:
                for look in looks:
                    show_look(window, look)
                    yield from _walked(window, folder / data / look.name)
        for look in looks:
            yield from entrances(world, folder / NEW / look.name, application, look)


def entrances(world: SampleWorld, folder: Path, application: QApplication, look: Look) -> Iterator[Path]:
    """The steps before the desk is open: nobody yet, a PIN, a first download that was cut."""
    from kopdesk.ui.tour import save_picture, settle, until

    for name, laptop, passphrase in (
        ("enrol", "laptop-0", None),
        ("pin", LAPTOP, None),
        ("download", CUT, PASSWORD),
    ):
        with shown_window(world, laptop, application) as window:
            show_look(window, look)
            window.open_profile(passphrase)
            until(partial(_is_answered, window))
            settle(window)
            save_picture(window, None, path := folder / f"{name}.png")
            yield path


def _is_answered(window: MainWindow) -> bool:
    return not window.is_opening


def show_look(window: MainWindow, look: Look) -> None:
    """Change language, scheme and size."""
    window.use_language(look.language)
    window.use_scheme(look.scheme)
    window.resize(*look.size)


@contextmanager
def shown_window(world: SampleWorld, laptop: str, application: QApplication) -> Iterator[MainWindow]:
    """The window of one laptop before anything is open."""
    from kopdesk.ui.start import open_window

    window = open_window(application, world.app, world.folder / laptop, world.folder / f"{laptop}-window")
    window.show()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()


@contextmanager
def opened_window(world: SampleWorld, laptop: str, application: QApplication) -> Iterator[MainWindow]:
    """The same with its first page."""
    from kopdesk.ui.tour import settle, until

    with shown_window(world, laptop, application) as window:
        window.open_profile(PASSWORD)
        until(lambda: window.page is not None)
        settle(window)
        yield window


@contextmanager
def sample_day(app: App, folder: Path) -> Iterator[SampleWorld]:
    """A district on the evening of a field day: unsent work, a difference, work that was put aside; and
    besides it the laptop of somebody who has no cooperative yet.
    """
    sample = sample_district("kutai-timur", business_date(app.now(), ZONE))
    day = field_day(sample, business_date(app.now(), ZONE))
    make_centre(app, folder / "server", sample)
    world = SampleWorld(app, folder, title=sample.title)
    with closing(world.server):
        _play(world, sample, day)
        yield world


def _play(world: SampleWorld, sample: District, day: FieldDay) -> None:
    add_user(world.server, _NOBODY_YET, name="Yuliana Sari", role=Role.ASSISTANT, password=PASSWORD)
    with world.online():
        for laptop, login in ((LAPTOP, day.assistant), ("laptop-2", day.assistant), (EMPTY, _NOBODY_YET)):
            world.enrol(laptop, login)
            with world.laptop(laptop) as opened:
                world.sync(opened)
        world.enrol(CUT, day.assistant)
    amount, leaving = day.same_amount, sample.assignments[day.assistant][-1]
    with world.laptop("laptop-2") as second:
        put_record(second.desk, amount.type, {"id": str(amount.id), amount.path: amount.on_second})
        with world.online():
            world.sync(second)
    with world.laptop(LAPTOP) as first:
        put_record(first.desk, amount.type, {"id": str(amount.id), amount.path: amount.on_first})
        for officer in list_records(first.desk, "officer", leaving)[:1]:
            put_record(first.desk, "officer", {"id": officer["id"], "phone": "081253310447"})
        unassign(world.server, day.assistant, str(leaving))
        with world.online():
            world.sync(first)
        where = {"cooperative_id": str(day.cooperative.id)}
        visit = put_record(first.desk, "visit", {**where, **day.visit}).key.id
        for promise in day.promises_of(visit):
            put_record(first.desk, "follow_up", {**where, **promise})
        put_record(first.desk, "problem", {**where, **day.problem_of(visit)})
        taken = local(first.desk.now(), ZONE)
        place = {"latitude": int(day.visit["latitude"]), "longitude": int(day.visit["longitude"])}
        photo = cash_book_photo(taken, **place)
        attach_photo(first.desk, RecordKey("visit", visit), photo, "buku kas.jpg", zone=ZONE)
