"""``walktalk plan`` and ``walktalk share``."""

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import click

from walktalk.areas import known_areas
from walktalk.commands.handout import write_handout
from walktalk.commands.options import (
    OPTION_OF_ARGUMENT,
    as_options,
    at_option,
    no_such_area,
    request_of,
    require_alone,
    time_to_come,
    walk_options,
)
from walktalk.commands.report import print_proposals
from walktalk.commands.stored_walks import find_route, saved_walk
from walktalk.maps.formats import FORMATS
from walktalk.parks import Area, with_recorded_routes
from walktalk.routes import NoWalkFits, Proposal, RequestError, Walk, WalkRequest, plan_walks
from walktalk.routes.as_json import proposal_to_json, request_to_json
from walktalk.routes.clock import LONDON
from walktalk.routes.one_part_new import plan_one_part_new
from walktalk.routes.same_again import plan_same_again
from walktalk.routes.stored import fit_route
from walktalk.routes.words import time_in_words
from walktalk.sessions.accounts import first_account
from walktalk.sessions.diary import save_session
from walktalk.sessions.errors import UnknownNotAccepted
from walktalk.sessions.links import share as share_session
from walktalk.sessions.seen_land import SeenLand
from walktalk.sessions.store.database import is_made, use_database
from walktalk.settings import Settings

NO_WALK_FITS = 1
MAKES_NO_SENSE = 2


@click.command()
@walk_options
@at_option(required=False)
@click.option(
    "--one-part-new",
    is_flag=True,
    help="Give the best walk, or that of --route or --again, with one part of it new.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the best walk's map and files into this folder.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help="Write the walk as this file too, beside GPX and FIT; may be repeated.",
)
@click.option(
    "--every-check",
    is_flag=True,
    help="Print every check of each walk, with its source and date.",
)
def plan(
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
    every_check: bool,
    **wishes: Any,
) -> None:
    """Propose walks that fit a session."""
    if formats and out is None:
        _leave_makes_no_sense(
            RequestError("format", "needs --out, the folder to write into"), as_json
        )
    area, request, proposals = _plan(as_json, **wishes)
    plain = {
        "request": request_to_json(request),
        "proposals": [proposal_to_json(proposal) for proposal in proposals],
    }
    written: list[str] = []
    if out is not None:
        try:
            written = write_handout(Walk.chosen(area, request, proposals[0]), plain, out, formats)
        except OSError as error:
            reason = f"{out} cannot be written to ({error.strerror}); give another folder"
            _leave_makes_no_sense(RequestError("out", reason), as_json)
    if as_json:
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    print_proposals(area, request, proposals, every_check=every_check)
    if written:
        click.echo(f"\nWritten to {out}: {', '.join(written)}")
        if request.at is None:
            click.echo("Give --at for a calendar entry as well.")


@click.command()
@walk_options
@at_option(required=True)
@click.option(
    "--accept-unknown",
    is_flag=True,
    help="Both have agreed to go and see what nobody has checked.",
)
def share(as_json: bool, accept_unknown: bool, **wishes: Any) -> None:
    """Plan a session, save it and print its private link."""
    area, request, proposals = _plan(as_json, **wishes)
    settings = Settings()
    try:
        with use_database(settings) as factory, factory.begin() as db:
            planned = save_session(
                db,
                first_account(db),
                Walk.chosen(area, request, proposals[0]),
                form_key=uuid4().hex,
                unknown_accepted="agreed-to-go-and-see" if accept_unknown else "no",
            )
            link, token = share_session(db, planned)
    except UnknownNotAccepted as error:
        _leave_makes_no_sense(RequestError("accept_unknown", str(error)), as_json)
    except RequestError as error:
        _leave_makes_no_sense(error, as_json)
    url = f"{settings.base_url}/w/{token}"
    if as_json:
        shared = {
            "session": str(planned.id),
            "url": url,
            "expires_at": link.expires_at.isoformat(),
        }
        click.echo(json.dumps(shared))
        return
    click.echo(f"Saved: {area.name}, {time_in_words(planned.starts_at)}")
    click.echo(url)
    if settings.is_loopback:
        click.echo(
            "Only this machine can open that address. Set WALKTALK_BASE_URL to one that a phone "
            "can open, or hand on the file that 'walktalk plan --out' writes.",
            err=True,
        )


def _plan(
    as_json: bool,
    area_id: str | None,
    route: str | None,
    *,
    again: str | None,
    one_part_new: bool = False,
    **wishes: Any,
) -> tuple[Area, WalkRequest, list[Proposal]]:
    """Plan from the options, or leave with the status that the contract names."""
    try:
        if again is not None:
            return _once_more(again, wishes["at"], one_part_new)
        if area_id is None:
            raise click.MissingParameter(param_type="option", param_hint="'--area'")
        area = _area(area_id)
        request = request_of(**wishes)
        if route is None:
            area = _as_seen(area)
            proposals = plan_walks(area, request, 1 if one_part_new else 3)
        else:
            area, stored = find_route(area, route, Settings())
            area = _as_seen(area)
            stored = area.routes[stored.id]
            proposals = [fit_route(area, stored, request)]
            request = replace(request, start=stored.start)
        if one_part_new:
            known = Walk.chosen(area, request, proposals[0])
            proposals = plan_one_part_new(area, request, known)
        return area, request, proposals
    except RequestError as error:
        _leave_makes_no_sense(error, as_json)
    except NoWalkFits as error:
        _leave_no_walk_fits(error, as_json, route)


def _once_more(
    session_id: str, at: str | None, one_part_new: bool
) -> tuple[Area, WalkRequest, list[Proposal]]:
    """Return a saved session's walk at another time: the same, or with one part new."""
    require_alone(
        "again", ("again", "at", "as_json", "out", "formats", "accept_unknown", "one_part_new")
    )
    known, own = saved_walk(session_id, Settings())
    request = replace(known.request, at=time_to_come(at) if at else None)
    area = _as_seen(with_recorded_routes(_area(known.area.id), own))
    if one_part_new:
        return area, request, plan_one_part_new(area, request, known)
    return area, request, [plan_same_again(area, request, known)]


def _area(area_id: str) -> Area:
    areas = known_areas(Settings())
    if area_id not in areas:
        raise RequestError("area", no_such_area(area_id, areas))
    return areas[area_id]


def _as_seen(area: Area) -> Area:
    """Return an area with what counsellors saw there, where there is a database to look into."""
    settings = Settings()
    if not is_made(settings):
        return area
    with use_database(settings) as factory:
        return SeenLand(dict, factory).laid_over(area, datetime.now(LONDON).date())


def _leave_makes_no_sense(error: RequestError, as_json: bool) -> NoReturn:
    option = OPTION_OF_ARGUMENT.get(error.argument, f"--{error.argument.replace('_', '-')}")
    if as_json:
        click.echo(json.dumps({"error": {"argument": option, "accepted": error.accepted}}))
    click.echo(f"{option}: {error.accepted}", err=True)
    sys.exit(MAKES_NO_SENSE)


def _leave_no_walk_fits(error: NoWalkFits, as_json: bool, route: str | None) -> NoReturn:
    if as_json:
        nearest = error.nearest and request_to_json(error.nearest)
        click.echo(json.dumps({"error": {"reason": error.reason, "nearest": nearest}}))
    click.echo(error.reason, err=True)
    if error.nearest is not None:
        click.echo(f"This would work: {as_options(error.nearest, route)}", err=True)
    sys.exit(NO_WALK_FITS)
