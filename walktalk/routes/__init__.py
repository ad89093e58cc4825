"""The walks: measuring, timing, checking and planning them."""

from walktalk.routes.checks import NEEDS
from walktalk.routes.errors import NoWalkFits, RequestError
from walktalk.routes.model import (
    LEVELS,
    PACES,
    PREFERENCES,
    SHAPES,
    FarthestPoint,
    Finding,
    Leg,
    Proposal,
    Route,
    TimetableEntry,
    Walk,
    WalkRequest,
)
from walktalk.routes.planner import plan_walks

__all__ = [
    "LEVELS",
    "NEEDS",
    "PACES",
    "PREFERENCES",
    "SHAPES",
    "FarthestPoint",
    "Finding",
    "Leg",
    "NoWalkFits",
    "Proposal",
    "RequestError",
    "Route",
    "TimetableEntry",
    "Walk",
    "WalkRequest",
    "plan_walks",
]
