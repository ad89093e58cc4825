"""Settings: the standing words on every page that a link opens, its units and its map."""

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for

from walktalk.sessions.standing import set_distances, set_standing_words, standing_words
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, signed_in_account
from walktalk.web.forms.standing import StandingForm
from walktalk.web.state import state


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Page:
    """Show and change the standing words, the units, and whether walks have a street map."""
    with state().read.begin() as db:
        account = db.merge(signed_in_account())
        chosen = asdict(standing_words(account))
        chosen |= {"distances": account.distances, "street_map": account.street_map}
    form = StandingForm(data=chosen)
    tiles_host = state().settings.tiles_host
    if form.validate_on_submit():
        with state().write.begin() as db:
            account = db.merge(signed_in_account())
            set_standing_words(db, account, form.words())
            set_distances(db, account, form.distances.data)
            if tiles_host:
                account.street_map = bool(form.street_map.data)
        flash("Your settings are saved. Every open link shows them.")
        return redirect(url_for(".settings"), 303)
    page = render_template("counsellor/settings.html", form=form, tiles_host=tiles_host)
    return (page, NOT_ACCEPTED) if form.errors else page
