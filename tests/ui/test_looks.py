"""Every state of every page, as the tour opens it: nothing cut, no English, a name for all that is used."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from kopdesk.app import App
from kopdesk.cli.sample_world import LAPTOP, SampleWorld
from kopdesk.cli.tour import EMPTY, Look, entrances, opened_window, sample_day, show_look
from kopdesk.settings import Settings
from kopdesk.shipped import shipped
from kopdesk.ui.tour import save_picture, walk
from kopdesk.wording.catalogue import use_language
from tests.ui.looking import cut, jumps, nameless, never_reached, primaries, texts, words

LOOKS = (
    Look("id", "light", (1366, 768)),
    Look("id", "light", (911, 512)),  # what is left of 1366×768 at 150 %
    Look("en", "dark", (1024, 600)),
)

# Words of English texts that an Indonesian page may hold: of names, of the trade, of computers.
ALLOWED = {"english", "pdf", "ctrl", "shift", "tab", "del", "enter", "esc", "left", "long", "solar", "kg"}


@dataclass
class Seen:
    """What one look at one state has shown."""

    words: set[str] = field(default_factory=set)
    cut: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    jumps: list[str] = field(default_factory=list)
    never_reached: list[str] = field(default_factory=list)
    primaries: int = 0


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWorld]:
    settings = Settings(app_version="0", data=tmp_path_factory.mktemp("data"), device_name="laptop")
    with sample_day(App(settings=settings), tmp_path_factory.mktemp("world")) as world:
        yield world
    use_language("id")


@pytest.fixture(scope="module")
def states(qapp: QApplication, world: SampleWorld) -> dict[tuple[str, str, str], Seen]:
    """By look, data and state."""
    found: dict[tuple[str, str, str], Seen] = {}
    for laptop in (LAPTOP, EMPTY):
        with opened_window(world, laptop, qapp) as window:
            for look in LOOKS:
                show_look(window, look)
                for name, front in walk(window):
                    found[look.name, laptop, name] = _look_at(window if front is None else front)
    return found


def _look_at(window: QWidget) -> Seen:
    return Seen(
        words={word for text in texts(window) if not text.startswith("/") for word in words(text)},
        cut=sorted(cut(window)),
        nameless=sorted(nameless(window)),
        jumps=sorted(jumps(window)),
        never_reached=sorted(never_reached(window)),
        primaries=len(primaries(window)),
    )


def english() -> set[str]:
    """Words of the English texts that no Indonesian text has."""
    path = shipped("i18n", "en", "LC_MESSAGES", "kopdesk.po")
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    ours = {word for line in lines if line.startswith("msgid") for word in words(line)}
    theirs = {word for line in lines if line.startswith("msgstr") for word in words(line)}
    return theirs - ours


def test_every_page_was_seen_full_and_empty(states: dict[tuple[str, str, str], Seen]) -> None:
    full = {name for look, laptop, name in states if laptop == LAPTOP and look == LOOKS[0].name}
    assert {"home", "cooperatives", "visits", "visit-draft", "visit-sealed", "minutes", "follow-up"} <= full
    assert {"syncing-1", "syncing-2", "syncing-3", "syncing-4", "settings", "finder-typed", "keys"} <= full
    assert len([name for name in full if name.startswith("dossier-")]) == 10
    empty = {name for _look, laptop, name in states if laptop == EMPTY}
    assert {"home", "cooperatives", "visits", "follow-ups", "syncing-1"} <= empty


def test_no_english_is_left_over(states: dict[tuple[str, str, str], Seen]) -> None:
    foreign = english() - ALLOWED
    assert "promises" in foreign
    found = {
        (laptop, name): seen.words & foreign
        for (look, laptop, name), seen in states.items()
        if not look.startswith("en")
    }
    assert {place: some for place, some in found.items() if some} == {}


def test_english_pages_are_english(states: dict[tuple[str, str, str], Seen]) -> None:
    settings = states[LOOKS[2].name, LAPTOP, "settings"].words
    assert {"settings", "language"} <= settings
    assert "pengaturan" not in settings


def test_no_text_is_cut(states: dict[tuple[str, str, str], Seen]) -> None:
    assert {place: seen.cut for place, seen in states.items() if seen.cut} == {}


def test_everything_that_takes_the_keyboard_has_a_name(states: dict[tuple[str, str, str], Seen]) -> None:
    assert {place: seen.nameless for place, seen in states.items() if seen.nameless} == {}


def test_tab_goes_as_one_reads(states: dict[tuple[str, str, str], Seen]) -> None:
    assert {place: seen.jumps for place, seen in states.items() if seen.jumps} == {}


def test_tab_comes_by_everything(states: dict[tuple[str, str, str], Seen]) -> None:
    assert {place: seen.never_reached for place, seen in states.items() if seen.never_reached} == {}


def test_a_page_has_at_most_one_primary_button_and_it_stays_in_sight(
    states: dict[tuple[str, str, str], Seen],
) -> None:
    wanted = {"home": 1, "visit-draft": 1, "visit-sealed": 0, "minutes": 1, "follow-up": 1, "syncing-1": 1}
    for (look, laptop, name), seen in states.items():
        assert seen.primaries <= 1, (look, laptop, name)
        if laptop == LAPTOP and name in wanted:
            assert seen.primaries == wanted[name], (look, laptop, name)


def test_the_steps_before_the_desk_is_open_are_pictured_with_what_stands_before_the_window(
    qapp: QApplication, world: SampleWorld, tmp_path: Path
) -> None:
    saved = list(entrances(world, tmp_path, qapp, Look("id", "light", (1024, 600))))
    assert [path.name for path in saved] == ["enrol.png", "pin.png", "download.png"]
    assert {QImage(str(path)).size().toTuple() for path in saved} == {(1024, 600)}
    with opened_window(world, EMPTY, qapp) as window:
        show_look(window, Look("id", "light", (1024, 600)))
        for name, front in walk(window):
            if name == "keys":
                save_picture(window, front, tmp_path / "keys.png")
                save_picture(window, None, tmp_path / "behind.png")
    assert QImage(str(tmp_path / "keys.png")) != QImage(str(tmp_path / "behind.png"))


def test_the_gallery_shows_every_control_in_both_schemes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kopdesk", "gallery", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    light, dark = (QImage(str(tmp_path / f"gallery-{scheme}.png")) for scheme in ("light", "dark"))
    assert light.pixelColor(5, 5).lightness() > 200 > 60 > dark.pixelColor(5, 5).lightness()
