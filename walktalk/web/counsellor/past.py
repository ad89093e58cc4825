"""Past sessions: page by page, found again, written out, erased by age, kept for how long."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Response, flash, redirect, render_template, request, url_for

from walktalk.routes.words import date_in_words
from walktalk.sessions import past
from walktalk.sessions.retention import keep_past
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, own_account, signed_in_account
from walktalk.web.forms.past import ALL, KEPT_FOR, FindForm, KeepForm, OlderForm
from walktalk.web.state import state

_SURE = "sure"
"""Field of a form that comes from the page that asks: it was seen how many sessions go."""


@blueprint.get("/diary/past")
def past_sessions() -> Page:
    """Show a page of the sessions that are over."""
    return _past_page()


@blueprint.post("/diary/past/find")
def find_sessions() -> Page:
    """Show the sessions that have all words; by a form, so that no word stands in an address."""
    form = FindForm()
    if not form.validate():
        return _past_page(form=form), NOT_ACCEPTED
    words = str(form.words.data)
    with state().read.begin() as db:
        found = past.find(db, signed_in_account(), words)
        return render_template(
            "counsellor/found.html",
            form=form,
            found=found[: past.MOST_FOUND],
            total=len(found),
        )


@blueprint.get("/diary/sessions.csv")
def export_sessions() -> Response:
    """Send all sessions as a table for a spreadsheet."""
    with state().read.begin() as db:
        table = past.as_csv(db, signed_in_account())
    response = Response(table.encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="sessions.csv"'
    return response


@blueprint.post("/diary/past/erase")
def erase_past() -> Page:
    """Erase the past sessions from before a day; first ask, and say how many."""
    form = OlderForm()
    if not form.validate():
        return _past_page(older_form=form), NOT_ACCEPTED
    if not _count(form.moment):
        flash(f"There is no past session from before {date_in_words(form.day)}.")
        return redirect(url_for(".past_sessions"), 303)
    if _SURE not in request.form:
        return _ask(form.moment, {"before": form.day.isoformat()})
    with state().write.begin() as db:
        gone = past.erase_older(db, own_account(db), form.moment, state().now())
    flash(f"{_sessions(gone)} erased.")
    return redirect(url_for(".past_sessions"), 303)


@blueprint.post("/diary/past/keep")
def keep_past_sessions() -> Page:
    """Set for how long past sessions are kept; first ask where some are older already."""
    form = KeepForm()
    if not form.validate():
        return _past_page(keep_form=form), NOT_ACCEPTED
    days = form.kept_days
    oldest = None if days is None else state().now() - timedelta(days)
    if oldest is not None and _SURE not in request.form and _count(oldest):
        return _ask(oldest, {"days": str(days)})
    with state().write.begin() as db:
        account = own_account(db)
        keep_past(db, account, days)
        gone = 0 if oldest is None else past.erase_older(db, account, oldest, state().now())
    said = "Past sessions stay until you erase them."
    if days is not None:
        said = f"Past sessions are kept for {KEPT_FOR[str(days)].lower()}, then erased."
    flash(f"{said} {_sessions(gone)} erased now." if gone else said)
    return redirect(url_for(".past_sessions"), 303)


def _past_page(
    form: FindForm | None = None,
    older_form: OlderForm | None = None,
    keep_form: KeepForm | None = None,
) -> str:
    wanted = request.args.get("page", 1, type=int)
    with state().read.begin() as db:
        days = own_account(db).keep_past_days
        return render_template(
            "counsellor/past.html",
            past=past.list_past(db, signed_in_account(), state().now(), page=wanted),
            form=form or FindForm(formdata=None),
            older_form=older_form or OlderForm(formdata=None),
            keep_form=keep_form or KeepForm(formdata=None, data={"days": str(days or ALL)}),
        )


def _ask(before: datetime, sent: Mapping[str, str]) -> str:
    return render_template(
        "counsellor/erase_past.html",
        number=_sessions(_count(before)),
        before=before,
        sent=dict(sent, **{_SURE: "yes"}),
        action=request.path,
    )


def _count(before: datetime) -> int:
    with state().read.begin() as db:
        return past.count_older(db, signed_in_account(), before, state().now())


def _sessions(number: int) -> str:
    return "One session is" if number == 1 else f"{number} sessions are"
