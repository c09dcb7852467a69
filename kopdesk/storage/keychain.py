"""The secrets of a profile: in the system's key store, or in a wrapped key file beside the database.

`keys.json` names the place and holds a check value of the database key, so that a wrong key and a damaged
file can be told apart. In the wrapped form a random master key seals the secrets, and any number of wraps
(today: passphrases) open the master key.
"""

import base64
import hmac
import json
import secrets as random_source
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kopdesk.storage.errors import (
    KeyFileUnreadable,
    KeyNotFound,
    NoProfile,
    PassphraseNeeded,
    ProfileExists,
    WeakPassphrase,
    WrongKey,
    WrongPassphrase,
)
from kopdesk.storage.files import write_whole

KEY_FILE = "keys.json"
DATABASE_KEY = "database"
DEVICE_KEY = "device"
TOKEN = "token"  # noqa: S105 - the name of a secret, not one

_SERVICE = "Kopdesk"
_SHORTEST_PASSPHRASE, _FEWEST_LETTERS = 6, 3
"""It is stretched, but it is still all that protects a key file beside its database."""

_ARGON2 = {"memory_kib": 64 * 1024, "iterations": 3, "lanes": 2}


class KeyStore(Protocol):
    """The part of a keyring backend that is used."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...


class Keychain(Protocol):
    """Secrets by name, as bytes."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, secret: bytes) -> None: ...


def system_key_store() -> KeyStore | None:
    """The operating system's key store, or None. Never a backend that keeps secrets in clear."""
    import keyring.backend
    import keyring.errors

    trusted = (
        "keyring.backends.Windows",
        "keyring.backends.macOS",
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
    )
    found = [b for b in keyring.backend.get_all_keyring() if type(b).__module__ in trusted]
    for backend in sorted(found, key=lambda b: float(b.priority), reverse=True):
        try:
            backend.get_password(_SERVICE, "probe")
        except (keyring.errors.KeyringError, OSError):
            continue
        return backend
    return None


class _StoredKeychain:
    """Each secret is an entry of the key store; the largest is 64 letters."""

    def __init__(self, store: KeyStore, profile_id: UUID, folder: Path) -> None:
        self._store, self._profile_id, self._folder = store, profile_id, folder

    def get(self, name: str) -> bytes | None:
        from keyring.errors import KeyringError

        try:
            text = self._store.get_password(_SERVICE, f"{self._profile_id}/{name}")
        except KeyringError as error:
            raise KeyNotFound(self._folder) from error
        return base64.b64decode(text) if text is not None else None

    def put(self, name: str, secret: bytes) -> None:
        from keyring.errors import KeyringError

        try:
            self._store.set_password(
                _SERVICE, f"{self._profile_id}/{name}", base64.b64encode(secret).decode()
            )
        except KeyringError as error:
            raise KeyNotFound(self._folder) from error


class _SealedKeychain:
    """All secrets sealed by a master key in `keys.json`."""

    def __init__(self, path: Path, content: dict[str, Any], master: bytes) -> None:
        self._path, self._content, self._master = path, content, master

    def get(self, name: str) -> bytes | None:
        return self._opened().get(name)

    def put(self, name: str, secret: bytes) -> None:
        sealed = _sealed_secrets(self._master, self._opened() | {name: secret}, self._content["profile"])
        # Read anew: the enrolment may have been noted as complete since this keychain was opened.
        self._content = _content(self._path.parent) | {"sealed": sealed}
        _write(self._path, self._content)

    def _opened(self) -> dict[str, bytes]:
        opened = json.loads(_unsealed(self._master, self._content["sealed"], self._content["profile"]))
        return {name: base64.b64decode(secret) for name, secret in opened.items()}


def create_keychain(folder: Path, store: KeyStore | None, passphrase: str | None) -> Keychain:
    """New secrets for a new profile: a database key and a device key.

    A passphrase makes the wrapped form; without one the key store is needed, or PassphraseNeeded is raised.
    The key file is written once and last: whoever finds it finds both keys.
    """
    path = folder / KEY_FILE
    if path.exists():
        raise ProfileExists(folder)
    profile_id = UUID(bytes=random_source.token_bytes(16), version=4)
    secrets = {DATABASE_KEY: random_source.token_bytes(32), DEVICE_KEY: random_source.token_bytes(32)}
    check = key_check(secrets[DATABASE_KEY])
    content: dict[str, Any] = {"version": 1, "profile": str(profile_id), "check": check}
    keychain: Keychain
    if passphrase is not None:
        if len(passphrase) < _SHORTEST_PASSPHRASE or len(set(passphrase)) < _FEWEST_LETTERS:
            raise WeakPassphrase(folder)
        master = random_source.token_bytes(32)
        content |= {"place": "file", "wraps": [_wrap(master, passphrase, str(profile_id))]}
        content["sealed"] = _sealed_secrets(master, secrets, str(profile_id))
        keychain = _SealedKeychain(path, content, master)
    elif store is not None:
        content |= {"place": "key_store", "wraps": []}
        keychain = _StoredKeychain(store, profile_id, folder)
        for name, secret in secrets.items():
            keychain.put(name, secret)
    else:
        raise PassphraseNeeded(folder)
    _write(path, content)
    return keychain


