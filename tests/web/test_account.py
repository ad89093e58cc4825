from flask import Flask

from tests.web.desk import PASSWORD, Desk, setup_token


def test_the_start_page_says_what_this_is_to_whoever_is_signed_in_only(
    app: Flask, desk: Desk
) -> None:
    page = Desk(app).get("/")
    assert page.status_code == 200
    assert "<h1>Sign in</h1>" in page.text
    assert "Plan a calm walk that fits the session" in desk.get("/").text


def test_every_other_page_asks_to_sign_in(app: Flask) -> None:
    for address in ("/plan", "/diary", "/routes", "/areas", "/account"):
        page = Desk(app).get(address)
        assert page.status_code == 302, address
        assert page.location.startswith("/sign-in"), address


def test_the_set_up_link_works_once(new_app: Flask) -> None:
    token = setup_token(new_app)
    first, second = Desk(new_app), Desk(new_app)
    fields = {"name": "ann", "password": PASSWORD, "again": PASSWORD}
    first.get(f"/setup/{token}")
    assert "Open the diary" in first.post(f"/setup/{token}", fields).text
    page = second.get(f"/setup/{token}")
    assert page.status_code == 404
    assert "no longer works" in page.text


def test_a_weak_password_is_refused_at_its_field_and_what_was_typed_stays(new_app: Flask) -> None:
    desk, token = Desk(new_app), setup_token(new_app)
    desk.get(f"/setup/{token}")
    page = desk.post(
        f"/setup/{token}", {"name": "ann", "password": "passwordpassword", "again": "x"}
    )
    assert page.status_code == 422
    assert 'value="ann"' in page.text
    assert "The two passwords are not the same." in page.text
    page = desk.post(
        f"/setup/{token}",
        {"name": "ann", "password": "passwordpassword", "again": "passwordpassword"},
    )
    assert page.status_code == 422
    assert "Too easy to guess" in page.text


def test_signing_in_goes_on_to_the_page_asked_for_but_never_to_another_server(desk: Desk) -> None:
    for wanted, reached in (
        ("/diary", "/diary"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
    ):
        desk.get("/account")
        desk.post("/sign-out")
        desk.get("/sign-in")
        page = desk.post(f"/sign-in?next={wanted}", {"name": "ann", "password": PASSWORD}, False)
        assert page.location == reached, wanted


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(desk: Desk) -> None:
    desk.get("/account")
    desk.post("/sign-out")
    desk.get("/sign-in")
    wrong = desk.post("/sign-in", {"name": "ann", "password": "x"})
    unknown = desk.post("/sign-in", {"name": "bob", "password": "x"})
    for page in (wrong, unknown):
        assert page.status_code == 422
        assert "do not belong together" in page.text


def test_guessing_at_the_door_is_slowed_down(app: Flask) -> None:
    desk = Desk(app)
    desk.get("/sign-in")
    codes = [desk.post("/sign-in", {"name": "ann", "password": "x"}).status_code for _ in range(11)]
    assert codes[0] == 422
    assert codes[-1] == 429


def test_changing_the_password_signs_other_browsers_out(desk: Desk) -> None:
    other = Desk(desk.app)
    other.get("/sign-in")
    other.post("/sign-in", {"name": "ann", "password": PASSWORD})
    assert other.get("/diary").status_code == 200
    desk.get("/account")
    new = "copper lantern under rain"
    desk.post("/account", {"old": PASSWORD, "password": new, "again": new})
    assert desk.get("/diary").status_code == 200
    assert other.get("/diary").status_code == 302


def test_a_form_without_its_csrf_token_changes_nothing(desk: Desk) -> None:
    page = desk.client.post("/sign-out")
    assert page.status_code == 400
    assert "This form was open for too long" in page.text
    assert desk.get("/diary").status_code == 200
