"""What the command line prints for a person to read."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from walktalk.parks import Area
from walktalk.routes import Proposal, WalkRequest
from walktalk.routes.words import (
    LEVEL_WORDS,
    distance_in_words,
    event_in_words,
    minutes_in_words,
    shape_in_words,
    time_in_words,
    worst_first,
)


def print_proposals(area: Area, request: WalkRequest, proposals: list[Proposal]) -> None:
    """Print each proposal with its times and findings, best first."""
    console = Console(highlight=False)
    when = f", {time_in_words(request.at)}" if request.at else ""
    console.print(f"[bold]{escape(area.name)}[/bold], {request.minutes} minutes{when}")
    for number, proposal in enumerate(proposals, 1):
        console.print()
        console.print(_headline(number, proposal), soft_wrap=True)
        console.print(f"   {escape(proposal.reason)}", soft_wrap=True)
        console.print(_timetable(proposal))
        console.print(_findings(proposal))


def _headline(number: int, proposal: Proposal) -> str:
    route = proposal.route
    return (
        f"[bold]{number}. {escape(proposal.name or shape_in_words(route))}[/bold]: "
        f"{distance_in_words(route.length_m)}, {minutes_in_words(proposal.walking_minutes)} "
        f"of walking, {proposal.total_minutes:.0f} minutes in all"
    )


def _timetable(proposal: Proposal) -> Table:
    table = _indented()
    table.add_column(justify="right")
    for entry in proposal.timetable:
        table.add_row(
            "",
            f"{entry.minute:.0f} min",
            event_in_words(entry),
            distance_in_words(entry.distance_m),
        )
    return table


def _findings(proposal: Proposal) -> Table:
    table = _indented()
    for finding in worst_first(proposal.findings):
        origin = ", ".join(filter(None, (finding.source, finding.checked_on)))
        said = f" [dim]({escape(origin)})[/dim]" if origin else ""
        table.add_row("", LEVEL_WORDS[finding.level], escape(finding.message) + said)
    return table


def _indented() -> Table:
    return Table.grid(padding=(0, 2, 0, 0))