def open_keychain(folder: Path, store: KeyStore | None, passphrase: str | None) -> Keychain:
    """The secrets of a profile that exists. The database key is checked before it is given out."""
    content = _content(folder)
    try:
        keychain = _opened_keychain(folder, folder / KEY_FILE, content, store, passphrase)
        database_key = keychain.get(DATABASE_KEY)
        check = str(content["check"])
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise KeyFileUnreadable(folder) from error
    if database_key is None:
        raise KeyNotFound(folder)
    if not hmac.compare_digest(key_check(database_key), check):
        raise WrongKey(folder)
    return keychain


def is_in_key_store(folder: Path) -> bool:
    """Whether the operating system's key store is needed to open this profile; raises NoProfile."""
    return _content(folder).get("place") == "key_store"


def is_complete(folder: Path) -> bool:
    """Whether the enrolment came to its end: from then on the database must never be made anew."""
    return bool(_content(folder).get("complete"))


def note_complete(folder: Path) -> None:
    """The database holds its owner now."""
    _write(folder / KEY_FILE, _content(folder) | {"complete": True})


def _content(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / KEY_FILE).read_bytes())
    except FileNotFoundError:
        raise NoProfile(folder) from None
    except (OSError, ValueError) as error:
        raise KeyFileUnreadable(folder) from error
    if not isinstance(content, dict):
        raise KeyFileUnreadable(folder)
    return content


def _opened_keychain(
    folder: Path, path: Path, content: dict[str, Any], store: KeyStore | None, passphrase: str | None
) -> Keychain:
    if content["place"] == "key_store":
        if store is None:
            raise KeyNotFound(folder)
        return _StoredKeychain(store, UUID(content["profile"]), folder)
    if passphrase is None:
        raise PassphraseNeeded(folder)
    for wrap in content["wraps"]:
        try:
            return _SealedKeychain(path, content, _unwrap(wrap, passphrase, content["profile"]))
        except InvalidTag:
            continue
    raise WrongPassphrase(folder)


def key_check(database_key: bytes) -> str:
    """Tells a wrong key from a right one, and nothing about it."""
    return hmac.new(database_key, b"kopdesk key check", sha256).hexdigest()[:16]


def _wrap(master: bytes, passphrase: str, profile: str) -> dict[str, Any]:
    salt = random_source.token_bytes(16)
    key = _stretched(passphrase, salt, **_ARGON2)
    return {"kind": "passphrase", "salt": _text(salt), **_ARGON2, **_sealed(key, master, profile)}


def _unwrap(wrap: dict[str, Any], passphrase: str, profile: str) -> bytes:
    parameters = {name: int(wrap[name]) for name in _ARGON2}
    return _unsealed(_stretched(passphrase, base64.b64decode(wrap["salt"]), **parameters), wrap, profile)


def _stretched(passphrase: str, salt: bytes, *, memory_kib: int, iterations: int, lanes: int) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(passphrase.encode())


def _sealed_secrets(master: bytes, secrets: Mapping[str, bytes], profile: str) -> dict[str, str]:
    return _sealed(master, json.dumps({name: _text(s) for name, s in secrets.items()}).encode(), profile)


def _sealed(key: bytes, plain: bytes, profile: str) -> dict[str, str]:
    nonce = random_source.token_bytes(12)
    return {"nonce": _text(nonce), "sealed": _text(AESGCM(key).encrypt(nonce, plain, profile.encode()))}


def _unsealed(key: bytes, sealed: dict[str, str], profile: str) -> bytes:
    nonce, content = base64.b64decode(sealed["nonce"]), base64.b64decode(sealed["sealed"])
    return AESGCM(key).decrypt(nonce, content, profile.encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _write(path: Path, content: dict[str, Any]) -> None:
    write_whole(path, json.dumps(content, indent=1).encode())
