"""The way out to time-stamp services and to those who publish revocation data."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import requests

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 20.0
"""Silence on the line; our choice, such services answer within a second."""
LONGEST_S = 60.0
"""One answer as a whole, however slowly it drips."""
MOST_BYTES = 5 * 1024 * 1024
"""A token has some kilobytes; the largest public revocation lists have a few megabytes."""
_CHUNK_BYTES = 64 * 1024


class TimeStampLine:
    """Small requests over HTTP(S), each bounded in time and size; redirects are not followed.

    Certificates are verified against the system's authorities. Revocation lists come over plain
    HTTP too, since they are signed themselves (RFC 5280 §8). A host that was not reached is not
    asked again: a run with ten reports would else wait ten times.
    """

    def __init__(self) -> None:
        self._session = requests.Session()
        self._down: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def post(self, url: str, body: bytes, media_type: str) -> bytes:
        """The answer's body. Raises OSError for anything but 200 in time and size."""
        return self._asked("POST", url, body, {"Content-Type": media_type})

    def get(self, url: str) -> bytes:
        """What lies there. Raises OSError as `post`."""
        return self._asked("GET", url, b"", {})

    def _asked(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> bytes:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OSError(f"no address: {url}")
        if parts.netloc in self._down:
            raise ConnectionError(url)
        try:
            return self._answered(method, url, body, headers)
        except requests.RequestException:
            self._down.add(parts.netloc)
            raise

    def _answered(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> bytes:
        begun = time.monotonic()
        with self._session.request(
            method,
            url,
            data=body or None,
            headers={"User-Agent": "desktop-advisor", **headers},
            timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise OSError(f"{answer.status_code} from {url}")
            content = bytearray()
            for chunk in answer.iter_content(_CHUNK_BYTES):
                content += chunk
                if len(content) > MOST_BYTES or time.monotonic() - begun > LONGEST_S:
                    raise OSError(f"too long or too slow: {url}")
            return bytes(content)
