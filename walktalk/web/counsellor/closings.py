"""Closures: a path that is shut on some days is noted, shown first, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from walktalk.maps.area_sketch import area_sketch
from walktalk.maps.parts_sketch import parts_sketch
from walktalk.parks import Area, LonLat
from walktalk.parks.closures import CLOSED, Closure, read_closure
from walktalk.parks.geodesy import distance_m
from walktalk.routes.daylight import session_minute
from walktalk.routes.on_foot import Part
from walktalk.sessions import observations
from walktalk.sessions.observations import Seen
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import area_or_404, blueprint, own_account
from walktalk.web.counsellor.known import walk_as_known
from walktalk.web.forms.closing import ClosingForm
from walktalk.web.state import state


@dataclass(frozen=True)
class Noted:
    """A closure that is not over.

    Attributes:
        closure: its days.
        metres: how much of the paths is closed.
        where: on which path, or near what.
        by: who noted it.
        answer: what it is taken back by.
    """

    closure: Closure
    metres: float
    where: str
    by: str
    answer: UUID


@blueprint.route("/areas/<area_id>/close", methods=["GET", "POST"])
def close_path(area_id: str) -> Page:
    """Ask which path is closed and when; show it on the map before it is noted."""
    area = area_or_404(state().land.recorded, area_id)
    form = ClosingForm(area, state().today)
    if request.method == "GET":
        form.answer_id.data, form.first.data = uuid4().hex, state().today
        return _page(area, form)
    if not form.validate():
        return _page(area, form), NOT_ACCEPTED
    if "sure" not in request.form:
        return _page(area, form, asks=True)
    closed = Seen(CLOSED, form.closure.value, form.stretches)
    with state().write.begin() as db:
        observations.record(
            db,
            own_account(db),
            area,
            [closed],
            answer=UUID(form.answer_id.data),
            seen_on=state().today,
            today=state().today,
        )
    flash(f"It is noted as closed {form.closure.in_words}. Walks avoid it on these days.")
    return redirect(url_for(".area_page", area_id=area_id), 303)


def closures_noted(area: Area) -> Sequence[Noted]:
    """Return the closures in an area that are not over, the first to end first."""
    with state().read.begin() as db:
        rows = [row for row in observations.history(db, area.id) if row.fact == CLOSED]
        found: dict[UUID, Noted] = {}
        for row in rows:
            seen = observations.observation_of(row)
            closure = read_closure(str(seen.value))
            if row.withdrawn or closure is None or closure.last < state().today:
                continue
            by = row.account.name or "" if row.account else ""
            where = place_of(area, seen.path_id, seen.line[len(seen.line) // 2])
            before = found.get(row.answer)
            metres = seen.to_m - seen.from_m + (before.metres if before else 0.0)
            found[row.answer] = Noted(closure, metres, where, by, row.answer)
    return sorted(found.values(), key=lambda each: each.closure.last)


def sessions_touched(db: Session, planned: Sequence[PlannedSession]) -> set[UUID]:
    """Return which sessions, read in this transaction, walk where it is closed at that time."""
    touched: set[UUID] = set()
    closures: dict[str, list[Closure]] = {}
    for each in planned:
        if each.area_id not in closures:
            seen = observations.list_of(db, each.area_id)
            read = (read_closure(str(one.value)) for one in seen if one.fact == CLOSED)
            closures[each.area_id] = [closure for closure in read if closure is not None]
        ends_at = session_minute(each.starts_at, each.minutes)
        if not any(closure.covers(each.starts_at, ends_at) for closure in closures[each.area_id]):
            continue
        findings = walk_as_known(each).proposal.findings
        if any(finding.check == "opening" and finding.level == "fail" for finding in findings):
            touched.add(each.id)
    return touched


def place_of(area: Area, path_id: str, position: LonLat) -> str:
    """Return where a path is: "on West Drive", else "near" the named place that is nearest."""
    path = area.paths.get(path_id)
    if path is not None and path.facts.get("name"):
        return f"on {path.facts['name']}"
    named = [place for place in area.places.values() if place.name]
    if not named:
        return f"in {area.name}"
    nearest = min(named, key=lambda place: distance_m(place.position, position))
    return f"near {nearest.name}"


def _page(area: Area, form: ClosingForm, *, asks: bool = False) -> str:
    drawn = area_sketch(area)
    stretches = form.stretches if asks else ()
    metres = sum(each.to_m - each.from_m for each in stretches)
    if stretches:
        drawn = parts_sketch(area, [Part(1, 0.0, metres, stretches)])
    return render_template(
        "counsellor/close_path.html",
        area=area,
        form=form,
        sketch=Markup(drawn),  # noqa: S704 - drawn by us, names in it are escaped
        metres=metres,
        where=place_of(area, stretches[0].path_id, stretches[0].line[0]) if stretches else "",
    )
