"""The frozen copy: what a walk keeps of its land, and copies that were made before."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, update

from tests.maps.real_walks import PARKS, stored_walks
from tests.sessions.acts import save
from tests.sessions.walks import NOW, a_walk
from walktalk.parks import BackgroundShape, Path, Place, Source
from walktalk.parks.model import Barrier, Crossing
from walktalk.routes import Walk
from walktalk.routes.surroundings import surroundings
from walktalk.sessions import diary
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.database import locked, open_database, session_factory
from walktalk.sessions.store.errors import DatabaseError
from walktalk.sessions.store.frozen import freeze, freeze_whole, thaw
from walktalk.sessions.store.land import land_from_json, land_to_json
from walktalk.sessions.store.models import PlannedSession
from walktalk.sessions.store.schema_steps import alembic_config
from walktalk.settings import Settings

EARLIER, CUT = "0012", "0013"


def through_json(values: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(json.dumps(values))
    return kept


@pytest.mark.parametrize("area_id", sorted(PARKS))
def test_every_shipped_area_is_the_same_again_from_its_short_form(area_id: str) -> None:
    area = PARKS[area_id]
    assert land_from_json(through_json(land_to_json(area))) == area


def test_what_stands_on_a_path_and_what_it_crosses_is_the_same_again() -> None:
    area = PARKS["pittville-park"]
    path = next(iter(area.paths.values()))
    said = Source("said", "A walker", "2026-11-01")
    on_it = replace(
        path,
        barriers=(
            Barrier("gate", path.coordinates[0], said, {"width_m": 0.9}),
            Barrier("stile", None, said),
        ),
        crossings=(Crossing("trunk", path.coordinates[1], said, {"signals": "yes"}),),
    )
    with_it = replace(area, paths={**area.paths, path.id: on_it})
    assert land_from_json(through_json(land_to_json(with_it))) == with_it


def test_the_short_form_knows_every_field_of_a_path_a_place_and_a_shape() -> None:
    """A field that is new to one of them must be kept too: add it to the short form, then here."""
    known = {
        Path: "id coordinates facts sources heights_m barriers crossings",
        Barrier: "kind position source facts",
        Crossing: "kind position source facts",
        Place: "id kind name position how_to_find facts sources",
        BackgroundShape: "kind rings name detail source",
    }
    for kind, names in known.items():
        assert {each.name for each in fields(kind)} == set(names.split())


@pytest.mark.slow
def test_a_walk_in_a_shipped_area_is_the_same_again_with_the_land_around_it() -> None:
    for walk in stored_walks().values():
        kept = thaw(through_json(freeze(walk)))
        assert kept.area == surroundings(walk)
        assert kept.proposal == thaw(freeze_whole(walk)).proposal


@pytest.mark.parametrize(
    "broken",
    [
        {"form": 2},
        {**freeze(a_walk()), "area": []},
        {**freeze(a_walk()), "area": {**freeze(a_walk())["area"], "paths": [["a"]]}},
        {**freeze(a_walk()), "area": {**freeze(a_walk())["area"], "sources": []}},
        {**freeze(a_walk()), "proposal": {}},
        {**freeze(a_walk()), "form": 9},
    ],
)
def test_a_broken_or_newer_copy_is_an_error_of_ours(broken: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError):
        thaw(through_json(broken))


def with_far_land(walk: Walk) -> Walk:
    """A walk in an area with a path and a lake far away from it."""
    source = Source("survey", "A survey for the tests", "2026-11-01")
    far = ((-2.2, 51.9), (-2.2, 51.91), (-2.19, 51.91), (-2.2, 51.9))
    path = Path("far", far, {}, {"geometry": source})
    lake = BackgroundShape("water", (far,), "Far Lake", "", source)
    area = replace(walk.area, paths={**walk.area.paths, "far": path}, background=(lake, lake))
    return replace(walk, area=area)


def test_sessions_kept_before_are_cut_to_their_surroundings_and_broken_ones_stay_as_they_are(
    settings: Settings,
) -> None:
    whole = with_far_land(a_walk())
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        account = first_account(db, now=NOW)
        kept = save(db, account)
        broken = diary.save_session(db, account, whole, form_key="another", now=NOW)
        for planned, frozen in ((kept, freeze_whole(whole)), (broken, {"form": 1})):
            one = update(PlannedSession).where(PlannedSession.id == planned.id)
            db.execute(one.values(frozen=frozen))
        ids = kept.id, broken.id
    with locked(engine) as connection:
        command.downgrade(alembic_config(connection), CUT)
        command.stamp(alembic_config(connection), EARLIER)
        command.upgrade(alembic_config(connection), "head")
    with session_factory(engine).begin() as db:
        copies = {each.id: each.frozen for each in db.scalars(select(PlannedSession))}
    cut, stays = (copies[each] for each in ids)
    engine.dispose()
    assert stays == {"form": 1}
    assert cut == through_json(freeze(whole))
    assert set(thaw(cut).area.paths) == {"way-1"}
    assert thaw(cut) == replace(whole, area=surroundings(whole))
