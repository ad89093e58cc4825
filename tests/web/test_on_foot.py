"""What a counsellor saw on a walk: asked, kept, told on the walk's pages, undone."""

import io
import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests import photographs as made
from tests.routes import recorded as files
from tests.web.desk import NOW, Desk, state_of
from tests.web.test_recordings import ACROSS_THE_GRASS, add, library, use_it
from walktalk.sessions import observations
from walktalk.sessions.observations import Seen
from walktalk.sessions.recorded import route_id
from walktalk.sessions.store.models import Account

TODAY, DAY = "2026-11-23", date(2026, 11, 23)
AREA = "pittville-park"


def asked(desk: Desk, address: str) -> dict[str, str]:
    page = desk.get(f"{address}/on-foot")
    assert page.status_code == 200
    found = re.search(r'name="answer_id" value="(\w{32})"', page.text)
    assert found is not None
    return {"answer_id": found[1], "seen_on": TODAY}


def say(desk: Desk, address: str, **answers: object) -> int:
    return desk.post(f"{address}/on-foot", asked(desk, address) | answers).status_code


@pytest.mark.slow
def test_what_was_seen_on_a_walk_is_told_on_its_pages_and_of_later_walks(desk: Desk) -> None:
    session = desk.saved(needs="step-free")
    assert say(desk, session, steps="no", firm="yes") == 200
    page = desk.get(session).text
    assert "There are no steps on this walk." in page
    assert "Checked on foot, " in page
    link = re.search(r"/w/[\w-]{22}", desk.post(f"{session}/share").text)
    assert link is not None
    opened = desk.app.test_client().get(link[0]).text
    assert "There are no steps on this walk." in opened
    assert "hecked on foot" in opened
    assert "ann" not in re.findall(r"\b\w+\b", opened)
    assert "There are no steps on this walk." in desk.plan(needs="step-free").text


@pytest.mark.slow
def test_what_was_seen_after_sharing_waits_until_it_is_taken_over(desk: Desk) -> None:
    session = desk.saved()
    link = re.search(r"/w/[\w-]{22}", desk.post(f"{session}/share").text)
    assert link is not None
    say(desk, session, steps="no")
    assert "New since it was shared" in desk.get(session).text
    assert "no steps on this walk" not in desk.app.test_client().get(link[0]).text
    desk.post(f"{session}/take-over")
    assert "no steps on this walk" in desk.app.test_client().get(link[0]).text
    assert "New since" not in desk.get(session).text


def test_an_answer_of_a_part_is_kept_of_that_part_and_can_be_undone(desk: Desk) -> None:
    route = f"/routes/{AREA}/lower-lake-loop"
    assert say(desk, route, steps="yes", steps_where="parts", steps_parts="1") == 200
    state = state_of(desk.app)
    with state.read.begin() as db:
        seen = observations.list_of(db, AREA)
        [row, *_] = observations.history(db, AREA)
    assert {each.value for each in seen} == {"yes"}
    whole = state.land.recorded[AREA].routes["lower-lake-loop"].path_ids
    length = sum(state.land.recorded[AREA].paths[each].length_m for each in whole)
    assert sum(each.to_m - each.from_m for each in seen) == pytest.approx(length / 8, abs=1)
    page = desk.post(f"/areas/{AREA}/seen/{row.answer}/withdraw").text
    assert "taken back" in page
    assert "ann" in page
    assert state.areas[AREA] is state.land.recorded[AREA]
    desk.post(f"/areas/{AREA}/seen/{row.answer}/put_back")
    assert state.areas[AREA] is not state.land.recorded[AREA]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"two_metres": "0.3"}, "metres from 0.5 to 20"),
        ({"two_metres": "30"}, "metres from 0.5 to 20"),
        ({"two_metres": "wide"}, "Give a number in figures"),
        ({"steps": "no", "seen_on": "2026-12-24"}, "a day that is not to come"),
        ({"steps": "maybe"}, "Choose one from the list"),
        ({"steps": "no", "steps_where": "parts"}, "Tick at least one part"),
        ({"steps": "yes"}, "Say where it is so"),
    ],
)
@pytest.mark.slow
def test_what_nobody_can_have_seen_is_refused_at_its_field(
    desk: Desk, answers: dict[str, str], said: str
) -> None:
    route = f"/routes/{AREA}/lower-lake-loop"
    page = desk.post(f"{route}/on-foot", asked(desk, route) | answers)
    assert page.status_code == 422
    assert said in page.text
    with state_of(desk.app).read.begin() as db:
        assert observations.list_of(db, AREA) == ()


def test_checking_is_not_offered_from_an_hour_before_a_session(
    desk: Desk, tmp_path: object
) -> None:
    session = desk.saved(day=TODAY, time="10:30")
    assert "Check this walk</h1>" in desk.get(f"{session}/on-foot").text
    state = state_of(desk.app)
    object.__setattr__(state, "now", lambda: NOW + timedelta(minutes=45))
    assert "Checking is for walks alone" in desk.get(f"{session}/on-foot").text


@pytest.mark.slow
def test_sharing_asks_what_was_found_and_the_page_says_that_it_was_checked(desk: Desk) -> None:
    session = desk.saved(needs="step-free")
    page = desk.post(f"{session}/share", {"asked": "y"})
    assert page.status_code == 422
    found = re.search(r'name="answer_id" value="(\w{32})"', page.text)
    assert found is not None
    assert "Steps anywhere" in page.text
    assert "Firm underfoot" not in page.text
    said = {"asked": "y", "answer_id": found[1], "seen_on": TODAY, "steps": "no"}
    assert desk.post(f"{session}/share", said | {"seen_on": "2027-01-01"}).status_code == 422
    shared = desk.post(f"{session}/share", said)
    link = re.search(r"/w/[\w-]{22}", shared.text)
    assert link is not None
    assert "There are no steps on this walk." in desk.app.test_client().get(link[0]).text


