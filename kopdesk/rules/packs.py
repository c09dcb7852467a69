"""Reads a rule pack and refuses what does not fit: a rule that is misread would be believed."""

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
    UNVERIFIED = "unverified"  # not looked up yet


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
    place = path or shipped("rules", f"{name}.toml")
    try:
        found = msgspec.toml.decode(place.read_bytes(), type=form)
    except (msgspec.MsgspecError, OSError, ValueError) as error:
        raise RuleFault(place, str(error)) from error
    if found.pack != name:
        raise RuleFault(place, f"pack = {found.pack}")
    return found
