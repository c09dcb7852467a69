"""Rows about people, their devices and what they may read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from kopdesk.domain.states import Role
from kopdesk.protocol.messages import GrantKind, Heartbeat
from kopdesk.server.ports import Device, DeviceEntry, GrantRecord, StoredIdentity, Token, User
from kopdesk.server.store_rows import Rows
from kopdesk.server.tables import devices, grants, heartbeats, identity, tokens, users

_TOKENS_KEPT_MS = 30 * 24 * 3600 * 1000


class AccountRows(Rows):
    """The part of `ports.Transaction` about who is who."""

    def identity(self) -> StoredIdentity | None:
        row = self._connection.execute(select(identity)).one_or_none()
        return StoredIdentity(row.server_id, row.name, row.public_key) if row else None

    def save_identity(self, new: StoredIdentity) -> None:
        self._put(identity, new._asdict())

    def user(self, user_id: UUID) -> User | None:
        row = self._connection.execute(select(users).where(users.c.id == user_id)).one_or_none()
        return _user(row) if row else None

    def user_named(self, login: str) -> User | None:
        found = select(users).where(users.c.folded_login == login.casefold())
        row = self._connection.execute(found).one_or_none()
        return _user(row) if row else None

    def users(self) -> list[User]:
        return [_user(row) for row in self._connection.execute(select(users).order_by(users.c.folded_login))]

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
        row = self._connection.execute(select(devices).where(devices.c.id == device_id)).one_or_none()
        return _device(row) if row else None

    def device_with_key(self, public_key: bytes) -> Device | None:
        found = select(devices).where(devices.c.public_key == public_key)
        row = self._connection.execute(found).one_or_none()
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
        self._connection.execute(insert(devices), row)

    def devices(self) -> list[DeviceEntry]:
        listed = (
            select(devices, heartbeats)
            .outerjoin(heartbeats, heartbeats.c.device_id == devices.c.id)
            .order_by(devices.c.user_id, devices.c.added_at, devices.c.id)
        )
        return [
            DeviceEntry(_device(row), row.added_at, row.heard_at, _heartbeat(row))
            for row in self._connection.execute(listed)
        ]

    def revoke_device(self, device_id: UUID) -> None:
        self._connection.execute(update(devices).where(devices.c.id == device_id).values(revoked=True))

    def heard(self, device_id: UUID, heartbeat: Heartbeat, at: int) -> None:
        row = {
            "device_id": device_id,
            "heard_at": at,
            "app_version": heartbeat.app_version,
            "clock": heartbeat.clock,
            "unsent": heartbeat.unsent,
            "oldest_unsent_at": heartbeat.oldest_unsent_at,
            "free_disk_mb": heartbeat.free_disk_mb,
        }
        self._put(heartbeats, row)

    def token(self, token_hash: bytes) -> Token | None:
        row = self._connection.execute(select(tokens).where(tokens.c.hash == token_hash)).one_or_none()
        return Token(row.device_id, row.expires_at) if row else None

    def add_token(self, token_hash: bytes, token: Token) -> None:
        long_expired = tokens.c.expires_at < token.expires_at - _TOKENS_KEPT_MS
        self._connection.execute(delete(tokens).where(tokens.c.device_id == token.device_id, long_expired))
        self._connection.execute(insert(tokens), {"hash": token_hash, **token._asdict()})

    def permissions(self, user_id: UUID) -> Mapping[str, GrantKind]:
        said = select(grants.c.channel, grants.c.kind).where(grants.c.user_id == user_id)
        rows = self._connection.execute(said.order_by(grants.c.number))
        return {row.channel: GrantKind(row.kind) for row in rows}

    def last_grant(self, user_id: UUID) -> int:
        last = select(func.max(grants.c.number)).where(grants.c.user_id == user_id)
        return self._connection.scalar(last) or 0

    def grants_after(self, user_id: UUID, number: int) -> list[GrantRecord]:
        said = select(grants).where(grants.c.user_id == user_id, grants.c.number > number)
        return [
            GrantRecord(row.number, row.channel, GrantKind(row.kind), row.at)
            for row in self._connection.execute(said.order_by(grants.c.number))
        ]

    def add_grant(self, user_id: UUID, channel: str, kind: GrantKind, at: int) -> GrantRecord:
        last = select(func.max(grants.c.number)).where(grants.c.user_id == user_id)
        record = GrantRecord((self._connection.scalar(last) or 0) + 1, channel, kind, at)
        row = {**record._asdict(), "kind": kind.value, "user_id": user_id}
        self._connection.execute(insert(grants), row)
        return record


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
    return Heartbeat(row.app_version, row.clock, row.unsent, row.oldest_unsent_at, row.free_disk_mb)
