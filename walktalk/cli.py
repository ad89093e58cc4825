"""The command line: the same services as the pages, from a terminal.

Each command is imported when it is run, so that help is there at once: nothing but the words below
is needed to list them.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

import click
from click.exceptions import NoArgsIsHelpError

from walktalk.errors import SettingsError, WalktalkError
from walktalk.spelling import did_you_mean

_NAMES = {"help_option_names": ["-h", "--help"]}


class Commands(click.Group):
    """Commands that are imported when they are run, each from ``walktalk.commands``.

    Args:
        name: what is typed.
        help: what the commands do, as ``--help`` says it.
        places: for each command, where it is ("module:function") and what it does in a line.
    """

    def __init__(self, name: str, help: str, places: Mapping[str, tuple[str, str]]) -> None:  # noqa: A002 - click's own name
        super().__init__(name=name, help=help, context_settings=_NAMES)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*self.places, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, imported by now."""
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        module, function = self.places[cmd_name][0].split(":")
        return cast(click.Command, getattr(import_module(f"walktalk.commands.{module}"), function))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is typed; name the one that was perhaps meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], self.list_commands(ctx))
            said = f"{error.format_message().rstrip('.')}; {hint}" if hint else None
            raise click.UsageError(said or error.format_message(), ctx) from error

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run what is typed; whatever is wrong with it is said in one line."""
        run: Any = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        try:
            status = run(*args, standalone_mode=False, **extra)
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else self.name
            click.echo(f"{command}: {' '.join(error.format_message().split())}", err=True)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Stopped.", err=True)
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands with what each does."""
        groups = {name: group.help or "" for name, group in self.commands.items()}
        lines = groups | {name: line for name, (_, line) in self.places.items()}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(lines.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for; say in one sentence what cannot be used."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.UsageError(str(error)) from error
        except WalktalkError as error:
            raise click.ClickException(str(error)) from error


main = Commands(
    "walktalk",
    "Plan a calm walk that fits a session, and share it as one private link.",
    {
        "plan": ("planning:plan", "Propose walks that fit a session."),
        "share": ("planning:share", "Plan a session, save it and print its private link."),
        "serve": ("running:serve", "Start Walktalk and print how to sign in."),
        "user": ("running:user", "Print a link that sets a new name and password."),
        "backup": ("running:backup", "Write everything that is kept into FILE."),
        "restore": ("running:restore", "Put back what 'walktalk backup' wrote."),
        "doctor": ("running:doctor", "Check that this installation is in order."),
    },
)
click.version_option(package_name="walktalk")(main)
main.add_command(
    Commands(
        "parks",
        "Look after the land: check it, import it, fill in heights.",
        {
            "check": ("parks:check", "Say what each area holds and what is unknown."),
            "import": ("importing:import_command", "Turn an extract into areas."),
            "fetch": ("fetching:fetch_command", "Ask an Overpass server for a park."),
            "locate": ("fetching:locate_command", "Ask Nominatim where a place is."),
            "heights": ("heights:heights_command", "Fill in an area's heights and gradients."),
            "slopes": ("heights:slopes_command", "Measure an area's slopes, asking for heights."),
        },
    )
)
main.add_command(
    Commands(
        "routes",
        "Walks to plan on: those kept with each park, and your own.",
        {
            "list": ("recordings:list_routes", "Print the walks that 'plan --route' takes."),
            "import": ("recordings:import_recording", "Add a recorded walk to the library."),
        },
    )
)

if __name__ == "__main__":
    main()
