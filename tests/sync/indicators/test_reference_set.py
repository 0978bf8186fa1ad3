"""What the server exports as a reference set is exactly what a laptop reads."""

from __future__ import annotations

import base64
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_advisor.assessment.benchmarks import read_reference_set
from desktop_advisor.signing.detached import is_signed
from sync import content
from sync.server import people
from sync.server.administration import add_network
from sync.server.cli import main
from sync.server.database import open_database
from tests.sync.indicators.figure_bodies import write_figures


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with the one network ITAS."""
    url = f"sqlite:///{tmp_path / 'server.sqlite'}"
    database = open_database(url)
    add_network(database, "ITAS")
    database.close()
    return url


def companies(url: str, count: int) -> None:
    database = open_database(url)
    dimensions = {"D07": 40, "D01": 62.5}
    write_figures(database, people.network_id_of(database, "ITAS"), count, dimensions=dimensions)
    database.close()


def export(url: str, to: Path, *more: str) -> int:
    command = ["benchmark", "--database-url", url, "--network", "ITAS", "--to", str(to), *more]
    return main(command)


def test_a_laptop_reads_what_the_server_wrote(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ADVISOR_CA_PASSPHRASE", "Siegel am Bergaltar 5")
    companies(url, 23)
    to, key = tmp_path / "benchmarks.json", tmp_path / "vergleich.pem"
    assert export(url, to, "--key", str(key)) == 0
    public = capsys.readouterr().out.split("reference_key of the profile is ")[1].split()[0]
    assert is_signed(to.read_bytes(), to.with_suffix(".sig").read_bytes(), public)
    assert len(base64.b64decode(public)) == 32
    found = read_reference_set(to.read_bytes())
    assert (found.form_id, found.source, found.as_of.year > 2000) == ("kurzcheck", "ITAS", True)
    group = found.group("D01", "medium")
    assert group is not None
    assert (group.firms, group.is_at_least, group.mean) == (20, True, Decimal("3.1"))
    assert found.group("D01", "small") is None
    assert all(
        content.is_allowed(f"networks/itas/{path.name}") for path in (to, to.with_suffix(".sig"))
    )


def test_the_same_key_signs_the_next_set(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    companies(url, 10)
    to, key = tmp_path / "benchmarks.json", tmp_path / "vergleich.pem"
    assert export(url, to, "--key", str(key)) == 1
    assert not key.exists()
    monkeypatch.setenv("ADVISOR_CA_PASSPHRASE", "Siegel am Bergaltar 5")
    assert [export(url, to, "--key", str(key)) for _ in range(2)] == [0, 0]
    lines = [line for line in capsys.readouterr().out.splitlines() if "reference_key" in line]
    assert len(set(lines)) == 1
    monkeypatch.setenv("ADVISOR_CA_PASSPHRASE", "eine andere")
    assert export(url, to, "--key", str(key)) == 1


def test_nine_companies_make_no_set(url: str, tmp_path: Path) -> None:
    companies(url, 9)
    assert export(url, tmp_path / "benchmarks.json") == 1
    assert not (tmp_path / "benchmarks.json").exists()
