"""What an operator does: people, their passwords and devices, who accompanies which cooperative."""

import re
from dataclasses import replace
from uuid import UUID

from kopdesk.domain.channels import coop_channel, user_channel
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.ids import uuid7
from kopdesk.domain.states import Role
from kopdesk.protocol.messages import MOST_CHANNELS, GrantKind
from kopdesk.server.cooperatives import cooperative_named, known_cooperatives
from kopdesk.server.errors import DeviceNotFound, TooManyCooperatives, UserExists, UserNotFound
from kopdesk.server.opening import Server
from kopdesk.server.passwords import hashed_password
from kopdesk.server.ports import Transaction, User

_LOGIN = re.compile(r"[^\W_][\w.@+-]{0,59}")
_SHORTEST_PASSWORD = 8
_LONGEST_PASSWORD = 200


def add_user(server: Server, login: str, *, name: str, role: Role, password: str) -> User:
    """Make an account; raises UserExists, InvalidField."""
    user = new_user(server, login, name=name, role=role, password=password)
    with server.store.writing() as tx:
        enter_user(tx, user, server.now())
    return user


def new_user(server: Server, login: str, *, name: str, role: Role, password: str) -> User:
    """A person who is not in the store yet. Hashing the password takes its time: not in a transaction."""
    return User(
        id=uuid7(server.now(), server.random_bytes(10)),
        login=checked_login(login),
        name=checked_name(name),
        role=role,
        password=hashed_password(checked_password(password)),
    )


def enter_user(tx: Transaction, user: User, now: int) -> None:
    """Store a new person with a channel of his own; raises UserExists."""
    if tx.user_named(user.login) is not None:
        raise UserExists(user.login)
    tx.save_user(user)
    tx.add_grant(user.id, user_channel(user.id), GrantKind.READ_WRITE, now)


def disable_user(server: Server, login: str, *, disabled: bool = True) -> User:
    """Close an account, or open it again."""
    return _change_user(server, login, disabled=disabled)


def set_password(server: Server, login: str, password: str) -> User:
    """Give a new password; devices that are enrolled stay so."""
    return _change_user(server, login, password=hashed_password(checked_password(password)))


def _change_user(
    server: Server, login: str, *, disabled: bool | None = None, password: str | None = None
) -> User:
    with server.store.writing() as tx:
        user = user_named(tx, login)
        if user.role is Role.OPERATOR:
            raise UserNotFound(login)
        user = replace(
            user,
            disabled=user.disabled if disabled is None else disabled,
            password=password or user.password,
        )
        tx.save_user(user)
    return user


def assign(server: Server, login: str, cooperative: str, kind: GrantKind = GrantKind.READ_WRITE) -> bool:
    """Give a person a cooperative, named by id, NIK, village code or name. False if he had it so already."""
    with server.store.writing() as tx:
        user = user_named(tx, login)
        found = cooperative_named(known_cooperatives(tx), cooperative)
        return say(tx, user, coop_channel(found.id), kind, server.now())


def unassign(server: Server, login: str, cooperative: str) -> bool:
    """Withdraw it: a word of its own, never an absence. False if he did not have it."""
    with server.store.writing() as tx:
        user = user_named(tx, login)
        found = cooperative_named(known_cooperatives(tx), cooperative)
        channel = coop_channel(found.id)
        if channel not in tx.permissions(user.id):
            return False
        return say(tx, user, channel, GrantKind.WITHDRAWN, server.now())


def say(tx: Transaction, user: User, channel: str, kind: GrantKind, now: int) -> bool:
    """Add a grant record unless it is the last word already; raises TooManyCooperatives."""
    permissions = tx.permissions(user.id)
    if permissions.get(channel) is kind:
        return False
    if channel not in permissions and len(permissions) >= MOST_CHANNELS - 1:  # one is for what all may read
        raise TooManyCooperatives(user.login, MOST_CHANNELS - 1)
    tx.add_grant(user.id, channel, kind, now)
    return True


def revoke_device(server: Server, device_id: str) -> None:
    """Serve a device no more: a lost laptop. Raises DeviceNotFound."""
    try:
        wanted = UUID(device_id)
    except ValueError:
        raise DeviceNotFound(device_id) from None
    with server.store.writing() as tx:
        if tx.device(wanted) is None:
            raise DeviceNotFound(device_id)
        tx.revoke_device(wanted)


def user_named(tx: Transaction, login: str) -> User:
    """The person with that login, or UserNotFound."""
    user = tx.user_named(login.strip())
    if user is None:
        raise UserNotFound(login)
    return user


def checked_login(login: str) -> str:
    """What somebody types to log in: letters and digits, and . _ - @ + between them."""
    login = login.strip()
    if not _LOGIN.fullmatch(login):
        raise InvalidField("login", "bad_login")
    return login


def checked_name(name: str) -> str:
    """A name of one line."""
    name = " ".join(name.split())
    if not name or len(name) > 200 or not name.isprintable():
        raise InvalidField("name", "bad_name")
    return name


def checked_password(password: str) -> str:
    """Long enough, and no longer than enrolment takes."""
    if len(password) < _SHORTEST_PASSWORD:
        raise InvalidField("password", "password_too_short", str(_SHORTEST_PASSWORD))
    if len(password) > _LONGEST_PASSWORD or not password.isprintable():
        raise InvalidField("password", "bad_password")
    return password
