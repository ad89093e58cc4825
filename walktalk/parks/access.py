"""Who may walk on a way, and what stands against it: every recorded value has its rule here.

The values are those of OpenStreetMap's tagging guide
(https://wiki.openstreetmap.org/wiki/Key:access, .../Key:foot, .../Lifecycle_prefix,
.../Key:ford, .../Key:sac_scale, .../Key:trail_visibility, .../Key:tidal, .../Key:flood_prone).
A value that no table knows is a caution: what is not understood is never silently safe.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from walktalk.wording import N_

Standing = Literal["open", "care", "closed"]
"""Open on foot; open but with something to know; not to be walked."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words with what is recorded in them, to be told in the reader's language.

    Attributes:
        template: in English, with ``%(value)s`` for the value; marked for translation.
        value: text as it is recorded, or other words.
    """

    template: str
    value: "str | Said" = ""

    def __str__(self) -> str:
        """Return the words in English."""
        return self.template % {"value": self.value} if self.value else self.template


@dataclass(frozen=True, slots=True)
class Rule:
    """What one recorded value means on foot.

    Attributes:
        standing: whether one may walk there.
        reasons: words that follow "this is ...": "for customers only".
    """

    standing: Standing
    reasons: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """What the facts of a way, or of a barrier, say about walking there.

    Attributes:
        standing: the worst of what the rules say.
        reasons: why, for each rule that does not say "open".
    """

    standing: Standing
    reasons: tuple[Said, ...] = ()


def _all(standing: Standing, **reasons: str) -> dict[str, Rule]:
    return {value: Rule(standing, (Said(reason),)) for value, reason in reasons.items()}


_OPEN = Rule("open")
_BASE: Mapping[str, Rule] = {
    **dict.fromkeys(("yes", "designated", "permissive", "official", "public"), _OPEN),
    "dismount": _OPEN,  # said to riders; whoever walks may walk
    **_all(
        "care",
        permit=N_("open only with a permit"),
        customers=N_("for customers only"),
        destination=N_("only for those who are going to a place on it"),
        discouraged=N_("a way that signs advise against"),
        unknown=N_("a way of which nobody knows who may use it"),
        limited=N_("open to some people only"),
        restricted=N_("open to some people only"),
        variable=N_("open at some times only"),
        license=N_("open only with a licence"),
    ),
    **_all(
        "closed",
        no=N_("closed to walkers"),
        private=N_("private"),
        use_sidepath=N_("a road whose walkers must use the path beside it"),
        agricultural=N_("for farm traffic only"),
        forestry=N_("for forestry traffic only"),
        delivery=N_("for deliveries only"),
        employees=N_("for people who work there only"),
        staff=N_("for people who work there only"),
        workers=N_("for people who work there only"),
        residents=N_("for residents only"),
        members=N_("for members only"),
        students=N_("for students only"),
        military=N_("for the military only"),
        emergency=N_("for the emergency services only"),
        bus=N_("for buses only"),
        psv=N_("for buses only"),
        hov=N_("for motor traffic only"),
        taxi=N_("for taxis only"),
        closed=N_("closed"),
    ),
}
"""Values of ``access`` and ``foot``; ``foot`` is the more specific and wins."""

_NO = {"no": _OPEN}
_BY_LEAVE: Mapping[str, Mapping[str, Rule]] = {
    "motorroad": _NO | _all("closed", yes=N_("a road for motor vehicles only")),
    "military": _NO
    | _all(
        "closed",
        yes=N_("military ground"),
        danger_area=N_("a military danger area"),
        range=N_("a military range"),
        training_area=N_("military training ground"),
        base=N_("military ground"),
        barracks=N_("military ground"),
        airfield=N_("military ground"),
        naval_base=N_("military ground"),
        nuclear_explosion_site=N_("military ground"),
    )
    | _all(
        "care",
        bunker=N_("beside a military bunker"),
        trench=N_("beside old trenches"),
        office=N_("military"),
    ),
    "construction": _NO | _all("closed", yes=N_("a building site"), minor=N_("a building site")),
    "private": _NO | _all("care", yes=N_("recorded as private")),
    "status": {
        **dict.fromkeys(("open", "active", "ok"), _OPEN),
        **_all("care", closed=N_("recorded as closed")),
    },
}
"""What closes a way unless ``foot`` says that one may walk: then it is a caution."""

_LIFECYCLE: Mapping[str, Rule] = _all(
    "closed",
    construction=N_("under construction"),
    proposed=N_("only proposed"),
    planned=N_("only planned"),
    demolished=N_("demolished"),
    razed=N_("gone"),
    removed=N_("gone"),
    destroyed=N_("destroyed"),
    dismantled=N_("dismantled"),
    collapsed=N_("collapsed"),
    abandoned=N_("abandoned and no longer kept up"),
) | _all("care", disused=N_("recorded as disused"), ruins=N_("in ruins"))
_STATES: Mapping[str, Mapping[str, Rule]] = {
    state: _NO | {"yes": rule} for state, rule in _LIFECYCLE.items() if state != "construction"
}
"""``disused=yes`` and the like beside a kind of way that one could walk."""

_LIKE_A_STREAM = N_("a ford: one walks through water")
_GROUND: Mapping[str, Mapping[str, Rule]] = {
    "ford": _NO
    | _all(
        "care",
        yes=_LIKE_A_STREAM,
        stream=_LIKE_A_STREAM,
        intermittent=N_("a ford at times"),
        seasonal=N_("a ford at times"),
        stepping_stones=N_("stepping stones through water"),
        tidal=N_("a ford under the tide"),
    )
    | _all("closed", boat=N_("crossed by boat only")),
    "tidal": _NO | _all("care", yes=N_("under water at high tide")),
    "flood_prone": _NO
    | _all(
        "care",
        yes=N_("liable to flooding"),
        river=N_("liable to flooding"),
        tidal=N_("liable to flooding by the tide"),
        rain=N_("liable to flooding after rain"),
    ),
    "intermittent": _NO | _all("care", yes=N_("not always there")),
    "indoor": _NO
    | _all(
        "care",
        yes=N_("inside a building, which may be shut"),
        corridor=N_("inside a building, which may be shut"),
        room=N_("inside a building, which may be shut"),
        area=N_("inside a building, which may be shut"),
    ),
    "level": {"0": _OPEN},
    "sac_scale": {
        **dict.fromkeys(("strolling", "hiking"), _OPEN),
        **_all(
            "care",
            mountain_hiking=N_("a mountain path, steep or rough in places"),
            demanding_mountain_hiking=N_("a mountain path with exposed places"),
        ),
        **_all(
            "closed",
            alpine_hiking=N_("for alpine walkers only"),
            demanding_alpine_hiking=N_("for alpine walkers only"),
            difficult_alpine_hiking=N_("for alpine walkers only"),
        ),
    },
    "trail_visibility": {
        **dict.fromkeys(("excellent", "good"), _OPEN),
        **_all(
            "care",
            intermediate=N_("not always visible on the ground"),
            bad=N_("hard to see on the ground"),
            horrible=N_("hard to see on the ground"),
            no=N_("not visible on the ground"),
        ),
    },
    "hazard": _NO,
    "temporary_access": {
        **dict.fromkeys(("yes", "permissive", "designated"), _OPEN),
        **_all("care", no=N_("closed for a time"), private=N_("closed for a time")),
    },
    "oneway_foot": _NO | _all("care", **dict.fromkeys(("yes", "-1"), N_("one-way on foot"))),
    "foot_forward": _BASE,
    "foot_backward": _BASE,
    "ground_access": _BASE,
}
"""What the ground is like, whoever may walk there."""

_RECORDED = N_("recorded with a value that says nothing sure (%(value)s)")
_IN_ONE_DIRECTION = frozenset({"foot_forward", "foot_backward"})
_ORDER: Mapping[Standing, int] = {"open": 0, "care": 1, "closed": 2}

FACTS = frozenset({"access", "foot", *_BY_LEAVE, *_STATES, *_GROUND, "lifecycle"})
"""Names of the facts that these rules read: a tag's name with underscores for colons."""

