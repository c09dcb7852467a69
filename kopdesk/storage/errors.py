"""What can go wrong with a profile on disk. None of these ever leads to an empty database."""

from pathlib import Path

from kopdesk.domain.errors import KopdeskError


class ProfileError(KopdeskError):
    """A profile that cannot be opened or written as it is."""

    def __init__(self, folder: Path, detail: str = "") -> None:
        super().__init__(folder, detail)
        self.folder, self.detail = folder, detail


class NoProfile(ProfileError):
    """There is no profile in this folder: enrol first."""


class ProfileExists(ProfileError):
    """There is a profile already; nothing is ever created over it."""


class ProfileInUse(ProfileError):
    """Another Kopdesk holds this profile."""


class PassphraseNeeded(ProfileError):
    """The key is wrapped by a passphrase and none was given."""


class WeakPassphrase(ProfileError):
    """A passphrase that is guessed in minutes: it is all that protects a key file beside its database."""


class WrongPassphrase(ProfileError):
    """The passphrase does not open the key."""


class KeyNotFound(ProfileError):
    """The operating system's key store does not have this profile's key (any more)."""


class KeyFileUnreadable(ProfileError):
    """`keys.json` is gone from beside its database, or is not what was written into it."""


class WrongKey(ProfileError):
    """The key is not the one this database was made with."""


class DatabaseMissing(ProfileError):
    """The key is there, the database file is not."""


class DatabaseDamaged(ProfileError):
    """The key is right, but the file cannot be read."""


class DatabaseNewer(ProfileError):
    """Written by a newer Kopdesk: not touched."""


class DiskFull(ProfileError):
    """No room to save. What was being saved is not saved, everything before it is."""


class ReadOnlyFolder(ProfileError):
    """The folder or the disk cannot be written."""


class DiskError(ProfileError):
    """The disk refused to read or write."""


class AttachmentMissing(ProfileError):
    """The bytes of a photo are not on this laptop."""


class AttachmentDamaged(ProfileError):
    """The file of a photo is not what was written."""


class UnsafeSqlite(KopdeskError):
    """An SQLite that can lose commits; `version` is what was found."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version
