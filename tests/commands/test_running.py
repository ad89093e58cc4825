"""``walktalk serve`` and what whoever runs the server needs."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.commands.conftest import NEXT_YEAR, Walktalk


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Start the real server in an empty home; give its address and what it printed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WALKTALK_")}
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "walktalk.cli", "serve", "--port", str(port)],
        env=environment | {"WALKTALK_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    lines = []
    for line in server.stdout:
        lines.append(line)
        if "/setup/" in line:
            break
    yield f"http://localhost:{port}", "".join(lines)
    server.terminate()
    server.wait(timeout=10)


def test_serve_prints_a_set_up_link_for_localhost_that_opens(served: tuple[str, str]) -> None:
    address, printed = served
    found = re.search(rf"{address}/setup/\S+", printed)
    assert found is not None
    with urlopen(found.group()) as page:
        assert page.status == 200
        assert "Server" not in page.headers


def test_a_link_for_a_new_password_is_printed_on_request(walktalk: Walktalk) -> None:
    ran = walktalk("user")
    assert ran.exit_code == 0
    assert re.search(r"http://localhost:8000/setup/\S+", ran.output)


def test_a_backup_is_restored_into_an_empty_home(
    walktalk: Walktalk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"{NEXT_YEAR}-06-03T10:00"
    assert (
        walktalk("share", "--area", "sandford-park", "--minutes", "30", "--at", at).exit_code == 0
    )
    file = tmp_path / "kept.zip"
    assert "1 sessions" in walktalk("backup", str(file)).output
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path / "elsewhere"))
    ran = walktalk("restore", str(file))
    assert ran.exit_code == 0
    assert "1 sessions" in ran.output


def test_a_file_that_is_no_backup_is_refused_in_words(walktalk: Walktalk, tmp_path: Path) -> None:
    file = tmp_path / "not-a-backup.zip"
    file.write_text("nothing")
    ran = walktalk("restore", str(file))
    assert ran.exit_code == 1
    assert "not-a-backup.zip" in ran.stderr


def test_doctor_finds_a_fresh_installation_in_order(walktalk: Walktalk) -> None:
    ran = walktalk("doctor")
    assert ran.exit_code == 0
    assert "mend" not in ran.output