LIFECYCLE_PREFIXES = frozenset(_LIFECYCLE)
"""``disused:highway`` and the like say what a way was, or will be."""

WALKABLE_SAC_SCALES = frozenset({"strolling", "hiking"})
"""Values of ``sac_scale`` that say nothing against a level, even walk."""


def access_of(facts: Mapping[str, object]) -> Access:
    """Return whether one may walk where these facts hold, and why not or with what care.

    Args:
        facts: facts of a path or a barrier, or the tags of a way under the names of facts.
    """
    invited = invites(facts)
    who = "foot" if "foot" in facts else "access"
    rules = [rule_for(who, facts.get(who, "yes"))]
    for fact, value in sorted(facts.items()):
        if fact in _BY_LEAVE or fact in _STATES:
            rule = rule_for(fact, value)
            rules.append(_softened(rule) if invited else rule)
        elif fact in _GROUND:
            rules.append(_ground_rule(fact, value))
        elif fact == "lifecycle":
            rules += [_also(_LIFECYCLE[state]) for state in _listed(value)]
    against = [reason for rule in rules for reason in rule.reasons]
    worst = max((rule.standing for rule in rules), key=_ORDER.__getitem__)
    return Access(worst, tuple(dict.fromkeys(against)))


def invites(facts: Mapping[str, object]) -> bool:
    """Return whether it is recorded that people on foot may pass."""
    return "foot" in facts and rule_for("foot", facts["foot"]).standing == "open"


