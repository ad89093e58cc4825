"""What lies beside the walk: roads, bikes, water, bridges overhead, playgrounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.findings.crossings import roads_crossed_at_junctions
from walktalk.routes.findings.ground import level_of
from walktalk.routes.findings.subject import (
    any_recorded,
    fact,
    place_sources,
    said,
    sources_of,
)
from walktalk.routes.findings.unrecorded import nothing_known
from walktalk.routes.needs import PLAYGROUND_KINDS, is_recorded, number
from walktalk.routes.words import distance_in_words, listed
from walktalk.routes.yardsticks import (
    CARRIAGEWAYS,
    NEAR_PLAYGROUND_M,
    NEAR_ROAD_M,
    NEAR_WATER_M,
)
from walktalk.wording import _, n_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from walktalk.parks import Place
    from walktalk.routes.findings.subject import Stretch, Subject
    from walktalk.routes.model import Finding, Level

_ROAD_FACTS = ("beside_road", "crosses_road", "road_m")
_UNDER_FACTS = ("tunnel", "covered")
_OPEN_SKY = frozenset(["no"])


def names(stretches: Iterable[Stretch], *facts: str) -> list[str]:
    """Return the names recorded in some facts, each once, "yes" and "no" left out."""
    found = (fact(stretch, name) for stretch in stretches for name in facts)
    return list(dict.fromkeys(name for name in found if name and name not in ("yes", "no")))


def road(subject: Subject) -> Finding:
    """Check how much of the walk is along or across a road."""
    split = subject.split("away-from-roads")
    beside = [stretch for stretch in split.broken if not is_recorded(stretch.path, "crosses_road")]
    if beside:
        of = listed(names(beside, "beside_road")[:2]) or _("a road")
        message = _("%(length)s of this walk is along %(road)s.", length=said(beside), road=of)
    elif split.broken:
        message = _("The walk keeps away from roads, except where it crosses one.")
    elif not split.met:
        message = nothing_known("road")
    elif split.unknown:
        message = _(
            "Away from roads on %(length)s; not recorded on the rest.", length=said(split.met)
        )
    else:
        message = _("The walk keeps away from roads all the way.")
    if split.broken and split.unknown and not beside:
        message = _("The walk crosses a road; how near the rest is to roads is not recorded.")
    facts = (*_ROAD_FACTS, "highway") if _on_carriageway(split.broken) else _ROAD_FACTS
    return subject.finding(
        "road",
        level_of(split, "caution"),
        message,
        _("Along a road means within %(reach)s m of it.", reach=f"{NEAR_ROAD_M:.0f}"),
        sources_of(split.broken or split.met, *facts),
    )


def _on_carriageway(stretches: Iterable[Stretch]) -> bool:
    return any(fact(stretch, "highway") in CARRIAGEWAYS for stretch in stretches)


def road_crossings(subject: Subject) -> Finding:
    """Check how often the walk crosses a road, at a recorded crossing or where paths meet one.

    A walk along a road passes no judgement on the side roads it may cross: that stays unknown.
    """
    recorded = [s for s in subject.stretches if is_recorded(s.path, "crosses_road")]
    at_junctions = roads_crossed_at_junctions(subject)
    looked = all(fact(stretch, "crosses_road") == "no" for stretch in subject.stretches)
    searched = subject.area.searched.get("road")
    sources = sources_of(recorded or subject.stretches, "crosses_road")
    level: Level = "caution"
    if recorded or at_junctions:
        crossed = [*names(recorded, "crosses_road"), *filter(None, at_junctions)]
        of = listed(list(dict.fromkeys(crossed))[:2]) or _("a road")
        times = _times(len(recorded) + len(at_junctions))
        message = _("The walk crosses %(road)s %(times)s.", road=of, times=times)
        sources = sources or sources_of(subject.stretches, "geometry")
    elif looked or (searched and not _on_carriageway(subject.stretches)):
        level, message = "pass", _("The walk crosses no road that is on the map.")
        sources = sources or ([searched] if searched else [])
    else:
        level = "unknown"
        message = (
            _("Road crossings: not recorded on part of the walk.")
            if any_recorded(subject.stretches, "crosses_road")
            else nothing_known("road-crossings")
        )
    return subject.finding("road-crossings", level, message, "", sources)


def _times(count: int) -> str:
    if count == 2:  # noqa: PLR2004 - the number that has a word of its own
        return _("twice")
    return n_("once", "%(number)s times", count)


def bikes(subject: Subject) -> Finding:
    """Check whether the paths are shared with people on bikes."""
    split = subject.split("no-bikes")
    if split.broken and not split.met and not split.unknown:
        message = _("The whole walk is shared with people on bikes.")
    elif split.broken:
        message = _(
            "%(length)s of this walk is shared with people on bikes.", length=said(split.broken)
        )
    elif not split.met:
        message = nothing_known("bikes")
    elif split.unknown:
        message = _(
            "No bikes on %(length)s; not recorded on the other %(rest)s.",
            length=said(split.met),
            rest=said(split.unknown),
        )
    else:
        message = _("Bikes may not be ridden on any of these paths.")
    kept_apart = [s for s in split.broken if fact(s, "segregated") == "yes"]
    evidence = ""
    if kept_apart:
        evidence = _("Bikes have their own side on %(length)s.", length=said(kept_apart))
    return subject.finding(
        "bikes",
        level_of(split, "caution"),
        message,
        evidence,
        sources_of(split.broken or split.met, "bicycle", "highway", "segregated"),
    )


def water(subject: Subject) -> Finding:
    """Check how much of the walk is beside water."""
    split = subject.split("away-from-water")
    if split.broken:
        of = listed(names(split.broken, "beside_water")[:2]) or _("water")
        message = _(
            "%(length)s of this walk is beside %(water)s.", length=said(split.broken), water=of
        )
    elif not split.met:
        message = nothing_known("water")
    elif split.unknown:
        message = _(
            "Away from water on %(length)s; not recorded on the rest.", length=said(split.met)
        )
    else:
        message = _("The walk keeps away from water all the way.")
    return subject.finding(
        "water",
        level_of(split, "caution"),
        message,
        _("Beside water means within %(reach)s m of it.", reach=f"{NEAR_WATER_M:.0f}"),
        sources_of(split.broken or split.met, "beside_water", "water_m"),
    )


def underpass(subject: Subject) -> Finding:
    """Check whether the walk goes under a bridge or through an underpass."""
    under = [
        stretch
        for stretch in subject.stretches
        if any(is_recorded(stretch.path, name) for name in _UNDER_FACTS)
    ]
    open_sky = all(fact(stretch, "tunnel") in _OPEN_SKY for stretch in subject.stretches)
    level: Level = "caution"
    if under:
        message = _(
            "The walk goes under a bridge or through an underpass %(times)s.",
            times=_times(len(under)),
        )
    elif open_sky:
        level = "pass"
        message = _("The walk goes under no bridge and through no underpass.")
    else:
        level = "unknown"
        message = (
            _("Underpasses and bridges overhead: not recorded on part of the walk.")
            if any_recorded(subject.stretches, *_UNDER_FACTS)
            else nothing_known("underpass")
        )
    return subject.finding(
        "underpass", level, message, "", sources_of(under or subject.stretches, *_UNDER_FACTS)
    )


def playground(subject: Subject) -> Finding:
    """Check how near the walk comes to a playground."""
    split = subject.split("away-from-playgrounds")
    nearest, nearest_m = _nearest_playground(subject)
    sources = sources_of(subject.stretches, "playground_m")
    if split.broken:
        message = _(
            "The walk passes a playground at about %(away)s.", away=distance_in_words(nearest_m)
        )
        sources = sources or place_sources(nearest)
    elif split.met and not split.unknown:
        message = _("No playground that is on the map is near this walk.")
        searched = subject.area.searched.get("playground")
        sources = [searched] if searched else sources
    else:
        message = (
            _("Nearness to playgrounds: not recorded on part of the walk.")
            if split.met
            else nothing_known("playground")
        )
    return subject.finding(
        "playground",
        level_of(split, "caution"),
        message,
        _(
            "Near means within %(reach)s m of the playground's middle.",
            reach=f"{NEAR_PLAYGROUND_M:.0f}",
        ),
        sources,
    )


def _nearest_playground(subject: Subject) -> tuple[tuple[Place, ...], float]:
    imported = [number(stretch.path, "playground_m", np.inf) for stretch in subject.stretches]
    nearest = subject.along.nearest(PLAYGROUND_KINDS)
    return nearest.places, min([*imported, *nearest.off_m])
