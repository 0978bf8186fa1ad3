"""Somebody who opens pages of the console in this process, keeps cookies and sends forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from sync.client.transport import Answer
from sync.server import passphrases, people
from sync.server.database import Database
from tests.sync.in_process import AppTransport

PASSPHRASE = "Laterne Brücke 27 Salz"


def add_person(database: Database, network: str, name: str, role: str) -> str:
    """The id of a new person of the network's first team, who may sign in by PASSPHRASE."""
    network_id = people.network_id_of(database, network)
    person = people.add_advisor(database, network_id, name, "Test", role=role)
    if role != "advisor":
        passphrases.set_passphrase(database, network_id, person.id, PASSPHRASE, "Test")
    return person.id


@dataclass
class Visit:
    """One browser. page: what it shows last."""

    transport: AppTransport
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""

    def open(self, path: str) -> Answer:
        """Open a page, without following where it leads."""
        return self._call("GET", path, {})

    def send(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send a form of the page that is open, with the check value that it carries."""
        found = re.search(r'name="pruefwert" value="([^"]*)"', self.page)
        whole = {"pruefwert": unescape(found.group(1)) if found else "", **fields}
        return self.send_bare(path, whole, **headers)

    def send_bare(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send exactly these fields."""
        sent = {"content-type": "application/x-www-form-urlencoded"}
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        return self._call("POST", path, sent, urlencode(fields).encode())

    def upload(self, path: str, name: str, body: bytes) -> Answer:
        """Send one file by the form of the page that is open."""
        found = re.search(r'name="pruefwert" value="([^"]*)"', self.page)
        assert found is not None
        head = 'Content-Disposition: form-data; name="'
        parts = (
            f'--grenze\r\n{head}pruefwert"\r\n\r\n{found.group(1)}\r\n'
            f'--grenze\r\n{head}{name}"; filename="datei"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        sent = {"content-type": "multipart/form-data; boundary=grenze"}
        return self._call("POST", path, sent, parts.encode() + body + b"\r\n--grenze--\r\n")

    def sign_in(self, name: str, network: str = "ITAS", passphrase: str = PASSPHRASE) -> Answer:
        """Sign in as a person would, and open the overview."""
        self.open("/konsole/anmelden")
        answer = self.send(
            "/konsole/anmelden", {"name": name, "netzwerk": network, "passphrase": passphrase}
        )
        if answer.status == 303:
            self.open("/konsole")
        return answer

    def follow(self, answer: Answer) -> Answer:
        """Open the page that an answer leads to."""
        assert answer.status == 303, self.page
        return self.open(answer.headers["location"])

    def _call(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.transport.request(
            method, path, headers={**headers, **({"cookie": cookie} if cookie else {})}, body=body
        )
        for line in answer.headers.get("set-cookie", "").split("\n"):
            if line:
                name, _, rest = line.partition("=")
                self.cookies[name] = rest.partition(";")[0].strip('"')
        if answer.status != 303:
            self.page = answer.body.decode()
        return answer
