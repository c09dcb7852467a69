"""How this person wants the window: size, scheme, language. Lost, they cost nothing: no error is told."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from kopdesk.ui.theme.tokens import Scheme
from kopdesk.wording.catalogue import LANGUAGES, Language

FILE = "window.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """`geometry`: left, top, width, height in pixels at 100 %; None until a window was closed.

    `is_open`: kept while a window is open; read at a start it says that the last one was not closed in order.
    """

    scheme: Scheme = "light"
    language: Language = "id"
    page: str = "home"
    geometry: tuple[int, int, int, int] | None = None
    is_maximised: bool = False
    is_open: bool = False


def read_preferences(folder: Path) -> Preferences:
    """What was kept; whatever cannot be used is as if it had never been chosen."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    known = {field.name for field in fields(Preferences)}
    usable = {name: value for name, value in kept.items() if name in known} if isinstance(kept, dict) else {}
    return _checked(usable)


def keep_preferences(folder: Path, preferences: Preferences) -> None:
    """For the next start. A disk that takes nothing is no reason to complain about a window's place."""
    part = folder / f"{FILE}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_text(json.dumps(asdict(preferences)), encoding="utf-8")
        part.replace(folder / FILE)
    except OSError:
        return


def _checked(kept: dict[str, Any]) -> Preferences:
    usable = Preferences()
    if kept.get("scheme") in get_args(Scheme):
        usable = replace(usable, scheme=kept["scheme"])
    if kept.get("language") in LANGUAGES:
        usable = replace(usable, language=kept["language"])
    if isinstance(kept.get("page"), str):
        usable = replace(usable, page=kept["page"])
    place = kept.get("geometry")
    if (
        isinstance(place, list)
        and len(place) == 4
        and all(type(n) is int and abs(n) < 100_000 for n in place)
    ):
        usable = replace(usable, geometry=(place[0], place[1], place[2], place[3]))
    return replace(usable, is_maximised=kept.get("is_maximised") is True, is_open=kept.get("is_open") is True)
