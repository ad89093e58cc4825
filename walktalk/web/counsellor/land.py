"""Bringing parks in and measuring their slopes: asked for, worked on, looked at, taken."""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from walktalk.files import OWNER_ALONE, write_whole
from walktalk.sessions import jobs
from walktalk.sessions.errors import JobNotFound
from walktalk.sessions.jobs import Kind
from walktalk.sessions.store.models import LandJob
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import area_or_404, blueprint, signed_in_account
from walktalk.web.forms.land import HOME_TOWN, LandFileForm, ParkForm
from walktalk.web.state import state

STATE_WORDS: Mapping[str, str] = {
    "waiting": "Waiting for its turn",
    "working": "Under way",
    "to decide": "Ready: it waits for an answer",
    "agreed": "Waiting for its turn",
    "taking": "Under way",
    "done": "Done",
    "failed": "It did not work",
    "dropped": "Stopped",
}
UNDER_WAY = ("waiting", "working", "agreed", "taking")


@blueprint.get("/areas/add")
def add_area() -> Page:
    """Offer the ways to a new park, and say what another server learns."""
    return _add_page(ParkForm(formdata=None), LandFileForm(formdata=None))


@blueprint.post("/areas/add")
def ask_for_park() -> Page:
    """Ask for one park."""
    form = ParkForm()
    if not form.validate():
        return _add_page(form, LandFileForm(formdata=None)), NOT_ACCEPTED
    return _asked("park", {"name": str(form.park.data), "town": str(form.town.data)})


@blueprint.post("/areas/add/town")
def ask_for_town() -> Page:
    """Ask for every named park of the town."""
    return _asked("town", {"town": HOME_TOWN})


@blueprint.post("/areas/add/file")
def send_land() -> Page:
    """Take a file, to be read as an answer of the other server would be."""
    form = LandFileForm()
    if not form.validate():
        return _add_page(ParkForm(formdata=None), form), NOT_ACCEPTED
    content = form.file.data.read()
    form.file.data.close()
    named = str(form.called.data) if form.what.data != "parks" else ""
    asked = {"file": form.file_name, "what": str(form.what.data), "name": named}
    return _asked("file", asked | {"sha256": hashlib.sha256(content).hexdigest()}, content)


@blueprint.post("/areas/<area_id>/up-to-date")
def ask_for_ground(area_id: str) -> Page:
    """Ask for what is known today of an area's ground."""
    area = area_or_404(state().areas, area_id)
    return _asked("ground", {"area": area.id, "name": area.name})


@blueprint.post("/areas/<area_id>/slopes")
def ask_for_slopes(area_id: str) -> Page:
    """Ask for the heights of the ground under an area's paths."""
    area = area_or_404(state().areas, area_id)
    return _asked("slopes", {"area": area.id, "name": area.name})


@blueprint.get("/areas/jobs/<uuid:job_id>")
def land_job(job_id: UUID) -> Page:
    """Show how far some work is, what it would change, or how it ended."""
    job = _job_or_404(job_id)
    return render_template(
        "counsellor/land_job.html",
        job=job,
        title=job_title(job),
        state_words=STATE_WORDS[job.state],
        is_under_way=job.state in UNDER_WAY,
        found=jobs.found_of(job),
        plain_form=FlaskForm(),
    )


@blueprint.post("/areas/jobs/<uuid:job_id>/<any(take, stop, again):act>")
def decide_land_job(job_id: UUID, act: str) -> Page:
    """Take what was found, stop the work, or ask once more."""
    job = _job_or_404(job_id)
    if act == "again":
        if job.kind == "file" or job.state not in jobs.ENDED:
            abort(404)
        return _asked(job.kind, jobs.asked_of(job))  # type: ignore[arg-type] # ours
    with state().write.begin() as db:
        if act == "take":
            jobs.agree(db, job_id, state().now())
        elif jobs.drop(db, job_id, state().now()):
            flash("It is stopped. Nothing was changed.")
    state().worker.wake()
    return redirect(url_for(".land_job", job_id=job_id), 303)


def work_on_land() -> list[tuple[LandJob, str, str]]:
    """Return all work that is still told of, each with its title and its state in words."""
    with state().read.begin() as db:
        return [(job, job_title(job), STATE_WORDS[job.state]) for job in jobs.list_all(db)]


def other_servers() -> list[str]:
    """Return the names of the servers that learn which park is asked for."""
    settings = state().settings
    return [urlsplit(url).netloc for url in (settings.overpass, settings.geocoder) if url]


def heights_server() -> str:
    """Return the name of the server that learns whose heights are asked for."""
    return urlsplit(state().settings.lidar).netloc


def job_title(job: LandJob) -> str:
    """Return what some work is about."""
    asked = jobs.asked_of(job)
    return {
        "park": "Add {name}, {town}",
        "town": "All named parks of {town}",
        "ground": "Bring {name} up to date",
        "file": "Read {file}",
        "slopes": "Measure the slopes of {name}",
    }[job.kind].format_map(asked)


def _asked(kind: Kind, asked: Mapping[str, str], content: bytes | None = None) -> Response:
    """Write the wish down, with the file that belongs to it, and show how it goes on."""
    with state().write.begin() as db:
        job, is_new = jobs.ask(db, signed_in_account(), kind, asked, now=state().now())
        if is_new and content is not None:
            sent = state().worker.folder_of(job.id) / "sent" / asked["file"]
            write_whole(sent, content, mode=OWNER_ALONE)
    if not is_new:
        flash("Somebody asked for this before. It is worked on once, for everybody.")
    state().worker.wake()
    return redirect(url_for(".land_job", job_id=job.id), 303)


def _add_page(form: ParkForm, file_form: LandFileForm) -> str:
    return render_template(
        "counsellor/add_area.html",
        form=form,
        file_form=file_form,
        plain_form=FlaskForm(),
        town=HOME_TOWN,
        servers=other_servers(),
        user_agent=state().settings.user_agent,
    )


def _job_or_404(job_id: UUID) -> LandJob:
    try:
        with state().read.begin() as db:
            return jobs.get(db, job_id)
    except JobNotFound:
        abort(404)
