"""A language that nobody speaks: ours in Greek letters, so that what stays English can be seen."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from flask import Flask
from lxml import html

LOCALE = "el"
"""Its names of days and months are in Greek letters too."""

ROOT = Path(__file__).parents[2]
_KEYWORDS = {**DEFAULT_KEYWORDS, "n_": (1, 2), "say": None, "say_n": (1, 2)}
_PLACEHOLDER = re.compile(r"(%\(\w+\)s|\{\w+\})")
_GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπθρστυωςχζϊΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΪΧΖΫ",
)
_SAID_ATTRIBUTES = ("alt", "aria-label", "title", "placeholder")
_READ_BY_MACHINES = {"script", "style"}
_WORD = re.compile(r"[A-Za-z]+")
_IN_BRACES = re.compile(r"\{\w+\}")
_GRID_REFERENCE = re.compile(r"\b[A-Z]{2}(?=\s\d{4}\s\d{4}\b)")


def pseudo(text: str) -> str:
    """Return text in Greek letters, its placeholders kept."""
    parts = _PLACEHOLDER.split(text)
    return "".join(p if _PLACEHOLDER.fullmatch(p) else p.translate(_GREEK) for p in parts)


@cache
def catalogue() -> Catalog:
    """Return every sentence that is marked for translation, with its pseudo-translation."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog(locale=LOCALE)
    for _, _, message, _, _ in extract_from_dir(
        str(ROOT), methods, options, _KEYWORDS, directory_filter=_is_ours
    ):
        texts = (message,) if isinstance(message, str) else message
        said = tuple(pseudo(text) for text in texts)
        found.add(message, said if len(said) > 1 else said[0])
    return found


def _is_ours(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "_"))


def speak_pseudo(app: Flask, folder: Path) -> None:
    """Answer every request in the language that nobody speaks, from now on."""
    messages = folder / "translations" / LOCALE / "LC_MESSAGES"
    messages.mkdir(parents=True)
    with (messages / "messages.mo").open("wb") as file:
        write_mo(file, catalogue())
    babel = app.extensions["babel"]
    babel.translation_directories = [str(folder / "translations")]
    babel.instance.domain_instance.cache.clear()
    babel.locale_selector = lambda: LOCALE


def english_in(texts: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """Return the texts with a word in Latin letters that is not part of something known.

    Args:
        texts: what somebody reads.
        known: names, recorded data and people's own words, which nobody translates.
    """
    longest_first = sorted({each for each in known if each.strip()}, key=len, reverse=True)
    names = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    return [text for text in texts if _WORD.search(names.sub(" ", _GRID_REFERENCE.sub(" ", text)))]


def said_on(page: str) -> Iterator[str]:
    """Yield what a page says: its texts, and what its attributes say to a screen reader."""
    utf_8 = html.HTMLParser(encoding="utf-8")
    for element in html.document_fromstring(page.encode(), utf_8).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in _READ_BY_MACHINES:
            yield element.text or ""
        yield element.tail or ""
        for name, value in element.attrib.items():
            is_sentence = name.startswith("data-") and " " in value and not value.startswith("/")
            if name in _SAID_ATTRIBUTES or is_sentence:
                yield _IN_BRACES.sub(" ", value)
