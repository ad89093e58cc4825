"""What the environment may say."""

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
