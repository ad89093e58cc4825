"""Photographs: kept for a place, chosen for a page, on none of them once removed."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests import photographs as made
from tests.maps.real_walks import stored_walks
from tests.sessions.acts import again, save
from tests.sessions.photographing import PICTURE, TAKEN, WORDS, add, saved, seen
from tests.sessions.walks import NOW, TEN_O_CLOCK, a_walk
from walktalk.parks import LonLat
from walktalk.parks.geodesy import length_m
from walktalk.routes import Leg, RequestError, Route, Walk
from walktalk.routes.directions import directions, turn_cues
from walktalk.sessions import diary, links, photographs, removal
from walktalk.sessions.errors import AlreadyErased, PhotographNotFound
from walktalk.sessions.photographs import as_picture
from walktalk.sessions.store.models import Account, Photograph, PlannedSession

_WALKS = stored_walks()
_STORED = _WALKS["pittville-park/lower-lake-loop"]
KEY = UUID("6c1f6a3e-8f0b-4b4c-9a53-0d2d1b7f9e11")
LOOP = replace(_STORED, request=replace(_STORED.request, at=TEN_O_CLOCK))


def along_one_path(*further: LonLat) -> Walk:
    """Return a walk along a path without a bend, or through further points, and back."""
    walk = a_walk()
    line = (walk.route.coordinates[0], *(further or walk.route.coordinates[1:2]))
    there = length_m(line)
    path = replace(walk.area.paths["way-1"], coordinates=line)
    legs = (Leg("way-1", 0.0, there), Leg("way-1", there, 0.0))
    route = Route((*line, *line[-2::-1]), 2 * there, "out-and-back", legs)
    return replace(
        walk,
        area=replace(walk.area, paths={"way-1": path}),
        proposal=replace(walk.proposal, route=route),
    )


def test_a_link_shows_the_photograph_that_was_added(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    planned, token = shared
    assert seen(factory, token) == ()
    with factory.begin() as db:
        add(db, again(db, planned))
    shown = seen(factory, token)
    assert shown is not None
    [photo] = shown
    assert (photo.shows, photo.description, photo.taken_on) == ("meeting-place", WORDS, TAKEN)
    assert (photo.width, photo.height) == (PICTURE.width, PICTURE.height)
    assert photo.name.startswith("photo-1-")
    assert str(photo.id)[:8] not in photo.name
    with factory.begin() as db:
        assert photographs.image_of(db, photo.id) == PICTURE.content


def test_the_page_keeps_its_date_for_calendars_when_a_photograph_is_added(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        add(db, planned)
        assert (planned.sequence, planned.changed_at) == (0, NOW)


def test_a_photograph_serves_later_walks_from_the_same_place_and_no_others(
    factory: sessionmaker[Session], account: Account
) -> None:
    moved = replace(a_walk().area.places["gate"], position=(-2.0795, 51.90))  # 34 m to the east
    walk = a_walk()
    other = replace(walk, area=replace(walk.area, places={"gate": moved}))
    with factory.begin() as db:
        photo = add(db, save(db, account))
        later = saved(db, account, "later", walk)
        assert photographs.to_choose(db, account, walk)["meeting-place"] == (photo,)
        assert photographs.to_choose(db, account, other)["meeting-place"] == ()
        assert photographs.shown_on(later) == ()
        photographs.choose(db, later, {"meeting-place": photo.id})
        assert [each.id for each in photographs.shown_on(later)] == [photo.id]
        elsewhere = saved(db, account, "elsewhere", other)
        with pytest.raises(PhotographNotFound, match="not one of this place"):
            photographs.choose(db, elsewhere, {"meeting-place": photo.id})


def test_a_walk_round_a_lake_has_a_first_turn_and_one_along_one_path_has_none(
    factory: sessionmaker[Session], account: Account
) -> None:
    spots = photographs.spots_of(LOOP)
    assert list(spots) == ["meeting-place", "first-turn"]
    straight = along_one_path()
    assert list(photographs.spots_of(straight)) == ["meeting-place"]
    with factory.begin() as db:
        turn = add(db, saved(db, account, "loop", LOOP), "first-turn")
        assert turn.spot == spots["first-turn"]
        with pytest.raises(RequestError, match="this walk has no turn"):
            add(db, saved(db, account, "straight", straight), "first-turn")


def test_a_bend_that_the_directions_leave_out_is_no_first_turn() -> None:
    eight_metres_north, then_east = (-2.08, 51.90007), (-2.075, 51.90007)
    walk = along_one_path(eight_metres_north, then_east)
    assert "right" in {cue.kind for cue in turn_cues(walk.area, walk.route)}
    assert list(photographs.spots_of(walk)) == ["meeting-place"]


@pytest.mark.parametrize("name", sorted(_WALKS))
def test_the_first_turn_is_one_that_the_directions_tell_of(name: str) -> None:
    walk = _WALKS[name]
    told = [
        step.position
        for step in directions(walk.area, walk.route, walk.request.pace)
        if step.kind in {"left", "right", "slight-left", "slight-right"}
    ]
    assert photographs.spots_of(walk).get("first-turn") == (told[0] if told else None)


def test_another_photograph_takes_the_place_of_the_first_under_another_name(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        first = photographs.shown_on(_with(db, shared[0]))[0]
        second = photographs.shown_on(_with(db, shared[0]))[0]
    assert first.id != second.id
    assert first.name != second.name
    shown = seen(factory, shared[1])
    assert shown == (second,)
    with factory.begin() as db:
        planned = again(db, shared[0])
        photographs.choose(db, planned, {"meeting-place": None})
        assert photographs.shown_on(planned) == ()
        photographs.choose(db, planned, {"meeting-place": first.id})
    assert seen(factory, shared[1]) == (first,)


def _with(db: Session, planned: PlannedSession) -> PlannedSession:
    here = again(db, planned)
    add(db, here)
    return here


def test_removed_it_leaves_every_page_at_once_and_comes_back_to_each(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str], account: Account
) -> None:
    with factory.begin() as db:
        photo = add(db, again(db, shared[0]))
        other = saved(db, account, "other", a_walk())
        photographs.choose(db, other, {"meeting-place": photo.id})
        other_token = links.share(db, other, now=NOW)[1]
        removal.delete(db, photo, now=NOW)
        assert photographs.list_kept(db, account) == []
        assert removal.list_deleted(db, Photograph, account) == [photo]
        assert photographs.image_of(db, photo.id) is None
    assert seen(factory, shared[1]) == seen(factory, other_token) == ()
    with factory.begin() as db:
        removal.put_back(db, photographs.get(db, account, photo.id))
    for token in (shared[1], other_token):
        shown = seen(factory, token)
        assert shown is not None
        assert [each.id for each in shown] == [photo.id]


def test_a_walk_called_off_shows_none_until_it_is_on_again(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        add(db, planned)
        diary.cancel(db, planned, now=NOW)
    assert seen(factory, shared[1]) == ()
    with factory.begin() as db:
        diary.uncancel(db, again(db, shared[0]), now=NOW)
    assert len(seen(factory, shared[1]) or ()) == 1


def test_a_walk_moved_to_another_time_keeps_its_photographs(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        add(db, planned)
        links.reschedule(db, planned, TEN_O_CLOCK + timedelta(days=1), now=NOW)
    assert len(seen(factory, shared[1]) or ()) == 1


def test_no_photograph_is_seen_through_a_dead_link(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        link = _with(db, shared[0]).links[0]
    assert seen(factory, shared[1], link.expires_at) is None
    with factory.begin() as db:
        links.revoke(db, again(db, shared[0]).links[0], now=NOW)
    assert seen(factory, shared[1]) is None


def test_another_account_neither_sees_nor_chooses_it(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        photo, other = add(db, save(db, account)), Account(created_at=NOW)
        db.add(other)
        db.flush()
        theirs = saved(db, other, "theirs", a_walk())
        assert photographs.list_kept(db, other) == []
        with pytest.raises(PhotographNotFound):
            photographs.get(db, other, photo.id)
        with pytest.raises(PhotographNotFound):
            photographs.choose(db, theirs, {"meeting-place": photo.id})


def test_the_same_form_sent_twice_keeps_one(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str], account: Account
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        first = add(db, planned, key=KEY)
        photographs.choose(db, planned, {"meeting-place": None})
        assert add(db, planned, key=KEY) is first
        assert first.id == KEY
        assert photographs.list_kept(db, account) == [first]
        assert [each.id for each in photographs.shown_on(planned)] == [KEY]


def test_the_same_form_with_something_else_in_it_keeps_that_too(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = saved(db, account, "loop", LOOP)
        first = add(db, planned, key=KEY)
        others = [
            add(db, planned, words="A green bench.", key=KEY),
            add(db, planned, picture=as_picture(made.as_jpeg(made.a_scene(300, 400))), key=KEY),
            add(db, planned, "first-turn", key=KEY),
        ]
        assert len({each.id for each in (first, *others)}) == 4
        assert len(photographs.list_kept(db, account)) == 4
        shown = {each.shows: each.id for each in photographs.shown_on(planned)}
        assert shown == {"meeting-place": others[1].id, "first-turn": others[2].id}


def test_the_same_form_sent_after_removing_keeps_another_and_leaves_the_bin_alone(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        removed = add(db, planned, key=KEY)
        removal.delete(db, removed, now=NOW)
        kept = add(db, planned, key=KEY)
        assert photographs.list_kept(db, account) == [kept]
        assert removal.list_deleted(db, Photograph, account) == [removed]


def test_a_form_sent_again_does_not_bring_an_erased_photograph_back(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        removal.erase(db, add(db, save(db, account), key=KEY), now=NOW)
    with factory.begin() as db, pytest.raises(AlreadyErased):
        add(db, saved(db, account, "later", a_walk()), key=KEY)
    with factory.begin() as db:
        assert photographs.list_kept(db, account) == []


def test_another_accounts_key_gives_a_photograph_of_ones_own(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        other = Account(created_at=NOW)
        db.add(other)
        db.flush()
        theirs = add(db, saved(db, other, "theirs", a_walk()), key=KEY)
        mine = add(db, save(db, account), key=KEY)
        assert mine.id != theirs.id
        assert photographs.list_kept(db, account) == [mine]
        assert photographs.list_kept(db, other) == [theirs]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "1 to 200 characters"),
        (" \n ", "1 to 200 characters"),
        ("x" * 201, "1 to 200 characters"),
        ("a\x00b", "1 to 200 characters"),
        ("Where my client waits", 'without "client"'),
        ("The Counselling room", 'without "Counselling"'),
        ("Beside the therapist's door", 'without "therapist"'),
    ],
)
def test_words_that_are_too_many_or_tell_a_stranger_are_refused(text: str, why: str) -> None:
    with pytest.raises(RequestError, match=why):
        photographs.accepted_description(text)


def test_words_are_kept_as_one_sentence() -> None:
    assert photographs.accepted_description(" A red\n bench ") == "A red bench."
    assert photographs.accepted_description("A red bench.") == "A red bench."


def test_other_words_stand_on_every_page(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        photo = add(db, again(db, shared[0]))
        photographs.describe(db, photo, "A green bench")
    shown = seen(factory, shared[1])
    assert shown is not None
    assert shown[0].description == "A green bench."


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(1989, 12, 31)])
def test_a_day_to_come_or_long_ago_is_refused(day: date) -> None:
    with pytest.raises(RequestError, match="a day from 1990 to today"):
        photographs.accepted_day(day, NOW)
