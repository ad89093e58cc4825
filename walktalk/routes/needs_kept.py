"""Whether a walk that somebody chose by itself keeps what is needed, path by path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from walktalk.routes.checks import NEEDS, PATH_NEEDS, verdict
from walktalk.routes.errors import NoWalkFits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from walktalk.parks import Area
    from walktalk.routes.model import WalkRequest


def require_kept(area: Area, request: WalkRequest, path_ids: Iterable[str], name: str) -> None:
    """Let only paths pass that keep every need, and are known to where unknown is refused.

    Raises:
        NoWalkFits: a path breaks a need, or leaves it unknown; says of ``name`` which.
    """
    paths = [area.paths[path_id] for path_id in path_ids]
    for need in sorted(request.needs & PATH_NEEDS):
        verdicts = {verdict(area, path, need) for path in paths}
        easier = replace(request, needs=request.needs - {need})
        if "broken" in verdicts:
            raise NoWalkFits(f"{name} does not keep to this need: {NEEDS[need]}.", easier)
        if request.unknown == "refuse" and "unknown" in verdicts:
            raise NoWalkFits(
                f"Nobody has checked all of {name} for this need: {NEEDS[need]}.",
                replace(request, unknown="allow"),
            )
