"""``walktalk serve`` and what whoever runs the server needs."""

import gc
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

import click
from sqlalchemy.orm import Session, sessionmaker

from walktalk.routes.model import Level
from walktalk.sessions import accounts
from walktalk.sessions.store.backup import backup as write_backup
from walktalk.sessions.store.backup import restore as read_backup
from walktalk.sessions.store.database import use_database
from walktalk.sessions.store.doctor import doctor as examine
from walktalk.settings import Settings

_DOCTOR_WORDS: Mapping[Level, str] = {
    "pass": "ok",
    "caution": "look",
    "fail": "mend",
    "unknown": "?",
}


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="localhost", show_default=True, help="Address to listen on.")
def serve(port: int, host: str) -> None:
    """Start Walktalk and print how to sign in."""
    # the other commands start faster without the pages
    from walktalk.web import create_app
    from walktalk.web.server import service_for
    from walktalk.web.state import state

    settings = _settings_for(port)
    app = create_app(settings)
    with app.app_context():
        factory, upkeep, worker = state().write, state().upkeep, state().worker
    try:
        service = service_for(app, listen=f"{host}:{port}")
    except OSError as error:
        raise click.ClickException(
            f"{host}, port {port}: {error.strerror}. Choose another port with --port."
        ) from error
    for work in (upkeep.run, worker.run):
        Thread(target=work, daemon=True).start()
    click.echo(f"Walktalk runs at {settings.base_url} (stop it with Ctrl+C).")
    click.echo(_how_to_sign_in(settings, factory))
    gc.freeze()  # the areas stay: no search for unused objects has to look at them while pages wait
    for asked_to_stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked_to_stop, lambda *_: service.stop())
    service.run()


def _settings_for(port: int) -> Settings:
    if "WALKTALK_BASE_URL" in os.environ:
        return Settings()
    return Settings(base_url=f"http://localhost:{port}")


def _how_to_sign_in(settings: Settings, factory: sessionmaker[Session]) -> str:
    with factory.begin() as db:
        token = accounts.new_setup_link(db)
    if token is None:
        return f"Sign in at {settings.base_url}/sign-in with your name and password."
    return (
        "To sign in for the first time, open this link; it works once:\n"
        f"  {settings.base_url}/setup/{token}"
    )


@click.command()
def user() -> None:
    """Print a link that sets a new name and password for the first account."""
    settings = Settings()
    with use_database(settings) as factory, factory.begin() as db:
        token = accounts.new_reset_link(db, accounts.first_account(db))
    click.echo("Open this link to choose a name and password; it works once:")
    click.echo(f"  {settings.base_url}/setup/{token}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything that is kept into FILE."""
    report = write_backup(Settings(), file)
    secret = (
        "It holds the secret key: keep it as safe as the diary itself."
        if report.has_secret
        else "The secret key comes from WALKTALK_SECRET_KEY and is not in it."
    )
    click.echo(
        f"Written to {file}: {report.sessions} sessions, {report.parks} imported areas. {secret}"
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is there now.")
@click.option(
    "--erased",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The list 'erased' from the home folder that was in use: erase again what it names.",
)
def restore(file: Path, force: bool, erased: Path | None) -> None:
    """Put back what 'walktalk backup' wrote."""
    report = read_backup(Settings(), file, force=force, erased=erased)
    click.echo(
        f"Restored: {report.sessions} sessions, {report.parks} imported areas. "
        f"{report.erased_again} had been erased for good since, and stay erased."
    )
    if not report.knows_erasures:
        click.echo(
            "There is no list here of what was erased after the backup was made: that is back. "
            "Restore with --force --erased FILE, the file 'erased' from the home folder that was "
            "in use, to erase it again."
        )
    click.echo("Where Walktalk is running, start it again: then it knows the restored secret key.")
    if report.set_aside is not None:
        click.echo(f"The database that could not be read is now {report.set_aside}.")


@click.command()
def doctor() -> None:
    """Check that this installation is in order, and say what to mend."""
    findings = examine(Settings())
    for finding in findings:
        click.echo(f"{_DOCTOR_WORDS[finding.level]:6}{finding.message}")
    sys.exit(any(finding.level == "fail" for finding in findings))
