"""Makes a profile, and lets its person log in again: the centre is asked before anything is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias
from uuid import UUID

from kopdesk.domain.errors import KopdeskError
from kopdesk.protocol.messages import EnrolRequest, EnrolResponse
from kopdesk.protocol.signing import SigningKey, enrolment_proof
from kopdesk.storage.attachments import AttachmentFiles
from kopdesk.storage.database import DATABASE_FILE, Database, UnitOfWork, has_database
from kopdesk.storage.errors import KeyFileUnreadable, NoProfile, ProfileExists
from kopdesk.storage.files import make_folder, sync_folder
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
from kopdesk.usecases.contact import forget_refusal
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.errors import DeviceKeyMissing, OtherCentre, OtherPerson

Fork: TypeAlias = Callable[[UnitOfWork, Desk, SigningKey], None]
"""Makes the file of a desk a new replica of a device with this key; nothing in it is lost."""


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
    Refused or without an answer it leaves nothing behind: the next attempt may choose another passphrase.
    """
    make_folder(folder)
    is_first_attempt = not (folder / KEY_FILE).exists()
    keychain, database = _empty_profile(folder, key_store, passphrase)
    try:
        key = device_key(keychain)
        try:
            response = _introduced(service, key, login, password, device_name)
        except KopdeskError:
            database.close()
            if is_first_attempt:
                _remove_attempt(folder)
            raise
        keychain.put(TOKEN, response.token.encode())
        with database.writing() as work:
            work.profile.save_owner(_owner(response, server_url, login))
            work.outbox.start_replica(UUID(bytes=random_bytes(16), version=4), int(now().timestamp() * 1000))
    finally:
        database.close()
    note_complete(folder)


def log_in_again(
    desk: Desk,
    keychain: Keychain,
    service: Enrolling,
    *,
    server_url: str,
    login: str,
    password: str,
    device_name: str,
    fork: Fork,
) -> Desk:
    """The person of this profile makes it a new device, with all its records and unsent work.

    For a laptop that the centre does not know or does not serve any more, and for one that lost its key.
    Raises OtherPerson, OtherCentre, ServerRefused …; then nothing has changed. Cut after the centre has
    agreed, it is done again.
    """
    if login.strip().casefold() != desk.owner.login.casefold():
        raise OtherPerson(desk.owner.login)
    seed = desk.random_bytes(32)
    key = SigningKey(seed, b"")
    response = _introduced(service, key, login.strip(), password, device_name)
    owner = _owner(response, server_url, desk.owner.login)
    _refuse_another(desk.owner, owner)
    keychain.put(DEVICE_KEY, seed)
    keychain.put(TOKEN, response.token.encode())
    renewed = replace(desk, owner=owner)
    with desk.database.writing() as work:
        work.profile.save_owner(owner)
        forget_refusal(work)
        fork(work, renewed, key)
    return renewed


def is_enrolled(folder: Path) -> bool:
    """Whether somebody's enrolment came to its end in this folder; raises KeyFileUnreadable."""
    return (folder / KEY_FILE).exists() and is_complete(folder)


def check_profile(folder: Path) -> None:
    """Raise NoProfile where nobody was ever enrolled, KeyFileUnreadable where only the database is left."""
    if not (folder / KEY_FILE).exists():
        raise KeyFileUnreadable(folder) if has_database(folder) else NoProfile(folder)
    if not has_database(folder) and not is_complete(folder):
        raise NoProfile(folder)


def open_desk(
    folder: Path,
    *,
    key_store: KeyStore | None,
    passphrase: str | None,
    now: Callable[[], datetime],
    random_bytes: Callable[[int], bytes],
) -> tuple[Desk, Keychain]:
    """Open a profile that is complete; raises a ProfileError."""
    check_profile(folder)
    keychain = open_keychain(folder, key_store, passphrase)
    key = _database_key(keychain)
    database = Database.open(folder, key)
    with database.reading() as work:
        owner = work.profile.owner()
    if owner is None:
        database.close()
        raise NoProfile(folder)
    if not is_complete(folder):  # the enrolment was cut at its last step
        note_complete(folder)
    attachments = AttachmentFiles(folder, key)
    desk = Desk(database=database, attachments=attachments, owner=owner, now=now, random_bytes=random_bytes)
    return desk, keychain


def device_key(keychain: Keychain) -> SigningKey:
    """The key that is this laptop; raises DeviceKeyMissing."""
    seed = keychain.get(DEVICE_KEY)
    if seed is None:
        raise DeviceKeyMissing
    return SigningKey(seed, b"")


def _introduced(
    service: Enrolling, key: SigningKey, login: str, password: str, device_name: str
) -> EnrolResponse:
    proof = key.signature(enrolment_proof(login))
    return service.enrol(EnrolRequest(login, password, device_name, key.public_key, proof))


def _refuse_another(before: Owner, after: Owner) -> None:
    """Nobody's unsent work leaves under another name, and none goes to another centre."""
    if after.server_id != before.server_id:
        raise OtherCentre(before.server_name)
    if after.user_id != before.user_id:
        raise OtherPerson(before.login)


def _empty_profile(
    folder: Path, key_store: KeyStore | None, passphrase: str | None
) -> tuple[Keychain, Database]:
    """A new profile without an owner, or the one that an earlier enrolment left when it was cut."""
    if not (folder / KEY_FILE).exists():
        if has_database(folder):
            raise KeyFileUnreadable(folder)
        keychain = create_keychain(folder, key_store, passphrase)
    else:
        keychain = open_keychain(folder, key_store, passphrase)
    if has_database(folder) or is_complete(folder):
        database = Database.open(folder, _database_key(keychain))
    else:
        database = Database.create(folder, _database_key(keychain))
    with database.reading() as work:
        complete = work.profile.owner() is not None
    if complete:
        database.close()
        raise ProfileExists(folder)
    return keychain, database


def _remove_attempt(folder: Path) -> None:
    """The key file last: a database without it would look like a profile that lost its keys."""
    for name in (f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm", DATABASE_FILE):
        (folder / name).unlink(missing_ok=True)
    sync_folder(folder)
    (folder / KEY_FILE).unlink(missing_ok=True)


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
