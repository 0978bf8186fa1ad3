"""How a request reaches the server: one method, so that tests can lose requests and replies."""

from __future__ import annotations

import ipaddress
import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Protocol, Self
from urllib.parse import urlsplit

import requests
import urllib3
from msgspec import Struct
from requests.adapters import HTTPAdapter

from sync import wire
from sync.client.errors import AddressNotSecureError, OfflineError, ServerSaysNoError
from sync.protocol import MAX_REPLY_BYTES

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 60.0
"""Silence on the line, not the whole duration of an answer."""
ATTEMPTS = 4
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 20.0
READ_BYTES = 64 * 1024
PASSING = frozenset({429, 502, 503, 504})
"""Status codes that ask to come again (RFC 9110 §15.6, RFC 6585 §4)."""


class Answer(Struct, frozen=True, kw_only=True):
    """What came back: header names in lower case, the body unpacked.

    travelled: bytes of the body as it came over the line.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    travelled: int = 0


class Transport(Protocol):
    """Carries one request and its answer; may repeat it, as all our requests may be repeated.

    One with an attribute `connections` may be called by that many threads at a time.
    """

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """The answer, whatever its status. Raises TryAgainError or AddressNotSecureError."""


class HttpTransport:
    """Requests over HTTPS; over HTTP to this very machine only.

    The certificate is always verified: against the authorities that are publicly trusted, or
    against those of `ca_pem` (PEM) or `ca_file` alone. Requests at the same time have a
    connection each.

    Raises: AddressNotSecureError when the authority cannot be read.
    """

    connections = 4
    """On a line that loses packets, one gets about half of the rate."""

    def __init__(
        self,
        server_url: str,
        *,
        ca_file: str | None = None,
        ca_pem: str = "",
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base = checked_url(server_url)
        self._pause = pause
        self._pin = _pin(ca_file, ca_pem) if ca_file or ca_pem else None
        self._free: list[requests.Session] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        while self._free:
            self._free.pop().close()

    @contextmanager
    def _connection(self) -> Iterator[requests.Session]:
        """One that nobody else uses meanwhile: the last that became free, else a new one."""
        try:
            session = self._free.pop()
        except IndexError:
            session = requests.Session()
            session.trust_env = not self._base.startswith("http:")  # no proxy to ourselves
            if self._pin is not None:
                session.mount("https://", _PinnedAdapter(self._pin))
        try:
            yield session
        finally:
            self._free.append(session)

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """The answer, after a few attempts where the line or the server was busy."""
        for attempt in range(1, ATTEMPTS + 1):
            is_last = attempt == ATTEMPTS
            try:
                answer = self._once(method, path, headers, body)
            except OfflineError:
                if is_last:
                    raise
                self._pause(_pause_s(attempt, ""))
                continue
            if is_last or answer.status not in PASSING:
                return answer
            self._pause(_pause_s(attempt, answer.headers.get("retry-after", "")))
        raise OfflineError("no attempt succeeded")

    def _once(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            with (
                self._connection() as session,
                session.request(
                    method,
                    self._base + path,
                    headers={**headers, "Accept-Encoding": "zstd, gzip"},
                    data=body or None,
                    timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                return _read(response)
        except requests.exceptions.SSLError as error:
            raise AddressNotSecureError(str(error)) from error
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise OfflineError(type(error).__name__) from error


class _PinnedAdapter(HTTPAdapter):
    """Verifies servers by one context only, whatever the environment says.

    Requests itself would add the public authorities to it (`HTTPAdapter.cert_verify`), or those of
    $REQUESTS_CA_BUNDLE.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        """The pool of direct connections."""
        super().init_poolmanager(*arguments, ssl_context=self._context, **more)

    def proxy_manager_for(self, proxy: Any, **more: Any) -> Any:
        """The pool of those through a proxy."""
        return super().proxy_manager_for(proxy, ssl_context=self._context, **more)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing to add: the context verifies."""

    def build_connection_pool_key_attributes(
        self, request: Any, verify: Any, cert: Any = None
    ) -> Any:
        """The same without the authorities that Requests would add."""
        host, pool = super().build_connection_pool_key_attributes(request, True, cert)
        return host, {**pool, "cert_reqs": "CERT_REQUIRED", "ca_certs": None, "ca_cert_dir": None}


def _pin(ca_file: str | None, ca_pem: str) -> ssl.SSLContext:
    """Trusts these authorities alone; names and dates are verified."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cafile=ca_file, cadata=ca_pem or None)
    except (OSError, ValueError) as error:
        raise AddressNotSecureError("the authority's certificate cannot be read") from error
    return context


def _read(response: requests.Response) -> Answer:
    """The whole answer, within its limits. A cut one raises urllib3's IncompleteRead."""
    body = bytearray()
    for piece in response.raw.stream(READ_BYTES, decode_content=False):
        body += piece
        if len(body) > MAX_REPLY_BYTES:
            raise ServerSaysNoError("answer too large", response.status_code)
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        plain = wire.unpack(bytes(body), headers.get("content-encoding", ""), MAX_REPLY_BYTES)
    except ValueError as error:
        raise ServerSaysNoError("unreadable answer", response.status_code) from error
    return Answer(status=response.status_code, headers=headers, body=plain, travelled=len(body))


def checked_url(server_url: str) -> str:
    """The address without a final slash. Raises AddressNotSecureError, as a token travels there."""
    url = server_url.strip().rstrip("/")
    parts = urlsplit(url)
    is_plain = not parts.query and not parts.fragment and parts.username is None
    if not parts.hostname or not is_plain:
        raise AddressNotSecureError(server_url)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname)):
        return url
    raise AddressNotSecureError(server_url)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pause_s(attempt: int, retry_after: str) -> float:
    """How long to wait: what the server asks for, else doubling, spread so that laptops scatter."""
    if retry_after.isdigit():
        return min(float(retry_after), LONGEST_PAUSE_S)
    spread = random.uniform(0.5, 1.0)  # noqa: S311 no secret
    doubled: float = FIRST_PAUSE_S * 2.0 ** (attempt - 1)
    return min(doubled, LONGEST_PAUSE_S) * spread
