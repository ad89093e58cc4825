"""What somebody may have meant by a word that is not known."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

CLOSE = 0.6
"""How alike two words must be, 0 to 1, for one to be a slip of the other (difflib's measure)."""

MOST = 3
"""Names offered at most: more are read like no answer."""


def did_you_mean(wrong: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """Return "did you mean pittville-park?", or nothing where no known word is like it.

    Args:
        wrong: what was typed.
        known: the words that are accepted; or other names of them, each with the word it stands
            for.
    """
    means = dict(known) if isinstance(known, Mapping) else {word: word for word in known}
    folded: dict[str, str] = {}
    for name, word in means.items():
        folded.setdefault(_folded(name), word)
    typed = _folded(wrong)
    close = get_close_matches(typed, folded, n=MOST, cutoff=CLOSE)
    close += [name for name in folded if len(typed) > 2 and typed in name]  # noqa: PLR2004 - a word
    offered = list(dict.fromkeys(folded[name] for name in close))[:MOST]
    return f"did you mean {' or '.join(offered)}?" if offered else ""


def _folded(name: str) -> str:
    """Return a name without what is easily typed otherwise: capitals, spaces, hyphens."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
