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
from walktalk.sessions.store.database import SQLITE_FILE
from walktalk.sessions.store.sqlite import set_aside


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Start the real server in an empty home; give its address and what it printed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WALKTALK_")}
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "walktalk.cli", "serve", "--port", str(port)],
        env=environment | {"WALKTALK_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        lines = []
        for line in server.stdout:
            lines.append(line)
            if "/setup/" in line:
                break
        yield f"http://localhost:{port}", "".join(lines)
        server.terminate()


@pytest.mark.slow
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


def test_a_list_of_erasures_is_carried_along_and_its_absence_is_said(
    walktalk: Walktalk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, listed = tmp_path / "kept.zip", tmp_path / "erased"
    listed.write_text("")
    assert walktalk("backup", str(file)).exit_code == 0
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path / "elsewhere"))
    assert "There is no list here" in walktalk("restore", str(file)).output
    again = walktalk("restore", str(file), "--force", "--erased", str(listed))
    assert again.exit_code == 0
    assert "There is no list here" not in again.output


COMMANDS = (
    ("doctor",),
    ("user",),
    ("backup", "kept.zip"),
    ("restore", "kept.zip", "--force"),
    ("routes", "list"),
    ("share", "--area", "sandford-park", "--minutes", "30", "--at", f"{NEXT_YEAR}-06-03T10:00"),
)


def test_no_command_leaves_the_database_open(
    walktalk: Walktalk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = tmp_path / "home" / SQLITE_FILE
    for words in COMMANDS:
        assert walktalk(*words).exit_code == 0, words
        set_aside(database, tmp_path / "aside")  # nobody else may have it open
        (tmp_path / "aside").rename(database)
