"""Whoever planned a walk reads first about what was asked for."""

from tests.routes.checked import found
from tests.routes.ground import area, path, place, route
from walktalk.routes import Finding
from walktalk.routes.checks import CHECKS
from walktalk.routes.checks.asked_first import alike, asked_first


def walk() -> list[Finding]:
    ground = area(
        [
            path("a", (0, 0), (0, 300), surface="asphalt", highway="cycleway", water_m=3.0),
            path("b", (0, 300), (0, 400), surface="asphalt", highway="steps"),
        ],
        [place("bench", "bench", 4, 100)],
    )
    return list(found(ground, route(ground, "a", "b")).values())


def test_each_need_comes_first_with_what_is_known_of_it() -> None:
    shown = asked_first(walk(), {"toilets", "firm-surface", "seats"})
    assert [(asked.words, asked.level) for asked in shown.asked_for] == [
        ("A firm surface, such as asphalt", "pass"),
        ("Seats along the way", "caution"),
        ("Toilets within reach", "unknown"),
    ]
    assert [asked.finding and asked.finding.check for asked in shown.asked_for] == [
        "surface",
        "seats",
        "toilets",
    ]


def test_seats_so_many_metres_apart_are_a_need_that_is_told_known_or_not() -> None:
    for within_m, level in ((310, "pass"), (290, "caution")):
        [asked] = asked_first(walk(), {"seats"}, seats_within_m=within_m).asked_for
        assert (asked.words, asked.level) == (f"Seats no more than {within_m} m apart", level)
        assert asked.finding is not None
        assert asked.finding.message == (
            "One seat is recorded, after about 2 minutes; the longest stretch without one is 300 m."
        )
    [asked] = asked_first([], (), seats_within_m=200).asked_for
    assert asked.level == "unknown"
    assert "seats" not in alike([walk(), walk()], (), 200)


def test_the_rest_is_three_lines_of_subjects_without_what_was_asked_for() -> None:
    rest = asked_first(walk(), {"toilets", "firm-surface", "seats"}).rest
    assert [line.level for line in rest] == ["caution", "pass", "unknown"]
    assert rest[0].subjects == "Length, steps, slopes, bikes and water near the path"
    assert "the way back" in rest[1].subjects.casefold()
    for line in rest:
        assert not any(asked in line.subjects.casefold() for asked in ("toilets", "seats"))


def test_every_check_is_in_one_line_where_nothing_was_asked_for() -> None:
    shown = asked_first(walk(), ())
    assert shown.asked_for == ()
    words = " ".join(line.subjects for line in shown.rest).casefold()
    assert all(check.title.casefold() in words for check in CHECKS)


def test_what_a_check_that_has_gone_once_found_is_still_named() -> None:
    [line] = asked_first([Finding("loose-sheep", "caution", "There were sheep.")], ()).rest
    assert line.subjects == "Loose sheep"


def test_a_need_that_nobody_looked_at_when_the_walk_was_kept_is_unknown() -> None:
    [asked] = asked_first([], {"lit"}).asked_for
    assert (asked.level, asked.finding) == ("unknown", None)


def test_what_walks_have_in_common_is_told_once_and_what_was_asked_for_with_each() -> None:
    ground = area([path("a", (0, 0), (0, 300)), path("b", (0, 300), (0, 400), highway="steps")])
    walks = [list(found(ground, route(ground, *way)).values()) for way in (("a",), ("a", "b"))]
    same = alike(walks, {"lit"})
    assert "steps" not in same
    assert "light" not in same
    assert "width" in same
    for findings in walks:
        told = asked_first(findings, {"lit"}, same)
        words = " ".join(line.subjects for line in told.rest).casefold()
        assert "steps" in words
        assert "width" not in words
        assert [asked.subject for asked in told.asked_for] == ["Light"]
