"""The catalogues say the same things, and numbers read as each language writes them."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import sala.translation
from sala.commands.console import _cells
from sala.settings import REPOSITORY
from sala.translation.translator import UnknownMessage, available, translator

CATALOGUES = Path(sala.translation.__file__).parent / "catalogues"


def messages(language: str) -> dict[str, tuple[str, ...]]:
    """Key → its forms."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return {
            m.id[0] if isinstance(m.id, tuple) else m.id: m.string
            if isinstance(m.string, tuple)
            else (m.string,)
            for m in read_po(file, locale=language)
            if m.id
        }


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_languages_of_cambodia_have_catalogues() -> None:
    assert available() == ("en", "fr", "km")


@pytest.mark.parametrize("language", ["km", "fr"])
def test_a_catalogue_translates_everything_and_fills_the_same_blanks(language: str) -> None:
    english, other = messages("en"), messages(language)
    assert set(other) == set(english)
    for key, forms in other.items():
        assert all(forms), f"{key} is empty in {language}"
        wanted = set().union(*(blanks(form) for form in english[key]))
        for form in forms:
            assert blanks(form) == wanted, f"{key} in {language} has other blanks than in English"


def test_every_message_that_pages_name_is_in_the_catalogue() -> None:
    named = set()
    for path in (REPOSITORY / "dashboards").rglob("*.py"):
        named |= set(re.findall(r"\b(?:t|rich)\(\s*\"([a-z_.]+)\"", path.read_text()))
    assert named, "no page names any message"
    assert named <= set(messages("en"))


def test_an_unknown_message_is_loud() -> None:
    with pytest.raises(UnknownMessage, match=r"no message 'no.such'"):
        translator("en")("no.such")


@pytest.mark.parametrize(
    ("language", "number", "percent", "month"),
    [
        ("en", "1,234,567", "34%", "October 2026"),
        ("fr", "1\u202f234\u202f567", "34\u202f%", "octobre 2026"),
        ("km", "1,234,567", "34%", "តុលា 2026"),
    ],
)
def test_numbers_and_months_by_language(language: str, number: str, percent: str, month: str) -> None:
    t = translator(language)
    assert t.number(1234567) == number
    assert t.percent(0.341) == percent
    assert t.period("2026-10") == month


def test_bounds_are_rounded_like_values_a_least_down_and_small_shares_keep_a_decimal() -> None:
    t = translator("en")
    assert t.span(0.344, 0.386) == "34–39"
    assert t.span(0.196, 0.281) == "20–28"
    assert t.per_hundred(0.196, "low") == "19"  # at least 20 would say too much
    assert t.per_hundred(0.996) == "99.6"
    assert t.per_hundred(0.004) == "0.4"
    assert t.per_hundred(1.044) == "104"  # never capped


@given(people=st.integers(1, 20_000_000), data=st.data())
def test_only_nobody_is_none_and_only_everybody_is_all(people: int, data: st.DataObject) -> None:
    counted = data.draw(st.one_of(st.integers(0, people), st.sampled_from([0, 1, people - 1, people])))
    for language in ("en", "fr", "km"):
        t = translator(language)
        for towards, digits in (("nearest", 0), ("low", 0), ("nearest", 1)):
            shown = t.percent(counted / people, towards, digits)
            assert (shown == t.percent(0, towards, digits)) == (counted == 0)
            assert (shown == t.percent(1, towards, digits)) == (counted == people)
    (on_the_terminal,) = _cells({"completeness": counted / people})
    assert (on_the_terminal == "0.0%", on_the_terminal == "100.0%") == (counted == 0, counted == people)


def test_no_code_formats_a_percentage_by_hand() -> None:
    """The translator alone knows that only nobody is 0 % and only everybody 100 %. Lengths of drawings are no text."""
    by_hand = re.compile(r"""\{[^{}]*:[^{}]*%\}|%\.\d+f%%|\{[^{}]*:\.\d+f\}\s?%""")
    drawn = {"dashboards/components/coverage_bar.py", "dashboards/pages/board/movement.py"}
    found = [
        f"{path.relative_to(REPOSITORY)}: {line.strip()}"
        for part in ("countries", "dags", "dashboards", "sala", "transforms", "validators")
        for path in (REPOSITORY / part).rglob("*.py")
        if str(path.relative_to(REPOSITORY)) not in drawn
        for line in path.read_text().splitlines()
        if by_hand.search(line)
    ]
    assert found == []


