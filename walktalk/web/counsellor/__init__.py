"""The counsellor's pages: plan, check, share, keep a diary."""

from walktalk.web.counsellor import (
    account,
    closings,
    diary,
    drawings,
    land,
    library,
    on_foot,
    past,
    photographs,
    plan,
    recordings,
    route_drawing,
    sessions,
    settings,
    sharing,
)
from walktalk.web.counsellor.blueprint import blueprint

__all__ = [
    "account",
    "blueprint",
    "closings",
    "diary",
    "drawings",
    "land",
    "library",
    "on_foot",
    "past",
    "photographs",
    "plan",
    "recordings",
    "route_drawing",
    "sessions",
    "settings",
    "sharing",
]
