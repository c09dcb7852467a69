"""What the server refuses, and why it does not start. Facts only; `wording` has the sentences."""

from pathlib import Path

from kopdesk.domain.errors import KopdeskError


class Refused(KopdeskError):
    """A request the server does not serve. `retry_after`: seconds to wait, where waiting helps."""

    def __init__(self, status: int, reason: str, retry_after: int | None = None) -> None:
        super().__init__(status, reason, retry_after)
        self.status, self.reason, self.retry_after = status, reason, retry_after


# The store.


class NoServer(KopdeskError):
    """No server was ever made in this folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


class ServerDataMissing(NoServer):
    """A server was made in this folder, but its database is gone: an empty one is never put in its place."""


class ServerSqliteTooOld(KopdeskError):
    """An SQLite that can lose commits."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(found, needed)
        self.found, self.needed = found, needed


class DatabaseNewer(KopdeskError):
    """The database was made by a newer server: this one would not understand it."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(found, known)
        self.found, self.known = found, known


class DatabaseKindUnknown(KopdeskError):
    """An address of a database this server cannot use (yet)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class StoreFailed(KopdeskError):
    """The database could not read or write; `reason`: full, read_only, busy, damaged or broken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SigningKeyMissing(KopdeskError):
    """The database is there, its key file is not: a new key would be refused by every laptop."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class SigningKeyWrong(KopdeskError):
    """A key file that cannot be read, or that is another server's."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class ForeignWal(KopdeskError):
    """The database and the WAL beside it are of different moments: opened, they would be mixed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


# Backups.


class BackupUnusable(KopdeskError):
    """A backup file that cannot be written, or cannot be put back; `reason` says why in a word."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason


class ServerRunning(KopdeskError):
    """Somebody works with this folder: its files are not replaced under his hands."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


class AlreadyServing(KopdeskError):
    """Another process answers laptops from this folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


class RestoreUnfinished(KopdeskError):
    """A restore was interrupted while it replaced the files: it has to be repeated first."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


# Serving.


class OneWorkerOnly(KopdeskError):
    """Several processes on one SQLite file would wait for each other; PostgreSQL is for that."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self.workers = workers


class TlsNeeded(KopdeskError):
    """Plain http is spoken on loopback addresses only."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class CertificateUnusable(KopdeskError):
    """The certificate or its key cannot be read, or they do not belong together."""

    def __init__(self, cert: Path, key: Path) -> None:
        super().__init__(cert, key)
        self.cert, self.key = cert, key


class AddressInUse(KopdeskError):
    """Another program listens there, or the address is not this machine's."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.host, self.port = host, port


# The office.


class UserNotFound(KopdeskError):
    """Nobody has this login."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class UserExists(KopdeskError):
    """The login is taken."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class DeviceNotFound(KopdeskError):
    """No such device."""

    def __init__(self, device_id: str) -> None:
        super().__init__(device_id)
        self.device_id = device_id


class TooManyCooperatives(KopdeskError):
    """A person has as many channels as a laptop can name in one exchange, those withdrawn included."""

    def __init__(self, login: str, most: int) -> None:
        super().__init__(login, most)
        self.login, self.most = login, most


class CooperativeUnclear(KopdeskError):
    """A name or number that none or several cooperatives have."""

    def __init__(self, named: str, count: int) -> None:
        super().__init__(named, count)
        self.named, self.count = named, count


class ReviewerUnclear(KopdeskError):
    """Nobody, or more than one person, could have decided this: say who. `logins`: of those who may."""

    def __init__(self, logins: tuple[str, ...]) -> None:
        super().__init__(logins)
        self.logins = logins


class MayNotDecide(KopdeskError):
    """The person with this login is no supervisor, or is one no more. `logins`: of those who may decide."""

    def __init__(self, login: str, logins: tuple[str, ...]) -> None:
        super().__init__(login, logins)
        self.login, self.logins = login, logins


class QuarantineUnknown(KopdeskError):
    """No leaf that was ever put aside has this short name."""

    def __init__(self, entry: str) -> None:
        super().__init__(entry)
        self.entry = entry


class ChannelGone(KopdeskError):
    """What was put aside belongs to a channel this server does not have (any more)."""

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.channel = channel
