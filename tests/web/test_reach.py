"""The number of the person one meets, as links that send nothing by themselves."""

import pytest
from lxml import html

from tests.web.desk import Desk
from walktalk.sessions.page_words import PageWords
from walktalk.web.client.reach import number_in


@pytest.mark.parametrize(
    ("said", "dialled"),
    [
        ("My number is 07700 900123.", "+447700900123"),
        ("Telephone 01632 960000, or wait.", "+441632960000"),
        ("Call +44 7700 900123 or knock at number 12.", "+447700900123"),
        ("Ring +353 86 123 4567.", "+353861234567"),
        ("I wait for 10 minutes, until 10:15 on 1 December 2026.", None),
        ("Write to 12 Park Street, GL50 4QH.", None),
        ("", None),
    ],
)
def test_a_number_is_found_in_words_and_nothing_else_is_taken_for_one(
    said: str, dialled: str | None
) -> None:
    found = number_in(PageWords(reach=said))
    assert (found.dialled if found else None) == dialled


def test_a_given_number_can_be_called_and_texted_and_no_text_is_sent_by_itself(desk: Desk) -> None:
    desk.get("/settings")
    desk.post("/settings", {"reach": "My number is 07700 900123."})
    page = html.fromstring(desk.app.test_client().get(desk.shared()).text)
    links = [(each.text_content().strip(), each.get("href")) for each in page.iter("a")]
    ready = {text: href for text, href in links if href.startswith("sms:")}
    assert ready["I am here"] == "sms:+447700900123?body=I%20am%20here."
    assert ready["I am running late"].endswith("?body=I%20am%20running%20late.")
    assert ready["I cannot come"].endswith("?body=I%20cannot%20come.")
    assert ready["Text 07700 900123"] == "sms:+447700900123"
    assert sum(href == "tel:+447700900123" for _, href in links) == 2
    [help_part] = [each for each in page.iter("div") if each.get("id") == "help"]
    assert "tel:+447700900123" in [each.get("href") for each in help_part.iter("a")]
    assert not list(page.iter("form"))


def test_without_a_number_nothing_offers_to_call_or_text_anybody(desk: Desk) -> None:
    text = desk.app.test_client().get(desk.shared()).text
    assert "sms:" not in text
    assert "I read texts" not in text
