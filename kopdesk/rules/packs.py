"""Reads a rule pack and refuses what does not fit: a rule that is misread would be believed."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec

from kopdesk.domain.errors import KopdeskError
from kopdesk.shipped import shipped


class Status(StrEnum):
    """How well a value is known."""

    SURE = "sure"  # an official text, or two independent sources
    ONE = "one"  # a single secondary source
    DERIVED = "derived"  # our own advice, drawn from sources; no regulation says so
    CONTESTED = "contested"  # sources contradict each other
    UNVERIFIED = "unverified"  # not looked up yet, or nowhere to be found


class Dated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every value of a pack says of itself: how well it is known, from where, and for which days."""

    status: Status
    sources: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None  # the last day

    def is_valid(self, day: date) -> bool:
        """Whether it holds on that day; where no source gives a day, it does."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class Pack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every pack says of itself. `sources`: addresses by the short names used in it."""

    pack: str
    version: str
    sources: dict[str, str]


AnyPack = TypeVar("AnyPack", bound=Pack)


class RuleFault(KopdeskError):
    """A rule pack that cannot be used. `told`: what is wrong and where in it."""

    def __init__(self, path: Path, told: str) -> None:
        super().__init__(path, told)
        self.path, self.told = path, told


def read_pack(name: str, form: type[AnyPack], path: Path | None = None) -> AnyPack:
    """The shipped pack of that name, or the one at `path`. Raises RuleFault."""
    place = path or pack_path(name)
    try:
        found = msgspec.toml.decode(place.read_bytes(), type=form)
    except (msgspec.MsgspecError, OSError, ValueError) as error:
        raise RuleFault(place, str(error)) from error
    if found.pack != name:
        raise RuleFault(place, f"pack = {found.pack}")
    return found


def pack_path(name: str) -> Path:
    """Where the shipped pack of that name is."""
    return shipped("rules", f"{name}.toml")


def check_sources(place: Path, pack: Pack, values: Iterable[tuple[str, Dated]]) -> None:
    """Every value has a source that is listed, or says that nobody has looked it up. Raises RuleFault."""
    for name, value in values:
        if unknown := set(value.sources) - pack.sources.keys():
            raise RuleFault(place, f"{name}: {', '.join(sorted(unknown))}")
        if value.status is not Status.UNVERIFIED and not value.sources:
            raise RuleFault(place, f"{name}: sources")
        if value.valid_from and value.valid_until and value.valid_until < value.valid_from:
            raise RuleFault(place, f"{name}: valid_until")


def check_once(place: Path, names: Iterable[str]) -> None:
    """No name twice. Raises RuleFault."""
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise RuleFault(place, f"{twice[0]}: 2×")
