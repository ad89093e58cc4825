from tests.web.desk import Desk


def test_the_page_has_neutral_words_until_somebody_writes_their_own(desk: Desk) -> None:
    link = desk.shared()
    public = desk.app.test_client()
    assert "I wait for you at the meeting place." in public.get(link).text
    desk.get("/settings")
    words = {"recognise": "I wear a green scarf.", "late": "I wait for 15 minutes.", "reach": ""}
    page = desk.post("/settings", words | {"bring": "Bring water.", "rain": "", "stop": "Tell me."})
    assert "Your words are saved." in page.text
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
