"""The server's operations as typed calls: what goes out, what comes back, which error is which."""

from __future__ import annotations

import base64
import binascii
import secrets
import threading
from typing import TypeVar

import msgspec

from sync import wire
from sync.client.errors import (
    CodeNotAcceptedError,
    DeviceRestoredError,
    ForeignServerError,
    NoAuthorityError,
    OfflineError,
    PartUnknownError,
    ProtocolTooOldError,
    RevokedError,
    ServerBehindError,
    ServerRestoredError,
    ServerSaysNoError,
    SyncError,
)
from sync.client.port import BlobName, Enrolment
from sync.client.transport import Answer, Transport
from sync.protocol import (
    PROTOCOL_VERSION,
    Authority,
    CertificateReply,
    CertificateRequest,
    ContentReply,
    DeviceRegistration,
    EnrolRequest,
    Health,
    Problem,
    ProblemType,
    RenewRequest,
    SyncReply,
)

PROBLEM_MEDIA_TYPE = "application/problem+json"

NAMED_ERRORS: dict[str, type[SyncError]] = {
    ProblemType.TOKEN_NOT_ACCEPTED: RevokedError,
    ProblemType.CODE_NOT_ACCEPTED: CodeNotAcceptedError,
    ProblemType.FOREIGN_SERVER: ForeignServerError,
    ProblemType.SERVER_BEHIND: ServerBehindError,
    ProblemType.DEVICE_RESTORED: DeviceRestoredError,
    ProblemType.PROTOCOL_NOT_SPOKEN: ProtocolTooOldError,
    ProblemType.NO_AUTHORITY: NoAuthorityError,
    ProblemType.PART_UNKNOWN: PartUnknownError,
}

T = TypeVar("T")


