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


KNOWS = "I know the way. You do not need to follow the map."


def opened_by_anybody(desk: Desk, link: str) -> str:
    return desk.app.test_client().get(link).text


def test_who_knows_the_way_is_said_in_the_counsellors_own_words(desk: Desk) -> None:
    link = desk.shared()
    assert KNOWS in opened_by_anybody(desk, link)
    desk.get("/settings")
    desk.post("/settings", {"guide": "I have been there before."})
    page = opened_by_anybody(desk, link)
    assert KNOWS not in page
    assert "I have been there before." in page


def test_nobody_is_said_to_know_the_way_where_both_go_and_see(desk: Desk) -> None:
    address = desk.saved(needs="step-free")
    desk.post(f"{address}/share")
    seen = link_of(desk.post(f"{address}/share", {"answer": "agreed-to-go-and-see"}))
    assert KNOWS not in opened_by_anybody(desk, seen)
    assert KNOWS not in desk.get(f"{address}/preview").text
    other = desk.saved(needs="step-free", time="14:00")
    desk.post(f"{other}/share")
    checked = link_of(desk.post(f"{other}/share", {"answer": "checked"}))
    assert KNOWS in opened_by_anybody(desk, checked)


def test_a_walk_called_off_says_only_that_until_it_is_on_again(desk: Desk) -> None:
    address = desk.saved()
    link = link_of(desk.post(f"{address}/share"))
    desk.post(f"{address}/cancel")
    page = opened_by_anybody(desk, link)
    assert "<h1>This walk is called off</h1>" in page
    assert '<s id="when">Tuesday 1 December, 10:00</s>' in page
    assert "I know the way" not in page
    assert "I wait for you" not in page
    desk.post(f"{address}/uncancel")
    again = opened_by_anybody(desk, link)
    assert "called off" not in again
    assert KNOWS in again
