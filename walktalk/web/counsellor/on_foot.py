"""Check this walk: what a counsellor saw on it becomes facts of its paths, and can be undone."""

import json
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from markupsafe import Markup
from sqlalchemy.orm import Session

from walktalk.maps.parts_sketch import parts_sketch
from walktalk.parks import Area
from walktalk.parks.closures import CLOSED, read_closure
from walktalk.parks.drawn import DRAWN
from walktalk.parks.joined import walked_line
from walktalk.parks.model import FactValue
from walktalk.parks.overtaken import overtaken
from walktalk.routes import Leg
from walktalk.routes.on_foot import QUESTIONS, parts_of
from walktalk.sessions import diary, links, observations, photographs
from walktalk.sessions.errors import AnswerNotFound, PhotographNotFound
from walktalk.sessions.photographs.picture import MEDIA_TYPE
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import (
    area_or_404,
    blueprint,
    own_account,
    session_or_404,
    signed_in_account,
)
from walktalk.web.counsellor.known import walk_as_known
from walktalk.web.counsellor.recordings import areas_with
from walktalk.web.forms.on_foot import OnFootForm
from walktalk.web.forms.plan import SEPARATOR
from walktalk.web.state import state

QUESTION_WORDS = {question.fact: question.words for question in QUESTIONS} | {
    "width_m": "Width, measured in metres",
    CLOSED: "A path is closed",
    DRAWN: "Drawn by hand:",
    "barrier_width_m": "Narrowest opening, measured in metres",
    "step_count": "How many steps?",
    "steep": "Steep?",
    "phone_signal": "Phone signal?",
}


@blueprint.route("/sessions/<uuid:session_id>/on-foot", methods=["GET", "POST"])
def check_session_on_foot(session_id: UUID) -> Page:
    """Ask what was seen on a session's walk; before it is shared, its findings follow."""
    with state().read.begin() as db:
        walk = diary.frozen_walk(session_or_404(db, session_id))
    unknown = {
        finding.check
        for finding in walk.proposal.findings
        if finding.level == "unknown" or (finding.shares is not None and finding.shares.unknown_m)
    }

    def kept(db: Session) -> None:
        planned = session_or_404(db, session_id)
        if not any(links.is_open(link, state().now()) for link in planned.links):
            diary.take_over(db, planned, walk_as_known(planned), now=state().now())

    back = url_for(".show_session", session_id=session_id)
    return _page(walk.area, walk.route.legs, back, unknown, kept)


@blueprint.route("/routes/<area_id>/<route_id>/on-foot", methods=["GET", "POST"])
def check_route_on_foot(area_id: str, route_id: str) -> Page:
    """Ask what was seen on a stored or a recorded walk."""
    area = areas_with(f"{area_id}{SEPARATOR}{route_id}").get(area_id)
    stored = area.routes.get(route_id) if area else None
    if area is None or stored is None:
        abort(404)
    _, forward = walked_line(area.paths, stored.path_ids)
    legs = [
        Leg(path_id, *((0.0, length_m) if ahead else (length_m, 0.0)))
        for path_id, ahead in zip(stored.path_ids, forward, strict=True)
        for length_m in [area.paths[path_id].length_m]
    ]
    return _page(area, legs, url_for(".routes"), None, lambda _: None)


@blueprint.post("/sessions/<uuid:session_id>/take-over")
def take_over(session_id: UUID) -> Page:
    """Put what was seen since into a session's findings, for whoever opens its link too."""
    with state().write.begin() as db:
        planned = session_or_404(db, session_id)
        diary.take_over(db, planned, walk_as_known(planned), now=state().now())
    flash("The findings are brought up to date. The link shows them.")
    return redirect(url_for(".show_session", session_id=session_id), 303)


