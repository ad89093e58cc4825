import re

import pytest

from tests.web.desk import Desk, link_of


def test_the_page_has_neutral_words_until_somebody_writes_their_own(desk: Desk) -> None:
    link = desk.shared()
    public = desk.app.test_client()
    assert "I wait for you at the meeting place." in public.get(link).text
    desk.get("/settings")
    words = {"recognise": "I wear a green scarf.", "late": "I wait for 15 minutes.", "reach": ""}
    page = desk.post("/settings", words | {"bring": "Bring water.", "rain": "", "stop": "Tell me."})
    assert "Your settings are saved." in page.text
    opened = public.get(link).text
    assert "I wear a green scarf." in opened
    assert "I wait for 15 minutes." in opened
    assert "at the meeting place." not in opened


def test_words_that_are_too_long_are_refused_at_their_field(desk: Desk) -> None:
    desk.get("/settings")
    page = desk.post("/settings", {"recognise": "x" * 301})
    assert page.status_code == 422
    assert "Use at most 300 characters." in page.text


def test_what_is_left_empty_has_no_heading_either(desk: Desk) -> None:
    link = desk.shared()
    desk.get("/settings")
    desk.post("/settings", {"recognise": "", "late": "", "rain": "", "bring": "", "stop": ""})
    opened = desk.app.test_client().get(link).text
    assert "If it rains" not in opened
    assert "What to bring" not in opened


WITH_YOU = "We walk together. You do not need to follow the map."


def opened_by_anybody(desk: Desk, link: str) -> str:
    return desk.app.test_client().get(link).text


def test_who_finds_the_way_is_said_in_the_counsellors_own_words(desk: Desk) -> None:
    link = desk.shared()
    assert WITH_YOU in opened_by_anybody(desk, link)
    desk.get("/settings")
    desk.post("/settings", {"guide": "I have been there before."})
    page = opened_by_anybody(desk, link)
    assert WITH_YOU not in page
    assert "I have been there before." in page


@pytest.mark.slow
def test_a_page_is_the_same_whatever_was_needed_and_answered(desk: Desk) -> None:
    pages = []
    for needs, answer in (("", "no"), ("step-free", "agreed-to-go-and-see")):
        address = desk.saved(**({"needs": needs} if needs else {}))
        desk.post(f"{address}/share")
        link = link_of(desk.post(f"{address}/share", {"answer": answer}))
        page = opened_by_anybody(desk, link)
        assert WITH_YOU in page
        pages.append(re.sub(r' data-version="\w+"', "", page.replace(link, "")))
        assert WITH_YOU in desk.get(f"{address}/preview").text
    assert len(set(pages)) == 1


def test_words_once_neutral_count_as_nobodys_own(desk: Desk) -> None:
    link = desk.shared()
    desk.get("/settings")
    desk.post("/settings", {"guide": "I know the way. You do not need to follow the map."})
    page = opened_by_anybody(desk, link)
    assert "I know the way" not in page
    assert WITH_YOU in page


def test_the_neutral_words_on_rain_say_at_what_time_it_is_decided(desk: Desk) -> None:
    link = desk.shared()
    assert "or choose another day. We decide at 09:00.</p>" in opened_by_anybody(desk, link)
    desk.get("/settings")
    desk.post("/settings", {"rain": "We walk in any weather."})
    assert "We decide at" not in opened_by_anybody(desk, link)


def test_whoever_shares_is_reminded_of_what_the_page_does_not_say(desk: Desk) -> None:
    address = desk.saved()
    page = desk.get(address).text
    assert "The page does not say how to recognise you or how long you wait." in page
    desk.get("/settings")
    desk.post("/settings", {"recognise": "I wear a green scarf."})
    desk.post("/settings", {"recognise": "I wear a scarf.", "late": "I wait for 15 minutes."})
    assert "The page does not say" not in desk.get(address).text


def test_the_timetable_ends_when_the_walk_does(desk: Desk) -> None:
    page = opened_by_anybody(desk, desk.shared())
    assert re.search(r"<td>10:50</td><td>We end</td>.*?</tr>\s*</tbody>", page)


@pytest.mark.slow
def test_a_walk_called_off_says_only_that_until_it_is_on_again(desk: Desk) -> None:
    address = desk.saved()
    link = link_of(desk.post(f"{address}/share"))
    desk.post(f"{address}/cancel")
    page = opened_by_anybody(desk, link)
    assert ">This walk is called off</h1>" in page
    assert '<s id="when">Tuesday 1 December, 10:00</s>' in page
    assert WITH_YOU not in page
    assert "I wait for you" not in page
    desk.post(f"{address}/uncancel")
    again = opened_by_anybody(desk, link)
    assert "called off" not in again
    assert WITH_YOU in again
