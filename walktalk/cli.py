"""The command line: the same services as the pages, from a terminal."""

import click

from walktalk.commands import fetching, heights, importing, parks, planning, recordings, running
from walktalk.settings import SettingsError


class _Commands(click.Group):
    """Says in one line which setting makes no sense."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.UsageError(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="walktalk")
def main() -> None:
    """Plan a calm walk that fits a session, and share it as one private link."""


for command in (
    planning.plan,
    planning.share,
    parks.parks,
    recordings.routes,
    running.serve,
    running.user,
    running.backup,
    running.restore,
    running.doctor,
):
    main.add_command(command)

for command in (
    importing.import_command,
    fetching.fetch_command,
    fetching.locate_command,
    heights.heights_command,
):
    parks.parks.add_command(command)

if __name__ == "__main__":
    main()
