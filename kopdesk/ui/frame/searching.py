"""What the finder finds: records by use case, pages and commands by their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from kopdesk.ui.frame.finder import Hit
from kopdesk.ui.frame.keys import KEYS
from kopdesk.ui.frame.pages import EVERY_PAGE
from kopdesk.ui.session import Session
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import date_text
from kopdesk.wording.figures import phone_text

if TYPE_CHECKING:
    from kopdesk.usecases.desk import Desk
    from kopdesk.usecases.finding import Found

Show = Callable[[Sequence[Hit]], None]
Search = Callable[[str, Show], None]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SYMBOLS = {"cooperative": "cooperative", "officer": "person", "visit": "visit", "follow_up": "promise"}


class Goer(Protocol):
    """The window, as far as the finder needs it."""

    def show_page(self, word: str) -> None: ...
    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None: ...
    def press(self, act: str) -> None: ...


def search_everything(session: Session, goer: Goer) -> Search:
    """Commands and pages at once, records as soon as they are found."""

    def search(text: str, show: Show) -> None:
        commands = _commands(goer, text)
        if not session.is_open:
            show(commands)
            return
        session.ask(
            partial(_find, text),
            lambda found: show([*(_hit(goer, one) for one in found), *commands]),
        )

    return search


def search_cooperatives(session: Session) -> Search:
    """Cooperatives alone, and that all of them are wanted."""

    def search(text: str, show: Show) -> None:
        every = Hit("list", _("Semua koperasi"), "", partial(session.focus_cooperative, None, ""))
        if not session.is_open:
            show([])
            return
        session.ask(
            partial(_find_cooperatives, text),
            lambda found: show([*([] if text else [every]), *(_focus(session, one) for one in found)]),
        )

    return search


def pick_cooperative(session: Session, picked: Callable[[UUID, str], object]) -> Search:
    """One of the cooperatives, for whatever it is needed."""

    def search(text: str, show: Show) -> None:
        session.ask(
            partial(_find_cooperatives, text),
            lambda found: show(
                [
                    Hit(
                        "cooperative",
                        one.leaves[0],
                        ", ".join(one.leaves[1:3]),
                        partial(picked, one.id, one.leaves[0]),
                    )
                    for one in found
                ]
            ),
        )

    return search


def _find(text: str, desk: Desk) -> list[Found]:
    from kopdesk.usecases.finding import find_anything

    return find_anything(desk, text, said=_said)


def _find_cooperatives(text: str, desk: Desk) -> list[Found]:
    from kopdesk.usecases.finding import find_anything

    return find_anything(desk, text, ("cooperative",))


def _hit(goer: Goer, found: Found) -> Hit:
    told = _told(found)
    detail = ", ".join(filter(None, (*told[1:], found.cooperative_name)))
    return Hit(
        _SYMBOLS[found.kind],
        told[0],
        detail if found.kind != "cooperative" else ", ".join(told[1:3]),
        partial(goer.show_record, found.kind, found.id, found.cooperative_id),
    )


def _focus(session: Session, found: Found) -> Hit:
    return Hit(
        "cooperative",
        found.leaves[0],
        ", ".join(found.leaves[1:3]),
        partial(session.focus_cooperative, found.id, found.leaves[0]),
    )


def _told(found: Found) -> list[str]:
    return [_said(found.kind, leaf) for leaf in found.leaves]


def _said(kind: str, leaf: str) -> str:
    """Dates as people read them, choices by their labels, numbers as they are dialled."""
    from kopdesk.domain.officer import Position
    from kopdesk.wording.choices import choice_label

    if _DAY.fullmatch(leaf):
        return date_text(date.fromisoformat(leaf))
    if kind == "officer":
        return choice_label(Position, leaf) if leaf in tuple(Position) else phone_text(leaf)
    return leaf


def _commands(goer: Goer, text: str) -> list[Hit]:
    words = text.casefold().split()
    pages = [
        Hit(
            entry.symbol,
            _("Halaman {page}").format(page=_(entry.label).replace("&", "")),
            "",
            partial(goer.show_page, entry.word),
        )
        for entry in EVERY_PAGE
    ]
    keys = [
        Hit("right", _(key.told), key.keys, partial(goer.press, key.act))
        for key in KEYS
        if key.act not in ("find",)
    ]
    return [hit for hit in (*pages, *keys) if all(word in hit.text.casefold() for word in words)]
