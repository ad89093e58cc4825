"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import URL, create_engine, text

_SERVER_USER = "postgres"  # initdb refuses to run as root


@contextmanager
def running_server() -> Iterator[URL]:
    """Give the address of a server's ``postgres`` database; fail where none is installed."""
    folder = Path(mkdtemp(prefix="walktalk-pg-"))
    as_server = _as_server_user(folder)
    data, log = folder / "data", folder / "log"
    try:
        _run(as_server, "initdb", "-D", data, "-A", "trust", "-U", "walker", "-E", "UTF8", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        _run(as_server, "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield URL.create(
                "postgresql+psycopg",
                username="walker",
                database="postgres",
                query={"host": str(folder)},
            )
        finally:
            _run(as_server, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(server: URL, name: str) -> Iterator[URL]:
    """Make an empty database on ``server`` and drop it afterwards."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield server.set(database=name)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


def _as_server_user(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam(_SERVER_USER)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", _SERVER_USER, "--"]


def _run(as_server: list[str], program: str, *arguments: str | Path) -> None:
    command = [*as_server, str(_server_programs() / program), *map(str, arguments)]
    # The server keeps what it inherits open, so its output goes to a file and not to a pipe.
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{program} failed with status {done.returncode}")


def _server_programs() -> Path:
    """Return the folder of the newest PostgreSQL server's programs."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.fail("PostgreSQL's server is not installed: apt-get install postgresql")
    return found[-1].parent
