from dataclasses import replace

from lxml import etree

from tests.maps.meadow import MEADOW, PLACES, walk_round
from walktalk.maps import sketch
from walktalk.parks import Place

_SVG = {"s": "http://www.w3.org/2000/svg"}


def _drawn(**how: bool) -> etree._Element:
    return etree.fromstring(sketch(walk_round(), **how))  # type: ignore[arg-type]


def test_a_sketch_is_well_formed_and_described_for_a_screen_reader() -> None:
    svg = _drawn()
    ids = svg.get("aria-labelledby").split()
    described = [svg.xpath(f"//*[@id='{name}']")[0].text for name in ids]
    assert described[0] == "Sketch of the walk"
    assert "A loop: 1.2 km in Test Meadow." in described[1]
    assert svg.get("role") == "img"


def test_a_sketch_shows_start_arrows_minutes_and_half_way() -> None:
    svg = _drawn()
    for name in ("sketch-walk", "sketch-start", "sketch-arrow", "sketch-minute", "sketch-flag"):
        assert svg.xpath(f"//*[@class='{name}']"), name
    assert svg.xpath("//s:text[text()='10']", namespaces=_SVG)


def test_a_thumbnail_has_no_words_in_it() -> None:
    svg = _drawn(small=True)
    assert not svg.xpath("//s:text", namespaces=_SVG)
    assert svg.xpath("//*[@class='sketch-start']")


def test_the_walk_fits_on_the_paper() -> None:
    for walk in (walk_round(), walk_round(finish_elsewhere=True)):
        svg = etree.fromstring(sketch(walk))
        _, _, width, height = map(float, svg.get("viewBox").split())
        data = svg.xpath("//*[@class='sketch-walk']")[0].get("d")
        points = [tuple(map(float, pair.split())) for pair in data.lstrip("M").split("L")]
        assert all(0 < x < width and 0 < y < height for x, y in points)


def test_no_words_are_written_over_others() -> None:
    crowded = tuple(
        Place(
            f"seat-{number}", "bench", "A seat with a long name", (-2.0761, 51.9001 + number / 1e5)
        )
        for number in range(3)
    )
    area = replace(MEADOW, places={**PLACES, **{place.id: place for place in crowded}})
    svg = etree.fromstring(sketch(walk_round(area=area)))
    words = svg.xpath("//s:text/text()", namespaces=_SVG)
    assert words.count("A seat with a long name") <= 1
    for place in svg.xpath("//*[@class='sketch-place']"):
        assert place.xpath("s:text", namespaces=_SVG)
