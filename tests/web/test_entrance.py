"""Who is believed about where a request came from, and which names are ours."""

from pathlib import Path

import pytest
from flask import Flask, request

from tests.web.desk import make_app
from walktalk.settings import Settings
from walktalk.web.entrance import Entrance

BASE = "https://walks.example"
PROXIES = "127.0.0.1, 10.0.0.0/8, 2001:db8::/32"


@pytest.fixture
def echo() -> Flask:
    """An application that says who asked, and how."""
    app = Flask("echo")

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def say(path: str) -> str:
        return f"{request.scheme} {request.host} {request.remote_addr}"

    settings = Settings(base_url=BASE, trusted_proxies=PROXIES)
    app.wsgi_app = Entrance(app.wsgi_app, settings)  # type: ignore[method-assign]
    return app


def asked(app: Flask, peer: str, path: str = "/", **lines: str) -> tuple[int, str, str]:
    headers = {
        name.replace("_", "-"): line for name, line in {"Host": "walks.example", **lines}.items()
    }
    answer = app.test_client().get(path, headers=headers, environ_base={"REMOTE_ADDR": peer})
    return answer.status_code, answer.text.strip(), answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("10.0.0.9", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.9", "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        ("10.0.0.9", "6.6.6.6, 203.0.113.5, 10.1.1.1", "203.0.113.5"),
        ("::ffff:10.0.0.9", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.9", "203.0.113.5:4711", "203.0.113.5"),
        ("2001:db8::1", "[2a00::7]:4711", "2a00::7"),
        ("10.0.0.9", "2a00::7", "2a00::7"),
        ("10.0.0.9", "nonsense", "10.0.0.9"),
        ("10.0.0.9", "10.2.2.2", "10.2.2.2"),
        ("10.0.0.9", "", "10.0.0.9"),
    ],
)
def test_the_client_is_the_last_address_that_is_no_trusted_proxy(
    echo: Flask, peer: str, forwarded_for: str, client: str
) -> None:
    said = asked(echo, peer, X_Forwarded_For=forwarded_for, X_Forwarded_Proto="https")
    assert said == (200, f"https walks.example {client}", "")


def test_what_a_stranger_says_of_the_way_counts_for_nothing(echo: Flask) -> None:
    lines = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "1.2.3.4"}
    status, _, location = asked(echo, "203.0.113.5", "/w/x", **lines)
    assert (status, location) == (308, f"{BASE}/w/x")


def test_of_several_schemes_the_one_that_the_trusted_proxy_added_counts(echo: Flask) -> None:
    lines = {"X_Forwarded_For": "203.0.113.5", "X_Forwarded_Proto": "https, http"}
    assert asked(echo, "10.0.0.9", **lines)[0] == 308


def test_a_trusted_proxy_that_says_no_scheme_gets_a_sentence_and_no_redirect(echo: Flask) -> None:
    for lines in ({}, {"Forwarded": "proto=https"}, {"X_Forwarded_Proto": "gopher"}):
        status, said, location = asked(echo, "127.0.0.1", **lines)
        assert (status, said, location) == (400, "The proxy must send X-Forwarded-Proto.", "")


@pytest.mark.parametrize("host", ["evil.example", "walks.example.evil.example", "walks.example:81"])
@pytest.mark.parametrize("line", ["Host", "X_Forwarded_Host"])
def test_another_name_is_refused_and_never_echoed(echo: Flask, host: str, line: str) -> None:
    lines = {"X_Forwarded_Proto": "https", line: host}
    status, said, location = asked(echo, "10.0.0.9", **lines)
    assert (status, location) == (400, "")
    assert "evil" not in said


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "/%0d%0aSet-Cookie:a=b"])
def test_the_way_to_https_stays_at_our_own_address(echo: Flask, path: str) -> None:
    status, _, location = asked(echo, "203.0.113.5", path)
    assert status == 308
    assert location.startswith(f"{BASE}/")
    assert not set("\r\n\\") & set(location)


def test_a_form_is_not_taken_without_https(echo: Flask) -> None:
    answer = echo.test_client().post(
        "/", headers={"Host": "walks.example"}, environ_base={"REMOTE_ADDR": "203.0.113.5"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("base", [BASE, "http://walks.example", "http://localhost:8000"])
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_answered_plainly_whoever_asks(tmp_path: Path, base: str, path: str) -> None:
    app = make_app(tmp_path, base_url=base)
    for host in ("walks.example", "10.0.0.1:8000", ""):
        status, said, location = asked(app, "203.0.113.5", path, Host=host)
        assert (status, said, location) == (200, "ok", "")


def test_on_this_machine_every_name_of_it_is_ours(tmp_path: Path) -> None:
    app = make_app(tmp_path, base_url="http://localhost:8000")
    for host in ("localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"):
        assert asked(app, "127.0.0.1", "/sign-in", Host=host)[0] == 200
    assert asked(app, "127.0.0.1", "/sign-in", Host="rebound.example:8000")[0] == 400
