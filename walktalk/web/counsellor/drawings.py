"""Drawings: what is missing on an area's map is drawn, shown first, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from walktalk.maps.area_sketch import area_sketch
from walktalk.maps.parts_sketch import parts_sketch
from walktalk.parks import Area
from walktalk.parks.drawn import DRAWN, LINES, Drawing, oddities
from walktalk.parks.geodesy import length_m
from walktalk.parks.lying import Stretch
from walktalk.routes.on_foot import Part
from walktalk.sessions import drawings, observations
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import area_or_404, blueprint, own_account
from walktalk.web.counsellor.closings import place_of
from walktalk.web.forms.drawing import DrawingForm
from walktalk.web.state import state

WORDS = {
    "path": "A path",
    "mended": "Another line of a path",
    "gate": "A gate",
    "bench": "A bench",
    "toilets": "Toilets",
}


@dataclass(frozen=True)
class Drawn:
    """Something that was drawn and not taken back.

    Attributes:
        drawing: what it is.
        words: the same in words, with where it is.
        by: who drew it.
        answer: what it is taken back by.
    """

    drawing: Drawing
    words: str
    by: str
    answer: UUID


@blueprint.route("/areas/<area_id>/draw", methods=["GET", "POST"])
def draw(area_id: str) -> Page:
    """Take a drawing; show it on the map, with what is odd about it, before it is kept."""
    area = area_or_404(state().land.recorded, area_id)
    form = DrawingForm(area, state().today)
    if request.method == "GET":
        form.answer_id.data, form.drawn_on.data = uuid4().hex, state().today
        return _page(area, form, None)
    if not form.validate():
        return _page(area, form, None), NOT_ACCEPTED
    drawing = form.drawing
    if "sure" not in request.form:
        return _page(area, form, drawing)
    with state().write.begin() as db:
        drawings.draw(
            db,
            own_account(db),
            area,
            drawing,
            answer=UUID(form.answer_id.data),
            today=state().today,
        )
    flash("It is kept, as drawn by hand. Every walk here can use it.")
    return redirect(url_for(".area_page", area_id=area_id), 303)


def drawn_in(area: Area) -> Sequence[Drawn]:
    """Return what was drawn in an area and not taken back, the newest first."""
    with state().read.begin() as db:
        rows = [row for row in observations.history(db, area.id) if row.fact == DRAWN]
        return [
            Drawn(
                drawing=(drawing := drawings.drawing_of(row)),
                words=_words(area, drawing),
                by=row.account.name or "" if row.account else "",
                answer=row.answer,
            )
            for row in rows
            if not row.withdrawn
        ]


def _words(area: Area, drawing: Drawing) -> str:
    where = place_of(area, "", drawing.line[len(drawing.line) // 2])
    return f"{WORDS[drawing.kind]} {where}"


def _page(area: Area, form: DrawingForm, drawing: Drawing | None) -> str:
    drawn, metres = area_sketch(area), 0.0
    if drawing is not None and drawing.kind in LINES:
        metres = length_m(drawing.line)
        stretch = Stretch("", 0.0, metres, drawing.line)
        drawn = parts_sketch(area, [Part(1, 0.0, metres, (stretch,))])
    return render_template(
        "counsellor/draw.html",
        area=area,
        form=form,
        drawing=drawing,
        words=_words(area, drawing) if drawing else "",
        metres=metres,
        odd=oddities(area, drawing.line) if drawing and drawing.kind in LINES else [],
        sketch=Markup(drawn),  # noqa: S704 - drawn by us, names in it are escaped
    )
