"""What is said where nothing at all is known of a walk: a sentence, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.wording import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from walktalk.routes.model import Finding

_SAID: Mapping[str, tuple[str, str]] = {
    "steps": (N_("Steps: not recorded on any of the walk."), N_("Steps")),
    "surface": (N_("Surface: not recorded on any of the walk."), N_("Surface")),
    "gradient": (N_("Slopes: no reliable measurement on any of the walk."), N_("Slopes")),
    "width": (N_("Width: not measured on any of the walk."), N_("Width")),
    "seats": (N_("Seats: not recorded on any of the walk."), N_("Seats")),
    "toilets": (N_("Toilets: not recorded anywhere near this walk."), N_("Toilets")),
    "road": (N_("Nearness to roads: not recorded on any of the walk."), N_("Roads near the path")),
    "road-crossings": (
        N_("Road crossings: not recorded on any of the walk."),
        N_("Road crossings"),
    ),
    "bikes": (N_("Bikes: whether they use these paths is not recorded."), N_("Bikes")),
    "water": (N_("Nearness to water: not recorded on any of the walk."), N_("Water near the path")),
    "underpass": (
        N_("Underpasses and bridges overhead: not recorded on any of the walk."),
        N_("Underpasses and bridges overhead"),
    ),
    "two-abreast": (
        N_("Room for two side by side: not measured on any of the walk."),
        N_("Room for two side by side"),
    ),
    "playground": (
        N_("Nearness to playgrounds: not recorded on any of the walk."),
        N_("Playgrounds near the path"),
    ),
}
"""By check: the finding's sentence, and what it is about."""


def nothing_known(check: str) -> str:
    """Return the sentence of a check that knows nothing of any part of the walk."""
    return _(_SAID[check][0])


def about_which_nothing_is_known(finding: Finding) -> str:
    """Return what a finding is about if nothing at all is known of it, else ``""``."""
    sentence, subject = _SAID.get(finding.check, ("", ""))
    nothing = sentence and finding.message in (sentence, _(sentence))
    return _(subject) if nothing else ""
