"""Names on a map can be read on whatever they stand, by day and by night."""

import re

import pytest

from walktalk.maps.ground_svg import ground_css

_LEAST = 6.0
"""What the design asks of every pair of text and ground."""
_SURFACES = ("", "-park", "-grass", "-wood", "-water", "-building", "-road")
_NAMES = ("-name-water", "-name-park", "-name-street")


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _schemes() -> list[dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", ground_css(), re.DOTALL)
    return [dict(re.findall(r"--ground([a-z-]*): (#[0-9a-f]{6})", block)) for block in blocks]


@pytest.mark.parametrize("scheme", range(3), ids=["light", "dark", "print"])
def test_every_name_can_be_read_on_every_ground(scheme: int) -> None:
    colours = _schemes()[scheme]
    for name in _NAMES:
        for surface in _SURFACES:
            assert contrast(colours[name], colours[surface]) >= _LEAST, (name, surface)


@pytest.mark.parametrize("scheme", range(3), ids=["light", "dark", "print"])
def test_paths_and_seats_show_on_the_ground_of_a_park(scheme: int) -> None:
    colours = _schemes()[scheme]
    for drawn in ("-path", "-steps", "-seat"):
        assert contrast(colours[drawn], colours["-park"]) >= 3  # WCAG 2.2, 1.4.11
