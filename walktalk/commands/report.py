"""What the command line prints for a person to read."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from walktalk.parks import Area
from walktalk.routes import Finding, Proposal, WalkRequest
from walktalk.routes.checks.asked_first import AskedFor, asked_first
from walktalk.routes.words import (
    LEVEL_WORDS,
    distance_in_words,
    event_in_words,
    minutes_in_words,
    shape_in_words,
    time_in_words,
    worst_first,
)


def print_proposals(
    area: Area, request: WalkRequest, proposals: list[Proposal], *, every_check: bool
) -> None:
    """Print each proposal with its times and findings, best first.

    Args:
        area: where the walks are.
        request: what was asked for.
        proposals: the walks.
        every_check: print every finding with its source, not only what was asked for and the
            subjects of the rest.
    """
    console = Console(highlight=False)
    when = f", {time_in_words(request.at)}" if request.at else ""
    console.print(f"[bold]{escape(area.name)}[/bold], {request.minutes} minutes{when}")
    for number, proposal in enumerate(proposals, 1):
        console.print()
        console.print(_headline(number, proposal), soft_wrap=True)
        console.print(f"   {escape(proposal.reason)}", soft_wrap=True)
        console.print(_timetable(proposal))
        console.print(_findings(proposal) if every_check else _asked_first(proposal, request))
    if not every_check:
        console.print("\n--every-check says what was found, with its source and date.")


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


def _asked_first(proposal: Proposal, request: WalkRequest) -> Table:
    """Return what was asked for, need by need, then the rest by subject."""
    table = _indented()
    shown = asked_first(proposal.findings, request.needs, seats_within_m=request.seats_within_m)
    for asked in shown.asked_for:
        table.add_row("", LEVEL_WORDS[asked.level], _answer(asked))
    for line in shown.rest:
        table.add_row("", LEVEL_WORDS[line.level], f"{escape(line.subjects)}.")
    return table


def _answer(asked: AskedFor) -> str:
    said = f"[bold]{escape(asked.words)}.[/bold]"
    return f"{said} {_said(asked.finding)}" if asked.finding else said


def _findings(proposal: Proposal) -> Table:
    table = _indented()
    for finding in worst_first(proposal.findings):
        table.add_row("", LEVEL_WORDS[finding.level], _said(finding))
    return table


def _said(finding: Finding) -> str:
    """Return a finding's sentence with its source and date."""
    origin = ", ".join(filter(None, (finding.source, finding.checked_on)))
    return escape(finding.message) + (f" [dim]({escape(origin)})[/dim]" if origin else "")


def _indented() -> Table:
    return Table.grid(padding=(0, 2, 0, 0))
