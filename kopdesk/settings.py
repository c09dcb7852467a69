"""Values read once from the machine: where things lie, and how the laptop calls itself."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kopdesk import __version__

_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is told by its machine. `profile`, `server` and `demo` are folders under `data`."""

    app_version: str
    data: Path
    device_name: str

    @property
    def profile(self) -> Path:
        """The assistant's own work."""
        return self.data / "profile"

    @property
    def templates(self) -> Path:
        """Templates of this person or office, which replace the shipped ones of their name."""
        return self.data / "templates"

    @property
    def rules(self) -> Path:
        """Rule packs of this person or office, which replace the shipped ones of their name."""
        return self.data / "rules"

    @property
    def server(self) -> Path:
        """A centre run on this machine."""
        return self.data / "server"

    @property
    def demo(self) -> Path:
        """The world of the demo; may be thrown away."""
        return self.data / "demo"


def read_settings(environ: Mapping[str, str], home: Path) -> Settings:
    """The settings of this machine."""
    return Settings(
        app_version=__version__,
        data=data_folder(environ, home, sys.platform),
        device_name=_machine_name(environ) or "laptop",
    )


def _machine_name(environ: Mapping[str, str]) -> str:
    """`platform.node` says the same, and takes longer to import than to ask."""
    return os.uname().nodename if hasattr(os, "uname") else environ.get("COMPUTERNAME", "")


def data_folder(environ: Mapping[str, str], home: Path, system: str) -> Path:
    """Where the operating system wants a person's data; the folder need not exist yet."""
    if system == "win32":
        return (_absolute(environ.get("LOCALAPPDATA")) or home / "AppData" / "Local") / "Kopdesk"
    if system == "darwin":
        return home / "Library" / "Application Support" / "Kopdesk"
    return (_absolute(environ.get("XDG_DATA_HOME")) or home / ".local" / "share") / "kopdesk"


def zone_word(offset: timedelta | None) -> str:
    """What Indonesians write behind the time where this offset from UTC holds."""
    offset = offset or timedelta()
    if offset in _ZONES:
        return _ZONES[offset]
    minutes = offset // timedelta(minutes=1)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _absolute(folder: str | None) -> Path | None:
    """The XDG specification: what is not absolute is to be ignored."""
    return Path(folder) if folder and Path(folder).is_absolute() else None
