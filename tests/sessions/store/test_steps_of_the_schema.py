"""A step of the schema back and forth again loses nothing that is older than the step."""

import pytest
from alembic import command
from sqlalchemy import Connection, text

from tests.sessions.acts import save
from tests.sessions.test_recorded import keep
from tests.sessions.walks import NOW, a_walk
from walktalk.sessions import diary, links, recorded, removal
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.database import locked, open_database, session_factory
from walktalk.sessions.store.models import Erasure
from walktalk.sessions.store.schema_steps import alembic_config
from walktalk.settings import Settings

OLDER_THAN_RECORDED_WALKS = ("0002", "0001")
TABLES = ("account", "planned_session", "share_link", "recorded_walk", "erasure")


@pytest.mark.parametrize(
    "revision", ["0013", "0012", "0011", "0010", "0009", "0008", *OLDER_THAN_RECORDED_WALKS]
)
@pytest.mark.slow
def test_sessions_links_and_walks_are_kept_by_a_step_back_and_forth(
    settings: Settings, revision: str
) -> None:
    engine = open_database(settings)
    factory = session_factory(engine)
    with factory.begin() as db:
        account = first_account(db, now=NOW)
        planned = save(db, account, reference="K7")
        token = links.share(db, planned, now=NOW)[1]
        route = recorded.as_route(keep(db, account))
        gone = keep(db, account, "From the door")
        removal.erase(db, gone, now=NOW)
    has_walks = revision not in OLDER_THAN_RECORDED_WALKS
    with locked(engine) as connection:
        command.downgrade(alembic_config(connection), revision)
        rows = rows_of(connection, TABLES if has_walks else TABLES[:3])
        assert set(rows.values()) == {1}, rows
    with locked(engine) as connection:
        command.upgrade(alembic_config(connection), "head")
    with factory.begin() as db:
        account = first_account(db)
        [found] = diary.list_upcoming(db, account, NOW)
        assert (found.id, found.reference) == (planned.id, "K7")
        assert diary.frozen_walk(found) == a_walk()
        assert links.open_link(db, token, NOW) is not None
        assert db.get(Erasure, gone.id) is not None
        walks = [recorded.as_route(each) for each in recorded.list_kept(db, account)]
        assert walks == ([route] if has_walks else [])
    engine.dispose()


def rows_of(connection: Connection, tables: tuple[str, ...]) -> dict[str, int]:
    counted = {name: connection.execute(text(f"SELECT count(*) FROM {name}")) for name in tables}
    return {name: found.scalar_one() for name, found in counted.items()}