@given(now=st.floats(0, 1.5), before=st.floats(0, 1.5))
def test_a_difference_is_that_of_the_numbers_shown(now: float, before: float) -> None:
    t = translator("en")
    shown = float(t.points(now, before).replace("−", "-").lstrip("+±"))
    assert shown == pytest.approx(float(t.per_hundred(now)) - float(t.per_hundred(before)), abs=1e-9)


def test_shares_next_to_none_and_all() -> None:
    t = translator("en")
    assert (t.percent(0.9995), t.percent(1 / 32_994), t.percent(32_993 / 32_994)) == (
        "99.95%",
        "0.003%",
        "99.997%",
    )
    assert t.points(0.454, 0.446) == "±0"


@pytest.mark.parametrize(("n", "text"), [(1, "1 day left"), (3, "3 days left")])
def test_plurals(n: int, text: str) -> None:
    assert translator("en")("items.due", n=n) == text


def test_names_fall_back_to_english_then_to_any() -> None:
    t = translator("fr")
    assert t.name({"km": "សៀមរាប", "en": "Siem Reap"}) == "Siem Reap"
    assert t.name({"km": "សៀមរាប"}) == "សៀមរាប"
    assert t.name({}, "17") == "17"


# what the languages write alike
ALIKE = {
    "Notes",
    "Version",
    "Pages",
    "Code",
    "Population",
    "Question",
    "Signatures",
    "correction",
    "version {n}",
    "Absorption",
    "Sala",
}
NAMES = (
    r"`[^`]*`|X-CSRFToken|\{\w+\}|\S*[/@_=<>]\S*|\b[A-Z][A-Z0-9-]+\b"
    r"|\b(Sala|Airflow|Frictionless data package|Postgres|JavaScript|roles\.yaml|base64|root|initdb|kB)\b"
    r"|“[^”]*”|«[^»]*»|\bsala( [a-z]+)*\b|--[\w-]+|\S+\.(?:yaml|json)|raw-|openssl.*|sdmx-(csv|ml)|SDGs|0\.1\.0-dev"
)


@pytest.mark.parametrize("language", ["km", "fr"])
def test_no_message_is_left_in_english(language: str) -> None:
    english = messages("en")
    alike = {
        form
        for key, forms in messages(language).items()
        for form in set(forms) & set(english[key])
        if re.search("[a-z]{3}", re.sub(NAMES, "", form))
    }
    assert alike - ALIKE == set()


def test_khmer_is_written_in_khmer() -> None:
    latin = {
        key: words
        for key, forms in messages("km").items()
        for form in forms
        if (words := re.findall("[A-Za-z]{2,}", re.sub(NAMES, "", form)))
    }
    assert latin == {}


def words_not_used() -> list[tuple[str, str, str]]:
    """(language, word, the word that is used) of the translators' list."""
    row = re.compile(r"^\| (km|fr|en) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
    found = row.findall((REPOSITORY / "docs" / "translators.md").read_text(encoding="utf-8"))
    return [(language, word.strip(), used) for language, used, words in found for word in words.split(",")]


@pytest.mark.parametrize(("language", "word", "used"), words_not_used())
def test_a_language_has_one_word_for_one_thing(language: str, word: str, used: str) -> None:
    written = {key: form for key, forms in messages(language).items() for form in forms}
    assert [key for key, form in written.items() if re.search(rf"(?<!\w){re.escape(word)}", form)] == [], used
    assert any(used.lower() in form.lower() for form in written.values())


def test_no_french_name_follows_a_word_that_bends_with_it() -> None:
    bent = re.compile(r"\b(de|à|en|du|au) \{(area|country|where|whose)\}|[dl]’\{(area|country|where|whose)\}")
    assert [key for key, forms in messages("fr").items() if any(map(bent.search, forms))] == []
