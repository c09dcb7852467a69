"""Makes a profile: asks the centre first, creates keys and database only when it has agreed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from kopdesk.protocol.messages import EnrolRequest, EnrolResponse
from kopdesk.protocol.signing import SigningKey, enrolment_proof
from kopdesk.storage.database import DATABASE_FILE, Database
from kopdesk.storage.errors import NoProfile, ProfileExists
from kopdesk.storage.keychain import (
    DATABASE_KEY,
    DEVICE_KEY,
    KEY_FILE,
    TOKEN,
    Keychain,
    KeyStore,
    create_keychain,
    is_complete,
    note_complete,
    open_keychain,
)
from kopdesk.storage.profile import Owner
from kopdesk.usecases.desk import Desk


class Enrolling(Protocol):
    """The part of a `SyncService` that is needed."""

    def enrol(self, request: EnrolRequest) -> EnrolResponse: ...


def enrol(
    folder: Path,
    service: Enrolling,
    *,
    server_url: str,
    login: str,
    password: str,
    device_name: str,
    key_store: KeyStore | None,
    passphrase: str | None,
    now: Callable[[], datetime],
    random_bytes: Callable[[int], bytes],
) -> None:
    """Make this folder a profile of that person. Raises ProfileExists, PassphraseNeeded, ServerRefused …

    Cut at any point it can be done again: a key file without an owner in the database is not a profile yet.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keychain, database = _empty_profile(folder, key_store, passphrase)
    try:
        key = device_key(keychain)
        response = service.enrol(
            EnrolRequest(login, password, device_name, key.public_key, key.signature(enrolment_proof(login)))
        )
        keychain.put(TOKEN, response.token.encode())
        with database.writing() as work:
            work.profile.save_owner(_owner(response, server_url, login))
            work.outbox.start_replica(UUID(bytes=random_bytes(16), version=4), int(now().timestamp() * 1000))
    finally:
        database.close()
    note_complete(folder)


def open_desk(
    folder: Path,
    *,
    key_store: KeyStore | None,
    passphrase: str | None,
    now: Callable[[], datetime],
    random_bytes: Callable[[int], bytes],
) -> tuple[Desk, Keychain]:
    """Open a profile that is complete; raises a ProfileError."""
    keychain = open_keychain(folder, key_store, passphrase)
    database = Database.open(folder, _database_key(keychain))
    with database.reading() as work:
        owner = work.profile.owner()
    if owner is None:
        database.close()
        raise NoProfile(folder)
    return Desk(database=database, owner=owner, now=now, random_bytes=random_bytes), keychain


def device_key(keychain: Keychain) -> SigningKey:
    """The key that is this laptop."""
    seed = keychain.get(DEVICE_KEY)
    assert seed is not None
    return SigningKey(seed, b"")


def _empty_profile(
    folder: Path, key_store: KeyStore | None, passphrase: str | None
) -> tuple[Keychain, Database]:
    """A new profile without an owner, or the one that an earlier enrolment left when it was cut."""
    if not (folder / KEY_FILE).exists():
        if (folder / DATABASE_FILE).exists():
            raise ProfileExists(folder)
        keychain = create_keychain(folder, key_store, passphrase)
    else:
        keychain = open_keychain(folder, key_store, passphrase)
    exists = (folder / DATABASE_FILE).exists()
    if exists or is_complete(folder):
        database = Database.open(folder, _database_key(keychain))
    else:
        database = Database.create(folder, _database_key(keychain))
    with database.reading() as work:
        complete = work.profile.owner() is not None
    if complete:
        database.close()
        raise ProfileExists(folder)
    return keychain, database


def _database_key(keychain: Keychain) -> bytes:
    key = keychain.get(DATABASE_KEY)
    assert key is not None
    return key


def _owner(response: EnrolResponse, server_url: str, login: str) -> Owner:
    return Owner(
        server_url=server_url,
        server_id=UUID(bytes=response.server_id),
        server_name=response.server_name,
        server_keys={key.id.hex(): key.public_key.hex() for key in response.server_keys},
        user_id=UUID(bytes=response.user_id),
        login=login,
        name=response.name,
        role=response.role,
        device_id=UUID(bytes=response.device_id),
    )
