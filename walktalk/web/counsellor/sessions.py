"""A session: saved from a proposal, looked at, called off, moved, deleted and put back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from walktalk.maps import sketch
from walktalk.maps.sketch import BEYOND_WIDE
from walktalk.routes import Walk
from walktalk.routes.clock import LONDON
from walktalk.routes.rechecked import news
from walktalk.sessions import diary, links, removal
from walktalk.sessions.acceptance import AGREED, Answer, to_answer_for
from walktalk.sessions.errors import NeedBroken, SessionInThePast, UnknownNotAccepted
from walktalk.sessions.page_words import still_to_say
from walktalk.sessions.photographs import shown_on
from walktalk.sessions.retention import BIN_DAYS
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, session_or_404, signed_in_account
from walktalk.web.counsellor.known import walk_as_known
from walktalk.web.counsellor.once_more import asking_once_more, form_of, next_time
from walktalk.web.counsellor.plan import chosen_walk, find_walks, found_page, new_form
from walktalk.web.counsellor.sharing import ShownLink, shown_links
from walktalk.web.counsellor.state_words import state_in_words, worse_at
from walktalk.web.filters import moment
from walktalk.web.forms.photograph import SHOWS
from walktalk.web.forms.session import CHANGES, ReferenceForm, SaveForm, UnknownForm
from walktalk.web.forms.when import WhenForm
from walktalk.web.state import state

TOLD = "told"
"""Field that holds the new time about which a page has told what would be worse."""

AGAIN = "again-"
"""Before the names of the fields that say when the same walk is walked again."""


@blueprint.post("/sessions")
def save() -> Page:
    """Save the chosen walk; the same form sent twice makes one session."""
    form, save_form = new_form(), SaveForm()
    if not form.validate():
        return find_walks()
    if not save_form.validate():
        return find_walks(problem=next(iter(save_form.errors.values()))[0])
    chosen = chosen_walk(form.area, save_form.chosen.data or "")
    if chosen is None:
        return find_walks(changed=True)
    try:
        planned = _save(chosen, save_form)
    except SessionInThePast:
        return find_walks()
    return redirect(url_for(".show_session", session_id=planned.id), 303)


@blueprint.get("/sessions/<uuid:session_id>")
def show_session(session_id: UUID) -> Page:
    """Show a session: when, where, timetable, findings, and how to share it."""
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        return session_page(planned, diary.frozen_walk(planned), shown_links(db, planned))


@blueprint.post("/sessions/<uuid:session_id>/reference")
def set_reference(session_id: UUID) -> Page:
    """Change the counsellor's own short reference."""
    form = ReferenceForm()
    with state().write.begin() as db:
        planned = session_or_404(db, session_id)
        if form.validate():
            diary.set_reference(db, planned, form.reference.data or "")
            flash("The reference is changed.")
        else:
            flash(f"The reference was not changed: {form.reference.errors[0]}")
    return _back(session_id)


@blueprint.post("/sessions/<uuid:session_id>/move")
def move(session_id: UUID) -> Page:
    """Move a session to another time; its links move with it.

    What is worse then is told first, and the same form sent again moves the walk.
    """
    form, unknown_form = WhenForm(state().now()), UnknownForm()
    worse: list[str] = []
    told_at = ""
    answer: Answer = AGREED if unknown_form.answer.data == AGREED else "no"
    try:
        with state().write.begin() as db:
            planned = session_or_404(db, session_id)
            if form.validate():
                then = links.at_new_time(planned, form.at, now=state().now())
                told_at = form.at.isoformat()
                if request.form.get(TOLD) != told_at:
                    worse = worse_at(diary.frozen_walk(planned), then)
                if not worse:
                    links.reschedule(
                        db, planned, form.at, unknown_accepted=answer, now=state().now()
                    )
                    when = moment(planned.starts_at, state().now())
                    flash(f"The walk is moved to {when}. Its link shows it.")
                    return _back(session_id)
    except (NeedBroken, SessionInThePast, UnknownNotAccepted) as error:
        form.time.errors = [str(error)]
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        walk, shown = diary.frozen_walk(planned), shown_links(db, planned)
        asked = None if worse else unknown_form
        page = session_page(
            planned,
            walk,
            shown,
            when_form=form,
            unknown_form=asked,
            told_at=told_at,
            worse=worse,
        )
    return page if worse else (page, NOT_ACCEPTED)


