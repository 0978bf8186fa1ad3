"""How often one laptop, or one address without a token, may ask: token buckets in memory.

Each process counts for itself, so n processes allow n times as much.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

from litestar import Request

from sync.protocol import ProblemType
from sync.server.problems import RefusalError, refusal

Kind = Literal["registration", "enrolment", "sign_in", "refused"]
MOST_BUCKETS = 20_000
"""Before full buckets are thrown away, which are as good as none."""


@dataclass(frozen=True)
class Limit:
    """So many requests at once, and so many more each second."""

    per_second: float
    burst: int


@dataclass(frozen=True)
class Limits:
    """registration: of one laptop and its copies. All others are for one client address.

    Our choice: a first sync of a thousand photos is not slowed down, nor one whose batches travel
    in parts, of which 50 a second are more than a line that needs them carries; a one-time code of
    80 bits or a passphrase is not found by trying. refused: tokens that are not accepted.
    """

    registration: Limit = field(default=Limit(50, 2000))
    enrolment: Limit = field(default=Limit(10 / 60, 10))
    sign_in: Limit = field(default=Limit(10 / 60, 10))
    refused: Limit = field(default=Limit(5, 100))


def unlimited() -> Limits:
    """For tests and measurements that ask faster than any laptop."""
    endless = Limit(1e9, 10**9)
    return Limits(endless, endless, endless, endless)


@dataclass
class _Bucket:
    left: float
    at_s: float


class Rates:
    """The buckets of this process.

    behind_proxy: the client's address is the last one of X-Forwarded-For, which the proxy wrote;
    without a proxy anybody could write it, so it is not looked at.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        behind_proxy: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or Limits()
        self._behind_proxy = behind_proxy
        self._clock = clock
        self._buckets: dict[tuple[Kind, str], _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, kind: Kind, key: str) -> None:
        """Count one request. Raises RefusalError: 429 with Retry-After (RFC 6585 §4)."""
        limit: Limit = getattr(self._limits, kind)
        with self._lock:
            now = self._clock()
            bucket = self._filled((kind, key), limit, now)
            if bucket.left < 1:
                raise _too_many(math.ceil((1 - bucket.left) / limit.per_second))
            bucket.left -= 1

    def take_from_address(self, kind: Kind, request: Request[Any, Any, Any]) -> None:
        """Count one request of the client that sent this one. Raises RefusalError."""
        self.take(kind, self.address_of(request))

    def address_of(self, request: Request[Any, Any, Any]) -> str:
        """Where the request comes from; "" where the server cannot tell."""
        if self._behind_proxy:
            forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
            if forwarded:
                return forwarded
        return request.client.host if request.client is not None else ""

    def came_by_https(self, request: Request[Any, Any, Any]) -> bool:
        """Whether the client speaks TLS, to us or to the proxy: its cookies may then be Secure."""
        if self._behind_proxy:
            return request.headers.get("x-forwarded-proto", "").strip().lower() == "https"
        return request.url.scheme == "https"

    def _filled(self, name: tuple[Kind, str], limit: Limit, now: float) -> _Bucket:
        bucket = self._buckets.get(name)
        if bucket is None:
            if len(self._buckets) >= MOST_BUCKETS:
                self._forget_full(now)
            bucket = self._buckets[name] = _Bucket(limit.burst, now)
        bucket.left = min(limit.burst, bucket.left + (now - bucket.at_s) * limit.per_second)
        bucket.at_s = now
        return bucket

    def _forget_full(self, now: float) -> None:
        """Throw away what is full again; all of it, should nothing be."""

        def is_full(kind: Kind, bucket: _Bucket) -> bool:
            limit: Limit = getattr(self._limits, kind)
            return bucket.left + (now - bucket.at_s) * limit.per_second >= limit.burst

        kept = {name: b for name, b in self._buckets.items() if not is_full(name[0], b)}
        self._buckets = kept if len(kept) < MOST_BUCKETS else {}


def _too_many(wait_s: int) -> RefusalError:
    return refusal(
        ProblemType.TOO_MANY,
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many requests; come again later.",
        Retry_After=str(wait_s),
    )
