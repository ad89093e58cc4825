import pytest
from lxml import etree

from walktalk.maps import qr_svg


def test_a_code_is_inline_svg_with_a_title_and_classes_only() -> None:
    text = qr_svg("https://example.org/w/AAAAAAAAAAAAAAAAAAAAAA")
    svg = etree.fromstring(text)
    assert svg.get("class") == "qr"
    assert "style" not in text
    assert svg[0].text == "Code that opens the map on a phone"


def test_an_empty_code_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to put"):
        qr_svg("")
