"""What is said to whoever wants to turn back early: the same to everybody who walks the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.words import distance_in_words, minutes_in_words
from walktalk.wording import N_, Table, _

if TYPE_CHECKING:
    from walktalk.routes.model import Proposal, Shortcut, Side, WayHome

_SIDES: Table[Side] = Table(
    {
        "left": N_("to the left"),
        "right": N_("to the right"),
        "straight": N_("straight ahead"),
    }
)


def shortcut_in_words(shortcut: Shortcut) -> list[str]:
    """Return where a shorter way back leaves a walk, and what it saves, sentence by sentence."""
    leaves = [
        _(
            "A shorter way back leaves the walk after %(length)s",
            length=distance_in_words(shortcut.distance_m),
        ),
    ]
    if shortcut.place:
        leaves.append(_("at %(place)s", place=shortcut.place))
    if side := _SIDES.get(shortcut.side):
        leaves.append(side)
    return [
        f"{', '.join(leaves)}.",
        _("From there it is %(minutes)s to the start.", minutes=minutes_in_words(shortcut.minutes)),
        _(
            "Walking on takes %(minutes)s.",
            minutes=minutes_in_words(shortcut.minutes + shortcut.saved_minutes),
        ),
    ]


def turning_back(proposal: Proposal) -> list[str]:
    """Return all that is said about turning back early, sentence by sentence."""
    found = [each.message for each in proposal.findings if each.check == "way-back"]
    return [*(shortcut_in_words(proposal.shortcut) if proposal.shortcut else ()), *found]


def told_ways_home(proposal: Proposal) -> list[WayHome]:
    """Return the ways home from a walk's junctions, of those that take equally long the first."""
    told: list[WayHome] = []
    for way in proposal.ways_home:
        if not told or minutes_in_words(way.minutes) != minutes_in_words(told[-1].minutes):
            told.append(way)
    return told