class Calls:
    """One server, called through one transport; counts the bytes that travelled as bodies.

    connections: how many threads may call at a time.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._counting = threading.Lock()
        self.connections = int(getattr(transport, "connections", 1))
        self.bytes_sent = 0
        self.bytes_received = 0
        self.requests = 0

    def health(self) -> Health:
        """Who answers at this address."""
        return self._message(self._request("GET", "/v1/health"), Health, 200)

    def enrol(self, code: str, device_name: str) -> tuple[DeviceRegistration, str]:
        """The registration that this code buys, and the token that proves it."""
        token = draw_token()
        message = EnrolRequest(
            protocol=PROTOCOL_VERSION, code=code, device_name=device_name, token=token
        )
        answer = self._post("/v1/devices", msgspec.json.encode(message), "")
        return self._message(answer, DeviceRegistration, 201), token

    def renew(self, enrolment: Enrolment) -> DeviceRegistration:
        """A device id of its own for a restored or cloned laptop."""
        message = RenewRequest(protocol=PROTOCOL_VERSION)
        answer = self._post("/v1/devices/renewal", msgspec.json.encode(message), enrolment.token)
        return self._message(answer, DeviceRegistration, 201)

    def certify(self, request: bytes, enrolment: Enrolment) -> tuple[bytes, bytes]:
        """The certificate of the key behind this PKCS#10 request, and the one above it; DER."""
        message = CertificateRequest(
            protocol=PROTOCOL_VERSION, request=base64.b64encode(request).decode()
        )
        answer = self._post("/v1/certificates", msgspec.json.encode(message), enrolment.token)
        reply = self._message(answer, CertificateReply, 201)
        return _der(reply.certificate), _der(reply.authority)

    def authority(self, enrolment: Enrolment) -> tuple[bytes, bytes]:
        """The network's certificate authority and its revocation list; DER."""
        answer = self._request("GET", "/v1/certificates/authority", token=enrolment.token)
        reply = self._message(answer, Authority, 200)
        return _der(reply.authority), _der(reply.revocation_list)

    def content(self, enrolment: Enrolment) -> ContentReply | None:
        """The network's newest bundle, its signature unchecked; None where there is none."""
        answer = self._request("GET", "/v1/content", token=enrolment.token)
        if answer.status == 404 and _problem_type(answer) == ProblemType.NO_CONTENT:
            return None
        return self._message(answer, ContentReply, 200)

    def sync(self, encoded: bytes, enrolment: Enrolment, *, has_frames: bool = False) -> SyncReply:
        """The reply to this SyncRequest, encoded as MessagePack; frames are compressed already."""
        headers = {"Content-Type": wire.MSGPACK, "Accept": wire.MSGPACK}
        body, encoding = (encoded, "identity") if has_frames else wire.pack(encoded)
        if encoding != "identity":
            headers["Content-Encoding"] = encoding
        answer = self._request(
            "POST", "/v1/sync", token=enrolment.token, headers=headers, body=body
        )
        if answer.status != 200:
            raise self._error(answer)
        if _media_type(answer) != wire.MSGPACK:
            raise ServerSaysNoError("not an advisor server's answer", answer.status)
        try:
            return msgspec.msgpack.decode(answer.body, type=SyncReply)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise ServerSaysNoError(str(error), answer.status) from error

    def put_part(self, sha256: str, part: bytes, enrolment: Enrolment) -> None:
        """Send a part ahead of the batch that names it; it may be there already."""
        headers = {"Content-Type": "application/octet-stream"}
        path = f"/v1/parts/{sha256}"
        answer = self._request("PUT", path, token=enrolment.token, headers=headers, body=part)
        if answer.status != 204:
            raise self._error(answer)

    def blob_offset(self, name: BlobName, enrolment: Enrolment) -> int | None:
        """Where the upload of a blob goes on; None when the server has all of it."""
        answer = self._request("HEAD", _blob_path(name), token=enrolment.token)
        if answer.status == 200 and "upload-length" in answer.headers:
            return None  # a login page answers with 200 too, and has taken nothing
        if answer.status == 404 and "upload-offset" in answer.headers:
            return _offset(answer)
        raise self._error(answer)

    def put_blob(
        self, name: BlobName, piece: bytes, offset: int, total: int, enrolment: Enrolment
    ) -> int | None:
        """Send one piece from `offset`: where to go on, None when the server has all of it."""
        headers = {"Content-Type": "application/octet-stream"}
        if total:
            last = offset + len(piece) - 1
            headers["Content-Range"] = f"bytes {offset}-{last}/{total}"
        path = _blob_path(name)
        answer = self._request("PUT", path, token=enrolment.token, headers=headers, body=piece)
        if answer.status == 201:
            return None
        if answer.status in {202, 409} and "upload-offset" in answer.headers:
            return _offset(answer)
        raise self._error(answer)

    def get_blob(
        self, name: BlobName, start: int, length: int, enrolment: Enrolment
    ) -> tuple[bytes, int] | None:
        """At most `length` bytes from `start`, and how many there are in all; None: there are none.

        Empty bytes when all there are lie before `start`.
        """
        headers = {"Range": f"bytes={start}-{start + length - 1}"}
        answer = self._request("GET", _blob_path(name), token=enrolment.token, headers=headers)
        match answer.status:
            case 200:
                return answer.body, len(answer.body)
            case 206:
                total = answer.headers.get("content-range", "").rpartition("/")[2]
                if not total.isdigit():
                    raise ServerSaysNoError("no Content-Range", answer.status)
                return answer.body, int(total)
            case 416 if answer.headers.get("content-range") == f"bytes */{start}":
                return b"", start
            case 404:
                return None
            case _:
                raise self._error(answer)

    def _post(self, path: str, plain: bytes, token: str) -> Answer:
        body, encoding = wire.pack(plain)
        headers = {"Content-Type": "application/json"}
        if encoding != "identity":
            headers["Content-Encoding"] = encoding
        return self._request("POST", path, token=token, headers=headers, body=body)

    def _request(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        headers: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        answer = self._transport.request(method, path, headers=sent, body=body)
        with self._counting:
            self.requests += 1
            self.bytes_sent += len(body)
            self.bytes_received += answer.travelled
        return answer

    def _message(self, answer: Answer, kind: type[T], status: int) -> T:
        if answer.status != status:
            raise self._error(answer)
        if _media_type(answer) != "application/json":
            raise ServerSaysNoError("not an advisor server's answer", answer.status)
        try:
            return wire.decode(answer.body, kind)
        except wire.BodyUnreadableError as error:
            raise ServerSaysNoError(str(error), answer.status) from error

    def _error(self, answer: Answer) -> SyncError:
        """The error that an answer stands for; anything unknown means: try again."""
        if _media_type(answer) != PROBLEM_MEDIA_TYPE:
            return ServerSaysNoError("", answer.status)
        try:
            problem = wire.decode(answer.body, Problem)
        except wire.BodyUnreadableError:
            return ServerSaysNoError("", answer.status)
        return _named_error(problem)


def _named_error(problem: Problem) -> SyncError:
    if problem.type == ProblemType.SERVER_RESTORED:
        return ServerRestoredError(problem.server_epoch)
    if problem.type in NAMED_ERRORS:
        return NAMED_ERRORS[problem.type](problem.title)
    return ServerSaysNoError(problem.title, problem.status)


def _media_type(answer: Answer) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip()


def _blob_path(name: BlobName) -> str:
    company_id, sha256 = name
    return f"/v1/blobs/{company_id}/{sha256}"


def _problem_type(answer: Answer) -> str:
    """Of a problem document; "" where the answer is none."""
    try:
        return wire.decode(answer.body, Problem).type
    except wire.BodyUnreadableError:
        return ""


def _offset(answer: Answer) -> int:
    offset = answer.headers["upload-offset"]
    if not offset.isdigit():
        raise OfflineError("unreadable Upload-Offset")
    return int(offset)


def _der(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ServerSaysNoError("unreadable Base64", 200) from error


def draw_token() -> str:
    """256 random bits as text; drawn here, so that a lost reply does not use up a code."""
    return secrets.token_urlsafe(32)
