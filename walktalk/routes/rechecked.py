"""A chosen walk checked again with what people saw on the ground since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from walktalk.parks.observed import (
    CHECKED_ON_FOOT,
    NOTED_CLOSED,
    has_observations,
    with_observations,
    without_observations,
)
from walktalk.routes.checks import check_walk
from walktalk.routes.model import Leg, Walk
from walktalk.routes.no_worse import with_shortcut_that_suits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from walktalk.parks.observed import Observation, Piece
    from walktalk.routes.model import Finding


_PEOPLE_SAY = (CHECKED_ON_FOOT, NOTED_CLOSED)


def rechecked(walk: Walk, seen: Sequence[Observation], on: date) -> Walk:
    """Return the same walk with its findings as they are known on a day.

    Its line and its timetable stay as they were agreed; a shortcut that no longer suits goes.

    Args:
        walk: as it was chosen, with whatever people had seen by then.
        seen: all that people saw in its area and did not take back.
        on: the day.
    """
    if not seen and not has_observations(walk.area):
        return walk
    observed = with_observations(without_observations(walk.area), seen, on)
    route = replace(walk.route, legs=_over_all_pieces(walk.route.legs, observed.pieces))
    findings = check_walk(observed.area, walk.request, route, walk.proposal.timetable)
    shortcut = walk.proposal.shortcut
    if shortcut is not None:
        shortcut = replace(shortcut, legs=_over_all_pieces(shortcut.legs, observed.pieces))
    known = replace(walk.proposal, route=route, findings=findings, shortcut=shortcut)
    return with_shortcut_that_suits(Walk(observed.area, walk.request, known))


def news(before: Walk, after: Walk) -> tuple[Finding, ...]:
    """Return the findings that say something else than they did, because of what people saw."""
    said = {finding.check: finding for finding in before.proposal.findings}
    return tuple(
        finding for finding in after.proposal.findings if _differs(finding, said.get(finding.check))
    )


def _is_seen(finding: Finding | None) -> bool:
    return finding is not None and any(said in finding.source for said in _PEOPLE_SAY)


def _differs(now: Finding, then: Finding | None) -> bool:
    if then is None or not (_is_seen(now) or _is_seen(then)):
        return _is_seen(now)
    return (now.level, now.message, now.source, now.checked_on) != (
        then.level,
        then.message,
        then.source,
        then.checked_on,
    )


def _over_all_pieces(legs: Sequence[Leg], pieces: Mapping[str, Piece]) -> tuple[Leg, ...]:
    return tuple(part for leg in legs for part in _over_pieces(leg, pieces))


def _over_pieces(leg: Leg, pieces: Mapping[str, Piece]) -> Iterator[Leg]:
    """Give a leg over the pieces that its path has been cut into, in walking order."""
    mine = [(each, piece) for each, piece in pieces.items() if piece.path_id == leg.path_id]
    if not mine:
        yield leg
        return
    ahead = leg.to_m >= leg.from_m
    low, high = sorted((leg.from_m, leg.to_m))
    mine.sort(key=lambda each: each[1].from_m, reverse=not ahead)
    for piece_id, piece in mine:
        begins, ends = max(low, piece.from_m), min(high, piece.to_m)
        if begins < ends or (low == high and piece.from_m <= low <= piece.to_m):
            here = (begins - piece.from_m, ends - piece.from_m)
            yield Leg(piece_id, *(here if ahead else here[::-1]))
