"""Nothing private reaches a client, a log line or the disk in plain words."""

import json
import logging
from dataclasses import fields, replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.acts import written
from tests.sessions.walks import NOW, a_walk
from walktalk.routes import Walk
from walktalk.sessions import diary, links, removal
from walktalk.sessions.accounts import first_account
from walktalk.sessions.opened import SharedWalk, public_walk
from walktalk.sessions.store.database import open_database, session_factory
from walktalk.sessions.store.models import Account, PlannedSession
from walktalk.settings import Settings

NEEDS = frozenset({"step-free", "firm-surface", "away-from-playgrounds", "no-bikes"})
CANARIES = [
    *NEEDS,
    "few-turns",
    "shade",
    "canary-reference",
    "canary-reason",
    "canary-place",
    "canary-stop",
    "0.83719",
    "987654",
    "77.125",
    "98765.4321",
    "66.0625",
    "876.5432",
    "refuse",
    "agreed-to-go-and-see",
]


def private_walk() -> Walk:
    """Return a walk with a word of its own in everything that is private."""
    walk = a_walk(
        unknown="steps",
        needs=NEEDS,
        preferences=frozenset({"few-turns", "shade"}),
        pace=0.83719,
        variant=987654,
        max_minutes_from_start=77.125,
        keep_away_from=("canary-place",),
        approach="canary-stop",
    )
    assert walk.proposal.farthest is not None
    proposal = replace(
        walk.proposal,
        reason="canary-reason",
        cost=98765.4321,
        forced_repeated_m=876.5432,
        farthest=replace(walk.proposal.farthest, back_minutes=66.0625),
    )
    return Walk(walk.area, replace(walk.request, unknown="refuse"), proposal)


def save(db: Session, account: Account) -> PlannedSession:
    return diary.save_session(
        db,
        account,
        private_walk(),
        form_key="form",
        reference="canary-reference",
        unknown_accepted="agreed-to-go-and-see",
        now=NOW,
    )


def test_nothing_private_is_in_what_a_client_may_see(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        _, token = links.share(db, save(db, account), now=NOW)
        seen = links.open_link(db, token, NOW)
    assert seen is not None
    shown = [getattr(seen, each.name) for each in fields(SharedWalk) if each.name != "thaw"]
    everything = repr((shown, seen.walk)) + TypeAdapter(Walk).dump_json(seen.walk).decode()
    assert [word for word in CANARIES if word in everything] == []


def test_the_canaries_are_in_the_walk_that_the_counsellor_sees() -> None:
    everything = repr(private_walk())
    absent = [word for word in CANARIES if word not in everything]
    assert absent == ["canary-reference", "agreed-to-go-and-see"]


def test_two_clients_with_other_needs_see_the_same_walk() -> None:
    asked = private_walk()
    other = replace(asked, request=replace(asked.request, needs=frozenset(), pace=1.2))
    assert public_walk(asked) == public_walk(other)


def test_the_evidence_that_names_the_pace_stays_with_the_counsellor() -> None:
    walk = a_walk()
    told = tuple(replace(f, because="at 0.8 m/s on the flat") for f in walk.proposal.findings)
    walk = replace(walk, proposal=replace(walk.proposal, findings=told))
    shown = public_walk(walk).proposal.findings
    assert [finding.message for finding in shown] == [finding.message for finding in told]
    assert not any(finding.evidence for finding in shown)


def test_no_private_word_stands_in_the_database_file(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    engine = open_database(settings)
    factory = session_factory(engine)
    with factory.begin() as db:
        account = first_account(db, now=NOW)
        links.share(db, save(db, account), now=NOW)
        frozen = json.dumps(db.get_one(PlannedSession, save(db, account).id).frozen)
    kept = written(settings)
    assert b"planned_session" in kept
    assert "canary-reason" in frozen
    assert [word for word in [*CANARIES, "asphalt"] if word.encode() in kept] == []
    engine.dispose()


def test_an_erased_sessions_bytes_leave_the_files_at_once(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    engine = open_database(settings)
    factory = session_factory(engine)

    with factory.begin() as db:
        account = first_account(db, now=NOW)
        session_id = save(db, account).id
    with engine.connect() as connection:
        sealed = connection.exec_driver_sql("SELECT reference FROM planned_session").scalar_one()
    assert sealed in written(settings)
    with factory.begin() as db:
        removal.erase(db, db.get_one(PlannedSession, session_id), now=NOW)
    assert sealed not in written(settings)
    engine.dispose()


def test_no_private_word_stands_in_an_error_or_a_log_line(
    factory: sessionmaker[Session],
    account: Account,
    engine: Engine,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(engine, "echo", "debug")
    with factory.begin() as db:
        _, token = links.share(db, save(db, account), now=NOW)
        links.open_link(db, token, NOW)
    with pytest.raises(StatementError) as failed, factory.begin() as db:
        planned = diary.get(db, account, save(db, account).id)
        planned.starts_at = planned.starts_at.replace(tzinfo=None)
        planned.reference = "canary-reference"
        db.flush()
    everything = caplog.text + str(failed.value)
    assert "planned_session" in everything
    assert [word for word in [*CANARIES, token] if word in everything] == []
