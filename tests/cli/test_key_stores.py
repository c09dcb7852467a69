from collections.abc import Callable
from dataclasses import replace

import keyring.backend
import keyring.errors
import pytest

from kopdesk.storage.keychain import KeyStore
from tests.cli.conftest import Desk, Village


class MemoryBackend(keyring.backend.KeyringBackend):
    """A key store of the operating system, as keyring knows them. Locked, it says so."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse_if_locked()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse_if_locked()
        self.entries[service, username] = password

    def _refuse_if_locked(self) -> None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked("Prompt dismissed")


@pytest.fixture
def backend() -> MemoryBackend:
    return MemoryBackend()


@pytest.fixture
def desk(village: Village, backend: MemoryBackend) -> Desk:
    """Sari's laptop with a key store, and no PIN."""
    desk = village.new_desk()
    desk.app = replace(desk.app, key_store=lambda: backend)
    assert desk.enrol(village.url).code == 0
    return desk


def test_with_a_key_store_no_pin_is_asked_for(desk: Desk, backend: MemoryBackend) -> None:
    assert desk.sync()["received"] > 0
    names = {name.rpartition("/")[2] for _, name in backend.entries}
    assert names == {"database", "device", "token"}
    content = (desk.folder / "keys.json").read_text(encoding="utf-8")
    assert not any(secret in content for secret in backend.entries.values())


@pytest.mark.parametrize("lose", ["locked", "emptied", "gone"])
def test_without_its_key_store_the_profile_stays_as_it_is(
    desk: Desk, backend: MemoryBackend, lose: str
) -> None:
    before = (desk.folder / "kopdesk.db").read_bytes()
    app, entries = desk.app, dict(backend.entries)
    none: Callable[[], KeyStore | None] = lambda: None  # noqa: E731 - typed for mypy
    if lose == "locked":
        backend.is_locked = True
    elif lose == "emptied":
        backend.entries.clear()
    else:
        desk.app = replace(app, key_store=none)
    ran = desk.run("status")
    assert ran.code == 1
    assert "masih utuh" in ran.sentence
    assert (desk.folder / "kopdesk.db").read_bytes() == before
    desk.app, backend.is_locked = app, False
    backend.entries.update(entries)
    assert desk.run("status").code == 0


def test_without_any_key_store_a_pin_is_needed_and_then_used(village: Village) -> None:
    desk = village.new_desk()
    desk.app = replace(desk.app, key_store=lambda: None)
    ran = desk.enrol(village.url)
    assert ran.code == 2
    assert "PIN di baris kedua" in ran.sentence
    desk.pin = "kopi-pagi"
    assert desk.enrol(village.url).code == 0
    desk.pin = None
    assert "--pin-stdin" in desk.run("status").sentence
