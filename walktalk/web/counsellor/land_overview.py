"""What the page of an area says of its paths: checked, ageing or unknown, and worth walking."""

import json
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from walktalk.parks import Area
from walktalk.parks.observed import with_observations
from walktalk.routes.look_over import lengths_of, states_of, worth_walking
from walktalk.sessions import diary, observations
from walktalk.sessions.store.models import SeenOnTheGround
from walktalk.web.counsellor.blueprint import signed_in_account
from walktalk.web.counsellor.on_foot import QUESTION_WORDS, value_in_words
from walktalk.web.state import state

MOST_SHOWN = 6


def overview(area: Area) -> dict[str, Any]:
    """Return what the template of an area's page needs to look over the land."""
    with state().read.begin() as db:
        planned = _planned_paths(db, area.id)
        orphans = _orphans(db, area.id)
    page = url_for("recce.show", area_id=area.id)
    return {
        "path_states": states_of(area),
        "state_lengths": lengths_of(area),
        "worth": [
            (each, f"{page}#{','.join(each.path_ids)}")
            for each in worth_walking(area, planned)[:MOST_SHOWN]
        ],
        "planned_walks": len(planned),
        "orphans": orphans,
    }


def _planned_paths(db: Session, area_id: str) -> list[set[str]]:
    """Return the paths of each walk that the counsellor has planned in an area and not called off.

    Walks of other counsellors are theirs alone, and are not counted.
    """
    upcoming = diary.list_upcoming(db, signed_in_account(), state().now())
    return [
        {leg.path_id for leg in diary.frozen_walk(each).route.legs}
        for each in upcoming
        if each.area_id == area_id and each.cancelled_at is None
    ]


def _orphans(db: Session, area_id: str) -> list[tuple[SeenOnTheGround, str, str]]:
    """Return what was seen where no path is today: its row, what was asked, what was said."""
    recorded = state().land.recorded.get(area_id)
    seen = observations.list_of(db, area_id)
    if recorded is None or not seen:
        return []
    lost = {each.id for each in with_observations(recorded, seen, state().today).orphans}
    return [
        (
            row,
            QUESTION_WORDS.get(row.fact, row.fact),
            value_in_words(row.fact, json.loads(row.value)),
        )
        for row in observations.history(db, area_id)
        if row.id.hex in lost
    ]
