"""Words that tell a stranger why people meet: they stand in nothing that a link opens."""

import re

_GIVEAWAYS = re.compile(
    r"walktalk|counsel|therap|psych|\bclients?\b|\bpatients?\b|mental health", re.IGNORECASE
)


def giveaway(text: str) -> str:
    """Return the first word of ``text`` that tells why people meet; ``""`` where none does."""
    found = _GIVEAWAYS.search(text)
    return found[0] if found else ""
