"""The counsellor's pages: plan, check, share, keep a diary."""

from walktalk.web.counsellor import (
    account,
    diary,
    land,
    library,
    on_foot,
    past,
    photographs,
    plan,
    recordings,
    sessions,
    settings,
    sharing,
)
from walktalk.web.counsellor.blueprint import blueprint

__all__ = [
    "account",
    "blueprint",
    "diary",
    "land",
    "library",
    "on_foot",
    "past",
    "photographs",
    "plan",
    "recordings",
    "sessions",
    "settings",
    "sharing",
]
