"""The composition root: the only place that wires disk, keys, clock, chance and network together.

Everything heavy is imported in the method that needs it: `kopdesk --version` must not wait for SQL.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kopdesk.settings import Settings, zone_word

if TYPE_CHECKING:
    from kopdesk.protocol.signing import SigningKey
    from kopdesk.server.opening import Server
    from kopdesk.storage.database import UnitOfWork
    from kopdesk.storage.keychain import KeyStore
    from kopdesk.sync.batches import Laptop
    from kopdesk.sync.http import HttpLink
    from kopdesk.sync.run import SyncSummary
    from kopdesk.usecases.desk import Desk, OpenProfile


def _now() -> datetime:
    return datetime.now(UTC)


def _dice() -> float:
    import random

    return random.random()  # noqa: S311 - how long to wait before the next attempt


def _system_key_store() -> KeyStore | None:
    from kopdesk.storage.keychain import system_key_store

    return system_key_store()


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What a run stands on. `silence_seconds`: how long a link may be silent before it counts as cut."""

    settings: Settings
    now: Callable[[], datetime] = _now
    random_bytes: Callable[[int], bytes] = os.urandom
    dice: Callable[[], float] = _dice
    key_store: Callable[[], KeyStore | None] = _system_key_store
    silence_seconds: float = 60

    @property
    def zone(self) -> str:
        """Where the laptop's clock says it is."""
        return zone_word(self.now().astimezone().utcoffset())

    @property
    def templates(self) -> Path:
        """The folder of the person's own templates; it need not exist."""
        return self.settings.templates

    @property
    def rules(self) -> Path:
        """The folder of the person's own rule packs; it need not exist."""
        return self.settings.rules

    @property
    def is_training(self) -> bool:
        """Whether what it works on is a sample world."""
        return False

    def start_training(self) -> None:
        """Open the training world in a window of its own, beside this one."""
        import subprocess

        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "kopdesk"]
        subprocess.Popen([*program, "demo"], start_new_session=True)  # noqa: S603 - ourselves

    @contextmanager
    def profile(self, folder: Path, passphrase: str | None) -> Iterator[OpenProfile]:
        """Open a profile and hold it; raises a ProfileError."""
        from kopdesk.storage.keychain import is_in_key_store
        from kopdesk.storage.lock import ProfileLock
        from kopdesk.usecases.desk import OpenProfile
        from kopdesk.usecases.enrolment import check_profile, open_desk

        check_profile(folder)
        with ProfileLock(folder):
            desk, keychain = open_desk(
                folder,
                key_store=self.key_store() if is_in_key_store(folder) else None,
                passphrase=passphrase,
                now=self.now,
                random_bytes=self.random_bytes,
            )
            with closing(desk.database):
                yield OpenProfile(folder, desk, keychain)

    def enrol(
        self, folder: Path, *, server_url: str, login: str, password: str, passphrase: str | None
    ) -> bool:
        """Make `folder` the profile of that person; True if it was already, and he has logged in again.

        A passphrase makes a new profile one without the key store, and opens such a one.
        """
        from kopdesk.sync.http import HttpLink
        from kopdesk.usecases.enrolment import is_enrolled, log_in_again

        link = HttpLink(server_url, "", lambda token: None, silence_s=self.silence_seconds)
        who = {"server_url": server_url, "login": login, "password": password}
        with closing(link):
            if not is_enrolled(folder) and self._enrol_new(folder, link, who, passphrase):
                return False
            with self.profile(folder, passphrase) as profile:
                log_in_again(
                    profile.desk,
                    profile.keychain,
                    link,
                    **who,
                    device_name=self.settings.device_name,
                    fork=self._fork,
                )
            return True

    def _enrol_new(
        self, folder: Path, link: HttpLink, who: Mapping[str, str], passphrase: str | None
    ) -> bool:
        """False if an earlier enrolment was cut after all that matters was done."""
        from kopdesk.storage.errors import ProfileExists
        from kopdesk.storage.files import make_folder
        from kopdesk.storage.lock import ProfileLock
        from kopdesk.usecases.enrolment import enrol

        make_folder(folder)
        with ProfileLock(folder):
            try:
                enrol(
                    folder,
                    link,
                    **who,
                    device_name=self.settings.device_name,
                    key_store=None if passphrase else self.key_store(),
                    passphrase=passphrase,
                    now=self.now,
                    random_bytes=self.random_bytes,
                )
            except ProfileExists:
                return False
        return True

    def _fork(self, work: UnitOfWork, desk: Desk, key: SigningKey) -> None:
        from kopdesk.sync.recover import fork

        fork(work, self._laptop(desk, key), desk.now_ms)

    def _laptop(self, desk: Desk, key: SigningKey) -> Laptop:
        from kopdesk.sync.batches import Laptop

        return Laptop(
            user_id=desk.owner.user_id,
            user_name=desk.owner.name,
            device_id=desk.owner.device_id,
            device_key=key,
            app_version=self.settings.app_version,
            zone=self.zone,
            random_bytes=self.random_bytes,
        )

    def sync(
        self,
        profile: OpenProfile,
        *,
        on_progress: Callable[[SyncSummary], None] = lambda summary: None,
        patience: int = 2,
    ) -> SyncSummary:
        """One sync until nothing is left to do. What went wrong stands in the summary."""
        from kopdesk.domain.errors import KopdeskError
        from kopdesk.storage.files import free_disk_mb
        from kopdesk.storage.keychain import TOKEN
        from kopdesk.sync.errors import ServerRefused
        from kopdesk.sync.http import HttpLink
        from kopdesk.sync.run import SyncRun, SyncSummary
        from kopdesk.sync.settle import Taken
        from kopdesk.usecases.contact import NO_DEVICE_KEY, doubts_clock, note_contact
        from kopdesk.usecases.enrolment import device_key
        from kopdesk.usecases.errors import DeviceKeyMissing

        desk, keychain = profile.desk, profile.keychain
        try:
            laptop = self._laptop(desk, device_key(keychain))
        except DeviceKeyMissing as error:
            note_contact(desk, server_at=None, refused=NO_DEVICE_KEY)
            return SyncSummary(error=error)
        laptop = replace(laptop, clock_doubt=doubts_clock(desk), free_disk_mb=free_disk_mb(profile.folder))
        answers: list[Taken] = []
        link = HttpLink(
            desk.owner.server_url,
            (keychain.get(TOKEN) or b"").decode(),
            lambda token: keychain.put(TOKEN, token.encode()),
            silence_s=self.silence_seconds,
        )
        run = SyncRun(
            store=desk.database,
            link=link,
            laptop=laptop,
            server_keys={bytes.fromhex(k): bytes.fromhex(v) for k, v in desk.owner.server_keys.items()},
            now_ms=lambda: desk.now_ms,
            dice=self.dice,
            on_progress=on_progress,
            on_changed=answers.append,
            patience=patience,
        )
        with closing(link):
            summary = run.until_done()
        refused = summary.error.reason if isinstance(summary.error, ServerRefused) else ""
        try:
            note_contact(desk, server_at=answers[-1].server_at if answers else None, refused=refused)
            desk.database.checkpoint()
        except KopdeskError as error:
            summary.error = summary.error or error
        return summary

    @contextmanager
    def server(self, folder: Path, *, create: bool = False) -> Iterator[Server]:
        """Open a centre's folder on this machine; raises NoServer unless a new one may be made."""
        from kopdesk.server.errors import NoServer
        from kopdesk.server.opening import DATABASE, RESTORING, open_server

        if not create and not any((folder / name).exists() for name in (DATABASE, RESTORING)):
            raise NoServer(folder)
        with closing(open_server(folder, random_bytes=self.random_bytes)) as server:
            yield server
