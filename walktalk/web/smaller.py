"""Style sheets and scripts without what only whoever changes them reads: comments and room."""

import re

_STYLE = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|/\*.*?\*/|\s*(?P<mark>[{};,>])\s*|(?P<colon>:)\s+|\s+""",
    re.DOTALL,
)
_COMMENT_LINE = re.compile(r"^\s*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def smaller_style(text: str) -> str:
    """Return a style sheet that says the same: texts in quotes stay as they are.

    A space before a colon stays too: in a selector it says "within".
    """

    def kept(found: re.Match[str]) -> str:
        if found["text"]:
            return found["text"]
        if found[0].startswith("/*"):
            return ""
        return found["mark"] or found["colon"] or " "

    return _STYLE.sub(kept, text).replace(";}", "}").strip()


def smaller_script(text: str) -> str:
    """Return a script without lines of comment and without indents; its lines stay lines."""
    return _INDENT.sub("", _COMMENT_LINE.sub("", text))
