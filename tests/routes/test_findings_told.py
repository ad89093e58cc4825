"""A finding keeps figures until it is told; what was told once stays in those words."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given

from tests.routes.checked import found, on_a_straight, on_two_paths
from tests.routes.ground import area, path, place, route
from tests.routes.test_findings import facts
from walktalk.routes import Finding, Proposal, WalkRequest
from walktalk.routes.as_json import proposal_from_json, proposal_to_json
from walktalk.routes.model import Shares
from walktalk.routes.sentences import Begun, Metres, Several, say, say_n, tell, times
from walktalk.wording import MILES, measured


def kept(findings: tuple[Finding, ...]) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return a proposal's findings as JSON values, by their checks, and read back from them."""
    ground = area([path("a", (0, 0), (0, 300))])
    walk = route(ground, "a")
    bare = Proposal(walk, 5.0, 13.0, 0.0, 0.0, 1.0, findings, (), "It is calm.")
    values = json.loads(json.dumps(proposal_to_json(bare)))
    by_check = {finding["check"]: finding for finding in values["findings"]}
    return by_check, proposal_from_json(values).findings


def untold(findings: tuple[Finding, ...]) -> list[Finding]:
    return [replace(finding, told=None) for finding in findings]


def test_a_finding_is_told_in_the_units_of_whoever_reads_it() -> None:
    finding = on_two_paths("steps", {"steps": "no"}, {})
    assert finding.message == "No steps on 300 m; not recorded on the other 100 m."
    with measured(MILES):
        assert finding.message == "No steps on 328 yards; not recorded on the other 109 yards."
    assert finding.message == "No steps on 300 m; not recorded on the other 100 m."


def test_words_that_are_kept_stay_while_the_figures_can_be_told_anew() -> None:
    finding = on_two_paths("steps", {"steps": "no"}, {})
    _, (read,) = kept((finding,))
    with measured(MILES):
        assert read.message == "No steps on 300 m; not recorded on the other 100 m."
        assert "328 yards" in replace(read, told=None).message
        _, (again,) = kept((read,))
        assert again == read


@given(facts, facts)
def test_figures_come_back_from_json_as_they_were(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    ground = area(
        [path("a", (0, 0), (0, 300), **first), path("b", (0, 300), (0, 400), **second)],
        [place("bench", "bench", 5, 40), place("loo", "toilets", 90, 40)],
    )
    findings = tuple(found(ground, route(ground, "a", "b")).values())
    _, read = kept(findings)
    assert untold(read) == list(findings)
    assert [(each.message, each.evidence) for each in read] == [
        (each.message, each.evidence) for each in findings
    ]


def test_json_says_what_is_found_in_words_and_in_figures() -> None:
    finding = on_two_paths("bikes", {"highway": "cycleway", "segregated": "yes"}, {})
    values = kept((finding,))[0]["bikes"]
    assert values["message"] == "300 m of this walk is shared with people on bikes."
    assert values["evidence"] == "Bikes have their own side on 300 m."
    assert (values["source"], values["checked_on"]) == ("A survey", "2026-11-01")
    shares = values["figures"]["shares"]
    assert [round(shares[name]) for name in ("met_m", "unknown_m", "broken_m")] == [0, 100, 300]
    says = values["figures"]["says"]
    assert says["template"] == "%(length)s of this walk is shared with people on bikes."
    assert round(says["figures"]["length"]["metres"]) == 300


def test_a_finding_kept_in_words_alone_still_shows_them() -> None:
    findings = tuple(found(*_walk()).values())
    before, _ = kept(findings)
    old = [{k: v for k, v in each.items() if k != "figures"} for each in before.values()]
    bare = proposal_to_json(Proposal(_walk()[1], 5.0, 13.0, 0.0, 0.0, 1.0, (), (), "It is calm."))
    read = proposal_from_json({**bare, "findings": old}).findings
    assert [(f.message, f.evidence, f.level) for f in read] == [
        (f.message, f.evidence, f.level) for f in findings
    ]
    assert [f.is_known for f in read] == [f.is_known for f in findings]


def _walk() -> tuple[Any, Any]:
    ground = area(
        [
            path("a", (0, 0), (0, 300), surface="asphalt", steps="no", tunnel="no"),
            path("b", (0, 300), (0, 400), surface="gravel"),
        ]
    )
    return ground, route(ground, "a", "b")


def test_what_is_known_of_a_walk_is_said_in_figures_too() -> None:
    findings = found(*_walk(), WalkRequest())
    nothing = {check for check, each in findings.items() if not each.is_known}
    assert nothing >= {"gradient", "width", "seats", "toilets", "road", "bikes", "water"}
    assert nothing.isdisjoint({"steps", "surface", "underpass", "length", "light", "approach"})
    shares = findings["steps"].shares
    assert shares is not None
    assert Shares(round(shares.met_m), round(shares.unknown_m), shares.broken_m) == (
        Shares(300, 100, 0)
    )


def test_the_figures_of_a_sentence_are_told_one_in_the_other() -> None:
    parts = Several((say("lit on %(length)s", length=Metres(50)), "", say("not lit")), ", ")
    assert tell(Begun(parts)) == "Lit on 50 m, not lit."
    assert tell(Begun("")) == ""
    assert tell(Several(("a", "b", "c"))) == "a, b and c"
    assert [tell(times(count)) for count in (1, 2, 3)] == ["once", "twice", "3 times"]
    counted = say_n("%(number)s step in %(where)s", "%(number)s steps in %(where)s", 2, where="a")
    assert tell(counted) == "2 steps in a"


def test_two_main_roads_are_told_as_two_and_a_road_by_the_first_of_its_names() -> None:
    first = {"highway": "primary", "name": "Bath Road; A46"}
    second = {"highway": "primary", "name": "High Street"}
    assert on_two_paths("pavement", first, second).message == (
        "400 m of this walk is on Bath Road and High Street, main roads with no pavement recorded."
    )
    assert "is on Bath Road, a main road" in on_two_paths("pavement", first, first).message


def test_an_error_as_large_as_any_slope_is_told_in_words_and_not_as_a_slope() -> None:
    for error, told in ((2.4, "may be off by 2.4 in 100."), (77.7, "too coarse for the shorter")):
        known: dict[str, Any] = {"gradient_pct": 2.0, "gradient_error_pct": error}
        finding = on_a_straight("gradient", gradient_window_m=50, **known)
        assert told in finding.evidence
