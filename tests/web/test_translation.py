import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from tests.web.desk import Desk
from walktalk import resources

_PLACEHOLDER = re.compile(r"(%\(\w+\)s)")
_ACCENTS = str.maketrans("aeiouAEIOU", "àéîöüÀÉÎÖÜ")


def pseudo(text: str) -> str:
    """Return text that can still be read but is no longer English, its placeholders kept."""
    parts = _PLACEHOLDER.split(text)
    return "".join(p if _PLACEHOLDER.fullmatch(p) else p.translate(_ACCENTS) for p in parts)


def catalogue() -> Catalog:
    folder = resources.templates() / "client"
    found = Catalog(locale="cy")
    methods = [("**.html", "jinja2.ext.babel_extract")]
    for _, _, message, _, _ in extract_from_dir(str(folder), method_map=methods):
        found.add(message, pseudo(str(message)))
    return found


def test_every_sentence_of_the_page_can_be_translated(desk: Desk, tmp_path: Path) -> None:
    link = desk.shared()
    english = desk.app.test_client().get(link).text
    folder = tmp_path / "translations" / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue())
    babel = desk.app.extensions["babel"]
    babel.translation_directories = [str(tmp_path / "translations")]
    babel.instance.domain_instance.cache.clear()
    babel.locale_selector = lambda: "cy"
    translated = desk.app.test_client().get(link).text
    for message in catalogue():
        said = str(message.id)
        if said and said in english and "%(" not in said:
            assert translated.count(said) < english.count(said), said
            assert str(message.string) in translated
    assert pseudo("You set the pace.") in translated


def test_no_sentence_stands_in_the_pages_template_untranslatable() -> None:
    for template in (resources.templates() / "client").glob("*.html"):
        text = re.sub(r"{[{%#].*?[}%#]}", " ", template.read_text(encoding="utf-8"), flags=re.S)
        words = re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>", " ", text))
        assert [word for word in words if word not in ("openstreetmap", "org", "copyright")] == []
