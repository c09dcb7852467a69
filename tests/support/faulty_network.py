"""A TCP proxy that cuts, swallows or answers in the server's place, as village networks do."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

LOGIN_PAGE = (
    b"<!doctype html><html><title>Wi-Fi Desa</title><body>Silakan masuk untuk memakai internet.</body></html>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens to each new connection. Bytes count from the connection's beginning."""

    cut_after_up: int | None = None
    cut_after_down: int | None = None
    is_silent: bool = False
    """Takes everything, answers nothing."""
    page: bytes | None = None
    """Answers 200 with this HTML, as a captive portal does."""


NO_FAULT = Fault()
CAPTIVE_PORTAL = Fault(page=LOGIN_PAGE)
BLACK_HOLE = Fault(is_silent=True)


class FaultyNetwork:
    """Stands between laptops and the server at `target`; `fault` may be changed at any time."""

    def __init__(self, target: str) -> None:
        self.fault = NO_FAULT
        self.swallow_answers = False
        """The server is reached, its answers get lost on the way."""
        self.taken_bytes = self.swallowed_bytes = 0
        """From laptops, and of answers that were swallowed."""
        parts = urlsplit(target)
        assert parts.hostname is not None
        assert parts.port is not None
        self._target = parts.hostname, parts.port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.break_down()
        for thread in self._threads:
            thread.join()

    def break_down(self) -> None:
        """From now on nobody is reached: connections are refused, open ones are cut."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._listener.close()
        self.cut()

    def restore(self) -> None:
        """After `break_down`: at the same address as before."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._start(self._accept)

    def cut(self) -> None:
        """Cut all open connections."""
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        listener = self._listener
        while True:
            try:
                laptop, _ = listener.accept()
            except OSError:
                return
            self._start(self._carry, laptop, self.fault)

    def _carry(self, laptop: socket.socket, fault: Fault) -> None:
        with self._kept(laptop):
            if fault.is_silent or fault.page is not None:
                self._answer_alone(laptop, fault.page)
                return
            try:
                server = socket.create_connection(self._target)
            except OSError:
                return
            with self._kept(server):
                up = threading.Thread(target=self._pump, args=(laptop, server, fault.cut_after_up, self._up))
                up.start()
                self._pump(server, laptop, fault.cut_after_down, self._down)
                up.join()

    def _up(self, sink: socket.socket, data: bytes) -> None:
        self.taken_bytes += len(data)
        sink.sendall(data)

    def _down(self, sink: socket.socket, data: bytes) -> None:
        if self.swallow_answers:
            self.swallowed_bytes += len(data)
        else:
            sink.sendall(data)

    def _pump(
        self,
        source: socket.socket,
        sink: socket.socket,
        limit: int | None,
        send: Callable[[socket.socket, bytes], None],
    ) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                some = data if limit is None else data[: limit - passed]
                send(sink, some)
                passed += len(some)
                if len(some) < len(data) or passed == limit:
                    break
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _answer_alone(self, laptop: socket.socket, page: bytes | None) -> None:
        with contextlib.suppress(OSError):
            while data := laptop.recv(65536):
                self.taken_bytes += len(data)
                if page is not None and b"\r\n\r\n" in data:
                    head = (
                        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
                    )
                    laptop.sendall(head.encode() + page)

    @contextmanager
    def _kept(self, one: socket.socket) -> Iterator[None]:
        with self._lock:
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)
            one.close()

    def _start(self, work: object, *arguments: object) -> None:
        assert callable(work)
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()