@blueprint.post("/sessions/<uuid:session_id>/again")
def plan_again(session_id: UUID) -> Page:
    """Show exactly the same walk at another time, looked at anew, ready to be saved."""
    form = WhenForm(state().now(), prefix=AGAIN)
    is_fine = form.validate()
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        walk = diary.frozen_walk(planned)
        asked = asking_once_more(planned, walk, form.at, same=True) if is_fine else []
        if not asked:
            if is_fine:
                form.day.errors = ["The park of this walk is not as it was. Plan a new walk there."]
            page = session_page(planned, walk, shown_links(db, planned), again_form=form)
            return page, NOT_ACCEPTED
    return found_page(form_of(asked))


@blueprint.post("/sessions/<uuid:session_id>/<any(cancel, uncancel, delete, undelete):change>")
def change(session_id: UUID, change: str) -> Page:
    """Call a session off or on again; delete it or put it back."""
    act, said = CHANGES[change]
    with state().write.begin() as db:
        act(db, session_or_404(db, session_id))
    flash(said)
    return redirect(url_for(".diary_page"), 303) if change == "delete" else _back(session_id)


@blueprint.get("/sessions/<uuid:session_id>/erase")
def ask_to_erase(session_id: UUID) -> Page:
    """Ask once whether to erase a session, and say what stays."""
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        return render_template("counsellor/erase.html", planned=planned)


@blueprint.post("/sessions/<uuid:session_id>/erase")
def erase(session_id: UUID) -> Page:
    """Erase a session for good."""
    with state().write.begin() as db:
        removal.erase(db, session_or_404(db, session_id), now=state().now())
    flash("The session is erased.")
    return redirect(url_for(".diary_page"), 303)


def session_page(
    planned: PlannedSession,
    walk: Walk,
    shown: list[ShownLink],
    *,
    when_form: WhenForm | None = None,
    again_form: WhenForm | None = None,
    unknown_form: UnknownForm | None = None,
    told_at: str = "",
    worse: Sequence[str] = (),
) -> str:
    """Return the page of a session.

    Args:
        planned: the session.
        walk: its frozen walk.
        shown: its links that open.
        when_form: the form to move it, where it came back with errors.
        again_form: the form for the same walk again, where it came back with errors.
        unknown_form: what is said about what is not known at the new time, where that is asked.
        told_at: the new time about which this page tells what would be worse.
        worse: what would be worse at the new time, told before the walk is moved.
    """
    starts_at = planned.starts_at.astimezone(LONDON)
    known = walk_as_known(planned)
    again_at = next_time(walk)
    return render_template(
        "counsellor/session.html",
        planned=planned,
        ends_at=diary.ends_at(planned),
        walk=walk,
        news=news(walk, known),
        links=shown,
        photographs=shown_on(planned),
        shows_words=SHOWS,
        bin_days=BIN_DAYS,
        open_checks=_open_checks(planned, walk),
        still_to_say=still_to_say(planned.account),
        reference_form=ReferenceForm(data={"reference": planned.reference}),
        when_form=when_form or _when_form_at(starts_at),
        unknown_form=unknown_form,
        worse=worse,
        told=TOLD,
        told_at=told_at,
        one_part_new=asking_once_more(planned, walk, again_at, same=False),
        again_form=again_form or _when_form_at(again_at, prefix=AGAIN),
        state_line=state_in_words(planned, walk, bool(shown), state().now()),
        is_loopback=state().settings.is_loopback,
        is_over=diary.ends_at(planned) <= state().now(),
        sketch=Markup(sketch(walk, beyond=BEYOND_WIDE)),  # noqa: S704 - drawn by us, names in it are escaped
    )


def _open_checks(planned: PlannedSession, walk: Walk) -> list[str]:
    settled = (planned.acceptance or {}).get("checks", ())
    return [check for check in to_answer_for(walk) if check not in settled]


def _when_form_at(at: datetime | None, prefix: str = "") -> WhenForm:
    """Return the form for a day and a time, filled in with one."""
    local = at and at.astimezone(LONDON)
    filled = {"day": local.date(), "time": local.time()} if local else {}
    return WhenForm(state().now(), formdata=None, data=filled, prefix=prefix)


def _save(walk: Walk, form: SaveForm) -> PlannedSession:
    with state().write.begin() as db:
        return diary.save_session(
            db,
            signed_in_account(),
            walk,
            form_key=str(form.form_key.data),
            reference=form.reference.data or "",
            now=state().now(),
        )


def _back(session_id: UUID) -> Page:
    return redirect(url_for(".show_session", session_id=session_id), 303)
