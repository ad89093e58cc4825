import re

import pytest
import textstat
from lxml import html

from tests.web.desk import Desk

AGE_OF_GRADE_0 = 5
"""The Flesch-Kincaid grade counts American school years; the first begins at six."""
OLDEST_READER = 11
MOST_WORDS = 20
"""A sentence has at most so many words, as the project's look asks for."""


def sentences(desk: Desk) -> list[str]:
    """Return the page's own sentences: headings, paragraphs and list items."""
    page = html.fromstring(desk.app.test_client().get(desk.shared()).text)
    for drawing in page.iter("svg", "script"):
        drawing.clear()
    texts = [
        re.sub(r"\s+", " ", block.text_content()).strip()
        for block in page.iter("p", "li")
        if not block.findall(".//p") and not block.findall(".//li")
    ]
    parts = [part for text in texts for part in re.findall(r"[^.?!]+[.?!](?=\s|$)", text)]
    return [part.strip() for part in parts if re.search("[a-z]{2}", part)]


@pytest.mark.parametrize("units", ["metric", "miles"])
@pytest.mark.slow
def test_the_page_can_be_read_at_the_age_of_eleven(desk: Desk, units: str) -> None:
    desk.get("/settings")
    desk.post("/settings", {"distances": units})
    text = " ".join(sentences(desk))
    assert len(text.split()) > 200
    assert textstat.flesch_kincaid_grade(text) + AGE_OF_GRADE_0 <= OLDEST_READER


def test_no_sentence_is_long(desk: Desk) -> None:
    long = [each for each in sentences(desk) if len(each.split()) > MOST_WORDS]
    assert long == []


def test_the_page_asks_nothing_loudly(desk: Desk) -> None:
    assert not any("!" in each for each in sentences(desk))
