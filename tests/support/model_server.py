"""A server whose whole history is in dictionaries: what `open_server` gives, without a folder."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from kopdesk.domain.states import Role
from kopdesk.protocol.messages import ServerKey
from kopdesk.protocol.signing import SigningKey, key_id_of
from kopdesk.server.accounts import Accounts, Identity
from kopdesk.server.opening import OPERATOR_LOGIN, Server
from kopdesk.server.passwords import NO_PASSWORD
from kopdesk.server.ports import User
from kopdesk.server.service import Centre
from tests.support.model_server_store import ModelServerStore

_SEED = bytes(31) + b"s"
SERVER_KEY = SigningKey(_SEED, key_id_of(SigningKey(_SEED, b"").public_key))
_NAME = "Dinas Koperasi"


def model_server(
    now: Callable[[], int], random_bytes: Callable[[int], bytes], store: ModelServerStore | None = None
) -> Server:
    """A new one, or one that goes on with a `store` that was copied. It has no files to close."""
    tables: Any = store or ModelServerStore()
    identity = Identity(UUID(int=0x5E), _NAME, (ServerKey(SERVER_KEY.key_id, SERVER_KEY.public_key),))
    operator = User(
        id=UUID(int=0x0F),
        login=OPERATOR_LOGIN,
        name=_NAME,
        role=Role.OPERATOR,
        password=NO_PASSWORD,
        disabled=True,
    )
    with tables.writing() as tx:
        tx.save_user(operator)
    accounts = Accounts(tables, identity, now=now, random_bytes=random_bytes)
    no_files: Any = None
    return Server(
        store=tables,
        identity=identity,
        operator=operator,
        centre=Centre(tables, accounts, SERVER_KEY, now=now, random_bytes=random_bytes),
        now=now,
        random_bytes=random_bytes,
        lock=no_files,
    )
