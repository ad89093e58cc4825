"""What is refused is refused in plain words that say what is accepted."""

from pathlib import Path

import pytest

from tests.web.desk import Desk, make_app
from walktalk.sessions.store.database import open_database
from walktalk.settings import Settings
from walktalk.web.forms.base import OWN_WORDS


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("minutes", "fifty", "Give a whole number in figures, such as 50."),
        ("pause_minutes", "long", "Give a number in figures, such as 2.5."),
        ("day", "soon", "Give a day that exists, such as 2026-12-01."),
        ("time", "26:00", "Give a time from 00:00 to 23:59, such as 10:00."),
        ("pace", "racing", "Choose one from the list."),
        ("needs", "lift", "Choose only from the list."),
        ("start", "", "Choose where you meet."),
        ("day", "2028-12-01", "The year is 2028. Choose a day in the next two years."),
        ("position", "-2.0680, 51.9070", "Latitude comes first, such as 51.9070, -2.0680."),
        ("position", "100, 200", "Give latitude and longitude, such as 51.9070, -2.0680."),
    ],
)
@pytest.mark.slow
def test_a_slip_in_the_form_is_refused_in_plain_words(
    desk: Desk, field: str, typed: str, said: str
) -> None:
    page = desk.plan(**{field: typed})
    assert page.status_code == 422
    assert said in page.text
    assert [words for words in OWN_WORDS if words in page.text] == []


def test_no_meeting_point_is_chosen_before_somebody_chooses(desk: Desk) -> None:
    page = desk.get("/plan").text
    assert "Choose where you meet</option>" in page
    assert '<option selected value="pittville-park' not in page


def test_the_year_is_shown_when_it_is_not_this_one(desk: Desk) -> None:
    address = desk.saved(day="2027-12-01")
    assert "Wednesday 1 December 2027, 10:00" in desk.get(address).text
    assert "2027, 23:59" in desk.post(f"{address}/share").text


def test_asking_about_what_is_unknown_shows_no_error_before_an_answer(desk: Desk) -> None:
    address = desk.saved(needs="step-free")
    words = "Say what you found, or that you have both agreed."
    assert words not in desk.post(f"{address}/share").text
    page = desk.post(f"{address}/share", {"asked": "y"}).text
    assert page.count(words) == 2
    assert page.count("Nobody has checked.") == 0


def test_when_there_are_no_other_walks_the_page_says_so_and_offers_none(desk: Desk) -> None:
    page = desk.plan(start="hatherley-park/cafe")
    assert "There are no others" not in page.text
    others = dict(desk.form(page, "/plan")) | {"variant": "60"}
    page = desk.post("/plan", others)
    assert "There are no others" in page.text
    assert "Show me others" not in page.text


def test_a_stored_route_has_no_others(desk: Desk) -> None:
    assert "Show me others" not in desk.plan(route="pittville-park/lower-lake-loop").text


@pytest.mark.slow
def test_what_was_sealed_with_another_secret_gives_a_plain_page(tmp_path: Path) -> None:
    desk = Desk(make_app(tmp_path))
    desk.sign_up()
    link, address = desk.shared(), desk.saved(time="14:00")
    engine = open_database(Settings(home=tmp_path))
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE planned_session SET frozen = x'00', reference = x'00'")
    page = desk.get(address)
    assert page.status_code == 500
    assert "What is kept here cannot be read" in page.text
    opened = desk.app.test_client().get(link)
    assert opened.status_code == 500
    assert "Something went wrong here, not with your link" in opened.text
