"""The bytes of photos and scans: one encrypted file each, named by the hash of what is in it.

A file is on the disk, whole, before the record that names it is committed; nothing here deletes one.
"""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kopdesk.storage.errors import AttachmentDamaged, AttachmentMissing
from kopdesk.storage.files import disk_errors, make_folder, write_whole

FOLDER = "attachments"
_NONCE_BYTES = 12


class AttachmentFiles:
    """Under the profile's folder; the key follows from the database's, so that one key opens everything."""

    def __init__(self, profile: Path, database_key: bytes) -> None:
        self._folder = profile / FOLDER
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kopdesk attachments")
        self._key = AESGCM(derived.derive(database_key))

    def put(self, content: bytes) -> str:
        """Keep the bytes for good and return their sha256 in hex. Raises a ProfileError of the disk."""
        name = sha256(content).hexdigest()
        path = self._path(name)
        if path.exists():
            return name
        make_folder(path.parent)
        nonce = os.urandom(_NONCE_BYTES)
        write_whole(path, nonce + self._key.encrypt(nonce, content, name.encode()))
        return name

    def get(self, name: str) -> bytes:
        """The bytes of that hash; raises AttachmentMissing, or AttachmentDamaged if a byte of it differs."""
        path = self._path(name)
        try:
            with disk_errors(self._folder):
                sealed = path.read_bytes() if path.exists() else None
            if sealed is None:
                raise AttachmentMissing(self._folder)
            return self._key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise AttachmentDamaged(self._folder) from error

    def has(self, name: str) -> bool:
        """Whether its bytes are on this laptop."""
        return self._path(name).exists()

    def _path(self, name: str) -> Path:
        """Names come from the centre too: only a hash is one."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise AttachmentMissing(self._folder)
        return self._folder / name[:2] / name
