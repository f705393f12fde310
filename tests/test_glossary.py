"""The glossary names each thing once, and marts and pages use its names."""

import re

from babel.messages.pofile import read_po

from sala.settings import REPOSITORY
from sql.dictionary import marts

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TITLE = re.compile(r"^nav\.|\.(title|headline)$")


def rows() -> list[tuple[str, ...]]:
    """(term, definition, source, words not used), without the heads of the table."""
    text = (REPOSITORY / "docs" / "GLOSSARY.md").read_text()
    return [match for match in ROW.findall(text) if match[0] not in ("term", "---")]


def avoided() -> dict[str, str]:
    """Word that is not used → the term that is."""
    return {word.strip(): term for term, _, _, words in rows() for word in words.split(",")}


def test_every_term_has_a_definition_and_a_source_once() -> None:
    terms = [term for term, *_ in rows()]
    assert len(terms) > 50
    assert terms == sorted(set(terms), key=str.lower)
    assert not set(terms) & set(avoided()), "a word is both used and not"


def test_no_mart_uses_another_word() -> None:
    names = {name for mart in marts() for name in (mart.name, *mart.columns)}
    assert names
    spelled = {name: f" {name.replace('_', ' ')} " for name in names}
    wrong = {
        name: f"{word} → {term}"
        for name, text in spelled.items()
        for word, term in avoided().items()
        if f" {word} " in text
    }
    assert wrong == {}


def test_no_title_uses_another_word() -> None:
    with (REPOSITORY / "sala" / "translation" / "catalogues" / "en.po").open("rb") as file:
        messages = {str(message.id): str(message.string) for message in read_po(file, locale="en")}
    texts = {
        key: re.sub(r"\W+", " ", f" {text} ".lower()) for key, text in messages.items() if TITLE.search(key)
    }
    assert texts
    wrong = {
        key: f"{word} → {term}"
        for key, text in texts.items()
        for word, term in avoided().items()
        if re.search(rf" {re.escape(word)}s? ", text)
    }
    assert wrong == {}
