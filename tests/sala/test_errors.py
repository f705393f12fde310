"""Refusals: each has its text, in every language, with the blanks that are filled where it is raised."""

import ast
import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from sala import errors
from sala.errors import Message, NotFound, Refusal
from sala.settings import REPOSITORY
from sala.translation.translator import available, translator

KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Refusal)}
PACKAGES = ("sala", "countries", "sql", "validators", "transforms", "dags", "dashboards")


def english() -> set[str]:
    with (REPOSITORY / "sala/translation/catalogues/en.po").open("rb") as file:
        return {str(message.id) for message in read_po(file)}


def raised() -> dict[str, set[str] | None]:
    """Key → the params given with it; None where they come from elsewhere."""
    params: dict[str, set[str] | None] = {}
    for path in (path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if name == "RefusedAs":  # a field of a form that cannot be read
                params[call.args[0].value] = None
            if name in KINDS | {"NoWarehouse", "Misuse"}:
                given = {keyword.arg for keyword in call.keywords}
                params[call.args[0].value] = None if None in given else {str(param) for param in given}
    for path in (REPOSITORY / "sql").rglob("*.sql"):
        params |= dict.fromkeys(re.findall(r"raise_refusal\('(\w+)'", path.read_text()))
    return params


def test_every_refusal_has_its_text_and_no_text_is_left_over() -> None:
    keys = raised()
    assert len(keys) > 60
    t = translator("en")
    assert [key for key in keys if not t.has(f"refusal.{key}")] == []
    written = {key.removeprefix("refusal.") for key in english() if key.startswith("refusal.")}
    # the sign-in page is sent to two, countries.errors.CountryError has the third
    assert written - set(keys) == {"form_expired", "provider_still_signed_in", "country_unusable"}
    for key, params in keys.items():
        blanks = {name for _, name, _, _ in Formatter().parse(t.filled(f"refusal.{key}", Blanks())) if name}
        assert params is None or blanks <= params, f"{key} is raised without {blanks - params}"


class Blanks(dict[str, str]):
    """Leaves every blank as it is."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@pytest.mark.parametrize("language", available())
def test_a_refusal_is_read_in_every_language(language: str) -> None:
    refusal = NotFound(
        "unknown_area_or_layer", area={"en": "North", "fr": "Nord"}, layer=Message("action.read")
    )
    text = refusal.text(language)
    assert ("Nord" if language == "fr" else "North") in text
    assert translator(language)("action.read") in text


def test_a_refusal_reads_as_english_in_a_log() -> None:
    assert str(NotFound("unknown_account", name="x")).startswith("There is no account x.")
    assert NotFound("unknown_role", role="king", roles=["a", "b"]).text("fr").endswith("il y a a, b.")
