"""Opening a database of either kind."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from walktalk.sessions.store.database import open_database
from walktalk.sessions.store.errors import DatabaseError
from walktalk.sessions.store.models import Base
from walktalk.settings import Settings


def test_the_migrations_make_exactly_the_tables_that_the_models_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert "planned_session" in inspect(engine).get_table_names()


def test_a_database_that_is_opened_again_keeps_its_data(settings: Settings) -> None:
    with open_database(settings).begin() as connection:
        connection.execute(text("INSERT INTO erasure VALUES ('" + "0" * 32 + "', '2026-01-01')"))
    with open_database(settings).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM erasure")).scalar_one() == 1


def test_the_home_folder_and_what_is_in_it_belong_to_their_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    with open_database(Settings(home=home)).connect() as connection:
        connection.execute(text("SELECT 1"))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()} == {0o600}


@pytest.mark.slow
def test_processes_that_start_at_once_on_an_empty_home_all_find_it_ready(
    settings: Settings,
) -> None:
    program = (
        "import sys; from pathlib import Path; from sqlalchemy import text\n"
        "from walktalk.settings import Settings\n"
        "from walktalk.sessions.store.database import open_database\n"
        "settings = Settings(home=Path(sys.argv[1]), database_url=sys.argv[2])\n"
        "with open_database(settings).connect() as connection:\n"
        "    print(connection.execute(text('SELECT version_num FROM alembic_version')).all())\n"
    )
    command = [sys.executable, "-c", program, str(settings.home), settings.database_url]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ended = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], ended
    assert len({out for out, _ in ended}) == 1


@pytest.mark.parametrize("url", ["mysql://host/name", "not a url", "sqlite://"])
def test_a_database_of_another_kind_is_refused_with_what_is_accepted(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(DatabaseError, match="postgresql://"):
        open_database(Settings(home=tmp_path / "home", database_url=url))


def test_a_server_that_cannot_be_reached_is_named_as_the_trouble(tmp_path: Path) -> None:
    url = f"postgresql:///none?host={tmp_path}"
    with pytest.raises(DatabaseError, match="cannot be opened"):
        open_database(Settings(home=tmp_path / "home", database_url=url))
