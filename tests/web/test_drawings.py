"""Drawing what is missing: shown first, kept apart with its day, used by walks, taken away."""

import re
from html import unescape

import pytest
from playwright.sync_api import expect

from tests.web.browsing import PHONE, Visit, scrolls_sideways
from tests.web.desk import NOW, Desk, state_of
from tests.web.test_accessibility import violations

AREA = "pittville-park"
PAGE = f"/areas/{AREA}/draw"
DAY = NOW.date().isoformat()


def typed(*points: tuple[float, float]) -> str:
    return "\n".join(f"{lat:.7f}, {lon:.7f}" for lon, lat in points)


def send(desk: Desk, kind: str, points: str, said: str = "It is not kept yet") -> str:
    """Send a drawing, and keep it on the page that shows it first; return the last page."""
    hidden = dict(re.findall(r'name="(answer_id)" value="(\w+)"', desk.get(PAGE).text))
    page = desk.post(PAGE, hidden | {"kind": kind, "points": points, "drawn_on": DAY})
    assert page.status_code == 200, page.text
    assert said in page.text
    again = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    return desk.post(PAGE, [(n, unescape(v)) for n, v in again if n != "csrf_token"]).text


def test_a_drawn_path_is_part_of_the_land_with_its_day_until_it_is_taken_away(desk: Desk) -> None:
    state = state_of(desk.app)
    area = state.land.recorded[AREA]
    ends = [area.places[each].position for each in ("boat-house", "lake-east-end")]
    line = [area.network.snap(end).position for end in ends]
    page = send(desk, "path", typed(*line))
    assert "Drawn by ann on 23 November 2026" in page
    drawn = [p for p in state.areas[AREA].paths.values() if p.id.startswith("drawn-")]
    assert drawn
    assert all(p.sources["geometry"].title == "Drawn by hand" for p in drawn)
    network = state.areas[AREA].network
    ends_of_it = (network.ends_of(drawn[0].id)[0], network.ends_of(drawn[-1].id)[1])
    assert all(len(network.ends_at(node)) > 1 for node in ends_of_it)
    (undo,) = re.findall(rf'action="(/areas/{AREA}/seen/[\w-]+/withdraw)"', page)
    desk.post(undo)
    assert not any(each.startswith("drawn-") for each in state.areas[AREA].paths)
    assert "Drawn by hand: path" in desk.get(f"/areas/{AREA}/seen").text


def test_a_bench_and_a_gate_are_drawn_by_one_point(desk: Desk) -> None:
    area = state_of(desk.app).land.recorded[AREA]
    point = typed(next(iter(area.paths.values())).coordinates[0])
    for kind in ("bench", "gate"):
        send(desk, kind, point)
    after = state_of(desk.app).areas[AREA]
    assert [p.kind for p in after.places.values() if p.id.startswith("drawn-")] == ["bench"]
    gates = [b for p in after.paths.values() for b in p.barriers if b.kind == "gate"]
    assert any(gate.source.title == "Drawn by hand" for gate in gates)


def test_a_path_across_the_lake_is_asked_about_and_then_kept_as_it_was_drawn(desk: Desk) -> None:
    area = state_of(desk.app).land.recorded[AREA]
    lake = max((s for s in area.background if s.kind == "water"), key=lambda s: len(s.rings[0]))
    points = lake.rings[0]
    line = typed(points[0], points[len(points) // 2])
    send(desk, "path", line, said="It crosses water.")
    assert any(each.startswith("drawn-") for each in state_of(desk.app).areas[AREA].paths)


NO_DRAWINGS = [
    ("path", "", "Tap the map, or type a point."),
    ("path", "51.91, -2.07", "Give 2 to 60 points."),
    ("path", "51.91, -2.07\nnowhere", "Line 2: give latitude and longitude"),
    ("bench", "51.91, -2.07\n51.91, -2.08", "Give one point."),
    ("bench", "51.5, -0.1", "at most 300 m from this area"),
    ("mended", "51.91, -2.07\n51.9101, -2.0701", "from one end of a path to its other end"),
    ("path", "\n".join(["51.9, -2.1"] * 70), "Give 2 to 60 points."),
    ("castle", "51.91, -2.07", "Choose one from the list."),
]
"""Kind and points, and what the form says of them."""


def test_what_is_no_drawing_is_refused_in_words(desk: Desk) -> None:
    desk.get(PAGE)
    for kind, points, said in NO_DRAWINGS:
        fields = {"kind": kind, "points": points, "drawn_on": DAY, "answer_id": "0" * 32}
        page = desk.post(PAGE, fields | {"sure": "y"})
        assert page.status_code == 422, points
        assert said in page.text, points


@pytest.mark.browser
def test_taps_become_points_that_can_be_undone_redone_and_typed(visit: Visit) -> None:
    page = visit.at_desk(PHONE)
    page.goto(PAGE)
    drawing = page.locator("[data-draw-on] svg")
    for x in (120, 150, 180):
        drawing.click(position={"x": x, "y": 140})
    points = page.get_by_label("Its points, one a line")
    expect(page.get_by_text("3 points.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 points.")).to_be_visible()
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_text("3 points.")).to_be_visible()
    before = points.input_value().splitlines()
    points.fill("\n".join(before[:2]))
    expect(page.get_by_text("2 points.")).to_be_visible()
    assert scrolls_sideways(page) == []
    assert violations(page) == []
    page.get_by_role("button", name="Show it on the map").click()
    expect(page.get_by_text("It is not kept yet")).to_be_visible()
    page.get_by_role("button", name=re.compile("Keep ")).click()
    expect(page.get_by_text("It is kept, as drawn by hand")).to_be_visible()
