"""Starting and stopping: what is refused before anything is opened, and what is kept over a restart."""

import datetime
import json
import os
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kopdesk.server import serving, tables
from kopdesk.server.engine import sqlite_engine
from kopdesk.server.errors import (
    AddressInUse,
    CertificateUnusable,
    DatabaseKindUnknown,
    OneWorkerOnly,
    ServerDataMissing,
    SigningKeyMissing,
    SigningKeyWrong,
    StoreFailed,
    TlsNeeded,
)
from kopdesk.server.opening import DATABASE, KEY_FILE, open_server
from kopdesk.server.serving import is_loopback, running_server, serve
from tests.support.raw_client import RawClient
from tests.support.server_parts import PASSWORD, a_person


def test_a_server_keeps_its_identity_over_a_restart(tmp_path: Path) -> None:
    first = open_server(tmp_path, name="Dinas Koperasi")
    a_person(first, "siti")
    siti = RawClient(first.centre, "siti", PASSWORD)
    first.close()
    again = open_server(tmp_path, name="Another name")
    assert again.identity == first.identity
    assert again.operator == first.operator
    siti.service = again.centre
    assert siti.send(siti.request()).grants
    again.close()


def test_the_signing_key_is_in_a_file_of_its_own(tmp_path: Path) -> None:
    open_server(tmp_path).close()
    seed = json.loads((tmp_path / KEY_FILE).read_text())["seed"]
    for path in tmp_path.iterdir():
        if path.name != KEY_FILE:
            assert bytes.fromhex(seed) not in path.read_bytes()
            assert seed.encode() not in path.read_bytes()
    if os.name == "posix":
        assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_server_without_its_key_or_with_another_does_not_start(tmp_path: Path) -> None:
    open_server(tmp_path / "one").close()
    open_server(tmp_path / "two").close()
    (tmp_path / "one" / KEY_FILE).rename(tmp_path / "kept.json")
    with pytest.raises(SigningKeyMissing):
        open_server(tmp_path / "one")
    assert not (tmp_path / "one" / KEY_FILE).exists()
    (tmp_path / "two" / KEY_FILE).rename(tmp_path / "one" / KEY_FILE)
    with pytest.raises(SigningKeyWrong):
        open_server(tmp_path / "one")
    (tmp_path / "one" / KEY_FILE).write_text("{}")
    with pytest.raises(SigningKeyWrong):
        open_server(tmp_path / "one")
    (tmp_path / "one" / KEY_FILE).unlink()
    (tmp_path / "kept.json").rename(tmp_path / "one" / KEY_FILE)
    open_server(tmp_path / "one").close()


def test_a_start_interrupted_after_the_key_goes_on_with_it(tmp_path: Path) -> None:
    open_server(tmp_path).close()
    key = (tmp_path / KEY_FILE).read_text()
    engine = sqlite_engine(tmp_path / DATABASE)
    with engine.begin() as connection:
        for table in (tables.identity, tables.users):
            connection.execute(table.delete())
    engine.dispose()
    open_server(tmp_path).close()
    assert (tmp_path / KEY_FILE).read_text() == key


def test_a_database_that_is_gone_is_never_replaced_by_an_empty_one(tmp_path: Path) -> None:
    open_server(tmp_path).close()
    (tmp_path / DATABASE).unlink()
    with pytest.raises(ServerDataMissing):
        open_server(tmp_path)
    assert not (tmp_path / DATABASE).exists()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda folder: folder.write_text(""), "read_only"),
        (lambda folder: (folder / DATABASE).mkdir(parents=True), "read_only"),
        (lambda folder: (folder.mkdir(), (folder / DATABASE).write_bytes(b"garbage" * 1000)), "damaged"),
        (lambda folder: (folder / KEY_FILE).with_suffix(".part").mkdir(parents=True), "read_only"),
    ],
    ids=["a file in its place", "a folder for a database", "garbage", "no room for the key"],
)
def test_a_folder_that_cannot_be_a_servers_is_refused(
    tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    spoil(tmp_path / "data")
    with pytest.raises(StoreFailed) as refused:
        open_server(tmp_path / "data")
    assert refused.value.reason == reason


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_looks_into_the_folder(tmp_path: Path) -> None:
    open_server(tmp_path / "data").close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_running_server_answers_until_it_is_stopped(tmp_path: Path) -> None:
    with running_server(tmp_path) as url:
        assert requests.get(f"{url}/health", timeout=20).json() == {"status": "ok"}
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/health", timeout=20)
    siti = requests.Session()
    with running_server(tmp_path) as url:  # again, and stopped while a laptop keeps its connection
        assert siti.get(f"{url}/health", timeout=20).ok
    siti.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])  # noqa: S104
def test_plain_http_is_spoken_on_the_loopback_only(tmp_path: Path, host: str) -> None:
    with pytest.raises(TlsNeeded) as refused:
        serve(tmp_path, host=host)
    assert refused.value.host == host
    assert list(tmp_path.iterdir()) == []


def test_all_of_127_is_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("128.0.0.1", "127.0.0.1.example.org", "localhost.example.org")))


def test_several_workers_and_other_databases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OneWorkerOnly) as workers:
        serve(tmp_path, workers=2)
    assert workers.value.workers == 2
    with pytest.raises(DatabaseKindUnknown) as database:
        serve(tmp_path, database_url="postgresql://localhost/kopdesk")
    assert database.value.kind == "postgresql"


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressInUse) as refused:
            serve(tmp_path, port=port)
    assert (refused.value.host, refused.value.port) == ("127.0.0.1", port)


# TLS.


def certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "cert.pem", folder / "key.pem"
    cert_path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_path, key_path


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_with_a_certificate_it_speaks_tls_of_this_decade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, key = certificate(tmp_path)
    servers: list[serving._AnnouncingServer] = []
    started = threading.Event()
    urls: list[str] = []

    def ready(url: str) -> None:
        urls.append(url)
        started.set()

    class Kept(serving._AnnouncingServer):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            servers.append(self)

    monkeypatch.setattr(serving, "_AnnouncingServer", Kept)
    options = {"host": "localhost", "port": 0, "cert": cert, "key": key, "ready": ready}
    thread = threading.Thread(target=serve, args=(tmp_path / "data",), kwargs=options)
    thread.start()
    assert started.wait(20)
    port = urlsplit(urls[0]).port
    try:
        assert urls[0].startswith("https://")
        answer = requests.get(f"https://localhost:{port}/health", verify=str(cert), timeout=20)
        assert answer.status_code == 200
        assert _version(cert, port, ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
        assert _version(cert, port, None) == "TLSv1.3"
        with pytest.raises((ssl.SSLError, ConnectionError)):  # some say why, some just hang up
            _version(cert, port, ssl.TLSVersion.TLSv1_1)
    finally:
        servers[0].should_exit = True
        thread.join()


def _version(cert: Path, port: int | None, highest: ssl.TLSVersion | None) -> str | None:
    context = ssl.create_default_context(cafile=cert)
    if highest is not None:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = highest
    with (
        socket.create_connection(("127.0.0.1", port or 0), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        return secure.version()


def test_a_certificate_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    cert, _ = certificate(tmp_path / "one")
    _, other_key = certificate(tmp_path / "two")
    for key in (other_key, tmp_path / "nothing.pem", cert):
        with pytest.raises(CertificateUnusable) as refused:
            serve(tmp_path / "data", host="0.0.0.0", cert=cert, key=key)  # noqa: S104
        assert refused.value.key == key
    assert not (tmp_path / "data").exists()
