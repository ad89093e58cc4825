"""What the environment may say."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from walktalk.cli import main
from walktalk.errors import SettingsError
from walktalk.settings import Settings
from walktalk.web.street_map.on_pages import attribution_html

PATTERN = "https://tiles.walks.example/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("https://tiles.walks.example/{x}/{y}.png", "{z} missing"),
        ("https://tiles.walks.example/", "{z} and {x} and {y} missing"),
        ("ftp://tiles.walks.example/{z}/{x}/{y}.png", "http or https"),
        ("tiles.walks.example/{z}/{x}/{y}.png", "http or https"),
        (PATTERN, "WALKTALK_TILES_ATTRIBUTION"),
    ],
)
def test_tiles_that_make_no_sense_are_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, pattern: str, said: str
) -> None:
    monkeypatch.setenv("WALKTALK_TILES", pattern)
    with pytest.raises(SettingsError, match="WALKTALK_TILES"):
        Settings()
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 2
    assert said in result.output


def test_openstreetmaps_own_tiles_are_attributed_by_themselves() -> None:
    settings = Settings(tiles="https://tile.openstreetmap.org/{z}/{x}/{y}.png")
    assert settings.tiles_notice.startswith("© OpenStreetMap contributors")
    other = Settings(tiles=PATTERN, tiles_attribution="© Ann Maps")
    assert other.tiles_notice == "© Ann Maps"


def test_an_address_at_the_end_of_the_attribution_becomes_its_link() -> None:
    assert attribution_html("© Ann & Co") == "© Ann &amp; Co"
    linked = attribution_html("© Ann & Co https://maps.example/terms")
    assert linked == '<a href="https://maps.example/terms" rel="noreferrer">© Ann &amp; Co</a>'


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://walks.example.org/", "https://walks.example.org"),
        (" https://Walks.Example.org ", "https://walks.example.org"),
        ("HTTPS://walks.example.org:443", "https://walks.example.org"),
        ("http://localhost:8202//", "http://localhost:8202"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://gärten.example", "https://xn--grten-gra.example"),
    ],
)
def test_a_base_address_is_tidied(given: str, kept: str) -> None:
    assert Settings(base_url=given).base_url == kept


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("BASE_URL", "walks.example.org"),
        ("BASE_URL", "http://localhost:8202/walks"),
        ("BASE_URL", "https://walks.example .org"),
        ("BASE_URL", "https://walks.example.org?x"),
        ("BASE_URL", "https://ann:secret@walks.example.org"),
        ("BASE_URL", "https://walks.example.org:99999"),
        ("BASE_URL", "https://"),
        ("BASE_URL", ""),
        ("BASE_URL", "ftp://walks.example.org"),
        ("TRUSTED_PROXIES", "my-proxy"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("NETWORK_TIMEOUT", "soon"),
        ("NETWORK_BACKOFF", "-1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_in_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, given: str
) -> None:
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path))
    monkeypatch.setenv(f"WALKTALK_{name}", given)
    for command in ("doctor", "serve", "user"):
        result = CliRunner().invoke(main, [command])
        assert result.exit_code == 2
        assert f"WALKTALK_{name}" in result.output
        assert "Traceback" not in result.output
