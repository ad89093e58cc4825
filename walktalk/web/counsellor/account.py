"""The start page, setting up, signing in and out, the account."""

from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from walktalk.sessions import accounts
from walktalk.sessions.errors import AccountNameRefused, PasswordRefused, SetupLinkDead
from walktalk.web.counsellor.blueprint import blueprint, signed_in_account
from walktalk.web.forms.account import ChangePasswordForm, SetUpForm, SignInForm
from walktalk.web.sign_in import TRIES, SignedIn, limiter
from walktalk.web.state import state

Page = str | Response | tuple[str, int]

NOT_ACCEPTED = 422
"""Status of a form that comes back with errors: understood, but not usable."""


@blueprint.get("/")
def start() -> Page:
    """Say in one breath what this is; whoever is signed in goes on from here."""
    return render_template("counsellor/start.html", areas=state().areas)


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
@limiter.limit(TRIES)
def set_up(token: str) -> Page:
    """Choose a name and a password with a one-time link."""
    form = SetUpForm()
    try:
        with state().write.begin() as db:
            accounts.setup_account(db, token)
            if form.validate_on_submit():
                account = accounts.complete_setup(
                    db, token, str(form.name.data), str(form.password.data)
                )
                login_user(SignedIn(account))
                return redirect(url_for(".start"))
    except SetupLinkDead:
        return render_template("counsellor/setup_dead.html"), 404
    except AccountNameRefused as error:
        form.name.errors = [str(error)]
    except PasswordRefused as error:
        form.password.errors = [str(error)]
    page = render_template("counsellor/setup.html", form=form)
    return (page, NOT_ACCEPTED) if form.errors else page


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
def sign_in() -> Page:
    """Open the door with name and password."""
    if current_user.is_authenticated:
        return redirect(url_for(".start"))
    form = SignInForm()
    if form.validate_on_submit():
        with state().write.begin() as db:
            account = accounts.sign_in(db, str(form.name.data), str(form.password.data))
        if account is not None:
            login_user(SignedIn(account))
            return redirect(_inside(request.args.get("next", "")))
        form.password.errors = ["Name and password do not belong together. Try again."]
    page = render_template("counsellor/sign_in.html", form=form)
    return (page, NOT_ACCEPTED) if form.errors else page


@blueprint.post("/sign-out")
def sign_out() -> Page:
    """Close the door."""
    logout_user()
    return redirect(url_for(".start"))


@blueprint.route("/account", methods=["GET", "POST"])
def account_page() -> Page:
    """Show the account; change its password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            with state().write.begin() as db:
                account = db.merge(signed_in_account())
                accounts.change_password(db, account, str(form.old.data), str(form.password.data))
        except PasswordRefused as error:
            form.password.errors = [str(error)]
        else:
            login_user(SignedIn(account))
            flash("Your password is changed. Other devices are signed out.")
            return redirect(url_for(".account_page"))
    page = render_template("counsellor/account.html", form=form)
    return (page, NOT_ACCEPTED) if form.errors else page


def _inside(target: str) -> str:
    """Return where to go after signing in: only ever a page of this server."""
    parts = urlsplit(target)
    is_ours = target.startswith("/") and not parts.netloc and not target.startswith(("//", "/\\"))
    return target if is_ours else url_for("counsellor.start")