def test_an_agreement_to_go_and_see_stays_private_and_leaves_the_ground_unknown(desk: Desk) -> None:
    session = desk.saved(needs="step-free")
    shared = desk.post(f"{session}/share", {"asked": "y", "answer": "agreed-to-go-and-see"})
    link = re.search(r"/w/[\w-]{22}", shared.text)
    assert link is not None
    with state_of(desk.app).read.begin() as db:
        assert observations.list_of(db, AREA) == ()
    opened = desk.app.test_client().get(link[0]).text
    assert "hecked on foot" not in opened
    assert "agreed" not in opened


def test_what_was_found_to_break_a_need_is_kept_and_stops_the_sharing(desk: Desk) -> None:
    session = desk.saved(needs="step-free")
    answer = {"answer_id": "0" * 32, "seen_on": TODAY, "steps": "yes", "asked": "y"}
    answer["steps_where"] = "second"
    page = desk.post(f"{session}/share", answer)
    assert "the walk does not fit" in page.text
    assert not re.search(r"/w/[\w-]{22}", page.text)
    with state_of(desk.app).read.begin() as db:
        assert {each.value for each in observations.list_of(db, AREA)} == {"yes"}


def test_who_contradicts_whom_is_shown_and_the_older_is_kept(desk: Desk) -> None:
    route = f"/routes/{AREA}/lower-lake-loop"
    say(desk, route, steps="no", seen_on="2026-11-20")
    say(desk, route, steps="yes", steps_where="first", seen_on="2026-11-22")
    page = desk.get(f"/areas/{AREA}/seen").text
    assert "no. Seen otherwise there since: yes, 22 November 2026" in page


def test_an_area_says_what_is_worth_walking_first_for_planned_walks(desk: Desk) -> None:
    page = desk.get(f"/areas/{AREA}").text
    assert "none is planned here now" in page
    assert "stored route" in page
    session = desk.saved()
    page = desk.get(f"/areas/{AREA}").text
    first = page.split('id="worth-walking"')[1].split("</li>")[0]
    assert re.search(r"Walk these [\d.]+ k?m, and it is known of 1 planned walk", first)
    assert re.search(rf'href="/on-foot/{AREA}#[\w,-]+"', first)
    assert 'class="land-unknown"' in page
    say(desk, session, steps="no", firm="yes", two="yes")
    page = desk.get(f"/areas/{AREA}").text
    assert "planned walk<" not in page.split('id="worth-walking"')[1]
    assert 'class="land-checked"' in page


def test_what_was_seen_where_no_path_is_today_is_listed_with_the_area(desk: Desk) -> None:
    state = state_of(desk.app)
    gone = Seen("steps", "no", (("gone", 0.0, 50.0, ((-2.2, 51.8), (-2.2, 51.8005))),))
    with state.write.begin() as db:
        account = db.scalars(select(Account)).one()
        observations.record(
            db, account, state.areas[AREA], [gone], answer=uuid4(), seen_on=DAY, today=DAY
        )
    page = desk.get(f"/areas/{AREA}").text
    assert "Seen where no path is today" in page
    assert "Steps anywhere, a stile or a raised kerb? no: 23 November 2026, ann" in page


@pytest.mark.slow
def test_a_recorded_line_of_its_own_is_checked_and_nothing_tells_where_it_runs(desk: Desk) -> None:
    add(desk, files.as_geojson(ACROSS_THE_GRASS))
    [walk] = library(desk)
    route = f"/routes/{AREA}/{route_id(walk)}"
    assert say(desk, route, steps="no", firm="yes") == 200
    state = state_of(desk.app)
    with state.read.begin() as db:
        assert {each.line for each in observations.list_of(db, AREA)} == {()}
    assert "no steps on this walk" in desk.get(use_it(desk)).text
    page = desk.get(f"/areas/{AREA}").text
    assert "Seen where no path is today" not in page
    assert state.areas[AREA].paths.keys() == state.land.recorded[AREA].paths.keys()


def test_a_photograph_of_the_ground_belongs_to_what_was_seen_and_is_nothing_but_pixels(
    desk: Desk,
) -> None:
    route = f"/routes/{AREA}/lower-lake-loop"
    sent: dict[str, Any] = {"steps": "yes", "steps_where": "first", "description": "Two steps"}

    def with_file(**more: str) -> str:
        file = (io.BytesIO(made.as_jpeg(made.a_scene(400, 300))), f"{made.NOTED}.jpg")
        return desk.post(f"{route}/on-foot", asked(desk, route) | sent | {"file": file} | more).text

    assert "Look for them, then tick the box" in with_file()
    assert "Answer a question too" in with_file(nobody="y", steps="", steps_where="")
    assert "one sentence of 1 to 200" in with_file(nobody="y", description="")
    with state_of(desk.app).read.begin() as db:
        assert observations.list_of(db, AREA) == ()
    page = with_file(nobody="y")
    assert "Two steps." in page
    address = re.search(rf'src="(/areas/{AREA}/seen/[\w-]+/photograph)"', page)
    assert address is not None
    image = desk.client.get(address[1])
    assert image.mimetype == "image/webp"
    assert made.NOTED.encode() not in image.data
    assert "The ground" in desk.get("/photographs").text
    desk.post(re.sub("photograph$", "withdraw", address[1]))
    assert address[1] not in desk.get(f"/areas/{AREA}/seen").text