def rule_for(fact: str, value: object) -> Rule:
    """Return the rule for one recorded value; of a list, closed only where all of it is."""
    table = _BASE if fact in ("access", "foot") else {**_BY_LEAVE, **_STATES, **_GROUND}[fact]
    rules = [table.get(v) or _unknown(fact, v) for v in _listed(value)]
    if len(rules) == 1 or {rule.standing for rule in rules} in ({"open"}, {"closed"}):
        return rules[0]
    return Rule("care", tuple(reason for rule in rules for reason in rule.reasons))


def _ground_rule(fact: str, value: object) -> Rule:
    rule = rule_for(fact, value)
    if rule.standing == "open":
        return rule
    if fact in _IN_ONE_DIRECTION:
        return Rule("care", (Said(N_("to be walked in one direction only")),))
    if fact == "ground_access":
        said = (Said(N_("on ground that is %(value)s"), reason) for reason in rule.reasons)
        return Rule("care", tuple(said))
    return rule


def _also(rule: Rule) -> Rule:
    return Rule("care", tuple(Said(N_("also %(value)s"), reason) for reason in rule.reasons))


def _unknown(fact: str, value: str) -> Rule:
    said = value.replace("_", " ")
    if fact == "level":
        return Rule("care", (Said(N_("on another floor (level %(value)s)"), said),))
    if fact == "hazard":
        return Rule("care", (Said(N_("recorded with a hazard: %(value)s"), said),))
    recorded = f"{fact.replace('_', ' ')}: {said}"
    closed = fact in ("construction", "military")
    return Rule("closed" if closed else "care", (Said(_RECORDED, recorded),))


def _softened(rule: Rule) -> Rule:
    return Rule("care", rule.reasons) if rule.standing == "closed" else rule


def _listed(value: object) -> Iterator[str]:
    """Return the values of a list as OpenStreetMap writes it; an empty one says nothing known."""
    parts = [part.strip().lower() for part in str(value).split(";")]
    yield from [part for part in parts if part] or [""]
