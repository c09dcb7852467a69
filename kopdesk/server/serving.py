"""Runs the centre: as a program until it is told to stop, or in a thread for the demo and the tests."""

import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

import uvicorn

from kopdesk.server.connection import PatientConnection
from kopdesk.server.errors import (
    AddressInUse,
    CertificateUnusable,
    DatabaseKindUnknown,
    OneWorkerOnly,
    TlsNeeded,
)
from kopdesk.server.http import Answering, application
from kopdesk.server.lock import only_server_of
from kopdesk.server.opening import Server, make_folder, open_server

_CONNECTIONS = 1000
_KEEP_ALIVE_S = 60
_LAST_ANSWERS_S = 10
_BACKLOG = 256


def serve(
    folder: Path,
    *,
    database_url: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8765,
    workers: int = 1,
    cert: Path | None = None,
    key: Path | None = None,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve a folder until SIGTERM, after which this returns, or SIGINT: KeyboardInterrupt then follows.

    Either way answers that have begun are ended and the files are closed first: all is in the database, its
    WAL is gone. `ready` gets the address once requests are answered.

    Raises before anything is opened: DatabaseKindUnknown, OneWorkerOnly, TlsNeeded, CertificateUnusable,
    AddressInUse, AlreadyServing.
    """
    if database_url is not None:
        raise DatabaseKindUnknown(database_url.partition(":")[0])
    if workers != 1:
        raise OneWorkerOnly(workers)
    tls = _tls(host, cert, key)
    make_folder(folder)
    with (
        _until_told_to_stop(),
        _listening(host, port) as listener,
        only_server_of(folder),
        _opened(folder) as server,
    ):
        uvicorn_server = _AnnouncingServer(_config(server.centre, tls), lambda: ready(_url(listener, tls)))
        uvicorn_server.run(sockets=[listener])


@contextmanager
def running_server(folder: Path, *, port: int = 0) -> Iterator[str]:
    """The same server in a thread of this process, on a free port of the loopback; gives its address."""
    with _opened(folder) as server, answering(server.centre, port=port) as url:
        yield url


@contextmanager
def answering(
    service: Answering,
    *,
    port: int = 0,
    silence_s: float | None = None,
    connection: type[PatientConnection] = PatientConnection,
) -> Iterator[str]:
    """Answer requests from a thread until the block ends; gives the address."""
    with _listening("127.0.0.1", port) as listener:
        started = threading.Event()
        config = _config(service, None, silence_s=silence_s, connection=connection)
        uvicorn_server = _AnnouncingServer(config, started.set)
        thread = threading.Thread(
            target=uvicorn_server.run, kwargs={"sockets": [listener]}, name="kopdesk-server", daemon=True
        )
        url = _url(listener, None)
        thread.start()
        try:
            while not started.wait(timeout=0.1):
                if not thread.is_alive():
                    raise RuntimeError("the server's thread ended before it began")
            yield url
        finally:
            uvicorn_server.should_exit = True
            thread.join()


class _AnnouncingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()


class _ToldToStop(SystemExit):
    """SIGTERM came. A SystemExit, because event loops let that through."""


if sys.platform == "win32":
    _TOLD_BY = (signal.SIGTERM, signal.SIGBREAK)
else:
    _TOLD_BY = (signal.SIGTERM,)


@contextmanager
def _until_told_to_stop() -> Iterator[None]:
    """End the block in order at SIGTERM, as Python does at SIGINT by itself.

    By default it ends the process on the spot, and uvicorn, which keeps it back while it serves, raises it
    again before anything of ours is closed.
    """
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    former = {number: signal.signal(number, _stop) for number in _TOLD_BY}
    try:
        yield
    except _ToldToStop:
        return
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # said twice, it must not interrupt the closing
    raise _ToldToStop(0)


@contextmanager
def _opened(folder: Path) -> Iterator[Server]:
    server = open_server(folder)
    try:
        yield server
    finally:
        server.close()


def _config(
    service: Answering,
    tls: ssl.SSLContext | None,
    *,
    silence_s: float | None = None,
    connection: type[PatientConnection] = PatientConnection,
) -> uvicorn.Config:
    return uvicorn.Config(
        application(service, silence_s=silence_s),
        http=connection,
        loop="asyncio",
        ws="none",
        lifespan="off",
        # Neither says anything that a laptop wants to know, and every byte counts.
        server_header=False,
        date_header=False,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_LAST_ANSWERS_S,
        ssl_context_factory=(lambda config, default: tls) if tls else None,
    )


def _tls(host: str, cert: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """How to speak with callers: in clear only within this machine."""
    if cert is None or key is None:
        if not is_loopback(host):
            raise TlsNeeded(host)
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # 1.3 is taken by everybody who has it
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    try:
        context.load_cert_chain(cert, key, password=_no_password)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise CertificateUnusable(cert, key) from error
    return context


def _no_password() -> str:
    """A key with a password would ask for it on a terminal that a server does not have."""
    raise ValueError("the key needs a password")


def is_loopback(host: str) -> bool:
    """Whether only this machine can come in by this address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    address = "127.0.0.1" if host == "localhost" else host
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        raise AddressInUse(host, port) from error
    with listener:
        yield listener


def _url(listener: socket.socket, tls: ssl.SSLContext | None) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{shown}:{port}"
