"""What is needed and unknown, or does not fit: who answers for it before a walk is shared."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal

from walktalk.routes import Walk
from walktalk.routes.checks import CHECK_BY_NEED, CHECKS, seats, walk_verdict
from walktalk.routes.clock import LONDON
from walktalk.sessions.errors import NeedBroken, UnknownNotAccepted

Answer = Literal["no", "checked", "agreed-to-go-and-see"]
"""What the counsellor says about what is needed and unknown."""

OPEN = "opening"
"""The check of whether paths and gates are open."""

AGREED: Answer = "agreed-to-go-and-see"
"""What can be said today: whoever has checked says what was found, and that becomes a fact."""

ANSWERS: Mapping[Answer, str] = {
    "no": "Nobody has checked it",
    "checked": "I have checked it",
    "agreed-to-go-and-see": "We have both agreed to go and see",
}


def needed_unknown(walk: Walk) -> tuple[str, ...]:
    """Return the ids of the checks that are needed and unknown, in the findings' order.

    A check without a finding is unknown: no data is not good data. So is a caution where the
    ground does not say that the need is met: seats are recorded, but far apart, or farther than
    was asked for in metres.
    """
    levels = {finding.check: finding.level for finding in walk.proposal.findings}
    within_m = walk.request.seats_within_m
    needs = walk.request.needs if within_m is None else walk.request.needs - {seats.NEED.id}
    unknown = {
        check
        for need in needs
        if (level := levels.get(check := CHECK_BY_NEED[need].id, "unknown")) == "unknown"
        or (level == "caution" and walk_verdict(walk.area, walk.route, need) == "unknown")
    }
    if within_m is not None:
        found = (each for each in walk.proposal.findings if each.check == seats.CHECK.id)
        if seats.level_within(next(found, None), within_m) != "pass":
            unknown.add(seats.CHECK.id)
    return tuple(check.id for check in CHECKS if check.id in unknown)


def known_broken(walk: Walk) -> tuple[str, ...]:
    """Return the ids of the checks that fail and matter to whoever asked, in the findings' order.

    Those are the needed ones, and whether paths and gates are open: nobody has to ask for that.
    What else fails was not asked for, and asks for care.
    """
    matter = {CHECK_BY_NEED[need].id for need in walk.request.needs} | {OPEN}
    return tuple(f.check for f in walk.proposal.findings if f.level == "fail" and f.check in matter)


def to_answer_for(walk: Walk) -> tuple[str, ...]:
    """Return the ids of the checks that somebody answers for before the walk is shared."""
    return (*needed_unknown(walk), *known_broken(walk))


def answered(walk: Walk, answer: Answer, now: datetime) -> dict[str, Any] | None:
    """Return what to keep of the counsellor's answer: how, on which day, for which checks."""
    checks = to_answer_for(walk)
    if answer == "no" or not checks:
        return None
    return {
        "how": answer,
        "on": now.astimezone(LONDON).date().isoformat(),
        "checks": list(checks),
    }


def require_answer(walk: Walk, acceptance: Mapping[str, Any] | None) -> None:
    """Let only a walk pass whose needed unknowns, and what does not fit, somebody has answered for.

    Raises:
        UnknownNotAccepted: nobody has; names the checks.
    """
    settled: Collection[str] = acceptance["checks"] if acceptance else ()
    unknown = [check for check in needed_unknown(walk) if check not in settled]
    broken = [check for check in known_broken(walk) if check not in settled]
    if unknown or broken:
        raise UnknownNotAccepted(unknown, broken)


def require_needs_kept(walk: Walk) -> None:
    """Let only a walk pass that breaks nothing the client needs.

    Raises:
        NeedBroken: a needed check fails; says why.
    """
    needed = {CHECK_BY_NEED[need].id for need in walk.request.needs}
    broken = [f.message for f in walk.proposal.findings if f.check in needed and f.level == "fail"]
    if broken:
        raise NeedBroken(broken)
