"""What is needed and unknown: nobody shares it in silence."""

import string
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.acts import save
from tests.sessions.walks import NOW, a_walk
from walktalk.routes import Finding
from walktalk.routes.sentences import Metres, say
from walktalk.sessions import diary, links
from walktalk.sessions.acceptance import needed_unknown
from walktalk.sessions.errors import UnknownNotAccepted
from walktalk.sessions.store.models import Account

BASE64URL = string.ascii_letters + string.digits + "-_"


def test_a_walk_with_a_needed_unknown_is_not_shared_until_somebody_answers_for_it(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk(unknown="steps", needs=frozenset({"step-free"}))
    with factory.begin() as db:
        planned = save(db, account, walk)
        with pytest.raises(UnknownNotAccepted, match="Nobody has checked this yet: steps") as why:
            links.share(db, planned, now=NOW)
        assert why.value.checks == ("steps",)
        diary.accept_unknown(db, planned, "agreed-to-go-and-see", now=NOW)
        links.share(db, planned, now=NOW)
    with factory.begin() as db:
        assert diary.get(db, account, planned.id).acceptance == {
            "how": "agreed-to-go-and-see",
            "on": "2026-11-24",
            "checks": ["steps"],
        }


def test_an_answer_given_when_saving_is_kept_and_lets_the_walk_be_shared(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk(unknown="steps", needs=frozenset({"step-free"}))
    with factory.begin() as db:
        planned = save(db, account, walk, unknown_accepted="checked")
        assert planned.acceptance == {"how": "checked", "on": "2026-11-24", "checks": ["steps"]}
        assert links.share(db, planned, now=NOW)


def test_an_answer_can_be_taken_back(factory: sessionmaker[Session], account: Account) -> None:
    walk = a_walk(unknown="steps", needs=frozenset({"step-free"}))
    with factory.begin() as db:
        planned = save(db, account, walk, unknown_accepted="checked")
        diary.accept_unknown(db, planned, "no", now=NOW)
        with pytest.raises(UnknownNotAccepted):
            links.share(db, planned, now=NOW)


def test_a_need_that_no_finding_speaks_of_is_unknown(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk(needs=frozenset({"toilets", "step-free"}))
    unchecked = replace(walk, proposal=replace(walk.proposal, findings=()))
    with factory.begin() as db, pytest.raises(UnknownNotAccepted, match="steps, toilets"):
        links.share(db, save(db, account, unchecked), now=NOW)


def test_an_unknown_that_nobody_needs_does_not_stop_sharing(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk(unknown="surface", needs=frozenset({"step-free"}))
    with factory.begin() as db:
        assert links.share(db, save(db, account, walk), now=NOW)


def test_seats_farther_apart_than_was_asked_for_are_answered_for_like_any_unknown_need(
    factory: sessionmaker[Session], account: Account
) -> None:
    says = say("The longest stretch without one is %(gap)s.", gap=Metres(180.0))
    for within_m, open_checks in ((200, ()), (150, ("seats",))):
        walk = a_walk(seats_within_m=within_m, needs=frozenset({"seats"}))
        seats = Finding("seats", "caution", says)
        walk = replace(walk, proposal=replace(walk.proposal, findings=(seats,)))
        assert needed_unknown(walk) == open_checks
    with factory.begin() as db, pytest.raises(UnknownNotAccepted, match="seats"):
        links.share(db, save(db, account, walk), now=NOW)
