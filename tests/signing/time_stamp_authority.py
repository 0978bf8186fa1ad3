"""A time-stamp service (RFC 3161) of our own, in the process or as a server on loopback."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.signing.authorities import NOW, Authority, network, stamping_key, stamps

STAMPED_AT = NOW + timedelta(hours=3)
"""The moment every token names unless told otherwise."""
URL = "http://stamps.invalid/"
QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"


@dataclass
class TimeStampAuthority:
    """Answers requests, well or in a way the test asks for.

    mood: good, refusing, garbage, empty, wrong_nonce, wrong_digest, no_nonce, huge.
    extra: more certificates that come along. asked: how many requests came.
    """

    authority: Authority = field(default_factory=stamps)
    at: datetime = STAMPED_AT
    mood: str = "good"
    with_chain: bool = True
    lists: bool = True
    extra: tuple[bytes, ...] = ()
    asked: int = 0

    def __post_init__(self) -> None:
        """The service's certificate, from its authority."""
        self.certificate = _service_certificate(self.authority, self.lists)

    def respond(self, body: bytes) -> bytes:
        """The answer to a request, DER."""
        self.asked += 1
        if self.mood in _SIMPLE:
            return _SIMPLE[self.mood]
        request = tsp.TimeStampReq.load(body, strict=True)
        if self.mood == "wrong_nonce":
            request["nonce"] = request["nonce"].native + 1
        if self.mood == "wrong_digest":
            request["message_imprint"]["hashed_message"] = hashlib.sha256(b"else").digest()
        answer: bytes = self._stamper().request_tsa_response(request).dump()
        return answer

    def post(self, _url: str, body: bytes, media_type: str) -> bytes:
        """As the program's `Post`."""
        assert media_type == QUERY
        return self.respond(body)

    def _stamper(self) -> DummyTimeStamper:
        key = stamping_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        others = SimpleCertificateStore()
        if self.with_chain:
            others.register(x509.Certificate.load(self.authority.der))
        for der in self.extra:
            others.register(x509.Certificate.load(der))
        return DummyTimeStamper(
            x509.Certificate.load(self.certificate),
            keys.PrivateKeyInfo.load(key),
            certs_to_embed=others,
            fixed_dt=self.at,
        )


_SIMPLE = {
    "garbage": b"<html>Wartungsarbeiten</html>",
    "empty": b"",
    "huge": b"\0" * 3_000_000,
    "refusing": bytes.fromhex("30053003020102"),  # PKIStatusInfo: rejection, no token
}


@cache
def _service_certificate(authority: Authority, lists: bool) -> bytes:
    """It outlives those of advisors, as such services' certificates do."""
    issued = authority.issue(
        "Zeitstempeldienst",
        stamping_key(),
        stamps=True,
        lists=lists,
        ends=authority.today + _TEN_YEARS,
    )
    return issued.public_bytes(Encoding.DER)


_TEN_YEARS = timedelta(days=3650)


def lists(url: str) -> bytes:
    """The revocation lists of both authorities, as the program's `Get`."""
    for authority in (network(), stamps()):
        if url == authority.list_url:
            return authority.revocation_list()
    raise OSError(url)


@dataclass
class Server:
    """Where the service listens. status: of every answer. pause_s: before each."""

    authority: TimeStampAuthority
    status: int = 200
    media_type: str = REPLY
    pause_s: float = 0.0
    url: str = ""


@contextmanager
def serving(authority: TimeStampAuthority) -> Iterator[Server]:
    """The service on a free port of loopback; lists under /<short>.crl."""
    server = Server(authority)
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if server.pause_s:
                authority.asked += 1
                stop.wait(server.pause_s)
                return  # whoever asked has given up
            self._answer(server.media_type, authority.respond(body))

        def do_GET(self) -> None:
            name = self.path.strip("/").removesuffix(".crl")
            found = [a for a in (network(), stamps(), authority.authority) if a.short == name]
            self._answer("application/pkix-crl", found[0].revocation_list() if found else b"")

        def _answer(self, media_type: str, content: bytes) -> None:
            self.send_response(server.status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_parts: object) -> None:
            """Silent."""

    class Service(ThreadingHTTPServer):
        def handle_error(self, *_about: object) -> None:
            """A client that gave up waiting is what some tests are about."""

    http = Service(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        stop.set()
        http.shutdown()
        thread.join()
        http.server_close()
