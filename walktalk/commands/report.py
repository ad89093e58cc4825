"""What the command line prints for a person to read."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from walktalk.parks import Area
from walktalk.routes import Proposal, WalkRequest
from walktalk.routes.words import LEVEL_WORDS, distance_in_words, time_in_words, worst_first


def print_proposals(area: Area, request: WalkRequest, proposals: list[Proposal]) -> None:
    """Print each proposal with its times and findings, best first."""
    console = Console(highlight=False)
    when = f", {time_in_words(request.at)}" if request.at else ""
    console.print(f"[bold]{escape(area.name)}[/bold], {request.minutes} minutes{when}")
    for number, proposal in enumerate(proposals, 1):
        console.print()
        console.print(_headline(number, proposal))
        console.print(f"   {escape(proposal.reason)}", soft_wrap=True)
        console.print(_timetable(proposal))
        console.print(_findings(proposal))


def _headline(number: int, proposal: Proposal) -> str:
    route = proposal.route
    shape = route.shape.replace("-", " ") if route.shape != "laps" else f"{route.laps} laps"
    return (
        f"[bold]{number}. {escape(proposal.name or shape.capitalize())}[/bold]: {shape}, "
        f"{distance_in_words(route.length_m)}, about {round(proposal.walking_minutes)} minutes "
        f"of walking, {proposal.total_minutes:.1f} minutes in all"
    )


def _timetable(proposal: Proposal) -> Table:
    table = Table(box=None, padding=(0, 2), show_header=False)
    for entry in proposal.timetable:
        table.add_row(
            "",
            f"{entry.minute:4.0f} min",
            entry.event.replace("-", " ").capitalize(),
            distance_in_words(entry.distance_m),
        )
    return table


def _findings(proposal: Proposal) -> Table:
    table = Table(box=None, padding=(0, 2), show_header=False)
    for finding in worst_first(proposal.findings):
        origin = ", ".join(filter(None, (finding.source, finding.checked_on)))
        table.add_row(
            "", LEVEL_WORDS[finding.level], escape(finding.message), f"[dim]{escape(origin)}[/dim]"
        )
    return table
