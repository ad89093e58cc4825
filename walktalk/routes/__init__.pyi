"""The walks: measuring, timing, checking and planning them."""

from .checks import NEEDS
from .errors import NoWalkFits, RequestError
from .model import (
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
from .planner import plan_walks

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
