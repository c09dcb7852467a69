"""Rows about people, their devices and what they may read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from kopdesk.domain.states import Role
from kopdesk.protocol.messages import GrantKind, Heartbeat, Verdict
from kopdesk.server.ports import Device, DeviceEntry, GrantRecord, Noticed, StoredIdentity, Token, User
from kopdesk.server.store_rows import Rows
from kopdesk.server.tables import devices, grants, heartbeats, identity, noticed, tokens, users

_TOKENS_KEPT_MS = 30 * 24 * 3600 * 1000


class AccountRows(Rows):
    """The part of `ports.Transaction` about who is who."""

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        super().__init__(connection, writes=writes)
        # An exchange asks for a person's few grants again and again; only `add_grant` adds to them.
        self._grants: dict[UUID, list[GrantRecord]] = {}

    def identity(self) -> StoredIdentity | None:
        row = self._connection.execute(_IDENTITY).one_or_none()
        return StoredIdentity(row.server_id, row.name, row.public_key) if row else None

    def save_identity(self, new: StoredIdentity) -> None:
        self._put(identity, new._asdict())

    def user(self, user_id: UUID) -> User | None:
        row = self._connection.execute(_USER, {"of_id": user_id}).one_or_none()
        return _user(row) if row else None

    def user_named(self, login: str) -> User | None:
        row = self._connection.execute(_USER_NAMED, {"of_login": login.casefold()}).one_or_none()
        return _user(row) if row else None

    def users(self) -> list[User]:
        return [_user(row) for row in self._connection.execute(_USERS)]

    def save_user(self, user: User) -> None:
        row = {
            "id": user.id,
            "login": user.login,
            "folded_login": user.login.casefold(),
            "name": user.name,
            "role": user.role.value,
            "password": user.password,
            "disabled": user.disabled,
        }
        self._put(users, row)

    def device(self, device_id: UUID) -> Device | None:
        row = self._connection.execute(_DEVICE, {"of_id": device_id}).one_or_none()
        return _device(row) if row else None

    def device_with_key(self, public_key: bytes) -> Device | None:
        row = self._connection.execute(_DEVICE_WITH_KEY, {"of_key": public_key}).one_or_none()
        return _device(row) if row else None

    def add_device(self, device: Device, at: int) -> None:
        row = {
            "id": device.id,
            "user_id": device.user_id,
            "name": device.name,
            "public_key": device.public_key,
            "revoked": device.revoked,
            "added_at": at,
        }
        self._connection.execute(_ADD_DEVICE, row)

    def devices(self) -> list[DeviceEntry]:
        found: dict[UUID, tuple[Noticed, ...]] = {}
        for row in self._connection.execute(_NOTICED):
            one = Noticed(Verdict(row.verdict), row.times, row.at)
            found[row.device_id] = (*found.get(row.device_id, ()), one)
        return [
            DeviceEntry(_device(row), row.added_at, row.heard_at, _heartbeat(row), found.get(row.id, ()))
            for row in self._connection.execute(_DEVICES)
        ]

    def revoke_device(self, device_id: UUID) -> None:
        self._connection.execute(_CHANGE_DEVICE, {"of_id": device_id, "revoked": True})

    def heard(self, device_id: UUID, heartbeat: Heartbeat, at: int) -> None:
        row = {
            "device_id": device_id,
            "heard_at": at,
            "app_version": heartbeat.app_version,
            "clock": heartbeat.clock,
            "unsent": heartbeat.unsent,
            "oldest_unsent_at": heartbeat.oldest_unsent_at,
            "free_disk_mb": heartbeat.free_disk_mb,
            "clock_doubt": heartbeat.clock_doubt,
        }
        self._put(heartbeats, row)

    def notice(self, device_id: UUID, verdict: Verdict, at: int) -> None:
        which = {"of_device": device_id, "of_verdict": verdict.value}
        times = self._connection.scalar(_TIMES, which) or 0
        self._put(noticed, {"device_id": device_id, "verdict": verdict.value, "times": times + 1, "at": at})

    def token(self, token_hash: bytes) -> Token | None:
        row = self._connection.execute(_TOKEN, {"of_hash": token_hash}).one_or_none()
        return Token(row.device_id, row.expires_at) if row else None

    def add_token(self, token_hash: bytes, token: Token) -> None:
        long_expired = {"of_device": token.device_id, "before": token.expires_at - _TOKENS_KEPT_MS}
        self._connection.execute(_FORGET_TOKENS, long_expired)
        self._connection.execute(_ADD_TOKEN, {"hash": token_hash, **token._asdict()})

    def permissions(self, user_id: UUID) -> Mapping[str, GrantKind]:
        return {record.channel: record.kind for record in self.grants_after(user_id, 0)}

    def last_grant(self, user_id: UUID) -> int:
        return max((record.number for record in self.grants_after(user_id, 0)), default=0)

    def grants_after(self, user_id: UUID, number: int) -> list[GrantRecord]:
        if user_id not in self._grants:
            rows = self._connection.execute(_GRANTS, {"of_user": user_id})
            self._grants[user_id] = [
                GrantRecord(row.number, row.channel, GrantKind(row.kind), row.at) for row in rows
            ]
        return [record for record in self._grants[user_id] if record.number > number]

    def add_grant(self, user_id: UUID, channel: str, kind: GrantKind, at: int) -> GrantRecord:
        record = GrantRecord(self.last_grant(user_id) + 1, channel, kind, at)
        row = {**record._asdict(), "kind": kind.value, "user_id": user_id}
        self._connection.execute(_ADD_GRANT, row)
        self._grants[user_id].append(record)
        return record


# Made once: making a statement costs more than running it.
_IDENTITY = select(identity)
_USER = select(users).where(users.c.id == bindparam("of_id"))
_USER_NAMED = select(users).where(users.c.folded_login == bindparam("of_login"))
_USERS = select(users).order_by(users.c.folded_login)
_DEVICE = select(devices).where(devices.c.id == bindparam("of_id"))
_DEVICE_WITH_KEY = select(devices).where(devices.c.public_key == bindparam("of_key"))
_DEVICES = (
    select(devices, heartbeats)
    .outerjoin(heartbeats, heartbeats.c.device_id == devices.c.id)
    .order_by(devices.c.user_id, devices.c.added_at, devices.c.id)
)
_NOTICED = select(noticed).order_by(noticed.c.device_id, noticed.c.verdict)
_TIMES = select(noticed.c.times).where(
    noticed.c.device_id == bindparam("of_device"), noticed.c.verdict == bindparam("of_verdict")
)
_ADD_DEVICE = insert(devices)
_CHANGE_DEVICE = update(devices).where(devices.c.id == bindparam("of_id"))
_TOKEN = select(tokens).where(tokens.c.hash == bindparam("of_hash"))
_FORGET_TOKENS = delete(tokens).where(
    tokens.c.device_id == bindparam("of_device"), tokens.c.expires_at < bindparam("before")
)
_ADD_TOKEN = insert(tokens)
_GRANTS = select(grants).where(grants.c.user_id == bindparam("of_user")).order_by(grants.c.number)
_ADD_GRANT = insert(grants)


def _user(row: Any) -> User:
    return User(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        password=row.password,
        disabled=row.disabled,
    )


def _device(row: Any) -> Device:
    return Device(
        id=row.id, user_id=row.user_id, name=row.name, public_key=row.public_key, revoked=row.revoked
    )


def _heartbeat(row: Any) -> Heartbeat | None:
    if row.heard_at is None:
        return None
    return Heartbeat(
        row.app_version, row.clock, row.unsent, row.oldest_unsent_at, row.free_disk_mb, row.clock_doubt
    )