@blueprint.get("/areas/<area_id>/seen")
def seen_in_area(area_id: str) -> Page:
    """Show who saw what in an area, taken back or not."""
    area = area_or_404(state().areas, area_id)
    with state().read.begin() as db:
        since = overtaken(observations.list_of(db, area_id))
        answers: dict[UUID, list[tuple[str, str, str, str]]] = {}
        rows = {}
        for row in observations.history(db, area_id):
            rows[row.answer] = row
            newer = since.get(row.id.hex)
            otherwise = ("", "")
            if newer is not None:
                otherwise = (value_in_words(newer.fact, newer.value), newer.seen_on.isoformat())
            value = value_in_words(row.fact, json.loads(row.value))
            line = (QUESTION_WORDS.get(row.fact, row.fact), value, *otherwise)
            answers.setdefault(row.answer, []).append(line)
        pictures = photographs.list_of_ground(db, area_id)
        told = [
            (rows[answer], list(dict.fromkeys(said)), pictures.get(answer))
            for answer, said in answers.items()
        ]
        return render_template("counsellor/seen.html", area=area, told=told, plain_form=FlaskForm())


@blueprint.get("/areas/<area_id>/seen/<uuid:answer>/photograph")
def ground_photograph(area_id: str, answer: UUID) -> Response:
    """Send the photograph that belongs to an answer, to every counsellor here."""
    try:
        with state().read.begin() as db:
            image = photographs.image_of_ground(db, area_id, answer)
    except PhotographNotFound:
        abort(404)
    return Response(image, mimetype=MEDIA_TYPE)


@blueprint.post("/areas/<area_id>/seen/<uuid:answer>/<any(withdraw, put_back):change>")
def change_seen(area_id: str, answer: UUID, change: str) -> Page:
    """Take an answer back, or put it back."""
    act = observations.withdraw if change == "withdraw" else observations.put_back
    try:
        with state().write.begin() as db:
            act(db, answer)
    except AnswerNotFound:
        abort(404)
    flash("It is taken back." if change == "withdraw" else "It is put back.")
    return redirect(url_for(".seen_in_area", area_id=area_id), 303)


def value_in_words(fact: str, value: FactValue) -> str:
    """Return what was seen, as a person reads it."""
    closure = read_closure(str(value)) if fact == CLOSED else None
    return str(value) if closure is None else closure.in_words


def _page(
    area: Area,
    legs: Sequence[Leg],
    back: str,
    unknown: set[str] | None,
    kept: Callable[[Session], None],
) -> Page:
    with state().read.begin() as db:
        if diary.is_soon_or_now(db, signed_in_account(), state().now()):
            return render_template("counsellor/on_foot_later.html", back=back)
    parts = parts_of(area, legs)
    form = OnFootForm(parts, state().today)
    if request.method == "POST" and form.validate():
        with state().write.begin() as db:
            observations.record(
                db,
                own_account(db),
                state().land.recorded.get(area.id, area),
                form.seen,
                answer=UUID(form.answer_id.data),
                seen_on=form.day,
                today=state().today,
            )
            if form.picture is not None:
                photographs.add_of_ground(
                    db,
                    own_account(db),
                    UUID(form.answer_id.data),
                    form.picture,
                    description=str(form.description.data),
                    now=state().now(),
                )
            kept(db)
        flash("Kept. Every walk over these paths uses it.")
        return redirect(url_for(".seen_in_area", area_id=area.id) if unknown is None else back, 303)
    if request.method == "GET":
        form.answer_id.data, form.seen_on.data = uuid4().hex, state().today
    form.ask_for_the_file_again()
    page = render_template(
        "counsellor/on_foot.html",
        form=form,
        area_id=area.id,
        back=back,
        first=[q for q in form.questions if unknown is None or q.check in unknown],
        others=[q for q in form.questions if unknown is not None and q.check not in unknown],
        sketch=Markup(parts_sketch(area, parts)),  # noqa: S704 - drawn by us, names in it are escaped
    )
    return (page, NOT_ACCEPTED) if form.errors else page
