"""Work on the land: once for the same wish, one at a time, resumed or failed plainly."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW
from walktalk.sessions import jobs
from walktalk.sessions.errors import JobNotFound
from walktalk.sessions.jobs import KEPT, LEASE, MOST_TRIES
from walktalk.sessions.store.models import Account

Factory = sessionmaker[Session]
ASKED = {"name": "Hatherley Park", "town": "Cheltenham"}
ME, OTHER = uuid4(), uuid4()


def _ask(factory: Factory, account: Account, name: str = "Hatherley Park") -> UUID:
    with factory.begin() as db:
        return jobs.ask(db, account, "park", ASKED | {"name": name}, now=NOW)[0].id


def _states(factory: Factory, ids: Sequence[UUID]) -> list[str]:
    with factory.begin() as db:
        return [jobs.get(db, each).state for each in ids]


def test_two_who_ask_for_the_same_at_once_wait_for_one_piece_of_work(
    factory: Factory, account: Account
) -> None:
    ready, got = Barrier(2), []

    def ask(name: str) -> None:
        ready.wait()
        with factory.begin() as db:
            job, is_new = jobs.ask(db, account, "park", ASKED | {"name": name}, now=NOW)
            got.append((job.id, is_new))

    both = [Thread(target=ask, args=(name,)) for name in ("Hatherley Park", "hatherley park")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len({job_id for job_id, _ in got}) == 1
    assert sorted(is_new for _, is_new in got) == [False, True]


def test_one_is_worked_on_at_a_time_the_oldest_first(factory: Factory, account: Account) -> None:
    first, second = _ask(factory, account, "A"), _ask(factory, account, "B")
    ready, got = Barrier(2), []

    def claim(runner: UUID) -> None:
        ready.wait()
        with factory.begin() as db:
            if (job := jobs.claim(db, runner, NOW)) is not None:
                got.append(job.id)

    both = [Thread(target=claim, args=(runner,)) for runner in (ME, OTHER)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(got) == 1
    assert sorted(_states(factory, [first, second])) == ["waiting", "working"]


def test_work_that_a_server_left_is_begun_again_and_fails_plainly_in_the_end(
    factory: Factory, account: Account
) -> None:
    job_id, now = _ask(factory, account), NOW
    for _ in range(MOST_TRIES):
        with factory.begin() as db:
            assert jobs.claim(db, ME, now) is not None
        with factory.begin() as db:
            assert jobs.claim(db, OTHER, now) is None
        now += LEASE + timedelta(seconds=1)
    with factory.begin() as db:
        assert jobs.claim(db, ME, now) is None
        assert jobs.get(db, job_id).state == "failed"
        assert "The server stopped 3 times" in jobs.get(db, job_id).said
        assert jobs.ask(db, account, "park", ASKED, now=now)[1]


def test_whoever_lost_the_lease_can_neither_go_on_nor_end_it(
    factory: Factory, account: Account
) -> None:
    job_id, later = _ask(factory, account), NOW + LEASE + timedelta(seconds=1)
    with factory.begin() as db:
        jobs.claim(db, ME, NOW)
    with factory.begin() as db:
        jobs.claim(db, OTHER, later)
    with factory.begin() as db:
        assert not jobs.renew(db, job_id, ME, later)
        assert not jobs.release(db, job_id, ME, "done", "", now=later)
        assert jobs.renew(db, job_id, OTHER, later, "Reading")
    assert _states(factory, [job_id]) == ["working"]


def test_what_was_found_is_taken_only_once_somebody_agrees(
    factory: Factory, account: Account
) -> None:
    job_id = _ask(factory, account)
    with factory.begin() as db:
        assert not jobs.agree(db, job_id, NOW)
        jobs.claim(db, ME, NOW)
    with factory.begin() as db:
        jobs.release(db, job_id, ME, "to decide", "Look", now=NOW, found={"areas": []})
        assert jobs.claim(db, ME, NOW) is None
    with factory.begin() as db:
        assert jobs.found_of(jobs.get(db, job_id)) == {"areas": []}
        assert jobs.agree(db, job_id, NOW)
        assert not jobs.agree(db, job_id, NOW)
    with factory.begin() as db:
        taken = jobs.claim(db, ME, NOW)
        assert taken is not None and taken.state == "taking"
        assert not jobs.drop(db, job_id, NOW)


@pytest.mark.parametrize("worked_on", [False, True])
def test_work_can_be_stopped(factory: Factory, account: Account, worked_on: bool) -> None:
    job_id = _ask(factory, account)
    with factory.begin() as db:
        if worked_on:
            jobs.claim(db, ME, NOW)
    with factory.begin() as db:
        assert jobs.drop(db, job_id, NOW)
        assert not jobs.drop(db, job_id, NOW)
    with factory.begin() as db:
        assert not jobs.renew(db, job_id, ME, NOW)
        assert not jobs.is_wanted(db)


def test_work_is_forgotten_after_a_month(factory: Factory, account: Account) -> None:
    job_id = _ask(factory, account)
    with factory.begin() as db:
        assert jobs.is_wanted(db)
        assert jobs.forget_old(db, NOW + KEPT - timedelta(days=1)) == 0
        assert jobs.forget_old(db, NOW + KEPT) == 1
    with factory.begin() as db, pytest.raises(JobNotFound):
        jobs.get(db, job_id)
