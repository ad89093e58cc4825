"""Settings: the words on every page that a link opens, its units and its map."""

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for

from walktalk.sessions.page_words import page_words, set_distances, set_page_words
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, own_account
from walktalk.web.forms.page_words import PageWordsForm
from walktalk.web.state import state


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Page:
    """Show and change the words, the units, and whether walks have a street map."""
    with state().read.begin() as db:
        account = own_account(db)
        chosen = asdict(page_words(account))
        chosen |= {"distances": account.distances, "street_map": account.street_map}
    form = PageWordsForm(data=chosen)
    tiles_host = state().settings.tiles_host
    if form.validate_on_submit():
        with state().write.begin() as db:
            account = own_account(db)
            set_page_words(db, account, form.words())
            set_distances(db, account, form.distances.data)
            if tiles_host:
                account.street_map = bool(form.street_map.data)
        flash("Your settings are saved. Every open link shows them.")
        return redirect(url_for(".settings"), 303)
    page = render_template("counsellor/settings.html", form=form, tiles_host=tiles_host)
    return (page, NOT_ACCEPTED) if form.errors else page
