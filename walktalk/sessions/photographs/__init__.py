"""Photographs: one made fit to hand out, those that are kept, and which of them a page shows."""

from walktalk.sessions.photographs.ground import (
    GROUND,
    add_of_ground,
    image_of_ground,
    list_of_ground,
)
from walktalk.sessions.photographs.kept import (
    DESCRIPTION_CHARACTERS,
    SAME_SPOT_M,
    accepted_day,
    accepted_description,
    add,
    choose,
    describe,
    get,
    image_of,
    list_kept,
    shown_on,
    spots_of,
    to_choose,
)
from walktalk.sessions.photographs.picture import Picture, as_picture

__all__ = [
    "DESCRIPTION_CHARACTERS",
    "GROUND",
    "SAME_SPOT_M",
    "Picture",
    "accepted_day",
    "accepted_description",
    "add",
    "add_of_ground",
    "as_picture",
    "choose",
    "describe",
    "get",
    "image_of",
    "image_of_ground",
    "list_kept",
    "list_of_ground",
    "shown_on",
    "spots_of",
    "to_choose",
]
