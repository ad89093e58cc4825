"""The start page, setting up, signing in and out, the account and its devices."""

from contextlib import AbstractContextManager
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from walktalk.sessions import accounts, sign_ins
from walktalk.sessions.emptying import erase_everything
from walktalk.sessions.errors import AccountNameRefused, PasswordRefused, SetupLinkDead
from walktalk.web.counsellor.blueprint import (
    blueprint,
    own_account,
    signed_in,
    signed_in_account,
)
from walktalk.web.forms.account import ChangePasswordForm, ProveForm, SetUpForm, SignInForm
from walktalk.web.sign_in import begin, current, forget, known_device
from walktalk.web.state import state
from walktalk.web.throttle import Guess, place_of

Page = str | Response | tuple[str, int]

_IS_NEW = "is_new"
"""In the cookie of whoever has just set up the installation, until the start page was seen."""

NOT_ACCEPTED = 422
"""Status of a form that comes back with errors: understood, but not usable."""


@blueprint.get("/")
def start() -> Page:
    """Say in one breath what this is; whoever is signed in goes on from here."""
    offers_park = session.pop(_IS_NEW, False) and current() is not None
    return render_template("counsellor/start.html", areas=state().areas, offers_park=offers_park)


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
def set_up(token: str) -> Page:
    """Choose a name and a password with a one-time link."""
    form = SetUpForm()
    try:
        with state().throttle.guess(_place()) as guess, state().write.begin() as db:
            is_new = not accounts.setup_account(db, token).is_set_up
            guess.is_right = True
            if form.validate_on_submit():
                account = accounts.complete_setup(
                    db, token, str(form.name.data), str(form.password.data)
                )
                begin(db, account)
                session[_IS_NEW] = is_new
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
def sign_in() -> Page:
    """Open the door with name and password."""
    if current() is not None:
        return redirect(_inside(request.args.get("next", "")))
    form = SignInForm()
    if form.validate_on_submit():
        name = str(form.name.data)
        device = known_device(name)
        place, slowed = (f"device {device}", "") if device else (_place(), name)
        with state().throttle.guess(place, slowed) as guess, state().write.begin() as db:
            account = accounts.sign_in(db, name, str(form.password.data))
            guess.is_right = account is not None
            if account is not None:
                begin(db, account)
        if guess.is_right:
            return redirect(_inside(request.args.get("next", "")))
        form.password.errors = ["Name and password do not belong together. Try again."]
    page = render_template("counsellor/sign_in.html", form=form)
    return (page, NOT_ACCEPTED) if form.errors else page


@blueprint.post("/sign-out")
def sign_out() -> Page:
    """Sign this device out, on the server too."""
    with state().write.begin() as db:
        sign_ins.end(db, signed_in_account(), signed_in().id)
    forget()
    return redirect(url_for(".start"))


@blueprint.post("/account/sign-out")
def sign_out_everywhere() -> Page:
    """Sign every device out."""
    with state().write.begin() as db:
        sign_ins.end_all(db, signed_in_account().id)
    forget()
    return redirect(url_for(".start"))


@blueprint.post("/account/devices/<uuid:sign_in_id>/sign-out")
def sign_out_device(sign_in_id: UUID) -> Page:
    """Sign one device out."""
    with state().write.begin() as db:
        sign_ins.end(db, signed_in_account(), sign_in_id)
    flash("That device is signed out.")
    return redirect(url_for(".account_page"), 303)


@blueprint.route("/account", methods=["GET", "POST"])
def account_page() -> Page:
    """Show the account and its devices; change its password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            with _own_guess() as guess, state().write.begin() as db:
                account = own_account(db)
                accounts.change_password(db, account, str(form.old.data), str(form.password.data))
                begin(db, account)
                guess.is_right = True
        except PasswordRefused as error:
            form.password.errors = [str(error)]
        else:
            flash("Your password is changed. Other devices are signed out.")
            return redirect(url_for(".account_page"))
    with state().read.begin() as db:
        devices = sign_ins.list_devices(db, signed_in_account(), now=state().now())
    page = render_template(
        "counsellor/account.html", form=form, devices=devices, this=signed_in().id
    )
    return (page, NOT_ACCEPTED) if form.errors else page


@blueprint.route("/account/password", methods=["GET", "POST"])
def prove() -> Page:
    """Ask for the password again, before something that cannot be undone."""
    form = ProveForm()
    wanted = _inside(request.args.get("next", ""))
    if form.validate_on_submit():
        with _own_guess() as guess, state().write.begin() as db:
            name = signed_in_account().name or ""
            account = accounts.sign_in(db, name, str(form.password.data))
            guess.is_right = account is not None
            if account is not None:
                begin(db, account)
        if guess.is_right:
            return redirect(wanted, 303)
        form.password.errors = ["This is not your password. Try again."]
    page = render_template("counsellor/prove.html", form=form)
    return (page, NOT_ACCEPTED) if form.errors else page


@blueprint.route("/account/erase", methods=["GET", "POST"])
def erase_account() -> Page:
    """Erase everything that is kept, for good; only just after the password was given."""
    if not sign_ins.has_proved(signed_in(), now=state().now()):
        return redirect(url_for(".prove", next=url_for(".erase_account")), 303)
    form = FlaskForm()
    if form.validate_on_submit():
        with state().write.begin() as db:
            erase_everything(db, own_account(db), state().now())
        flash("Everything is erased.")
        return redirect(url_for(".diary_page"), 303)
    return render_template("counsellor/erase_everything.html", form=form)


def _place() -> str:
    return place_of(request.remote_addr or "")


def _own_guess() -> AbstractContextManager[Guess]:
    """Count a try at the password of the account that is signed in."""
    return state().throttle.guess(f"sign-in {signed_in().id}", signed_in_account().name or "")


def _inside(target: str) -> str:
    """Return where to go after signing in: only ever a page of this server."""
    path, question, query = target.partition("?")
    is_plain = target.isascii() and target.isprintable() and not set(target) & set("\\ ")
    if path.startswith("/") and not path.startswith("//") and is_plain:
        try:
            current_app.url_map.bind("").match(path, method="GET")
        except HTTPException:
            return url_for("counsellor.start")
        return f"{path}{question}{query}"
    return url_for("counsellor.start")
