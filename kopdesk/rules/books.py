"""Which books a cooperative keeps, after which list, with which columns, and what is looked at in each."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from kopdesk.domain.records import is_key
from kopdesk.rules.packs import Dated, Pack, RuleFault, check_once, check_sources, pack_path, read_pack

PACK = "books"


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the published lists: its name and where it is used."""

    name: str
    told: str


class BookRule(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One book. `presets`: the number it has in each list that asks for it; `checks`: what to verify."""

    code: str
    name: str
    kind: Literal["administration", "accounting"]
    presets: dict[str, int] = msgspec.field(default_factory=dict)
    by_law: str = ""
    columns: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class BooksPack(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All books of all lists."""

    presets: dict[str, Preset]
    books: tuple[BookRule, ...]

    def named(self, code: str) -> BookRule | None:
        """The book with that code; None if it is not in the pack."""
        return next((book for book in self.books if book.code == code), None)

    def asked_for(self, preset: str, day: date) -> tuple[BookRule, ...]:
        """The books of a list in its order; of an unknown one all of them."""
        valid = [book for book in self.books if book.is_valid(day)]
        if preset not in self.presets:
            return tuple(valid)
        listed = [book for book in valid if preset in book.presets]
        return tuple(sorted(listed, key=lambda book: book.presets[preset]))


def books(own: Path | None = None) -> BooksPack:
    """The shipped pack, or the person's own at `own`. Raises RuleFault."""
    place = own or pack_path(PACK)
    pack = read_pack(PACK, BooksPack, place)
    check_sources(place, pack, [(book.code, book) for book in pack.books])
    check_once(place, [book.code for book in pack.books])
    for book in pack.books:
        if not is_key(book.code):
            raise RuleFault(place, f"code = {book.code}")
        if unknown := book.presets.keys() - pack.presets.keys():
            raise RuleFault(place, f"{book.code}: {', '.join(sorted(unknown))}")
    return pack
