"""advisor-server content: a folder or a ZIP file is published, and what was is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync import content as bundle
from sync.server import authority, cli
from sync.server.content import bundles, files_of
from tests.sync.central import CA_PASSPHRASE, NETWORK, Central

FILES = {"forms/kurz.md": b"# survey", "networks/itas/profile.json": b"{}"}


def test_a_folder_or_a_zip_file_is_published_by_command(
    central: Central,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority.create(central.database, NETWORK, CA_PASSPHRASE)
    folder = tmp_path / "inhalte"
    for path, content in {**FILES, "README.md": b"", "forms/~$kurz.xlsx": b"lock"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    assert files_of(folder) == FILES
    packed = tmp_path / "inhalte.zip"
    packed.write_bytes(bundle.pack(FILES))
    monkeypatch.setenv(cli.PASSPHRASE, CA_PASSPHRASE)
    url = f"sqlite:///{central.folder / 'server.sqlite'}"
    at = ["--database-url", url, "--network", NETWORK]
    assert cli.main(["content", "publish", *at, str(folder)]) == 0
    assert cli.main(["content", "publish", *at, str(packed)]) == 0
    assert cli.main(["content", "list", *at]) == 0
    said = capsys.readouterr().out
    assert "Version 2 of network ITAS: 2 files." in said
    assert "forms/kurz.md networks/itas/profile.json" in said
    (folder / "forms" / "kurz.exe").write_bytes(b"MZ")
    assert cli.main(["content", "publish", *at, str(folder)]) == 1
    assert cli.main(["content", "publish", *at, str(tmp_path / "fehlt")]) == 1
    assert [line.version for line in bundles(central.database, NETWORK)] == [2, 1]
